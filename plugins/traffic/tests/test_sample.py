"""The made-up sample holds what the README says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from risk import Knowledge

PLUGIN = Path(__file__).parents[1]
FILE = PLUGIN / "src" / "risk_traffic" / "samples" / "traffic_police_export.csv"
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_traffic" / "data")
TERMS = KNOWLEDGE.table("police_terms")["terms"]
STATES = KNOWLEDGE.table("status_terms")["terms"]
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8-sig").splitlines()))
CLOSED = [row for row in ROWS if STATES[row["处理状态"]] == "closed"]


def cases(violation: str) -> list[dict[str, str]]:
    """Accepted rows of the type, duplicates included."""
    return [
        row
        for row in CLOSED
        if TERMS.get(row["违法行为"], {}).get("violation") == f"traffic.{violation}"
    ]


def test_every_row_says_that_it_is_made_up() -> None:
    for row in ROWS:
        assert "虚构样例" in row["决定机关"]
        assert row["当事人"].startswith("样例")
        assert row["号牌号码"] == "" or row["号牌号码"].startswith("样A")


def test_no_identity_number_passes_its_own_check() -> None:
    factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for number in {row["证件号码"] for row in ROWS} - {""}:
        assert number.startswith("99")
        if re.fullmatch(r"\d{17}[\dX]", number):
            total = sum(int(digit) * factor for digit, factor in zip(number, factors, strict=False))
            assert number[-1] != "10X98765432"[total % 11]
        else:
            assert "I" in number


def test_every_row_has_the_outcome_that_was_planted() -> None:
    states = Counter(row["处理状态"] for row in ROWS)
    assert (states["已撤销"], states["作废"], states["未裁决"]) == (14, 9, 27)
    unknown = [row for row in CLOSED if row["违法行为"] not in TERMS]
    undated = [row for row in CLOSED if row["处罚时间"].startswith("2026-02-30")]
    unnumbered = [row for row in CLOSED if not row["决定书编号"]]
    assert (len(unknown), len(undated), len(unnumbered)) == (6, 3, 4)
    numbers = Counter(row["决定书编号"] for row in CLOSED if row["决定书编号"])
    repeated = {number for number, times in numbers.items() if times > 1}
    copies = Counter(tuple(row.values()) for row in CLOSED)
    assert len(repeated) == 14
    assert sum(times - 1 for times in copies.values()) == 12
    assert len(ROWS) == 9068
    assert len(ROWS) - 50 - 13 - 14 == 8991


def test_registered_places_are_roads_of_the_sample() -> None:
    roads = {row["违法地点"] for row in ROWS}
    assert {place.name for place in KNOWLEDGE.department().places} <= roads
    in_district = {(row["所属辖区"], row["违法地点"]) for row in ROWS}
    assert {(p.district, p.name) for p in KNOWLEDGE.department().places} <= in_district


def test_all_types_occur_and_all_other_words_are_known() -> None:
    assert {TERMS[row["违法行为"]]["violation"] for row in CLOSED if row["违法行为"] in TERMS} == {
        violation.id for violation in KNOWLEDGE.violation_types()
    }
    for heading, table in (
        ("强制措施类型", "coercive_terms"),
        ("处罚种类", "penalty_terms"),
        ("适用程序", "procedure_terms"),
        ("当事人类型", "party_terms"),
    ):
        known = KNOWLEDGE.table(table)["terms"]
        for cell in {row[heading] for row in CLOSED} - {"无", ""}:
            assert all(any(word in part for word in known) for part in cell.split("、")), cell


def test_old_estate_road_is_parked_full_by_night_in_every_month() -> None:
    hour = re.compile(r"^\d{4}-(\d\d)-\d\d (\d\d):")
    nights: Counter[str] = Counter()
    for row in cases("illegal_parking"):
        found = hour.match(row["违法时间"])
        east = re.sub(r"\s", "", row["违法地点"]).startswith("桂花路东段")
        if east and found and (int(found[2]) >= 22 or int(found[2]) < 6):
            nights[found[1]] += 1
    assert len(nights) == 12
    assert min(nights.values()) >= 8


@pytest.mark.parametrize("violation", ["bus_lane"])
def test_slight_type_is_guided_corrected_and_harmless_throughout(violation: str) -> None:
    outcomes = {
        (row["是否改正"], row["危害后果"], row["是否经提示劝导"]) for row in cases(violation)
    }
    assert outcomes == {("是", "无", "是")}


def test_grave_outcomes_and_the_sporadic_type_are_there() -> None:
    assert len(cases("roadwork")) == 2
    revoked = [row for row in CLOSED if "吊销" in row["处罚种类"]]
    jailed = [row for row in CLOSED if "行政拘留" in row["处罚种类"]]
    assert [TERMS[row["违法行为"]]["violation"] for row in revoked] == ["traffic.speeding_50"]
    assert [row["违法行为"] for row in jailed] == ["使用伪造、变造的机动车号牌"] * 3
    large = {
        (row["当事人类型"], float(row["罚款金额"].replace(",", "").replace("元", "")))
        for row in cases("oversize")
    }
    assert {("个人", 12000.0), ("单位", 15000.0), ("单位", 30000.0)} <= large
    assert {row["强制措施类型"] for row in cases("unlicensed_bus")} == {"暂扣车辆"}
    assert sum(row["强制措施类型"] == "拖移机动车" for row in cases("illegal_parking")) == 6


def test_readme_tells_the_figures_of_the_sample() -> None:
    told = (PLUGIN / "README.md").read_text(encoding="utf-8")
    undated = {row["决定书编号"] for row in CLOSED if row["处罚时间"].startswith("2026-02-30")}
    for violation in KNOWLEDGE.violation_types():
        numbers = {row["决定书编号"] for row in cases(violation.id.partition(".")[2])}
        assert f"| {violation.name} | {len(numbers - undated - {''}):,} |" in told
    assert f"| rows | {len(ROWS):,} |" in told
