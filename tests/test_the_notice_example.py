"""The notice's own example comes out of the shipped sample, end to end (annex 1, part two (二))."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from risk.model.point import RiskPoint
from risk.model.result import RunResult

if TYPE_CHECKING:
    from conftest import Sample


@pytest.fixture(scope="module")
def result(sample: Sample) -> RunResult:
    return sample.result


@pytest.fixture(scope="module")
def night(result: RunResult) -> RiskPoint:
    (point,) = [
        point
        for point in result.points
        if point.scope.place == "桂花路东段" and point.scope.time_band == "夜间"
    ]
    return point


def test_parking_at_night_by_the_old_estate_is_high(night: RiskPoint) -> None:
    assert night.grade == "高"
    assert night.violation.id == "traffic.illegal_parking"
    assert any(ground.clause.endswith("高发") for ground in night.grounds)


def test_its_first_measures_are_those_of_the_notice(night: RiskPoint) -> None:
    advice, relief, warning = night.measures[:3]
    assert [measure.kind for measure in (advice, relief, warning)] == ["建议", "疏导", "警示"]
    assert "老旧小区改造" in advice.text
    assert "夜间限时停车泊位" in relief.text
    assert "警示牌" in warning.text
    assert "巡查" in warning.text
    assert "第九十三条" in warning.text


def test_every_measure_answers_a_cause_and_both_sides_have_causes(night: RiskPoint) -> None:
    assert {cause.side for cause in night.causes} == {"机关", "相对人"}
    assert all(measure.cause for measure in night.measures[:3])


def test_the_western_segment_of_the_road_is_no_night_point(result: RunResult) -> None:
    western = [point for point in result.points if point.scope.place == "桂花路西段"]
    assert [point for point in western if point.scope.time_band] == []


def test_the_ten_most_ticketed_roads_are_ten_and_in_order(result: RunResult) -> None:
    cases = [entry.cases for entry in result.ranking_entries]
    assert len(cases) == 10
    assert cases == sorted(cases, reverse=True)


def test_the_city_wide_points_hold_every_case(result: RunResult) -> None:
    city = sum(point.figures.cases for point in result.points if point.scope.kind == "city")
    assert city == sum(source.cases for source in result.sources)


def test_the_months_of_a_point_add_up_to_its_cases(result: RunResult) -> None:
    months = result.evidence_monthly.group_by("risk_point").aggregate([("cases", "sum")])
    counted = dict(zip(*(column.to_pylist() for column in months.columns), strict=True))
    assert counted == {point.id: point.figures.cases for point in result.points}


def test_a_list_is_for_a_person_to_read(result: RunResult) -> None:
    assert 10 <= len(result.points) <= 60
    ranks = [point.grade_rank for point in result.points]
    assert ranks == sorted(ranks, reverse=True)


def test_the_list_names_the_unit_that_its_measures_are_laid_on(sample: Sample) -> None:
    named = {point.violation.id: point.responsible_unit for point in sample.result.points}
    assert named["traffic.illegal_parking"] == "市公安局交通管理支队"
    assert named["traffic.oversize"] == "市交通运输综合行政执法支队"
    for point in sample.result.points:
        assert {measure.responsible_unit for measure in point.measures} == {point.responsible_unit}


def test_where_hardly_anything_was_to_be_expected_高发_is_not_judged(result: RunResult) -> None:
    expected = [point.figures.frequency.expected for point in result.points]
    little = [cases for cases in expected if cases is not None and cases < 1]
    assert little
    assert all(cases >= 0.1 and cases == float(f"{cases:.2g}") for cases in little)
