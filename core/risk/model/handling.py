"""How a violation is to be handled, in words: the order that comes first, and when it goes unpunished.

Nothing heavy is imported here, so that a command may use it before it does any work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .legal_words import UNVERIFIED

_LISTED: Final[Mapping[str, str]] = {
    "commonly": "免罚清单常见",
    "sometimes": "有的免罚清单列入",
    "rarely": "免罚清单少见",
    "no": "未见列入免罚清单",
}
# Of a type that lists hardly name, what is noted is why, and no condition.
_WITHOUT: Final = frozenset({"rarely", "no"})
# The words by which conditions ask for a first violation.
_FIRST: Final = ("首次", "初次", "首违")


def handling(violation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Headings with what is to be said under each, of a row of `violation_types`.

    None where the law wants no order first and no exemption is known.
    """
    if violation["order_first"]:
        yield "先责令改正", "依法先责令改正，之后才可罚款"
    if violation["exemption"]:
        mark = "" if violation["exemption_verified"] else UNVERIFIED
        terms = "；".join(_terms(violation))
        yield "免罚", f"{_LISTED[violation['exemption']]}{terms and '，' + terms}{mark}"


def _terms(violation: Mapping[str, Any]) -> Iterator[str]:
    months, condition = violation["exemption_first_within_months"], violation["exemption_condition"]
    if months:
        yield f"{months}个月内没有同类违法算首次"
    if violation["exemption_if_corrected"]:
        yield "已改正"
    if violation["exemption_if_no_harm"]:
        yield "没有危害后果"
    if condition:
        heading = "说明" if violation["exemption"] in _WITHOUT else "条件"
        yield f"{heading}：{condition}"
    if condition and not months and any(word in condition for word in _FIRST):
        yield "首次的期限未载明，以本机关清单为准"
    if violation["exemption_source"]:
        yield f"依据：{violation['exemption_source']}"
