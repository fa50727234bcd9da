"""Places as text: one spelling for each road segment, and nothing personal in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .column import TEXT, Column, Heading, text
from .folding import fold_text, half_width

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

_HAN = r"[\x{4e00}-\x{9fff}]"


def _han_but(others: str) -> str:
    """A pattern for one Han character that is none of `others`."""
    codes = [0x4DFF, *sorted(map(ord, set(others))), 0xA000]
    spans = (
        rf"\x{{{before + 1:x}}}-\x{{{after - 1:x}}}"
        for before, after in zip(codes, codes[1:], strict=False)
        if after - before > 1
    )
    return f"[{''.join(spans)}]"


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
_NAMED = f"街道口|.+?{_ENDING}(?:{_FROM_TO}|{_SET_OFF})?"
_ROAD = rf"^({_NAMED}){_TAIL}"
# Two roads with nothing between them, as in 花园路农业路口. The name of a 街道 is no road.
_FIRST = f"(?:路|大街|大道)(?:(?:{_SET_OFF}|{_PART})[)\\]】〕]?)?"
_OTHER = "[^路街道巷段()与和、/]{2,6}(?:路|街|道)(?:交叉口|十字路口|路口|口)"
_TWO_ROADS = f"{_FIRST}{_OTHER}"
_FIRST_ROAD = rf"^(.+?{_FIRST}){_OTHER}{_TAIL}"

# What a place may lie in: 样例省江州市金桂区桂花街道, also in brackets or set off by a sign. Cities
# and towns have names of two characters, so that 花市 and 古镇 stay part of a road's name.
_UNITS = "省市区县镇乡"
_INNER = _han_but(f"{_UNITS}路街道巷与出近至到")
_NAMED_UNIT = f"{_HAN}(?:乡{_INNER}*[市县区]|{_INNER}+(?:[省市镇乡]|自治州)|{_INNER}*[区县])"
_OFFICE = "(?:街道(?:办事处|办)?|办事处)"
_BEHIND = r"[)\]】〕]?[-,:·(]?"
_AREA = rf"[(\[【〔]?(?:{_NAMED_UNIT}|景德镇市)区?{_OFFICE}?{_BEHIND}"
_STREET_OFFICE = f"{_han_but(f'{_UNITS}与出近至到')}{{2,}}?{_OFFICE}{_BEHIND}"
_AREAS = f"^(?:{_AREA})*(?:{_STREET_OFFICE}(?:{_AREA})*)?"
_PERHAPS_AREAS = f"[{_UNITS}]|街道|办事处"
# What is left must be a name of its own, else the area is part of it: 金水区路, 新区大道, 港区公路,
# 开发区东路 and 花卉市场街 are whole, as is 前进街 in 前进街道路北侧.
_WAYS, _SIDES, _WINDS = "路街道巷段线桥", "侧边面口旁", "东南西北中内外"
_DIGITS = "一二三四五六七八九十"
_COMMON = "大小公马铁府城环衙委"
_OWN_NAME = "|".join(
    (
        f"(?:[0-9A-Z]|{_han_but(f'{_WAYS}{_WINDS}{_DIGITS}{_COMMON}场域的与')}).",
        f"[{_COMMON}{_DIGITS}]{_han_but(_WAYS)}",
        f"[{_WINDS}](?:{_han_but(f'路大向{_SIDES}')}|大{_han_but('道')})",
        f"[{_WAYS}]{_han_but(f'{_WAYS}{_SIDES}{_WINDS}与和出近至到')}",
        f"[{_WAYS}][{_WINDS}]{_han_but(_SIDES)}",
        "街道口",
    )
)
_IN_FEWER_AREAS = f"{_AREAS}((?:{_OWN_NAME}).*)$"


# A text of Han characters that ends as a road does and holds no sign of a district or a crossing is
# a road segment as it stands.
_ENDINGS = ("路", "街", "道", "巷", "段", "线", "桥")
_NOT_BARE = rf"[^\x{{4e00}}-\x{{9fff}}]|[{_UNITS}与和出近至到]|街道|办事处"


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
        bare = frame.once((*key, "without areas"), lambda: _without_areas(folded))
        alone = frame.once((*key, "alone"), lambda: _alone(folded, bare))
        named = frame.once((*key, "named"), lambda: _named(alone))
        found = frame.once((*key, "found"), lambda: _segment(odd, folded, named, house_first))
        return odd.isnull().ifelse(cell, found)

    return Column(source.reads, make, source.raw, verbatim=True, gives=TEXT)


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


def _without_areas(folded: ir.StringValue) -> ir.StringValue:
    """The text without the province, city, district, street office and town it begins with.

    Null where it holds none, or is too long to be taken apart.
    """
    import ibis

    within = (folded.length() <= _LONGEST) & folded.re_search(_PERHAPS_AREAS)
    bare: ir.StringValue = within.ifelse(folded.re_replace(_AREAS, ""), ibis.null("string"))
    return bare


def _alone(folded: ir.StringValue, bare: ir.StringValue) -> ir.StringValue:
    """The text without the areas before it, as far as a name of its own is left.

    `bare` is the text without any.
    """
    import ibis

    # To take off all areas and look at the rest is many times quicker than to try how many to take.
    fewer = folded.re_extract(_IN_FEWER_AREAS, 1)
    alone: ir.StringValue = ibis.cases(
        (bare.isnull(), folded),
        (bare.re_search(f"^(?:{_OWN_NAME})"), bare),
        else_=fewer.nullif("").fill_null(folded),
    )
    return alone


def _named(alone: ir.StringValue) -> ir.StringValue:
    """The road that the text begins with, as it is written; empty where there is none."""
    import ibis

    # Only one in many names a second road so, and looking is cheaper than taking out.
    two = alone.contains("口").ifelse(alone.re_search(_TWO_ROADS), False)
    first = two.ifelse(alone.re_extract(_FIRST_ROAD, 1), "")
    named: ir.StringValue = ibis.cases(
        (alone.length() > _LONGEST, ""), (first != "", first), else_=alone.re_extract(_ROAD, 1)
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
