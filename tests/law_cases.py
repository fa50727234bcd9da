"""A catalogue in which the law moves, as officers write it, and the plugin that ships it.

The articles, dates and amounts are those of the 固体废物污染环境防治法, the 环境影响评价法, the 商标法 and
the 生态环境法典 that took the place of the first two.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from risk.kernel.catalogue import Knowledge

LAWS: Final = """
laws:
  - key: SOLID
    title: 中华人民共和国固体废物污染环境防治法
    version_date: 2020-04-29
    in_force_from: 2020-09-01
    in_force_to: 2026-08-14
    dates_verified: true
    repealed_by: {law: CODE, article: 1242}
  - key: EIA
    title: 中华人民共和国环境影响评价法
    version_date: 2018-12-29
    in_force_from: 2018-12-29
    in_force_to: 2026-08-14
    dates_verified: false
  - key: CODE
    title: 中华人民共和国生态环境法典
    version_date: 2026-03-12
    in_force_from: 2026-08-15
    dates_verified: true
  - key: TM2019
    title: 中华人民共和国商标法(2019修正)
    version_date: 2019-04-23
    in_force_from: 2019-11-01
    in_force_to: 2026-12-31
    replaced_by: TM2026
  - key: TM2026
    title: 中华人民共和国商标法(2026修订)
    version_date: 2026-06-26
    in_force_from: 2027-01-01
    dates_verified: true
"""

_TYPE: Final = """
  - id: {department}.{name}
    name: {title}
    name_en: {name}
    agency: 执法支队
    subject: organisation
    procedure: ordinary
    hearing_possible: true
    causes:
      - {{id: rules, side: 机关, text: 宣传不够}}
      - {{id: luck, side: 相对人, text: 存在侥幸心理}}
    legal_references:
"""
_REFERENCES: Final = {
    "hazardous_waste": """
      - {role: forbids, law: SOLID, article: 77, verified: text}
      - role: punishes
        law: SOLID
        article: 112
        fine: {min: 100000, max: 1000000}
        verified: text
      - {role: forbids, law: CODE, article: 531, verified: text}
      - role: punishes
        law: CODE
        article: 1175
        fine: {min: 50000, max: 200000, note: 拒不改正20-100万}
        verified: text
""",
    "build_before_approval": """
      - role: punishes
        law: EIA
        article: 31
        fine: {min: 0.01, max: 0.05, basis: 总投资额}
        verified: text
      - {role: punishes, law: CODE, article: 1095, fine: {min: 100000, max: 1000000}, verified: text}
""",
    "trademark": """
      - {role: punishes, law: TM2019, article: 60, fine: {min: 0, max: 250000}, verified: text}
      - {role: punishes, law: TM2026, article: 74, fine: {min: 0, max: 250000}, verified: eye}
""",
}
_NAMES: Final = {
    "hazardous_waste": "危险废物管理不规范",
    "build_before_approval": "环评未批先建",
    "trademark": "销售侵犯商标专用权的商品",
}

CODE: Final = """
from risk import Department, Knowledge, columns, hookimpl, Adapter

_knowledge = Knowledge(__name__)


@hookimpl
def risk_department():
    return Department(id="moving", name="试验", name_en="Trial", unit="执法支队")


@hookimpl
def risk_laws():
    return _knowledge.laws().values()


@hookimpl
def risk_violation_types():
    return _knowledge.violation_types()


@hookimpl
def risk_adapters():
    names = {violation.name: violation.id for violation in _knowledge.violation_types()}
    yield Adapter(
        name="list",
        title="案件清单",
        columns={
            "case_id": columns.text("案号"),
            "violation": columns.lookup("违法行为", names),
            "occurred_at": columns.timestamp("违法时间"),
            "decided_on": columns.date("决定日期"),
            "place": columns.text("地点"),
        },
    )
"""


def files(laws: str = LAWS, department: str = "moving") -> Mapping[str, str]:
    """The data files of the plugin by their path."""
    types = "violation_types:\n" + "".join(
        _TYPE.format(department=department, name=name, title=_NAMES[name]).strip("\n")
        + references.rstrip()
        + "\n"
        for name, references in _REFERENCES.items()
    )
    return {"data/laws.yaml": laws.strip() + "\n", "data/violation_types.yaml": types}


def knowledge(folder: Path, laws: str = LAWS) -> Knowledge:
    """The catalogue, read from files in `folder`."""
    for name, text in files(laws).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Knowledge.from_folder(folder / "data")
