"""Annex 1, part one, clause by clause, and what must hold of every grade."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.analysis.cells import SCOPE_COLUMNS
from risk.analysis.frequency import judge
from risk.analysis.grading import Graded, grade
from risk.analysis.listing import shortlist
from risk.model.point import GRADE_RANK, Candidate, ScopeKind

from .analysis_cases import candidate, cells_in, limits, violation

ALL_SUMMARY = {"summary": 20}
OVER = {"cases": 40, "expected": 10.0, "ratio": 3.8, "lower": 2.9, "q_value": 0.001}


def graded(point: Candidate, **changes: Any) -> Graded:
    return grade(point, limits(**changes))


def clauses(point: Candidate, **changes: Any) -> list[str]:
    return [ground.clause.partition("）")[2] for ground in graded(point, **changes).grounds]


@pytest.mark.parametrize(
    ("figures", "clause"),
    [
        ({"major": 1}, "重大行政处罚"),
        ({"coercive": 1}, "行政强制措施"),
        ({"compulsory": 1}, "行政强制执行"),
    ],
)
def test_one_grave_case_makes_a_point_high(figures: dict[str, int], clause: str) -> None:
    assert graded(candidate(**figures)).grade == "高"
    assert clauses(candidate(**figures)) == [clause]


def test_numerous_needs_thirty_cases_and_a_place_among_the_ten_most() -> None:
    high = candidate("place", {"cases": 30, "rank": 10})
    assert (graded(high).grade, clauses(high)) == ("高", ["多发"])
    assert graded(candidate("place", {"cases": 29, "rank": 1})).grade == "中"
    assert graded(candidate("place", {"cases": 30, "rank": 11})).grade == "中"


def test_over_represented_is_what_the_screening_says() -> None:
    high = candidate("place", {**OVER, "over_represented": True})
    assert (graded(high).grade, clauses(high)) == ("高", ["高发"])
    assert graded(candidate("place", {**OVER, "over_represented": False})).grade == "中"


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (12.5, "约12.5件"),
        (1.0, "约1件"),
        (0.254, "约0.25件"),
        (0.012, "约0.012件"),
        (0.01, "约0.01件"),
        (0.0099, "不足0.01件"),
        (0.0, "不足0.01件"),
    ],
)
def test_over_represented_says_how_little_was_to_be_expected_and_that_the_multiple_is_estimated(
    expected: float, said: str
) -> None:
    figures = {**OVER, "cases": 213, "expected": expected, "ratio": 855.2, "lower": 761.37}
    (ground,) = graded(candidate("place", {**figures, "over_represented": True})).grounds
    assert (
        f"发生213件；按各类案件在各地点的普通情形推算（异常集中处不计入）{said}，"
        "实际约为推算的855.2倍（经收缩的稳妥估计，不等于两数相除），95%可信下限为761.37倍（标准："
    ) in ground.statement
    assert ground.figures["expected"] == expected


def test_recurring_needs_nine_of_twelve_months() -> None:
    high = candidate("place", {"months_with_cases": 9})
    assert (graded(high).grade, clauses(high)) == ("高", ["易发"])
    assert graded(candidate("place", {"months_with_cases": 8})).grade == "中"


def test_the_only_industry_of_a_type_has_no_frequency_word_but_its_only_place_has() -> None:
    only = {"months_with_cases": 12, "cases": 40, "rank": 1, "of": 1}
    assert clauses(candidate("place", only)) == ["多发", "易发"]
    assert graded(candidate("industry", only)).grade == "中"


@pytest.mark.parametrize(
    ("kind", "names", "months", "listed"),
    [
        ("industry", ["餐饮"], 0b1111_1111_1111, 0),
        ("industry", ["餐饮", "旅馆"], 0b1111_1111_1111, 2),
        ("place", ["人民路"], 0b1, 1),
    ],
)
def test_the_only_industry_of_a_type_is_not_listed_but_its_only_place_is(
    kind: ScopeKind, names: list[str], months: int, listed: int
) -> None:
    scope = {name: pa.array([None] * len(names), pa.string()) for name in SCOPE_COLUMNS[kind]}
    table = pa.table(
        {
            "violation": ["urban.fumes"] * len(names),
            **scope | {kind: names},
            "recent": [146] * len(names),
            "months": [months] * len(names),
            **dict.fromkeys(("major", "coercive", "compulsory"), [0] * len(names)),
        }
    )
    cells = cells_in(kind, table)
    assert len(shortlist(cells, judge(cells, limits()), limits(), frozenset())) == listed


def test_the_frequency_words_are_not_said_of_the_whole_city() -> None:
    city = candidate("city", {"cases": 900, "rank": 1, "months_with_cases": 12})
    assert graded(city).grade == "中"


@pytest.mark.parametrize(
    ("point", "clause"),
    [
        (candidate(**ALL_SUMMARY), "简易程序"),
        (candidate(slight=20), "轻微并已改正"),
        (candidate(recent={"cases": 3}, cases=3), "偶发少见"),
        (candidate(of=violation(no_explicit_rule=True)), "包容审慎"),
    ],
)
def test_each_low_ground_alone_makes_a_point_low(point: Candidate, clause: str) -> None:
    assert graded(point).grade == "低"
    assert clauses(point) == [clause]


def test_summary_procedure_in_all_cases_but_one_is_not_low() -> None:
    assert graded(candidate(summary=19)).grade == "中"


def test_few_cases_in_less_than_a_year_of_data_are_not_called_rare() -> None:
    assert graded(candidate(recent={"cases": 2, "months_covered": 5}, cases=2)).grade == "中"


def test_a_high_ground_beats_every_low_one() -> None:
    """The notice's own example is punished by summary procedure, and yet high."""
    road = candidate("place", {"cases": 130, "rank": 1}, summary=20, slight=20)
    assert graded(road).grade == "高"
    assert clauses(road) == ["多发", "简易程序", "轻微并已改正"]


