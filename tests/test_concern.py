"""社会关注度: which signals are counted for which violation type and which point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pytest

from risk.analysis.assessing import assess
from risk.analysis.concern import concern_of_points, concern_of_types
from risk.analysis.period import Window
from risk.errors import KnowledgeError
from risk.intake.engine import Engine
from risk.intake.folding import fold_text
from risk.model.department import Department
from risk.model.point import RiskPoint, Scope
from risk.model.result import Concern

from .analysis_cases import candidate, engine, limits, violation

STALL = violation()
# The months of 2025.
WINDOW = Window(2025 * 12, 2025 * 12 + 11)
_numbers = count()


def signals(*rows: tuple[str | None, str | None, str]) -> pa.Table:
    """Signals about one violation type: district, place and day."""
    return pa.table(
        {
            "violation": pa.array([STALL.id] * len(rows), pa.string()),
            "district": pa.array([district for district, _, _ in rows], pa.string()),
            "place": pa.array([place for _, place, _ in rows], pa.string()),
            "received_on": pa.array(
                [dt.date.fromisoformat(day) for _, _, day in rows], pa.date32()
            ),
        }
    )


def point(**scope: Any) -> RiskPoint:
    department = Department(id="urban", name="城管", name_en="Urban", unit="城管局")
    found = candidate().model_copy(update={"scope": Scope(**scope)})
    return assess(found, limits(), (), department)


def uploaded(table: pa.Table, by: Engine | None = None) -> ir.Table:
    return (by or engine()).upload(f"signals_{next(_numbers)}", table)


def beside(table: pa.Table, *points: RiskPoint, by: Engine | None = None) -> list[Concern | None]:
    """What an engine counts beside each of the points; None for nothing."""
    by = by or engine()
    known = uploaded(table, by)
    of_types = concern_of_types(known, by, WINDOW, [STALL])
    found = concern_of_points(known, by, WINDOW, points, of_types, fold_text)
    by_id = {concern.about: concern for concern in found}
    assert len(by_id) == len(found)
    return [by_id.get(each.id) for each in points]


def numbers(concerns: Sequence[Concern | None]) -> list[int | None]:
    return [concern and concern.signals for concern in concerns]


def test_spelling_does_not_keep_a_signal_from_its_place() -> None:
    table = signals(
        ("金水区", "花园路(东段)", "2025-03-01"),
        ("金水区 ", "花园路（东段）", "2025-03-02"),
        ("金水区", "花园路西段", "2025-03-03"),
        (None, "Ｂroadway  AV", "2025-03-04"),
    )
    road = point(kind="place", district="金水区", place="花园路(东段)")
    other = point(kind="place", place="BROADWAY AV")
    assert numbers(beside(table, road, other)) == [2, 1]


def test_a_place_without_its_district_is_another_place() -> None:
    table = signals(
        ("金水区", "花园路", "2025-03-01"),
        ("二七区", "花园路", "2025-03-01"),
        (None, "花园路", "2025-03-01"),
        ("金水区", None, "2025-03-01"),
    )
    here = point(kind="place", district="金水区", place="花园路")
    nowhere = point(kind="place", place="花园路")
    assert numbers(beside(table, here, nowhere, point())) == [1, 1, 4]


def test_a_point_of_a_place_at_night_has_all_signals_of_the_place() -> None:
    night = point(kind="place_time", district="金水区", place="花园路", time_band="夜间")
    assert numbers(beside(signals(("金水区", "花园路", "2025-03-01")), night)) == [1]


@pytest.mark.parametrize(
    "scope",
    [
        {"kind": "time_band", "time_band": "夜间"},
        {"kind": "industry", "industry": "餐饮"},
        {"kind": "behaviour", "behaviour": "占道摆摊"},
        {"kind": "place", "district": "金水区", "place": "文化路"},
    ],
)
def test_where_a_signal_does_not_say_it_nothing_is_counted(scope: dict[str, str]) -> None:
    assert beside(signals(("金水区", "花园路", "2025-03-01")), point(**scope)) == [None]


def test_recent_signals_are_those_of_the_twelve_months_and_all_have_their_month() -> None:
    days = ("2024-12-31", "2025-01-01", "2025-12-31", "2025-12-01", "2026-01-01")
    (found,) = beside(signals(*((None, None, day) for day in days)), point())
    assert found is not None and (found.signals, found.recent) == (5, 3)
    assert (found.first, found.last) == (dt.date(2024, 12, 31), dt.date(2026, 1, 1))
    assert (found.since, found.until) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert found.monthly == (("2024-12", 1), ("2025-01", 1), ("2025-12", 2), ("2026-01", 1))


def test_without_cases_the_twelve_months_end_with_the_signals() -> None:
    table = signals(
        (None, None, "2024-01-31"), (None, None, "2024-02-01"), (None, None, "2025-01-05")
    )
    (found,) = concern_of_types(uploaded(table), engine(), None, [STALL])
    assert (found.recent, found.since, found.until) == (
        2,
        dt.date(2024, 2, 1),
        dt.date(2025, 1, 31),
    )


def test_no_signal_in_the_period_is_no_concern() -> None:
    assert concern_of_types(uploaded(signals()), engine(), None, [STALL]) == ()
    assert beside(signals(), point()) == [None]


def test_a_type_that_the_catalogue_does_not_hold_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"Stored signals .* urban\.stall"):
        concern_of_types(uploaded(signals((None, None, "2025-03-01"))), engine(), WINDOW, [])
