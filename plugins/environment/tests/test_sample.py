"""The made-up sample holds what the README says."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

from risk import Knowledge
from risk.testing import named_in

PLUGIN = Path(__file__).parents[1]
FILE = PLUGIN / "src" / "risk_environment" / "samples" / "environment_penalty_export.csv"
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_environment" / "data")
TERMS = KNOWLEDGE.table("offence_terms")["terms"]
STATES = KNOWLEDGE.table("status_terms")["terms"]
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8-sig").splitlines()))
CLOSED = [row for row in ROWS if STATES[row["案件状态"]] == "closed"]
CODE = dt.date(2026, 8, 15)


def violation(row: dict[str, str]) -> str | None:
    """The type that 案由 names, else the one whose phrase stands in 违法事实."""
    if row["案由"] in TERMS:
        named: str = TERMS[row["案由"]]["violation"]
        return named
    held = named_in(row["违法事实"], KNOWLEDGE.violation_types())
    return held.pop() if len(held) == 1 else None


def cases(name: str) -> list[dict[str, str]]:
    """Closed rows of the type, duplicates included."""
    return [row for row in CLOSED if violation(row) == f"environment.{name}"]


def yuan(row: dict[str, str]) -> float:
    """The fine; 0 where it is written in words or not at all."""
    found = re.fullmatch(r"([\d,.]+)(万?)元?", row["罚款金额"])
    return float(found[1].replace(",", "")) * (10_000 if found[2] else 1) if found else 0


def day(row: dict[str, str]) -> dt.date:
    """When it was decided; the last day of 2026 where that is no day."""
    year, month, date = map(int, re.findall(r"\d+", row["处罚决定日期"]))
    return dt.date(2026, 12, 31) if (month, date) == (2, 30) else dt.date(year, month, date)


def test_every_row_says_that_it_is_made_up() -> None:
    for row in ROWS:
        assert "虚构样例" in row["处罚机关"]
        assert row["当事人名称"].startswith("样例")
        # I and O stand in no real credit code.
        assert row["统一社会信用代码"] == "" or "IO" in row["统一社会信用代码"]


def test_every_row_has_the_outcome_that_was_planted() -> None:
    states = Counter(row["案件状态"] for row in ROWS)
    assert (states["已撤销"], states["不予处罚"]) == (6, 11)
    assert (states["调查中"], states["已告知"]) == (14, 7)
    unknown = [row for row in CLOSED if violation(row) is None]
    undated = [row for row in CLOSED if row["处罚决定日期"] == "2026-02-30"]
    unnumbered = [row for row in CLOSED if not row["处罚决定书文号"]]
    assert (len(unknown), len(undated), len(unnumbered)) == (7, 3, 4)
    copies = Counter(tuple(row.values()) for row in CLOSED)
    assert sum(times - 1 for times in copies.values()) == 10
    numbers = Counter(row["处罚决定书文号"] for row in CLOSED if row["处罚决定书文号"])
    assert sum(times - 1 for times in numbers.values()) == 13
    assert len(ROWS) - 38 - 14 - 13 == 4101


def test_twelve_cases_are_told_by_their_facts_alone() -> None:
    silent = [row for row in CLOSED if row["案由"] == "环境违法行为"]
    assert len(silent) == 12
    assert None not in {violation(row) for row in silent}


def test_registered_places_are_places_of_the_sample() -> None:
    in_district = {(row["所属区县"], row["违法地点"]) for row in ROWS}
    assert {(p.district, p.name) for p in KNOWLEDGE.department().places} <= in_district


def test_all_types_occur_and_all_other_words_are_known() -> None:
    assert {violation(row) for row in CLOSED} - {None} == {
        kind.id for kind in KNOWLEDGE.violation_types()
    }
    assert {row["行业类别"] for row in CLOSED} <= set(KNOWLEDGE.table("industry_terms")["terms"])
    coercive = KNOWLEDGE.table("coercive_terms")["terms"]
    for heading, known in (
        ("行政强制措施", coercive["measures"]),
        ("强制执行", coercive["enforcement"]),
        ("处罚种类", KNOWLEDGE.table("penalty_terms")["terms"]),
        ("适用程序", KNOWLEDGE.table("procedure_terms")["terms"]),
        ("相对人类别", KNOWLEDGE.table("party_terms")["terms"]),
    ):
        for cell in {row[heading] for row in CLOSED} - {"无", ""}:
            assert all(any(word in part for word in known) for part in cell.split("、")), cell


def test_cases_lie_on_both_sides_of_the_code() -> None:
    days = [day(row) for row in CLOSED]
    assert sum(CODE <= each < dt.date(2026, 11, 1) for each in days) > 200
    assert min(days).year == 2024
    for name in ("fake_data", "emergency_plan"):
        assert min(map(day, cases(name))) > CODE


def test_hazardous_waste_is_fined_by_the_lighter_band_since_the_code() -> None:
    before = [yuan(row) for row in cases("hazwaste_management") if day(row) < CODE]
    since = [yuan(row) for row in cases("hazwaste_management") if day(row) >= CODE]
    assert min(filter(None, before)) >= 100_000
    assert 50_000 <= min(filter(None, since)) < 100_000


def test_the_site_road_is_loud_by_night_in_every_month_of_the_last_twelve() -> None:
    months = Counter(
        (day(row).year, day(row).month)
        for row in cases("night_construction_noise")
        if row["违法地点"].startswith("科技大道") and day(row) >= dt.date(2025, 11, 1)
    )
    assert len(months) == 12
    assert min(months.values()) >= 3
    hours = [re.search(r"[ 日](\d+)[:时]", row["违法行为发生时间"]) for row in ROWS]
    assert {int(found[1]) for found in hours if found} <= {*range(6), *range(20, 24)}


def test_slight_summary_and_sporadic_types_are_there() -> None:
    outcomes = {
        (row["处罚种类"], row["是否改正"], row["危害后果"], row["是否经帮扶指导"])
        for row in cases("emergency_plan")
    }
    assert outcomes == {("警告", "是", "无", "是")}
    assert {row["适用程序"] for row in cases("registration_form")} == {"简易"}
    assert max(map(yuan, cases("registration_form"))) == 3_000
    assert [row for row in cases("heavy_pollution_refusal") if day(row).year == 2026][2:] == []


def test_grave_outcomes_are_there() -> None:
    sealed = [row for row in CLOSED if "查封" in row["行政强制措施"]]
    assert {violation(row) for row in sealed} >= {
        f"environment.{name}" for name in ("evade", "hazwaste_transfer", "no_permit", "voc")
    }
    halted = [row for row in CLOSED if "责令停产整治" in row["处罚种类"]]
    assert len(halted) > 20
    assert sum("吊销排污许可证" in row["处罚种类"] for row in CLOSED) == 1
    assert {violation(row) for row in CLOSED if row["强制执行"] == "代履行"} == {
        "environment.hazwaste_transfer"
    }


def test_readme_tells_the_figures_of_the_sample() -> None:
    told = (PLUGIN / "README.md").read_text(encoding="utf-8")
    undated = {row["处罚决定书文号"] for row in CLOSED if row["处罚决定日期"] == "2026-02-30"}
    for kind in KNOWLEDGE.violation_types():
        numbers = {row["处罚决定书文号"] for row in cases(kind.id.partition(".")[2])}
        assert f"| {kind.name} | {len(numbers - undated - {''}):,} |" in told
