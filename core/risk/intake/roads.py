"""Places as text: one spelling for each road segment, and nothing personal in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .choice import is_one_of
from .column import Column, Heading, text
from .folding import half_width
from .words import folded

if TYPE_CHECKING:
    import ibis.expr.types as ir

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


# A text of Han characters that ends as a road does and holds no sign of a district, a crossing, a
# distance or a house number is a road segment as it stands.
_ENDINGS = ("路", "街", "道", "巷", "段", "线", "桥")
_NOT_BARE = r"[市区县与和出近至到、/@()0-9]"


def road(heading: Heading) -> Column:
    """A road segment, folded: spacing, width and case, tails such as 与农业路交叉口东50米 taken off.

    东段 and 西段 are kept apart. Plates, telephone and identity numbers are masked later on.
    """
    source = text(heading)
    return Column(
        source.reads,
        lambda frame: segment(source.make(frame), folded(frame, source)),
        verbatim=True,
    )


def segment(cell: ir.StringValue, plain: ir.StringValue) -> ir.StringValue:
    """The road segment that a place text names; the folded text itself where it names no road.

    Written in Han characters (`plain` is the folded cell), the tail from the crossing road or the
    distance on is taken off: 金桂区花园路 东段与农业路交叉口东50米 is 花园路东段. Otherwise blanks are
    made single.
    """
    import ibis

    from .builtin import right, trim

    bare = is_one_of(right(plain, 1), _ENDINGS) & ~plain.re_search(_NOT_BARE)
    named = ibis.coalesce(plain.re_extract(_ROAD, 1).nullif(""), plain)
    latin = trim(half_width(cell).upper().re_replace(r"\s+", " "))
    place: ir.StringValue = ibis.cases((bare, plain), (plain.re_search(_HAN), named), else_=latin)
    return place
