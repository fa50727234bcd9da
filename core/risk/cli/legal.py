"""How articles and fines are written for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ROLES: Final = {
    "forbids": "禁止",
    "punishes": "处罚",
    "discretion": "裁量",
    "coercion": "强制",
    "exempts": "免责",
}
UNVERIFIED: Final = "【未核实】"
DATES_UNVERIFIED: Final = "【施行日期未核实】"


def fine_range(reference: Mapping[str, Any]) -> str:
    """The range of the fine, e.g. 罚款20至200元; empty where there is none."""
    least, most = reference["fine_min"], reference["fine_max"]
    if least is None:
        return ""
    unit = f"倍（{reference['fine_basis']}）" if reference["fine_basis"] else "元"
    if most is None:
        return f"罚款{_figures(least)}{unit}以上"
    return f"罚款{_figures(least)}{'' if most == least else f'至{_figures(most)}'}{unit}"


def remarks(reference: Mapping[str, Any]) -> str:
    """What the catalogue notes beside a fine and its article; empty where it notes nothing."""
    said = "；".join(filter(None, (reference["fine_note"], reference["note"])))
    return f"（另：{said}）" if said else ""


def _figures(number: float) -> str:
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def citation(reference: Mapping[str, Any]) -> str:
    """The article with its fine; what is unverified says so."""
    mark = UNVERIFIED if reference["verified"] == "unverified" else ""
    return " ".join(filter(None, (f"{reference['citation']}{mark}", fine_range(reference))))
