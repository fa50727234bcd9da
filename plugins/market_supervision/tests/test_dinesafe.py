"""Toronto's inspections of food premises: ten yearly files as one, and single rows made up."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from risk.kernel.plugins import Kernel
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

YEARS = Path(__file__).parents[4] / "shared" / "data" / "market"
UTENSILS = "market_supervision.food_utensils"
WASH = "Operator fail to properly wash equipment"
REAGENT = "FAIL TO HAVE TEST REAGENT AVAILABLE AT  PLACE OF SANITIZATION O. REG  562/90 SEC. 75(2)"
HEADINGS = (
    "Rec #,Establishment ID,Inspection ID,Establishment Name,Establishment Type,"
    "Establishment Address,Latitude,Longitude,Establishment Status,Min. Inspections Per Year,"
    "Infraction Details,Inspection Date,Severity,Action,Outcome,Amount Fined"
).split(",")
MINOR = "M - Minor"


def row(number: int, text: str, action: str, outcome: str = "", fine: str = "") -> list[str]:
    severity = MINOR if text else ""
    premises = ["9001", f"77{number}", "SAMPLE DINER", "Restaurant", "149 SAMPLE AVE, Unit-3"]
    rest = [
        "43.65123",
        "-79.38049",
        "Pass",
        "2",
        text,
        "2010-03-04",
        severity,
        action,
        outcome,
        fine,
    ]
    return [str(number), *premises, *rest]


def read(folder: Path, *sources: Path) -> RunResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        request = Request(
            database=folder / "risk.db",
            today=dt.date(2026, 11, 24),
            sources=tuple(str(source) for source in sources),
        )
        return run(Kernel.load().plugin("market_supervision"), request, Silent()).result


def written(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADINGS, *rows])
    return path


def cases(result: RunResult) -> dict[str, dict[str, Any]]:
    """The cases beneath the city-wide points, by number."""
    city = {point.id for point in result.points if point.scope.kind == "city"}
    rows = [one for one in result.evidence_cases.to_pylist() if one["risk_point"] in city]
    return {str(one["case_id"]): one for one in rows}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("small")
    first = written(
        folder / "first.csv",
        row(1, WASH, "Notice to Comply"),
        row(2, WASH, "Closure Order"),
        row(3, WASH, "Ticket", "Conviction - Fined", "62.5"),
        row(4, REAGENT, "Ticket", "Charges Withdrawn", "60"),
        row(5, REAGENT, "Summons", "Pending"),
        row(6, "", ""),
        row(7, "Operator fail to properly maintain rooms", "Notice to Comply"),
        row(8, WASH, "Ticket"),
        row(9, REAGENT, "Summons", "Conviction - Ordered to Close by Court"),
        row(10, WASH, "Corrected During Inspection"),
    )
    again = row(1, WASH, "Order")
    again[2] = "881"
    return read(folder, first, written(folder / "second.csv", again))


def test_clean_withdrawn_and_pending_rows_are_excluded_and_other_words_unclassified(
    small: RunResult,
) -> None:
    first, second = small.sources
    assert (first.rows, first.cases, first.rejected, first.excluded) == (10, 6, 1, 3)
    assert (second.rows, second.cases, second.duplicates) == (1, 1, 0)
    assert set(small.exclusions["reason"].to_pylist()) == {
        "检查合格，没有违法",
        "指控撤回、驳回或者撤销",
        "法院尚未裁决",
    }
    assert small.rejects["reason"].to_pylist() == ["unclassified"]


def test_orders_are_coercive_and_court_closure_is_a_major_penalty(small: RunResult) -> None:
    (point,) = [one for one in small.points if one.scope.kind == "city"]
    assert point.grade == "高"
    assert (point.figures.cases, point.figures.coercive, point.figures.major) == (7, 2, 1)
    clauses = {ground.clause.partition("）")[2] for ground in point.grounds}
    assert {"重大行政处罚", "行政强制措施"} <= clauses


def test_a_ticket_whose_outcome_is_not_told_leaves_the_penalty_unknown(small: RunResult) -> None:
    (point,) = [one for one in small.points if one.scope.kind == "city"]
    assert point.figures.major_unknown == 1
    assert point.figures.compulsory_unknown == 7
    assert point.figures.coercive_unknown == 0


def test_a_case_that_is_shown_says_where_it_was_and_what(small: RunResult) -> None:
    found = {(one["violation"], one["lat"], one["lon"]) for one in cases(small).values()}
    assert found == {("market_supervision.food_utensils", 43.651, -79.38)}


def test_the_record_number_of_another_year_is_another_case(small: RunResult) -> None:
    assert {"771-1", "881-1"} <= set(cases(small))


def test_fines_are_those_decided_and_the_place_is_a_street(small: RunResult) -> None:
    found = cases(small)
    assert found["773-3"]["fine_fen"] == 6250
    assert found["771-1"]["fine_fen"] is None
    assert {one["place"] for one in found.values()} == {"SAMPLE AVE"}
    assert {one["industry"] for one in found.values()} == {"餐馆"}


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    files = sorted(YEARS.glob("dinesafe.20*.csv"))
    if not files:
        pytest.skip("the case files in ../shared/data are not here")
    return read(tmp_path_factory.mktemp("years"), *files)


def test_ten_files_are_read_at_once_and_every_row_is_accounted_for(ten_years: RunResult) -> None:
    assert [source.adapter for source in ten_years.sources] == ["dinesafe"] * 10
    assert all(source.adds_up for source in ten_years.sources)
    assert sum(source.rows for source in ten_years.sources) == 92_606
    assert sum(source.duplicates for source in ten_years.sources) == 0
    assert sum(source.cases for source in ten_years.sources) == 9_524
    assert not any(source.unreadable for source in ten_years.sources)


def test_what_is_no_case_in_ten_years_is_counted_by_reason(ten_years: RunResult) -> None:
    assert Counter(ten_years.exclusions["reason"].to_pylist()) == {
        "检查合格，没有违法": 39_204,
        "指控撤回、驳回或者撤销": 131,
        "法院尚未裁决": 155,
    }
    assert Counter(ten_years.rejects["reason"].to_pylist()) == {"unclassified": 43_592}


def test_five_orders_make_unwashed_utensils_a_high_point(ten_years: RunResult) -> None:
    city = {one.violation.id: one for one in ten_years.points if one.scope.kind == "city"}
    assert set(city) == {
        UTENSILS,
        "market_supervision.licence_not_shown",
        "market_supervision.food_label",
        "market_supervision.food_health_cert",
        "market_supervision.food_records",
    }
    assert city[UTENSILS].figures.coercive == 5
    assert city[UTENSILS].grade == "高"


def test_the_list_of_ten_years_names_streets_and_trades(ten_years: RunResult) -> None:
    places = {one.scope.place for one in ten_years.points if one.scope.kind == "place"}
    assert "BLOOR ST W" in places
    assert not any(place[0].isdigit() for place in places if place)
    assert "餐馆" in {one.scope.industry for one in ten_years.points}
