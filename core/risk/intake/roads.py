"""Places as text: one spelling for each road segment, and nothing personal in it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000"
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + " "
_HAN = r"[\x{4e00}-\x{9fff}]"


def folded(text: str) -> str:
    """One text as `fold_text` makes it of a column."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def fold_text(cell: ir.StringValue) -> ir.StringValue:
    """The text in half width and upper case without any blanks: for comparing, not for showing."""
    value: ir.StringValue = _narrow(cell.upper()).replace(" ", "").re_replace(r"\s+", "")
    return value


def _narrow(cell: ir.StringValue) -> ir.StringValue:
    """Full-width letters, digits and signs in half width; the few rows that have some pay for it."""
    from .builtin import translate

    wide = cell.re_search(f"[{_WIDE[0]}-{_WIDE[-2]}\u3000]")
    value: ir.StringValue = wide.ifelse(translate(cell, _WIDE, _NARROW), cell)
    return value


_CROSSING = "(?:与|和|出|近|至|到|、|/|@).*"
_TAIL = (
    r"(?:交叉口|十字路口|路口|口)?[东南西北中]{0,2}(?:侧|边|向|面|半幅|口)?"
    r"(?:约?\d+(?:\.\d+)?(?:米|M|公里)(?:处|左右)?)?(?:\d+号.*)?(?:附近|门口|门前|对面|旁|处)?"
)
_ROAD = (
    rf"^(?:{_HAN}{{2,3}}市)?(?:{_HAN}{{2,4}}[区县])?"
    rf"(.+?(?:路|街|道|巷|段|线|桥|高速|胡同)(?:\([^()]*[至\-~—][^()]*\))?)"
    rf"(?:\([^()]*\))?(?:{_CROSSING}|{_TAIL}(?:\([^()]*\))?)$"
)


def segment(cell: ir.StringValue, plain: ir.StringValue) -> ir.StringValue:
    """The road segment that a place text names; the folded text itself where it names no road.

    Written in Han characters (`plain` is the folded cell), the tail from the crossing road or the
    distance on is taken off: 金桂区花园路 东段与农业路交叉口东50米 is 花园路东段. Otherwise blanks are
    made single.
    """
    import ibis

    from .builtin import trim

    named = ibis.coalesce(plain.re_extract(_ROAD, 1).nullif(""), plain)
    latin = trim(_narrow(cell.upper()).re_replace(r"\s+", " "))
    place: ir.StringValue = plain.re_search(_HAN).ifelse(named, latin)
    return place
