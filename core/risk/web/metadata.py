"""What Datasette is told of the database: descriptions, order, facets and sorting."""

from __future__ import annotations

from typing import Any, Final

from risk.store.dictionary import DICTIONARY, TABLES

TITLE: Final = "行政相对人违法风险点"
_DESCRIPTION: Final = (
    "各执法部门由已办结案件梳理的违法风险点、定级理由和防控措施。仅供提示，不作为处罚依据。"
)
_FACETS: Final = {
    "风险点清单": ["风险等级", "部门", "区县"],
    "社会关注度": ["部门", "风险等级"],
    "定级理由": ["支持等级", "条款", "核实"],
    "防控措施": ["类别", "部门"],
    "法律依据": ["部门", "作用", "核实"],
    "排行榜": ["榜单", "部门"],
    "被拒绝的行": ["部门", "原因"],
    "运行记录": ["部门"],
    "risk_points": ["grade", "department", "district"],
    "grade_grounds": ["grade", "clause"],
    "causes": ["side"],
    "measures": ["kind"],
    "legal_references": ["role", "verified"],
    "violation_types": ["department"],
    "rejects": ["department", "reason"],
    "exclusions": ["department", "reason"],
    "duplicates": ["department", "reason"],
    "runs": ["department"],
    "sources": ["kind"],
}
_STRONGEST_FIRST: Final = {
    "risk_points": "grade_rank",
    "runs": "finished_at",
    "evidence_cases": "decided_on",
    "grade_overrides": "made_at",
    "signals": "recent",
    "signals_by_violation": "recent",
}
_LABELS: Final = {
    "risk_points": "title",
    "departments": "name",
    "violation_types": "name",
    "rankings": "title",
}


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for a database served under the name `database`, views first."""
    tables = {name: _table(name) for name in DICTIONARY}
    tables["_sqlite_migrations"] = {"hidden": True}
    return {
        "title": TITLE,
        "description": _DESCRIPTION,
        "databases": {database: {"description": _DESCRIPTION, "tables": tables}},
    }


def _table(name: str) -> dict[str, Any]:
    meaning = DICTIONARY[name]
    about: dict[str, Any] = {
        "description": meaning.text,
        "columns": dict(meaning.columns),
        "for_officials": name not in TABLES,
    }
    if name in _FACETS:
        about["facets"] = _FACETS[name]
    if name in _STRONGEST_FIRST:
        about["sort_desc"] = _STRONGEST_FIRST[name]
    if name in _LABELS:
        about["label_column"] = _LABELS[name]
    return about
