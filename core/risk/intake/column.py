"""A column expression: what a canonical column is made of, built over a frame when it is mapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .choice import chosen, is_one_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

Heading = str | tuple[str, ...]
Build = Callable[["Frame"], Any]
NOTHING = ("", "/", "／", "-", "--", "—", "无", "NULL", "null", "N/A")


@dataclass(frozen=True, slots=True)
class Column:
    """An expression over a frame: `reads` names the headings that must be there.

    `raw` gives the text that was to be read: where it is not null and the value is, the value is
    counted as unreadable. `verbatim` tells that the value is what somebody typed, in which
    personal data may stand.
    """

    reads: tuple[tuple[str, ...], ...]
    make: Build
    raw: Build | None = None
    companions: tuple[str, ...] = ()
    verbatim: bool = False

    def build(self, frame: Frame) -> Any:
        """The Ibis value over `frame`."""
        return self.make(frame)

    def isin(self, *values: str) -> Column:
        """Whether the value is one of these; false for null."""
        return self._then(lambda value: is_one_of(value, values))

    def matches(self, pattern: str) -> Column:
        """Whether the text holds a match of the regular expression; false for null."""
        return self._then(lambda value: value.re_search(pattern).fill_null(False))

    def is_missing(self) -> Column:
        """Whether there is no value."""
        return self._then(lambda value: value.isnull())

    def __and__(self, other: Column) -> Column:
        return self._with(other, lambda one, two: one & two)

    def __or__(self, other: Column) -> Column:
        return self._with(other, lambda one, two: one | two)

    def __invert__(self) -> Column:
        return self._then(lambda value: ~value)

    def _then(self, step: Callable[[Any], Any]) -> Column:
        return Column(self.reads, lambda frame: step(self.make(frame)), None, self.companions)

    def _with(self, other: Column, step: Callable[[Any, Any], Any]) -> Column:
        return Column(
            self.reads + other.reads,
            lambda frame: step(self.make(frame), other.make(frame)),
            None,
            self.companions + other.companions,
        )


def names_of(heading: Heading) -> tuple[str, ...]:
    """The heading's alternatives."""
    return (heading,) if isinstance(heading, str) else heading


def cell(frame: Frame, names: tuple[str, ...], nothing: tuple[str, ...] = NOTHING) -> Any:
    """The text of a cell without blanks at its ends; null where it is one of `nothing`."""
    import ibis

    def make() -> ir.Value:
        value = frame.once(("trimmed", names), lambda: frame.trimmed(names))
        return chosen(value, dict.fromkeys(nothing, ibis.null("string")), value)

    return frame.once(("text", names, nothing), make)


def text(heading: Heading, nothing: tuple[str, ...] = NOTHING) -> Column:
    """The cell without blanks at its ends; null where it is one of `nothing`."""
    names = names_of(heading)
    return Column((names,), lambda frame: cell(frame, names, nothing), verbatim=True)
