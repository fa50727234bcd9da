"""A frame: the rows of one source as text columns, and what an expression may ask about them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from risk.errors import InputError

from .headings import fold_heading
from .steps import Steps

if TYPE_CHECKING:
    import ibis.expr.types as ir


# What is taken off the ends of a cell: the blank, the no-break one and that of Chinese width.
BLANKS = " \u00a0\u3000"
_BEHIND_BLANKS = "\u3001"
# Further blanks, and what they are taken for (the last two for nothing).
_RARE = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_PADDING = (f"\t\n\r\x0b\x0c{_RARE}\u200b\ufeff", " " * (5 + len(_RARE)))


class Dialect(Protocol):
    """What engines spell differently; every answer is the same on all of them."""

    def moment(self, text: ir.StringValue, formats: tuple[str, ...]) -> ir.TimestampValue:
        """The moment that the text states in the first fitting strptime format, else null."""

    def trim(self, text: ir.StringValue) -> ir.StringValue:
        """The text without the characters of `BLANKS` at its ends."""

    def sha256(self, text: ir.StringValue) -> ir.StringValue:
        """The digest in lower-case hexadecimal."""

    def cover_after(
        self, text: ir.StringValue, before: str, pattern: str, cover: str
    ) -> ir.StringValue:
        """The text with `cover` for what `pattern` matches right behind a match of `before`."""

    def plus_minutes(self, day: ir.TimestampValue, minutes: ir.IntegerValue) -> ir.TimestampValue:
        """The moment so many minutes after another."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows of a source: `table` holds text columns c0, c1, …; `positions` maps folded headings.

    `secret` keys the pseudonyms; `companions` are the rows of small tables beside the source.
    Where `padded`, cells may have tabs and newlines at their ends too; where `nulls`, the source
    tells a cell without a value (null) from an empty text. `asked` gathers the positions of the
    columns that were asked for.
    """

    name: str
    table: ir.Table
    positions: Mapping[str, int]
    dialect: Dialect
    secret: str
    companions: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    padded: bool = False
    nulls: bool = False
    steps: Steps = field(default_factory=Steps)
    gate: tuple[Hashable, ir.Value] | None = None
    asked: set[int] = field(default_factory=set)

    def once(self, key: Hashable, make: Callable[[], ir.Value]) -> ir.Value:
        """The value that `make` gives, computed once a row however often it is asked for."""
        return self.steps.once((self.gate and self.gate[0], key), make)

    def where(self, key: Hashable, make: Callable[[], ir.BooleanValue]) -> Frame:
        """The same rows with empty cells but where the condition that `make` gives holds.

        What costs much and few rows need is asked of such a frame. `key` names the condition.
        """

        def condition() -> ir.BooleanValue:
            return make() if self.gate is None else self.gate[1] & make()

        name = (self.gate and self.gate[0], key)
        return replace(self, gate=(name, self.once(("where", key), condition)))

    def trimmed(self, cell: ir.StringValue) -> ir.StringValue:
        """The text of a cell without blanks at its ends."""
        from .builtin import translate

        if self.padded:
            return self.dialect.trim(translate(cell, *_PADDING))
        return _is_loose(cell).ifelse(self.dialect.trim(cell), cell)

    def has(self, headings: tuple[str, ...]) -> bool:
        """Whether one of the alternative headings is there."""
        return self.position(headings) is not None

    def position(self, headings: tuple[str, ...]) -> int | None:
        """Where the first of the alternative headings stands that is there; None where none is."""
        found = (self.positions.get(fold_heading(heading)) for heading in headings)
        return next((position for position in found if position is not None), None)

    def column(self, headings: tuple[str, ...]) -> ir.StringValue:
        """The raw text column under the first of the alternative headings that is there."""
        position = self.position(headings)
        if position is None:
            raise InputError(f"{self.name}: no column {'/'.join(headings)}.", "Check the headings.")
        self.asked.add(position)
        return self._gated(f"c{position}")

    def _gated(self, name: str) -> ir.StringValue:
        import ibis

        cell: ir.StringValue = self.table[name]
        if self.gate is None:
            return cell
        holds = self.gate[1]
        gated: ir.StringValue = self.once(name, lambda: holds.ifelse(cell, ibis.null("string")))
        return gated


def _is_loose(text: ir.StringValue) -> ir.BooleanValue:
    """Whether there may be a blank at an end: to ask costs a quarter of what trimming does."""
    import ibis

    # Texts that sort between the wide blanks begin with one, or with a letter that is rare.
    starts = (text < "!", (text >= BLANKS[1]) & (text < _BEHIND_BLANKS))
    loose: ir.BooleanValue = ibis.cases(
        *((test, True) for test in (*starts, *map(text.endswith, BLANKS))), else_=False
    )
    return loose
