"""The vocabulary of adapters: what a canonical column is made of, as Ibis expressions.

Every function gives a `Column`; nothing is computed, and Ibis is not imported, before a frame is
mapped. A heading is a name or a tuple of alternative names; spelling is folded (case, width,
spaces, punctuation). Every function gives null for an empty cell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from risk.errors import InputError

from .amounts import FINE, amount, amount_after, fen
from .choice import chosen
from .classifying import classified
from .column import (
    FEN,
    FLAG,
    NUMBER,
    OWN,
    PSEUDONYM,
    TEXT,
    WORD,
    Build,
    Column,
    Heading,
    all_answers,
    all_given,
    first_of,
    names_of,
    text,
    written,
)
from .extraction import amount_found, digest, found, without
from .folding import half_width
from .moments import at, date, minutes, timestamp
from .parties import one_spelling
from .roads import road
from .states import state
from .words import document_number, flag, kinds, lookup, phrases, yes_no

if TYPE_CHECKING:
    from .frame import Frame

__all__ = [
    "FINE",
    "Column",
    "amount",
    "amount_after",
    "amount_found",
    "at",
    "classified",
    "constant",
    "date",
    "derived",
    "digest",
    "document_number",
    "first",
    "flag",
    "found",
    "integer",
    "join",
    "joined",
    "kinds",
    "lookup",
    "minutes",
    "number",
    "optional",
    "phrases",
    "pseudonym",
    "road",
    "state",
    "text",
    "timestamp",
    "without",
    "yes_no",
]

# Engines differ in what else they take for a number, such as 0x10, 1_000 or a rounded 1.5.
_GROUPED = r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$"
_WHOLE = r"^([+-]?\d+)(?:\.0*)?$"
_DECIMAL = r"^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?)$"


def constant(value: str | int | bool) -> Column:
    """The same value for every row, for what a whole file has in common."""

    def make(frame: Frame) -> Any:
        import ibis

        return ibis.literal(value)

    if isinstance(value, str):
        return Column((), make, answers=frozenset({value}), gives=WORD)
    return Column((), make, gives=FLAG if isinstance(value, bool) else OWN)


def optional(column: Column) -> Column:
    """The column where its headings are there, null where they are not: for files of two kinds."""

    def there(frame: Frame) -> bool:
        return all(frame.has(names) for names in column.reads)

    def make(frame: Frame) -> Any:
        import ibis

        return column.make(frame) if there(frame) else ibis.null()

    raw = column.raw
    told = (lambda frame: raw(frame) if there(frame) else None) if raw else None
    # Who the party is shows wherever one of the columns is there, the others or not.
    told_by = tuple(optional(part) for part in column.told_by)
    return replace(column, reads=(), make=make, raw=told, told_by=told_by)


def first(*columns: Column) -> Column:
    """The first value that is not null."""
    return Column(
        tuple(names for column in columns for names in column.reads),
        first_of(columns),
        columns[0].raw,
        tuple(name for column in columns for name in column.companions),
        any(column.verbatim for column in columns),
        all(column.closed for column in columns),
        all_answers(columns),
        tuple(part for column in columns for part in column.told_by),
        gives=all_given(columns),
    )


def joined(first_part: Heading | Column, *further: Heading, separator: str = " ") -> Column:
    """The texts of several columns joined; null where the first is empty."""
    head = first_part if isinstance(first_part, Column) else text(first_part)
    parts = [head, *(text(heading) for heading in further)]

    def make(frame: Frame) -> Any:
        import ibis

        values = [part.make(frame) for part in parts]
        whole = values[0].fill_null("")
        for value in values[1:]:
            whole = whole + separator + value.fill_null("")
        return values[0].isnull().ifelse(ibis.null("string"), whole)

    return Column(tuple(part.reads[0] for part in parts), make, verbatim=True, gives=TEXT)


def integer(heading: Heading) -> Column:
    """A whole number, also one written 12.0; thousands separators are allowed."""
    source = written(heading)

    def make(frame: Frame) -> Any:
        return _figures(source.make(frame)).re_extract(_WHOLE, 1).try_cast("int64")

    return Column(source.reads, make, source.make, gives=NUMBER)


def number(heading: Heading) -> Column:
    """A decimal number, e.g. a coordinate in degrees; thousands separators are allowed."""
    source = written(heading)

    def make(frame: Frame) -> Any:
        return _figures(source.make(frame)).re_extract(_DECIMAL, 1).try_cast("float64")

    return Column(source.reads, make, source.make, gives=NUMBER)


def _figures(cell: Any) -> Any:
    """The text in half width, without separators where each parts three figures."""
    plain = half_width(cell)
    return plain.re_search(_GROUPED).ifelse(plain.replace(",", ""), plain)


def pseudonym(*headings: Heading | Column) -> Column:
    """A keyed hash of the first of the columns that is not empty: 16 hexadecimal digits.

    Case, width, brackets, blanks and the dot of a plate do not matter.

    Names, plates and identity numbers go in here and nowhere else.
    """
    parts = [part if isinstance(part, Column) else text(part) for part in headings]

    def make(frame: Frame) -> Any:
        import ibis

        from .builtin import left

        # All of them are read anyhow, to be covered where they stand in other columns.
        told = [part.make(frame).cast("string") for part in parts]
        key = frame.once(("party", tuple(parts)), lambda: ibis.coalesce(*told))
        return left(frame.dialect.sha256(ibis.literal(frame.secret) + one_spelling(key)), 16)

    reads = tuple(names for part in parts for names in part.reads)
    return Column(reads, make, told_by=tuple(parts), gives=PSEUDONYM)


def join(file: str, heading: Heading, key: str, value: str, unit: str | None = None) -> Column:
    """What a small table in `file`, beside the source, says under `value` for the cell as `key`.

    With `unit`, an amount in 分. Where the file is not there the column is unknown, and the run
    says so.
    """
    source = written(heading)

    def make(frame: Frame) -> Any:
        import ibis

        rows = frame.companions.get(file, ())
        said = {row[key]: row[value] for row in rows if row.get(key) and row.get(value)}
        if rows and not said:
            raise InputError(
                f"{file}: no row of this table says {value} for {key}.", "Check its headings."
            )
        if unit is None:
            answers = {name: ibis.literal(word) for name, word in said.items()}
        else:
            answers = {name: ibis.literal(fen(word, unit), "int64") for name, word in said.items()}
        nothing = ibis.null("string" if unit is None else "int64")
        return chosen(source.make(frame), answers, nothing)

    return Column(source.reads, make, None, (file,), gives=OWN if unit is None else FEN)


def derived(make: Build, *reads: Heading) -> Column:
    """An Ibis expression of your own: `make(frame)` with `frame.column((heading,))`, no SQL."""
    return Column(tuple(names_of(heading) for heading in reads), make, verbatim=True)
