"""Days and times, read from the texts of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .column import Column, Heading, text
from .folding import WIDE, half_width

if TYPE_CHECKING:
    from .frame import Frame

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
# Fractions of a second and the offset of China's own time, as programs write them behind a time.
_BEHIND = r"(?:\.\d{1,9})?(?:\+08(?::?00)?)?$"
_DIRTY = rf"[{WIDE}]|:\d{{2}}(?:\.\d|\+08)"


def date(heading: Heading, *formats: str) -> Column:
    """A day, in the first strptime format that fits; without formats those usual in China."""
    source = text(heading)
    wanted = formats or DATE_FORMATS + TIME_FORMATS
    return Column(
        source.reads,
        lambda frame: _moment(frame, source, wanted).date(),
        source.make,
    )


def timestamp(heading: Heading, *formats: str) -> Column:
    """A day and time, in the first strptime format that fits; null for a day without a time."""
    source = text(heading)
    wanted = formats or TIME_FORMATS
    return Column(
        source.reads,
        lambda frame: _moment(frame, source, wanted),
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


def _moment(frame: Frame, source: Column, formats: Sequence[str]) -> Any:
    """The moment in the first format that fits; only where none does is the text made plainer.

    A text can only fit formats that have the very signs it has between its digits, so only those
    are tried: a failed trial costs ten times what looking for a sign does.
    """
    import ibis

    by_signs: dict[frozenset[str], list[str]] = {}
    for form in formats:
        by_signs.setdefault(frozenset(_signs(form)), []).append(form)
    value = source.make(frame)

    def parsed(groups: list[frozenset[str]]) -> Any:
        if len(groups) == 1:
            return frame.dialect.timestamp(value, tuple(by_signs[groups[0]]))
        signs = sorted(frozenset().union(*groups))
        middle = len(groups) / 2
        sign = min(signs, key=lambda one: abs(sum(one in group for group in groups) - middle))
        there = [group for group in groups if sign in group]
        absent = [group for group in groups if sign not in group]
        return value.contains(sign).ifelse(parsed(there), parsed(absent))

    return ibis.coalesce(parsed(list(by_signs)), _mended(frame, value, formats))


def _mended(frame: Frame, value: Any, formats: Sequence[str]) -> Any:
    """The moment of a text in full width, or with something behind its time that may go."""
    import ibis

    plain = half_width(value)
    plain = plain.contains(":").ifelse(plain.re_replace(_BEHIND, ""), plain)
    moment = frame.dialect.timestamp(plain, tuple(formats))
    return value.re_search(_DIRTY).ifelse(moment, ibis.null("timestamp"))


def _signs(form: str) -> str:
    head, *pieces = form.split("%")
    return head + "".join(piece[1:] for piece in pieces)
