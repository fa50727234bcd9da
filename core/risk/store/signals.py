"""Writing 社会关注度: how many signals there are about violation types and beside points.

Apart from the points' own content: signals are shown beside a point and never change its version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from risk.model.result import Concern, RunResult

from . import rows
from .sync import sync

if TYPE_CHECKING:
    from sqlite_utils import Database

_POINTS: Final = "risk_point IN (SELECT id FROM risk_points WHERE department = ?)"
_TYPES: Final = "violation IN (SELECT id FROM violation_types WHERE department = ?)"


def write_signals(db: Database, result: RunResult) -> int:
    """Bring the department's signals up to the result; gives how many rows differed.

    Its points and violation types are written before.
    """
    department = result.department.id
    of_types, of_points = result.concern_of_types, result.concern_of_points
    by_point = ({"risk_point": each.about, **rows.concern_row(each)} for each in of_points)
    by_type = (
        {
            "violation": each.about,
            **rows.concern_row(each),
            "recent_from": each.since.isoformat(),
            "recent_to": each.until.isoformat(),
        }
        for each in of_types
    )
    return sum(
        sync(db, table, where, department, key, wanted)
        for table, where, key, wanted in (
            ("signals", _POINTS, ("risk_point",), by_point),
            (
                "signals_monthly",
                _POINTS,
                ("risk_point", "month"),
                _monthly("risk_point", of_points),
            ),
            ("signals_by_violation", _TYPES, ("violation",), by_type),
            (
                "signals_by_violation_monthly",
                _TYPES,
                ("violation", "month"),
                _monthly("violation", of_types),
            ),
        )
    )


def _monthly(about: str, concerns: Iterable[Concern]) -> Iterator[rows.Row]:
    for concern in concerns:
        for month, signals in concern.monthly:
            yield {about: concern.about, "month": month, "signals": signals}
