"""Places as text: one spelling for each road segment, and nothing personal in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .column import Column, Heading, text
from .folding import fold_text, half_width

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

_HAN = r"[\x{4e00}-\x{9fff}]"
_ENDING = "(?:路|街|道|巷|段|线|桥|高速|胡同|[一二三四五六七内外中]环路?)"
# The part of a road, often set off by signs, as in 花园路（东段） and 花园路·东段.
_SIGNS = "([【〔·•・‧.,:;/、_~–—-"
_PART = "(?:[东南西北中][一二三四五六]?|[一二三四五六])半?段"
_SET_OFF = rf"[{re.escape(_SIGNS)}]{{1,3}}{_PART}"
_FROM_TO = r"\([^()]*[至\-~—][^()]*\)"
_CROSSING = "(?:与|和|出|近|至|到|、|/|@).*"
# What may follow the road, piece by piece. As good as no two pieces begin alike: engines that go
# back to try another way would else try very many.
_PIECE = "|".join(
    (
        "[东南西北中由自向往朝侧边面口旁处]",
        # The side of the road, as in 路东 and 街边.
        "(?:道路|马路|路|街)[东南西北中侧边面口旁]",
        "半幅|交叉口|十字路口|附近|门口|门前|对面",
        r"约?\d+(?:\.\d+)?(?:米|M|公里)(?:左右)?",
        r"\d+号.*",
        r"\([^()]*\)|[)\]】〕]",
    )
)
_TAIL = f"(?:{_PIECE})*(?:{_CROSSING})?$"
# Some engines cannot take apart a text of thousands of characters.
_LONGEST = 200
_BEFORE = rf"^(?:{_HAN}{{2,3}}市)?(?:{_HAN}{{2,4}}[区县])?"
_ROAD = rf"{_BEFORE}(.+?{_ENDING}(?:{_FROM_TO}|{_SET_OFF})?){_TAIL}"
# Two roads with nothing between them, as in 花园路农业路口. The name of a 街道 is no road.
_FIRST = f"(?:路|大街|大道)(?:(?:{_SET_OFF}|{_PART})[)\\]】〕]?)?"
_OTHER = "[^路街道巷段()与和、/]{2,6}(?:路|街|道)(?:交叉口|十字路口|路口|口)"
_TWO_ROADS = f"{_FIRST}{_OTHER}"
_FIRST_ROAD = rf"{_BEFORE}(.+?{_FIRST}){_OTHER}{_TAIL}"


# A text of Han characters that ends as a road does and holds no sign of a district or a crossing is
# a road segment as it stands.
_ENDINGS = ("路", "街", "道", "巷", "段", "线", "桥")
_NOT_BARE = r"[^\x{4e00}-\x{9fff}]|[市区县与和出近至到]"


# What stands about the street in 1710-1712 QUEEN ST E, Unit-1 and in 660 1/2 BLOOR ST W.
_HOUSE = r"^\d+[A-Z]?(?:-\d+[A-Z]?)?(?: \d/\d)? +"
_UNIT = r" *(?:,|\bUNIT\b|\bAPT\b|\bSUITE\b|#).*$"


def road(heading: Heading, *, house_first: bool = False) -> Column:
    """A road segment, folded: spacing, width and case, tails such as 与农业路交叉口东50米 taken off.

    东段 and 西段 are kept apart. Plates, telephone and identity numbers are masked later on. With
    `house_first`, a text in Latin letters is an address that begins with the house: number and
    unit are taken off, so that 149 TYNDALL AVE, Unit-3 is TYNDALL AVE.
    """
    source = text(heading)

    def make(frame: Frame) -> Any:
        import ibis

        # Most places are bare roads: only the others go through the costly patterns.
        cell, key = source.make(frame), ("odd place", source.reads, house_first)
        odd = frame.once(key, lambda: _is_bare(cell).ifelse(ibis.null("string"), cell))
        folded = frame.once((*key, "folded"), lambda: fold_text(odd))
        named = frame.once((*key, "named"), lambda: _named(folded))
        found = frame.once((*key, "found"), lambda: _segment(odd, folded, named, house_first))
        return odd.isnull().ifelse(cell, found)

    return Column(source.reads, make, source.raw, verbatim=True)


def _segment(
    cell: ir.StringValue, folded: ir.StringValue, named: ir.StringValue, house_first: bool
) -> ir.StringValue:
    """The road segment `named` in a place text; the folded text itself where it names no road.

    Written in Han characters, the tail from the crossing road or the distance on is taken off:
    金桂区花园路 东段与农业路交叉口东50米 is 花园路东段. Otherwise blanks are made single.
    """
    import ibis

    latin = half_width(cell).upper().re_replace(r"\s+", " ").strip()
    if house_first:
        latin = latin.re_replace(_HOUSE, "").re_replace(_UNIT, "")
    place: ir.StringValue = ibis.cases(
        (~folded.re_search(_HAN), latin), (named != "", _joined(named)), else_=folded
    )
    return place


def _named(folded: ir.StringValue) -> ir.StringValue:
    """The road that the text begins with, as it is written; empty where there is none."""
    import ibis

    # Only one in many names a second road so, and looking is cheaper than taking out.
    two = folded.contains("口").ifelse(folded.re_search(_TWO_ROADS), False)
    first = two.ifelse(folded.re_extract(_FIRST_ROAD, 1), "")
    named: ir.StringValue = ibis.cases(
        (folded.length() > _LONGEST, ""), (first != "", first), else_=folded.re_extract(_ROAD, 1)
    )
    return named


def _joined(named: ir.StringValue) -> ir.StringValue:
    """The segment without the signs that set its part off: 花园路·东段 is 花园路东段."""
    from .builtin import translate

    joined: ir.StringValue = named.re_search(f"{_SET_OFF}[)\\]】〕]?$").ifelse(
        translate(named, f"{_SIGNS})]】〕", ""), named
    )
    return joined


def _is_bare(cell: ir.StringValue) -> ir.BooleanValue:
    import ibis

    ends = ibis.cases(*((cell.endswith(ending), True) for ending in _ENDINGS), else_=False)
    bare: ir.BooleanValue = ends.ifelse(~cell.re_search(_NOT_BARE), False)
    return bare