def test_what_has_no_ground_is_middle_and_in_a_policy_of_two_levels_low() -> None:
    assert graded(candidate()).grade == "中"
    assert graded(candidate(), levels=2).grade == "低"
    assert len(graded(candidate(), levels=2).grounds) == 1


def test_unknown_is_noted_and_never_taken_for_no() -> None:
    unknown = candidate(summary=15, summary_unknown=5, coercive_unknown=20)
    assert graded(unknown).grade == "中"
    notes = "".join(graded(unknown).notes)
    assert "20件" in notes
    assert "5件" in notes


COUNTS = st.integers(0, 20)
POINTS = st.builds(
    lambda kind, recent, rank, months, over, flags: candidate(
        kind,
        {
            **OVER,
            "cases": recent,
            "rank": rank,
            "months_with_cases": months,
            "over_represented": over,
        },
        **flags,
    ),
    st.sampled_from(["city", "place", "time_band", "industry", "behaviour", "place_time"]),
    st.integers(0, 200),
    st.integers(1, 80),
    st.integers(0, 12),
    st.booleans(),
    st.fixed_dictionaries(
        {
            name: COUNTS
            for name in ("major", "coercive", "compulsory", "summary", "slight", "coercive_unknown")
        }
    ),
)


@given(POINTS)
def test_grading_is_pure_and_every_ground_says_why(point: Candidate) -> None:
    once = graded(point)
    assert graded(point) == once
    assert once.grounds
    assert max(GRADE_RANK[ground.grade] for ground in once.grounds) == GRADE_RANK[once.grade]
    for ground in once.grounds:
        assert ground.clause.startswith("附件1一（")
        assert ground.statement.endswith("。")
        assert ground.policy_source


@given(POINTS)
def test_a_grave_case_more_never_lowers_a_grade(point: Candidate) -> None:
    worse = point.model_copy(
        update={"figures": point.figures.model_copy(update={"major": point.figures.major + 1})}
    )
    assert GRADE_RANK[graded(worse).grade] >= GRADE_RANK[graded(point).grade]
    assert graded(worse).grade == "高"
