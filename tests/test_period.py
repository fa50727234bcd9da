"""The twelve months that the frequency words are judged on, and dates that must not move them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from risk.analysis.grading import grade
from risk.analysis.measures import blanks, propose
from risk.analysis.period import Window, latest_year
from risk.analysis.sentences import notes
from risk.model.department import Department
from risk.model.measure import MeasureTemplate
from risk.model.point import Candidate

from .analysis_cases import candidate, limits

JANUARY = 2024 * 12
DECEMBER = JANUARY + 11
# 786 cases, as a department may have in one year.
YEAR = dict(
    zip(range(JANUARY, DECEMBER + 1), [65, 70, 62, 66, 64, 71, 60, 66, 65, 67, 66, 64], strict=True)
)


def test_the_window_is_the_last_twelve_months_with_cases() -> None:
    assert latest_year({JANUARY - 30: 9, **YEAR}) == Window(JANUARY - 30, DECEMBER)
    assert (latest_year(YEAR).first_month, latest_year(YEAR).covered) == (JANUARY, 12)
    assert latest_year({DECEMBER: 5}).covered == 1


@pytest.mark.parametrize(
    "strays",
    [
        [2033 * 12 + 4],
        [2033 * 12 + 4, 2033 * 12 + 8],
        [2033 * 12 + 4, 2042 * 12 + 8],
        [2025 * 12 + 5],
        [2025 * 12 + 5, 2025 * 12 + 7],
        [2004 * 12, 2004 * 12 + 3],
        [2014 * 12, 2034 * 12 + 3],
    ],
)
def test_a_few_mistyped_years_move_neither_end(strays: list[int]) -> None:
    assert latest_year({**YEAR, **dict.fromkeys(strays, 1)}) == latest_year(YEAR)


def test_two_slips_in_a_list_of_sixty_cases_do_not_move_it() -> None:
    small = dict.fromkeys(range(JANUARY, DECEMBER + 1), 5)
    assert latest_year({**small, 2033 * 12: 1, 2033 * 12 + 5: 1}) == latest_year(small)


def test_few_cases_that_end_a_sparse_list_are_its_end() -> None:
    sparse = {JANUARY: 1, JANUARY + 16: 1, JANUARY + 36: 1}
    assert latest_year(sparse) == Window(JANUARY, JANUARY + 36)
    slow = dict.fromkeys(range(JANUARY, DECEMBER + 1), 2)
    assert latest_year({**slow, DECEMBER + 4: 1}).last_month == DECEMBER + 4


def test_a_second_period_with_many_cases_is_no_slip() -> None:
    assert latest_year({**YEAR, 2033 * 12: 9}).last_month == 2033 * 12


@given(
    st.lists(st.integers(20, 90), min_size=12, max_size=40),
    st.lists(st.integers(13, 400), max_size=2),
)
def test_two_cases_dated_over_a_year_later_never_move_the_window(
    counts: list[int], later: list[int]
) -> None:
    months = {JANUARY + number: cases for number, cases in enumerate(counts)}
    last = max(months)
    strays = {last + distance: later.count(distance) for distance in later}
    assert latest_year({**months, **strays}) == latest_year(months)


def _with_strays() -> Candidate:
    return candidate(first=dt.date(2003, 5, 1), last=dt.date(2033, 5, 1))


def test_probably_mistyped_dates_are_named_in_a_note() -> None:
    said = "".join(notes(_with_strays().figures, "中"))
    assert "最早2003-05-01、最晚2033-05-01" in said
    assert "误记" not in "".join(notes(candidate().figures, "中"))


def test_a_published_period_has_no_mistyped_year() -> None:
    department = Department(id="urban", name="城管", name_en="Urban", unit="市城管局")
    assert blanks(_with_strays(), department)["period"] == "2025年11月至2026年10月"


@pytest.mark.parametrize(
    ("first", "last", "data_since", "said"),
    [
        (dt.date(2025, 12, 3), dt.date(2026, 8, 1), dt.date(2024, 1, 1), "2025年12月至2026年8月"),
        (dt.date(2024, 2, 3), dt.date(2026, 8, 1), dt.date(2024, 1, 1), "2025年11月至2026年8月"),
        (dt.date(2003, 2, 3), dt.date(2026, 8, 1), dt.date(2026, 2, 1), "2026年2月至2026年8月"),
        (dt.date(2026, 3, 3), dt.date(2026, 3, 9), dt.date(2024, 1, 1), "2026年3月"),
    ],
)
def test_the_period_of_a_measure_is_that_of_its_recent_cases(
    first: dt.date, last: dt.date, data_since: dt.date, said: str
) -> None:
    department = Department(id="urban", name="城管", name_en="Urban", unit="市城管局")
    point = candidate(recent={"cases": 7, "data_since": data_since}, first=first, last=last)
    filled = blanks(point, department)
    assert (filled["period"], filled["recent_cases"], filled["cases"]) == (said, "7", "20")


def test_a_measure_that_speaks_of_recent_cases_is_left_out_where_there_are_none() -> None:
    department = Department(id="urban", name="城管", name_en="Urban", unit="市城管局")
    templates = [
        MeasureTemplate(id=f"urban.m{number}", kind="提示", violations=("urban.stall",), text=text)
        for number, text in enumerate(
            ("发放提示{cases}份", "结合{period}案件提示", "结合{recent_cases}起")
        )
    ]
    told = []
    for recent in (3, 0):
        point = candidate(recent={"cases": recent})
        proposal = propose(point, grade(point, limits()), templates, department)
        told.append([measure.template for measure in proposal.measures])
    assert told == [["urban.m0", "urban.m1", "urban.m2"], ["urban.m0"]]


def test_a_measure_may_not_name_a_period_beside_the_count_of_all_cases() -> None:
    with pytest.raises(ValidationError, match="use {recent_cases}"):
        MeasureTemplate(
            id="urban.one",
            kind="提示",
            violations=("urban.stall",),
            text="结合{period}的{cases}起案件",
        )
