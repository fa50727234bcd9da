"""A frame: the rows of one source as text columns, and what an expression may ask about them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from risk.errors import InputError

from .headings import fold_heading

if TYPE_CHECKING:
    import ibis.expr.types as ir


# Blanks that no engine trims off, and what they are taken for (the last two for nothing).
_PADDING = ("\t\n\r\x0b\x0c\u200b\ufeff", "     ")


class Dialect(Protocol):
    """What engines spell differently; every answer is the same on all of them."""

    def timestamp(self, text: ir.StringValue, formats: tuple[str, ...]) -> ir.TimestampValue:
        """The moment that the text states in the first fitting strptime format, else null."""

    def trim(self, text: ir.StringValue) -> ir.StringValue:
        """The text without blanks at its ends, such of Chinese width among them."""

    def sha256(self, text: ir.StringValue) -> ir.StringValue:
        """The digest in lower-case hexadecimal."""

    def plus_minutes(self, day: ir.TimestampValue, minutes: ir.IntegerValue) -> ir.TimestampValue:
        """The moment so many minutes after another."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows of a source: `table` holds text columns c0, c1, …; `positions` maps folded headings.

    `secret` keys the pseudonyms; `companions` are the rows of small tables beside the source.
    Where `padded`, cells may have tabs and newlines at their ends too.
    """

    name: str
    table: ir.Table
    positions: Mapping[str, int]
    dialect: Dialect
    secret: str
    companions: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    padded: bool = False
    shared: Mapping[Hashable, ir.Value] = field(default_factory=dict)
    pending: dict[Hashable, ir.Value] = field(default_factory=dict)
    unsettled: list[Hashable] = field(default_factory=list)

    def once(self, key: Hashable, make: Callable[[], ir.Value]) -> ir.Value:
        """The value that `make` gives, computed once a row however often it is asked for.

        An expression that stands in fifty branches would else be computed fifty times. What `make`
        builds on must be asked for within it.
        """
        if key in self.shared:
            return self.shared[key]
        if key in self.pending:
            value = self.pending[key]
        else:
            before = len(self.unsettled)
            value = make()
            if len(self.unsettled) == before:
                self.pending[key] = value
        self.unsettled.append(key)
        return value

    def staged(self, stage: Callable[[ir.Table], ir.Table]) -> Frame:
        """This frame over a table in which what is pending stands as columns.

        What builds on something pending is left for the next stage, over that something's column.
        """
        first = len(self.shared)
        names = {key: f"s{first + number}" for number, key in enumerate(self.pending)}
        table = stage(self.table.mutate(**{names[key]: cell for key, cell in self.pending.items()}))
        columns = {key: table[value.get_name()] for key, value in self.shared.items()}
        columns.update({key: table[name] for key, name in names.items()})
        return replace(self, table=table, shared=columns, pending={}, unsettled=[])

    def trimmed(self, headings: tuple[str, ...]) -> ir.StringValue:
        """The text under a heading without blanks at its ends."""
        from .builtin import translate

        value = self.column(headings)
        return self.dialect.trim(translate(value, *_PADDING) if self.padded else value)

    def has(self, headings: tuple[str, ...]) -> bool:
        """Whether one of the alternative headings is there."""
        return any(fold_heading(heading) in self.positions for heading in headings)

    def column(self, headings: tuple[str, ...]) -> ir.StringValue:
        """The raw text column under the first of the alternative headings that is there."""
        for heading in headings:
            position = self.positions.get(fold_heading(heading))
            if position is not None:
                value: ir.StringValue = self.table[f"c{position}"]
                return value
        raise InputError(f"{self.name}: no column {'/'.join(headings)}.", "Check the headings.")
