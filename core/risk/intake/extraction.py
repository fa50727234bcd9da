"""What a running text states: a word, an amount of money, and what the text is known by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .amounts import fen_per
from .column import FEN, TEXT, Column, Heading, text
from .patterns import checked

if TYPE_CHECKING:
    from .frame import Frame

# Figures with points where others write commas.
_POINTED = r"^[0-9]{1,3}(?:\.[0-9]{3})+$"
_FIGURE = r"^([0-9]+(?:\.[0-9]+)?)"


def found(heading: Heading, *patterns: str) -> Column:
    """What the first group of the first fitting regular expression finds in a text."""
    return _found("found", heading, patterns)


def _found(word: str, heading: Heading, patterns: tuple[str, ...]) -> Column:
    for pattern in patterns:
        checked(word, pattern, groups=1)
    source = text(heading)

    def make(frame: Frame) -> Any:
        key = ("found", source.reads, patterns)
        return frame.once(key, lambda: _first_found(source.make(frame), patterns))

    return Column(source.reads, make, verbatim=True, gives=TEXT)


def amount_found(heading: Heading, *patterns: str, unit: str = "元") -> Column:
    """The money that the first group of the first fitting regular expression finds, in 分.

    `12,345`, `12.345` and `12, 345` are twelve thousand odd, `9,222.50` and `2.9 million` are read
    as they say.
    """
    factor = fen_per(unit)
    said = _found("amount_found", heading, patterns)

    def make(frame: Frame) -> Any:
        import ibis

        words = said.make(frame)
        plain = words.replace(",", "").replace(" ", "")
        figures = plain.re_search(_POINTED).ifelse(plain.replace(".", ""), plain)
        number = figures.re_extract(_FIGURE, 1).try_cast("decimal(18, 6)")
        times = words.lower().contains("million").ifelse(1_000_000, 1)
        return (number * ibis.literal(factor) * times).round(0).cast("int64")

    return Column(said.reads, make, gives=FEN)


def without(heading: Heading, pattern: str) -> Column:
    """The text without all that the regular expression matches, for comparing."""
    checked("without", pattern)
    source = text(heading)
    return Column(
        source.reads,
        lambda frame: source.make(frame).re_replace(pattern, ""),
        verbatim=True,
        gives=TEXT,
    )


def digest(*parts: Heading | Column) -> Column:
    """A number for records that have none: 16 hexadecimal digits of what the parts hold.

    The same everywhere, so that a record is known again in another file; null where the first
    part is empty.
    """
    columns = [part if isinstance(part, Column) else text(part) for part in parts]

    def make(frame: Frame) -> Any:
        from .builtin import left

        whole = columns[0].make(frame)
        for column in columns[1:]:
            whole = whole + "\x1f" + column.make(frame).fill_null("")
        return left(frame.dialect.sha256(whole), 16)

    return Column(tuple(names for column in columns for names in column.reads), make, gives=TEXT)


def _first_found(said: Any, patterns: tuple[str, ...]) -> Any:
    import ibis

    return ibis.coalesce(*(said.re_extract(pattern, 1).strip().nullif("") for pattern in patterns))
