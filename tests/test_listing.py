"""Which points make the list, where it has no room for all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from risk.analysis.assessing import assess
from risk.analysis.cells import Cells
from risk.analysis.frequency import judge
from risk.analysis.listing import shorten, shortlist
from risk.analysis.rankings import entries, ranked, standings
from risk.analysis.thresholds import Thresholds
from risk.model.department import Department
from risk.model.point import RiskPoint, Scope
from risk.model.ranking import Ranking

from .analysis_cases import SHIPPED, candidate, cells, limits

TEN = Ranking(id="ten", title="十大占道路段", violations=("urban.stall",), length=2)
DEPARTMENT = Department(id="urban", name="城管", name_en="Urban", unit="城管大队")


def point(place: str, cases: int, rank: int = 1, months: int = 12) -> RiskPoint:
    found = candidate("place", {"cases": cases, "rank": rank, "months_with_cases": months})
    made = assess(found, limits(), (), DEPARTMENT)
    scope = Scope(kind="place", place=place)
    return made.model_copy(update={"id": scope.point_id("urban.stall"), "scope": scope})


def kept(given: Iterable[RiskPoint], named: Iterable[str], **room: int) -> set[str | None]:
    standing = frozenset(("urban.stall", Scope(kind="place", place=name)) for name in named)
    return {one.scope.place for one in shorten(given, room_for(**room), standing)}


def room_for(**room: int) -> Thresholds:
    (listing,) = SHIPPED.listing
    return limits(listing=(listing.model_copy(update=room),))


ROADS = [point("一路", 90), point("二路", 80), point("三路", 70, months=1), point("四路", 20)]


@pytest.mark.parametrize(
    ("named", "places"),
    [
        ([], {"一路", "二路"}),
        # It has fewer grounds than both others.
        (["三路"], {"一路", "三路"}),
        # It stands in the ranking, but is not 多发.
        (["四路"], {"一路", "二路"}),
    ],
)
def test_a_numerous_place_of_a_ranking_is_listed_before_others_of_its_type(
    named: list[str], places: set[str]
) -> None:
    assert kept(ROADS, named, per_violation=2) == places


@pytest.mark.parametrize(("named", "place"), [([], "五路"), (["三路"], "三路"), (["六路"], "五路")])
def test_in_the_whole_list_a_place_of_a_ranking_weighs_a_ground_more(
    named: list[str], place: str
) -> None:
    # Two grounds with few cases, one with more, one with the least.
    given = [point("五路", 60), ROADS[2], point("六路", 30, months=1)]
    assert kept(given, named, points=1, per_violation=3) == {place}


@pytest.fixture(scope="module")
def roads() -> Cells:
    """Four roads, the first two with cases in many months, the third with the most cases."""
    counts = {"一路": (60, 0xFFF), "二路": (50, 0xFFF), "三路": (95, 0b1), "四路": (5, 0b1)}
    return cells(
        "place",
        [
            {"violation": "urban.stall", "place": place, "recent": recent, "months": months}
            for place, (recent, months) in counts.items()
        ],
    )


def test_a_place_of_a_ranking_is_graded_though_others_weigh_more(roads: Cells) -> None:
    short = room_for(per_violation=2)
    standing = standings([TEN], {"place": roads})
    judged = judge(roads, short)
    without, with_it = {"一路", "二路"}, {"一路", "二路", "三路"}
    for names, places in ((frozenset(), without), (ranked(standing), with_it)):
        rows = shortlist(roads, judged, short, names)
        assert {roads.scope(int(row)).place for row in rows} == places
        assert len(rows) == len(places)


def test_the_rows_of_a_ranking_name_the_points_that_are_listed(roads: Cells) -> None:
    first, second = entries(standings([TEN], {"place": roads}), [point("三路", 95)])
    assert (first.rank, first.scope, first.cases) == (1, "三路", 95)
    assert first.risk_point == Scope(kind="place", place="三路").point_id("urban.stall")
    assert (second.rank, second.scope, second.risk_point) == (2, "一路", None)


def test_a_place_stands_in_a_ranking_of_several_types_for_the_one_it_has_most_of() -> None:
    both = TEN.model_copy(update={"violations": ("urban.stall", "urban.sign")})
    rows = [("urban.stall", "一路", 30), ("urban.sign", "一路", 40), ("urban.stall", "二路", 20)]
    table = cells(
        "place", [{"violation": kind, "place": place, "recent": n} for kind, place, n in rows]
    )
    assert {(kind, scope.place) for kind, scope in ranked(standings([both], {"place": table}))} == {
        ("urban.sign", "一路"),
        ("urban.stall", "二路"),
    }
