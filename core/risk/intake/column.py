"""A column expression: what a canonical column is made of, built over a frame when it is mapped."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from risk.model.column import Gives

from .cell_errors import error_in, without_error
from .choice import chosen, is_one_of
from .patterns import checked

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

Heading = str | tuple[str, ...]
Build = Callable[["Frame"], Any]
TEXT: frozenset[Gives] = frozenset({"text"})
WORD: frozenset[Gives] = frozenset({"word"})
WORDS: frozenset[Gives] = frozenset({"words"})
FLAG: frozenset[Gives] = frozenset({"flag"})
NUMBER: frozenset[Gives] = frozenset({"number"})
MOMENT: frozenset[Gives] = frozenset({"moment"})
FEN: frozenset[Gives] = frozenset({"fen"})
PSEUDONYM: frozenset[Gives] = frozenset({"pseudonym"})
OWN: frozenset[Gives] = frozenset({"own"})
NOTHING = ("", "/", "／", "-", "--", "—", "无", "NULL", "null", "N/A")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Headings, and what builds the word beneath them that a table does not know; else null.

    `answers` are what the table says of the words that it knows.
    """

    names: tuple[str, ...]
    make: Build
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Column:
    """An expression over a frame: `reads` names the headings that must be there.

    `raw` gives the text that was to be read: where it is not null and the value is, the value is
    counted as unreadable. `verbatim` tells that the value is what somebody typed, in which
    personal data may stand; `closed` that the cells come from a list of words, so that one which is
    not known may be shown. `answers` are the texts that the value may be, as far as they are known
    before a file is read (of true and false, what a table of words says); `told_by` are the columns
    of names and numbers of a pseudonym; `unknown` what a rule passes over for want of knowing it.
    `gives` is what the value may be: of several parts, what any of them is. A column may give a
    `word`, or `words`, only where `answers` has all of them.
    """

    reads: tuple[tuple[str, ...], ...]
    make: Build
    raw: Build | None = None
    companions: tuple[str, ...] = ()
    verbatim: bool = False
    closed: bool = False
    answers: frozenset[str] = frozenset()
    told_by: tuple[Column, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    gives: frozenset[Gives] = OWN

    def build(self, frame: Frame) -> Any:
        """The Ibis value over `frame`."""
        return self.make(frame)

    def raw_in(self, frame: Frame) -> Any:
        """The text that was to be read, as an Ibis value over `frame`; None where there is none."""
        return self.raw(frame) if self.raw else None

    def isin(self, *values: str) -> Column:
        """Whether the value is one of these; false for null."""
        return self._then(lambda value: is_one_of(value, values))

    def matches(self, pattern: str) -> Column:
        """Whether the text holds a match of the regular expression; false for null."""
        checked("matches", pattern)
        return self._then(lambda value: value.re_search(pattern).fill_null(False))

    def is_missing(self) -> Column:
        """Whether there is no value."""
        return self._then(lambda value: value.isnull())

    def shown_as(self, other: Column) -> Column:
        """The same column, of which reports show `other` where it cannot be read.

        For texts in which names may stand. `other` has a value wherever the text has one.
        """
        return replace(self, raw=other.make)

    def __and__(self, other: Column) -> Column:
        return self._with(other, lambda one, two: one & two)

    def __or__(self, other: Column) -> Column:
        return self._with(other, lambda one, two: one | two)

    def __invert__(self) -> Column:
        return self._then(lambda value: ~value)

    def _then(self, step: Callable[[Any], Any]) -> Column:
        return Column(
            self.reads,
            lambda frame: step(self.make(frame)),
            companions=self.companions,
            unknown=self.unknown,
            gives=FLAG,
        )

    def _with(self, other: Column, step: Callable[[Any, Any], Any]) -> Column:
        return Column(
            self.reads + other.reads,
            lambda frame: step(self.make(frame), other.make(frame)),
            companions=self.companions + other.companions,
            unknown=self.unknown + other.unknown,
            gives=FLAG,
        )


def names_of(heading: Heading) -> tuple[str, ...]:
    """The heading's alternatives."""
    return (heading,) if isinstance(heading, str) else heading


def text(heading: Heading, nothing: tuple[str, ...] = NOTHING) -> Column:
    """The cell without blanks at its ends; null where it is one of `nothing`.

    What a spreadsheet writes for a value that it could not tell (`#N/A`) is unreadable.
    """
    names = names_of(heading)

    def make(frame: Frame) -> Any:
        return frame.once(("said", names, nothing), lambda: said(_trimmed(frame, names)))

    def said(cell: Any) -> Any:
        import ibis

        return chosen(cell, dict.fromkeys(nothing, ibis.null("string")), without_error(cell))

    def raw(frame: Frame) -> Any:
        return error_in(_trimmed(frame, names))

    return Column((names,), make, raw, verbatim=True, gives=TEXT)


def written(heading: Heading, nothing: tuple[str, ...] = NOTHING) -> Column:
    """The cell as `text` gives it, errors of a spreadsheet included: for what reads no free text."""
    names = names_of(heading)

    def make(frame: Frame) -> Any:
        return _text(frame, names, nothing)

    return Column((names,), make, verbatim=True, gives=TEXT)


def read(
    heading: Heading,
    how: Hashable,
    quick: Callable[[Any], Any],
    careful: Callable[[Frame, Any], Any],
    nothing: tuple[str, ...] = NOTHING,
) -> Column:
    """What `quick` reads in the cell as it stands, else what `careful` reads in its text.

    Nearly all cells are written in the plainest way, so that trimming and folding is left for the
    others. `how` names the reading: columns that read alike share the work.
    """
    names = names_of(heading)
    key = (how, names)

    def known(frame: Frame) -> Any:
        return frame.once(key, lambda: quick(frame.column(names)))

    def rest(frame: Frame) -> Frame:
        return frame.where(key, lambda: known(frame).isnull())

    def make(frame: Frame) -> Any:
        import ibis

        others = rest(frame)
        return ibis.coalesce(known(frame), careful(others, _text(others, names, nothing)))

    return Column((names,), make, lambda frame: _text(rest(frame), names, nothing))


def first_of(columns: Sequence[Column]) -> Build:
    """Builds the first value that is not null; a column is looked at only where those before fail."""

    def make(frame: Frame) -> Any:
        value = columns[0].make(frame)
        for number, column in enumerate(columns[1:], 1):
            value = _else(frame, columns[:number], value, column)
        return value

    return make


def all_answers(columns: Sequence[Column]) -> frozenset[str]:
    """The answers of any of the columns."""
    return frozenset[str]().union(*(column.answers for column in columns))


def all_given(columns: Iterable[Column]) -> frozenset[Gives]:
    """What any of the columns gives."""
    return frozenset[Gives]().union(*(column.gives for column in columns))


def _else(frame: Frame, before: Sequence[Column], value: Any, column: Column) -> Any:
    import ibis

    others = frame.where(("first of", tuple(before)), lambda: value.isnull())
    return ibis.coalesce(value, column.make(others))


def _text(frame: Frame, names: tuple[str, ...], nothing: tuple[str, ...]) -> Any:
    def make() -> ir.Value:
        import ibis

        value = _trimmed(frame, names)
        return chosen(value, dict.fromkeys(nothing, ibis.null("string")), value)

    return frame.once(("text", names, nothing), make)


def _trimmed(frame: Frame, names: tuple[str, ...]) -> Any:
    return frame.once(("trimmed", names), lambda: frame.trimmed(frame.column(names)))
