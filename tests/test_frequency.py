"""多发 and 高发 are judged over all scopes of a kind at once, and say where they cannot be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pytest

from risk.analysis.cells import Cells
from risk.analysis.frequency import Judged, judge
from risk.analysis.grading import grade
from risk.analysis.sentences import notes
from risk.model.point import ScopeKind

from .analysis_cases import candidate, cells, limits

HOURS = {
    band.name: sum(one.length for one in limits().time_bands if one.name == band.name) / 60
    for band in limits().time_bands
}
OF_TYPES = Mapping[str, Mapping[str, int]]


def in_places(counts: OF_TYPES) -> tuple[Cells, Judged]:
    """The cells of places by violation type, and what is judged of them."""
    rows = [
        {"violation": f"urban.{kind}", "district": "东区", "place": place, "recent": recent}
        for kind, of_places in counts.items()
        for place, recent in of_places.items()
        if recent
    ]
    table = cells("place", rows)
    return table, judge(table, limits())


def chosen(table: Cells, flags: npt.NDArray[np.bool_]) -> list[tuple[str | None, str | None]]:
    """The type and place of the flagged entries."""
    return [
        (table.word("violation", row), table.word("place", row))
        for row in range(len(table))
        if flags[row]
    ]


def bands_led_by(lead: float) -> list[str | None]:
    """The bands that are 多发 where the night has so many times the hourly cases of other bands."""
    rows = [
        {"time_band": name, "recent": round(hours * (100 * lead if name == "夜间" else 100))}
        for name, hours in HOURS.items()
    ]
    table = cells("time_band", rows)
    flags = judge(table, limits()).numerous
    return [table.word("time_band", row) for row in range(len(table)) if flags[row]]


def test_a_time_band_is_numerous_only_where_it_leads_the_day_clearly() -> None:
    assert bands_led_by(1.0) == []
    assert bands_led_by(1.4) == []
    assert bands_led_by(3.0) == ["夜间"]


def test_of_scopes_that_share_the_last_ranks_none_is_numerous() -> None:
    table, judged = in_places({"stall": {f"{number:02}路": 30 for number in range(40)}})
    assert set(judged.rank) == {1} and not judged.numerous.any()
    table, judged = in_places(
        {"stall": {f"{number:02}路": 40 if number < 8 else 30 for number in range(40)}}
    )
    assert chosen(table, judged.numerous) == [("urban.stall", f"{n:02}路") for n in range(8)]


def test_a_shared_rank_and_a_band_that_leads_are_said_so() -> None:
    (shared,) = grade(candidate("place", {"cases": 30, "rank": 3, "tied": 2}), limits()).grounds
    assert "并列居第3位" in shared.statement
    led = candidate("time_band", {"cases": 30, "rank": 1, "lead": 1.84})
    (ground,) = grade(led, limits()).grounds
    assert "居第1位，为全天平均的1.84倍" in ground.statement
    assert "不低于全天平均的1.5倍" in ground.statement
    flat = candidate("time_band", {"cases": 30, "rank": 1, "lead": 1.4})
    assert [ground.grade for ground in grade(flat, limits()).grounds] == ["中"]


ORDINARY = {
    kind: {f"{number:02}路": 20 for number in range(40)} for kind in ("stall", "sign", "rubbish")
}


def test_a_place_that_has_one_type_only_is_not_judged_over_represented() -> None:
    camera = {"speed": {f"{number}号点": 30 for number in range(10)}}
    table, judged = in_places(ORDINARY | camera)
    assert not judged.over_represented.any()
    assert {kind for kind, _ in chosen(table, judged.unjudged)} == {"urban.speed"}
    beside = {**ORDINARY["stall"], "00路": 200}
    table, judged = in_places(ORDINARY | camera | {"stall": beside})
    assert chosen(table, judged.over_represented) == [("urban.stall", "00路")]


def test_a_department_with_one_type_has_no_place_that_could_be_judged() -> None:
    table, judged = in_places({"stall": ORDINARY["stall"]})
    assert judged.unjudged.all() and not judged.over_represented.any()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("city", "7个地点、时段或者行业可供比照的"), ("place", "可供比照的其他案件太少")],
)
def test_what_could_not_be_judged_is_noted(kind: ScopeKind, said: str) -> None:
    rank = None if kind == "city" else 3
    point = candidate(kind, {"unjudged": 7, "rank": rank})
    assert any(note.startswith(said) for note in notes(point.figures, "中"))
    judged = candidate(kind, {"unjudged": 0, "rank": rank})
    assert not any("高发" in note for note in notes(judged.figures, "中"))
