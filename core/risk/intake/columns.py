"""The vocabulary of adapters: what a canonical column is made of, as Ibis expressions.

Every function gives a `Column`; nothing is computed, and Ibis is not imported, before a frame is
mapped. A heading is a name or a tuple of alternative names; spelling is folded (case, width,
spaces, punctuation). Every function gives null for an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from . import amounts, roads

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

Heading = str | tuple[str, ...]
Build = Callable[["Frame"], Any]

DATE_FORMATS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y年%m月%d日",
    "%Y.%m.%d",
    "%Y%m%d",
)
TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日 %H时%M分",
    "%Y年%m月%d日 %H:%M",
    "%Y%m%d%H%M%S",
)
NOTHING = ("", "/", "-", "--", "无", "NULL", "null", "N/A")


@dataclass(frozen=True, slots=True)
class Column:
    """An expression over a frame: `reads` names the headings that must be there.

    `raw` gives the text that was to be read: where it is not null and the value is, the value is
    counted as unreadable.
    """

    reads: tuple[tuple[str, ...], ...]
    make: Build
    raw: Build | None = None
    companions: tuple[str, ...] = ()

    def build(self, frame: Frame) -> Any:
        """The Ibis value over `frame`."""
        return self.make(frame)

    def isin(self, *values: str) -> Column:
        """Whether the value is one of these; false for null."""
        return self._then(lambda value: value.isin(list(values)).fill_null(False))

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


def text(heading: Heading, nothing: tuple[str, ...] = NOTHING) -> Column:
    """The cell without blanks at its ends; null where it is one of `nothing`."""
    names = _names(heading)
    return Column((names,), lambda frame: _clean(frame, names, nothing))


def constant(value: str | int | bool) -> Column:
    """The same value for every row, for what a whole file has in common."""

    def make(frame: Frame) -> Any:
        import ibis

        return ibis.literal(value)

    return Column((), make)


def optional(column: Column) -> Column:
    """The column where its headings are there, null where they are not: for files of two kinds."""

    def there(frame: Frame) -> bool:
        return all(frame.has(names) for names in column.reads)

    def make(frame: Frame) -> Any:
        import ibis

        return column.make(frame) if there(frame) else ibis.null()

    raw = column.raw
    return Column((), make, (lambda frame: raw(frame) if there(frame) else None) if raw else None)


def first(*columns: Column) -> Column:
    """The first value that is not null."""

    def make(frame: Frame) -> Any:
        import ibis

        return ibis.coalesce(*(column.make(frame) for column in columns))

    return Column(
        tuple(names for column in columns for names in column.reads),
        make,
        columns[0].raw,
        tuple(name for column in columns for name in column.companions),
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

    return Column(tuple(part.reads[0] for part in parts), make)


def integer(heading: Heading) -> Column:
    """A whole number; thousands separators are allowed."""
    source = text(heading)
    return Column(
        source.reads,
        lambda frame: source.make(frame).replace(",", "").try_cast("int64"),
        source.make,
    )


def number(heading: Heading) -> Column:
    """A decimal number, e.g. a coordinate in degrees."""
    source = text(heading)
    return Column(source.reads, lambda frame: source.make(frame).try_cast("float64"), source.make)


def date(heading: Heading, *formats: str) -> Column:
    """A day, in the first strptime format that fits; without formats those usual in China."""
    source = text(heading)
    wanted = formats or DATE_FORMATS + TIME_FORMATS
    return Column(
        source.reads,
        lambda frame: frame.dialect.timestamp(source.make(frame), wanted).date(),
        source.make,
    )


def timestamp(heading: Heading, *formats: str) -> Column:
    """A day and time, in the first strptime format that fits; null for a day without a time."""
    source = text(heading)
    wanted = formats or TIME_FORMATS
    return Column(
        source.reads,
        lambda frame: frame.dialect.timestamp(source.make(frame), wanted),
        source.make,
    )


def minutes(heading: Heading) -> Column:
    """Minutes after midnight from `0915A`, `0130P`, `9:15`, `09:15:30`; else null."""
    source = text(heading)

    def make(frame: Frame) -> Any:
        import ibis

        cell = source.make(frame).upper()
        hours = cell.re_extract(r"^(\d{1,2}):?(\d{2})", 1).try_cast("int64")
        rest = cell.re_extract(r"^(\d{1,2}):?(\d{2})", 2).try_cast("int64")
        half = cell.re_search(r"^(0\d|1[0-2])[0-5]\d[AP]$")
        clock = cell.re_search(r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")
        noon = (hours % 12 + cell.right(1).isin(["P"]).cast("int64") * 12) * 60 + rest
        return ibis.cases((half, noon), (clock, hours * 60 + rest), else_=ibis.null("int64"))

    return Column(source.reads, make, source.make)


def at(day: Column, clock: Column) -> Column:
    """The moment that a day column and a minutes column make together."""

    def make(frame: Frame) -> Any:
        moment = day.make(frame).cast("timestamp")
        return frame.dialect.plus_minutes(moment, clock.make(frame))

    return Column(day.reads + clock.reads, make, clock.raw)


def amount(heading: Heading, unit: str = "元") -> Column:
    """Money in 分: `200`, `1,000.50`, `200元`, `0.2万元`, `贰佰元整`; `unit` where the cell has none.

    A negative or otherwise unreadable amount is null and counted.
    """
    source = text(heading)
    return Column(
        source.reads, lambda frame: amounts.in_fen(source.make(frame), unit), source.make
    )


def amount_after(word: str, heading: Heading) -> Column:
    """The first amount of money after `word` in a text, in 分: 罚款人民币贰仟元整, 罚款2000元."""
    source = text(heading)

    def make(frame: Frame) -> Any:
        told = source.make(frame).re_extract(amounts.after(word), 1)
        return amounts.in_fen(told.nullif(""), "元")

    return Column(source.reads, make)


def lookup(
    heading: Heading, table: Mapping[str, str], *, coded: bool = False, partial: bool = False
) -> Column:
    """What `table` says for the cell, compared without blanks and width; null if it says nothing.

    With `coded`, a code may stand before the words, as in `1039 机动车违反规定停放`. With `partial`
    the table is not meant to know every cell, so that what it does not know is not unreadable.
    """
    source = text(heading)

    def make(frame: Frame) -> Any:
        import ibis

        cell = _folded(frame, source)
        if coded:
            bare = cell.re_replace(r"^[0-9A-Z]{3,6}[-:]?", "")
            cell = frame.once(("bare", source.reads), lambda: bare)
        answers: dict[str, list[str]] = {}
        for key, value in table.items():
            answers.setdefault(value, []).append(roads.folded(key))
        branches = [(cell.isin(keys), ibis.literal(value)) for value, keys in answers.items()]
        return ibis.cases(*branches, else_=ibis.null("string"))

    return Column(source.reads, make, None if partial else source.make)


def kinds(heading: Heading, table: Mapping[str, str], *, empty_means_none: bool = False) -> Column:
    """Legal kinds found in a cell of one or more words, joined by 、 in the table's order.

    With `empty_means_none` an empty cell is `''` (none, and known to be none) and not null; use
    it only where the file's maker always fills the column.
    """
    names = _names(heading)

    def cell(frame: Frame) -> Any:
        return _clean(frame, names, ("",))

    def make(frame: Frame) -> Any:
        import ibis

        value = cell(frame)
        nothing = value.isin([word for word in NOTHING if word])
        by_kind: dict[str, list[str]] = {}
        for word, kind in table.items():
            by_kind.setdefault(kind, []).append(word)
        found = ibis.literal("")
        for kind, words in by_kind.items():
            hit = value.contains(words[0])
            for word in words[1:]:
                hit = hit | value.contains(word)
            found = found + hit.ifelse(f"、{kind}", "")
        listed = found.substr(1)
        none = ibis.literal("") if empty_means_none else ibis.null("string")
        return ibis.cases(
            (value.isnull(), none),
            (nothing, ibis.literal("")),
            (listed == "", ibis.null("string")),
            else_=listed,
        )

    return Column((names,), make, cell)


def flag(heading: Heading, true: tuple[str, ...], false: tuple[str, ...]) -> Column:
    """True, false, or null (unknown) for any other word."""
    source = text(heading, nothing=("",))

    def make(frame: Frame) -> Any:
        import ibis

        cell = source.make(frame)
        return ibis.cases(
            (cell.isin(list(true)), True), (cell.isin(list(false)), False), else_=ibis.null("boolean")
        )

    return Column(source.reads, make, source.make)


def road(heading: Heading) -> Column:
    """A road segment, folded: spacing, width and case, tails such as 与农业路交叉口东50米 taken off.

    东段 and 西段 are kept apart. Plates, telephone and identity numbers are masked.
    """
    source = text(heading)
    return Column(
        source.reads,
        lambda frame: roads.segment(source.make(frame), _folded(frame, source)),
    )


def pseudonym(*headings: Heading | Column) -> Column:
    """A keyed hash of the first of the columns that is not empty: 16 hexadecimal digits.

    Names, plates and identity numbers go in here and nowhere else.
    """
    parts = [part if isinstance(part, Column) else text(part) for part in headings]

    def make(frame: Frame) -> Any:
        import ibis

        from .builtin import left

        whole = ibis.coalesce(*(part.make(frame) for part in parts))
        digest = frame.dialect.sha256(ibis.literal(frame.secret) + whole.upper())
        return left(digest, 16)

    return Column(tuple(names for part in parts for names in part.reads), make)


def join(file: str, heading: Heading, key: str, value: str, unit: str | None = None) -> Column:
    """What a small table in `file`, beside the source, says under `value` for the cell as `key`.

    With `unit`, an amount in 分. Where the file is not there the column is unknown, and the run
    says so.
    """
    source = text(heading)

    def make(frame: Frame) -> Any:
        import ibis

        rows = frame.companions.get(file, ())
        answers = {row[key]: row[value] for row in rows if row.get(key) and row.get(value)}
        if unit is None:
            branches = [
                (source.make(frame) == name, ibis.literal(said)) for name, said in answers.items()
            ]
            kind = "string"
        else:
            fen = {name: amounts.fen(said, unit) for name, said in answers.items()}
            by_amount: dict[int, list[str]] = {}
            for name, said in fen.items():
                by_amount.setdefault(said, []).append(name)
            branches = [
                (source.make(frame).isin(names), ibis.literal(said, "int64"))
                for said, names in by_amount.items()
            ]
            kind = "int64"
        return ibis.cases(*branches, else_=ibis.null(kind)) if branches else ibis.null(kind)

    return Column(source.reads, make, None, (file,))


def phrases(headings: tuple[Heading, ...], table: Mapping[str, tuple[str, ...]]) -> Column:
    """The one key of `table` whose phrases the cells hold; null where none or several do.

    A phrase with 非 before it is another thing: 非机动车闯红灯 does not hold 机动车闯红灯.
    """
    parts = [text(heading) for heading in headings]

    def make(frame: Frame) -> Any:
        import ibis

        whole = ibis.literal("")
        for part in parts:
            whole = whole + "\n" + part.make(frame).fill_null("")
        names = tuple(part.reads for part in parts)
        cell = frame.once(("phrases", names), lambda: roads.fold_text(whole))
        hits = {}
        for key, words in table.items():
            hits[key] = reduce(or_, (_holds(cell, roads.folded(word)) for word in words))
        count = sum((hit.cast("int64") for hit in hits.values()), ibis.literal(0, "int64"))
        answer = ibis.cases(
            *((hit, ibis.literal(key)) for key, hit in hits.items()), else_=ibis.null("string")
        )
        return (count == 1).ifelse(answer, ibis.null("string"))

    return Column(tuple(part.reads[0] for part in parts), make, parts[0].make)


def _holds(cell: Any, phrase: str) -> Any:
    return cell.replace(f"非{phrase}", "").contains(phrase)


def derived(make: Build, *reads: Heading) -> Column:
    """An Ibis expression of your own: `make(frame)` with `frame.column((heading,))`, no SQL."""
    return Column(tuple(_names(heading) for heading in reads), make)


def _names(heading: Heading) -> tuple[str, ...]:
    return (heading,) if isinstance(heading, str) else heading


def _clean(frame: Frame, names: tuple[str, ...], nothing: tuple[str, ...]) -> Any:
    import ibis

    from .builtin import trim

    def make() -> ir.Value:
        cell = trim(frame.column(names))
        return cell.isin(list(nothing)).ifelse(ibis.null("string"), cell)

    return frame.once(("text", names, nothing), make)


def _folded(frame: Frame, source: Column) -> Any:
    return frame.once(("folded", source.reads), lambda: roads.fold_text(source.make(frame)))
