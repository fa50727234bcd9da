"""The made-up sample holds what the README says."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from risk import Knowledge
from risk.kernel.plugins import Kernel
from risk.model.point import RiskPoint
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

PLUGIN = Path(__file__).parents[1]
FILE = PLUGIN / "src" / "risk_market_supervision" / "samples" / "market_supervision_export.csv"
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_market_supervision" / "data")
TERMS = KNOWLEDGE.table("market_terms")["terms"]
STATES = KNOWLEDGE.table("status_terms")["terms"]
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8-sig").splitlines()))
CLOSED = [row for row in ROWS if STATES[row["案件状态"]] == "closed"]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        request = Request(database=folder / "risk.db", today=dt.date(2026, 11, 24))
        return run(Kernel.load().plugin("market_supervision"), request, Silent()).result


def at(result: RunResult, place: str, violation: str) -> RiskPoint:
    (point,) = [
        one
        for one in result.points
        if one.scope.kind == "place"
        and one.scope.place == place
        and one.violation.id == f"market_supervision.{violation}"
    ]
    return point


def test_every_row_says_that_it_is_made_up_and_no_code_can_exist() -> None:
    for row in ROWS:
        assert "虚构样例" in row["办案机构"]
        assert row["当事人"].startswith("样例")
        code = row["统一社会信用代码"]
        assert code in ("", "/") or re.fullmatch(r"99IO\d{14}", code)


def test_every_row_has_the_outcome_that_was_planted(result: RunResult) -> None:
    (account,) = result.sources
    assert account.adds_up
    outcomes = (account.rows, account.cases, account.rejected, account.excluded, account.duplicates)
    assert outcomes == (4058, 4000, 14, 34, 10)
    assert account.unreadable == {"fine_fen": 3}
    assert Counter(result.rejects["reason"].to_pylist()) == {
        "unclassified": 7,
        "case_id missing": 4,
        "decided_on unreadable": 3,
    }
    assert Counter(result.exclusions["reason"].to_pylist()) == {
        "尚未作出决定": 19,
        "销案、撤销或者移送": 15,
    }


def test_a_case_without_a_known_word_is_classified_by_its_name(result: RunResult) -> None:
    others = {row["处罚决定书文号"] for row in CLOSED if row["案由"] == "其他"}
    assert len(others) == 5
    refused = {row["line"] for row in result.rejects.to_pylist()}
    lines = {number for number, row in enumerate(ROWS, 2) if row["案由"] == "其他"}
    assert not refused & lines


def test_registered_places_are_streets_of_the_sample_in_their_district() -> None:
    streets = {(row["所属辖区"], row["经营场所"]) for row in ROWS}
    assert {(place.district, place.name) for place in KNOWLEDGE.department().places} <= streets


def test_all_types_occur_and_all_other_words_are_known(result: RunResult) -> None:
    city = {one.violation.id for one in result.points if one.scope.kind == "city"}
    assert city == {violation.id for violation in KNOWLEDGE.violation_types()}
    for heading, table in (
        ("处罚种类", "penalty_terms"),
        ("适用程序", "procedure_terms"),
        ("行政强制措施", "coercive_terms"),
        ("行政强制执行", "enforcement_terms"),
        ("当事人类型", "party_terms"),
    ):
        known = KNOWLEDGE.table(table)["terms"]
        for cell in {row[heading] for row in CLOSED} - {"无", ""}:
            assert all(any(word in part for word in known) for part in cell.split("、")), cell


def test_the_night_market_lacks_health_certificates_in_every_month(result: RunResult) -> None:
    point = at(result, "食府街", "food_health_cert")
    assert point.grade == "高"
    assert point.figures.frequency.months_with_cases == 12
    assert "夜市" in point.measures[0].text
    assert "食府街" in point.measures[0].text


@pytest.mark.parametrize(
    ("place", "violation", "word"),
    [
        ("书院街", "food_expired", "开学"),
        ("盐仓街", "food_records", "市场开办方"),
        ("盐仓街", "scales", "集中检定"),
        ("花市街", "trademark", "市场主办方"),
        ("槐荫街", "special_equipment", "老旧电梯"),
        ("科技大道", "false_publicity", "园区"),
        ("科技大道", "licence_not_shown", "园区"),
        ("鼓楼街", "price_tag", "节假日"),
    ],
)
def test_what_is_planted_stands_out_with_measures_for_its_place(
    result: RunResult, place: str, violation: str, word: str
) -> None:
    point = at(result, place, violation)
    assert point.grade == "高"
    assert any(place in measure.text and word in measure.text for measure in point.measures)


def test_city_wide_points_take_all_three_grades_by_what_was_decided(result: RunResult) -> None:
    city = {
        one.violation.id.partition(".")[2]: one for one in result.points if one.scope.kind == "city"
    }
    grounds = {name: {g.clause.partition("）")[2] for g in p.grounds} for name, p in city.items()}
    assert "重大行政处罚" in grounds["false_ad"]
    assert "行政强制措施" in grounds["trademark"]
    assert "行政强制执行" in grounds["trademark"]
    assert city["food_expired"].grade == "中"
    assert grounds["price_tag"] == {"简易程序"}
    assert grounds["licence_not_shown"] == {"轻微并已改正"}
    assert grounds["food_medical_claim"] == {"偶发少见"}


def test_every_point_has_causes_of_both_sides_and_three_measures_or_more(
    result: RunResult,
) -> None:
    for point in result.points:
        assert {cause.side for cause in point.causes} == {"机关", "相对人"}
        assert len(point.measures) >= 3
        assert len({measure.kind for measure in point.measures}) >= 2


def test_the_rankings_count_cases_of_food_and_of_prices(result: RunResult) -> None:
    first = {entry.ranking: entry.scope for entry in result.ranking_entries if entry.rank == 1}
    assert first == {
        "ten_food_streets": "澄湖区食府街",
        "ten_food_trades": "餐饮服务",
        "ten_price_places": "长堤区盐仓街",
    }


def test_readme_tells_the_figures_of_the_sample(result: RunResult) -> None:
    told = (PLUGIN / "README.md").read_text(encoding="utf-8")
    for point in result.points:
        if point.scope.kind == "city":
            assert f"| {point.violation.name} | {point.figures.cases:,} |" in told
    assert f"| rows | {len(ROWS):,} |" in told
