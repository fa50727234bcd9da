"""Days and times, read from the texts of cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from .column import MOMENT, NUMBER, Column, Heading, read, written
from .folding import WIDE, half_width

if TYPE_CHECKING:
    from .frame import Frame

ISO = "%Y-%m-%d %H:%M:%S"
DATE_FORMATS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y年%m月%d日",
    "%Y.%m.%d",
    "%Y%m%d",
)
TIME_FORMATS = (
    ISO,
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日 %H时%M分",
    "%Y年%m月%d日 %H:%M",
    "%Y%m%d%H%M%S",
)
# Fractions of a second and the offset of China's own time, as programs write them behind a time.
_BEHIND = r"(?:\.\d{1,9})?(?:\+08(?::?00)?)?$"
_DIRTY = rf"[{WIDE}]|:\d{{2}}(?:\.\d|\+08)"
Era = Literal["民国"]
# The year before the first of the era, and how its days are written: 106/8/4, 民國106年8月4日,
# and 1060804 with all seven figures.
_BEFORE: dict[Era, int] = {"民国": 1911}
_PARTED = r"^(?:民[国國])?\s*(\d{2,3})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?$"
_PACKED = r"^(\d{3})(\d{2})(\d{2})$"


def date(heading: Heading, *formats: str, era: Era | None = None) -> Column:
    """A day, in the first strptime format that fits; without formats those usual in China.

    With `era` instead of formats, a day whose year is counted in that era and has two or three
    figures: `106/08/04` of 民国 is 2017-08-04.
    """
    if era is not None:
        if formats:
            raise ValueError("a date has formats or an era, not both")
        return _day_of_era(heading, _BEFORE[era])
    column = _moments(heading, formats or DATE_FORMATS + TIME_FORMATS)
    return Column(column.reads, lambda frame: column.make(frame).date(), column.raw, gives=MOMENT)


def timestamp(heading: Heading, *formats: str) -> Column:
    """A day and time, in the first strptime format that fits.

    A day without a time is its midnight, as spreadsheets write it; so midnight never counts as a
    time of day.
    """
    return _moments(heading, formats or TIME_FORMATS + DATE_FORMATS)


def minutes(heading: Heading) -> Column:
    """Minutes after midnight from `0915A`, `0130P`, `9:15`, `09:15:30`; else null."""
    source = written(heading)

    def make(frame: Frame) -> Any:
        import ibis

        cell = source.make(frame).upper()
        hours = cell.re_extract(r"^(\d{1,2}):?(\d{2})", 1).try_cast("int64")
        rest = cell.re_extract(r"^(\d{1,2}):?(\d{2})", 2).try_cast("int64")
        half = cell.re_search(r"^(0\d|1[0-2])[0-5]\d[AP]$")
        clock = cell.re_search(r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")
        noon = (hours % 12 + cell.right(1).isin(["P"]).cast("int64") * 12) * 60 + rest
        return ibis.cases((half, noon), (clock, hours * 60 + rest), else_=ibis.null("int64"))

    return Column(source.reads, make, source.make, gives=NUMBER)


def at(day: Column, clock: Column) -> Column:
    """The moment that a day column and a minutes column make together."""

    def make(frame: Frame) -> Any:
        moment = day.make(frame).cast("timestamp")
        return frame.dialect.plus_minutes(moment, clock.make(frame))

    return Column(day.reads + clock.reads, make, clock.raw, gives=MOMENT)


def _day_of_era(heading: Heading, before: int) -> Column:
    source = written(heading)

    def make(frame: Frame) -> Any:
        import ibis

        cell = source.make(frame)

        def part(group: int) -> Any:
            packed = cell.re_extract(_PACKED, group)
            return cell.re_search(_PACKED).ifelse(packed, cell.re_extract(_PARTED, group))

        year = part(1).try_cast("int64") + ibis.literal(before, "int64")
        day = year.cast("string") + "-" + part(2) + "-" + part(3)
        return frame.dialect.moment(day, ("%Y-%m-%d",)).date()

    return Column(source.reads, make, source.make, gives=MOMENT)


def _moments(heading: Heading, formats: tuple[str, ...]) -> Column:
    def quick(cell: Any) -> Any:
        import ibis

        # A cast is three times faster than parsing, but takes 24:00:00 and a time zone too.
        exact = cell.like("____-__-__ __:__:__") & ~cell.like("% 24:%") & ~cell.endswith("Z")
        return exact.ifelse(cell.try_cast("timestamp(6)"), ibis.null("timestamp(6)"))

    def careful(frame: Frame, cell: Any) -> Any:
        import ibis

        moment = frame.dialect.moment(cell, formats)
        return ibis.coalesce(moment, _mended(frame, cell, formats))

    if ISO in formats:
        moments = read(heading, ("moment", formats), quick, careful)
        return replace(moments, gives=MOMENT)
    source = written(heading)
    return Column(
        source.reads,
        lambda frame: careful(frame, source.make(frame)),
        source.make,
        gives=MOMENT,
    )


def _mended(frame: Frame, cell: Any, formats: tuple[str, ...]) -> Any:
    """The moment of a text in full width, or with something behind its time that may go."""
    import ibis

    def plain() -> Any:
        narrow = half_width(cell)
        mended = narrow.contains(":").ifelse(narrow.re_replace(_BEHIND, ""), narrow)
        return cell.re_search(_DIRTY).ifelse(mended, ibis.null("string"))

    key = ("mended", cell.get_name(), formats)
    return frame.dialect.moment(frame.once(key, plain), formats)
