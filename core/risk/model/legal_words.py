"""The words for what a legal reference is: the same in sheets, views, pages and commands.

Nothing is imported here, so that a command may name them before it does any work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ROLES: Final[Mapping[str, str]] = {
    "forbids": "禁止",
    "punishes": "处罚",
    "discretion": "裁量",
    "coercion": "强制",
    "exempts": "免罚",
}
YES, NO = "已核实", "未核实"
VERIFIED: Final[Mapping[str, str]] = {
    "text": f"{YES}（对照原文）",
    "eye": f"{YES}（人工核对）",
    "unverified": NO,
}
# What stands behind everything that nobody has verified.
UNVERIFIED: Final = f"【{NO}】"
# How the basis of a fine begins that is so many yuan for each of something: 元/平方米.
_YUAN_FOR_EACH: Final = "元/"
DATES_UNVERIFIED: Final = f"【施行日期{NO}】"


def remarks(*notes: str) -> str:
    """What the catalogue notes beside a fine and its article; empty where it notes nothing."""
    said = "；".join(filter(None, notes))
    return f"（另：{said}）" if said else ""


def fine_range(least: float | None, most: float | None, basis: str = "") -> str:
    """The range of a fine as laws word it; empty where there is none.

    Without `basis` the limits are yuan: 20至200元. With it they are multiples of it, those below
    one said as a percentage: 总投资额的1%至5%, 货值金额的50%至3倍. The basis 元/平方米 means yuan for
    each: 每平方米1,000至5,000元.
    """
    if least is None:
        return ""
    if basis.startswith(_YUAN_FOR_EACH):
        return f"每{basis.removeprefix(_YUAN_FOR_EACH)}{fine_range(least, most)}"
    of = f"{basis}的" if basis else ""
    low, unit = _said(least, basis)
    if most is None:
        return f"{of}{low}{unit}以上"
    high, last_unit = _said(most, basis)
    if most == least:
        return f"{of}{high}{last_unit}"
    if least == 0:
        return f"{of}{high}{last_unit}以下"
    # A unit that both share is said once, but a percentage always.
    first_unit = unit if unit != last_unit or unit == "%" else ""
    return f"{of}{low}{first_unit}至{high}{last_unit}"


def _said(limit: float, basis: str) -> tuple[str, str]:
    """A limit in figures, and its unit."""
    part = bool(basis) and limit < 1
    figures = f"{limit * 100 if part else limit:,.4f}".rstrip("0").rstrip(".")
    return figures, ("%" if part else "倍") if basis else "元"
