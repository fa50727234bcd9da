"""Places as text: one spelling for each road segment, and nothing personal in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .column import Column, Heading, text
from .folding import fold_text, half_width

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

_HAN = r"[\x{4e00}-\x{9fff}]"
_CROSSING = "(?:与|和|出|近|至|到|、|/|@).*"
_TAIL = (
    r"(?:交叉口|十字路口|路口|口)?(?:[由自]?[东南西北][向往][东南西北])?[东南西北中]{0,2}(?:侧|边|向|面|半幅|口)?"
    r"(?:约?\d+(?:\.\d+)?(?:米|M|公里)(?:处|左右)?)?(?:\d+号.*)?(?:附近|门口|门前|对面|旁|处)?"
)
_ROAD = (
    rf"^(?:{_HAN}{{2,3}}市)?(?:{_HAN}{{2,4}}[区县])?"
    rf"(.+?(?:路|街|道|巷|段|线|桥|高速|胡同)(?:\([^()]*[至\-~—][^()]*\))?)"
    rf"(?:\([^()]*\))?(?:{_CROSSING}|{_TAIL}(?:\([^()]*\))?)$"
)


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
        named = frame.once((*key, "named"), lambda: folded.re_extract(_ROAD, 1))
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
        (~folded.re_search(_HAN), latin), (named != "", named), else_=folded
    )
    return place


def _is_bare(cell: ir.StringValue) -> ir.BooleanValue:
    import ibis

    ends = ibis.cases(*((cell.endswith(ending), True) for ending in _ENDINGS), else_=False)
    bare: ir.BooleanValue = ends.ifelse(~cell.re_search(_NOT_BARE), False)
    return bare
