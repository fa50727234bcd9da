"""The evidence beneath the listed points: by month, by hour, and the newest cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from risk.model.point import RiskPoint, ScopeKind

from .cells import SCOPE_COLUMNS
from .facts import month_number, time_band
from .identify import Counter
from .period import first_day
from .thresholds import Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEWEST = 200
SHOWN = (
    "case_id",
    "decided_on",
    "occurred_at",
    "district",
    "place",
    "industry",
    "behaviour",
    "party_kind",
    "party",
    "penalties",
    "fine_fen",
    "confiscated_fen",
    "procedure",
    "coercive_measures",
    "compulsory_enforcement",
    "corrected",
    "harm",
    "guided",
    "position",
    "record",
)


class Uploader(Counter, Protocol):
    """A counter that can be told a small table."""

    def upload(self, name: str, rows: pa.Table) -> ir.Table:
        """A small table made known."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Arrow tables: monthly (month as YYYY-MM, fines in yuan), hourly, and the newest cases."""

    monthly: pa.Table
    hourly: pa.Table
    newest: pa.Table


def gather(
    cases: ir.Table, points: Sequence[RiskPoint], engine: Uploader, thresholds: Thresholds
) -> Evidence:
    """Count the cases of every point by month, weekday and hour, and take its newest 200."""
    matched = _matched(_timed(cases, thresholds), points, engine)
    grid = matched.group_by("risk_point", "month", "weekday", "hour").aggregate(
        cases=matched.count().cast("int64"),
        fines_fen=matched.fine_fen.fill_null(0).sum().cast("int64"),
    )
    counts = engine.fetch(grid)
    months = counts.group_by(["risk_point", "month"]).aggregate(
        [("cases", "sum"), ("fines_fen", "sum")]
    )
    return Evidence(_monthly(months), _hourly(counts), _newest(matched, months, engine))


def _timed(cases: ir.Table, thresholds: Thresholds) -> ir.Table:
    moment = cases.occurred_at
    return cases.mutate(
        month=month_number(cases.decided_on),
        weekday=(moment.day_of_week.index() + 1).cast("int32"),
        hour=moment.hour().cast("int32"),
        time_band=time_band(moment, thresholds),
    )


def _matched(rows: ir.Table, points: Sequence[RiskPoint], engine: Uploader) -> ir.Table:
    """Each case once for every point that it lies beneath."""
    import ibis

    kinds = dict.fromkeys(point.scope.kind for point in points)
    parts = [_beneath(kind, rows, points, engine) for kind in kinds]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _beneath(
    kind: ScopeKind, rows: ir.Table, points: Sequence[RiskPoint], engine: Uploader
) -> ir.Table:
    members = [point for point in points if point.scope.kind == kind]
    if kind == "city":
        here = rows.filter(rows.violation.isin([point.violation.id for point in members]))
        return here.mutate(risk_point=here.violation)
    names = SCOPE_COLUMNS[kind]
    keys = engine.upload(
        f"points_by_{kind}",
        pa.table(
            {
                "risk_point": pa.array([point.id for point in members], pa.string()),
                "of_violation": pa.array([point.violation.id for point in members], pa.string()),
                **{
                    f"of_{name}": pa.array(
                        [getattr(point.scope, name) or "" for point in members], pa.string()
                    )
                    for name in names
                },
            }
        ),
    )
    # A place may lack its district; an empty text stands for it, since null equals nothing.
    alike = [rows[name].fill_null("") == keys[f"of_{name}"] for name in names]
    joined = rows.join(keys, [rows.violation == keys.of_violation, *alike])
    return joined.select(*rows.columns, "risk_point")


def _monthly(months: pa.Table) -> pa.Table:
    labels = [f"{first_day(month):%Y-%m}" for month in months["month"].to_pylist()]
    table = pa.table(
        {
            "risk_point": months["risk_point"],
            "month": pa.array(labels, pa.string()),
            "cases": months["cases_sum"],
            "fines": pc.divide(pc.cast(months["fines_fen_sum"], pa.float64(), safe=False), 100.0),
        }
    )
    return table.sort_by([("risk_point", "ascending"), ("month", "ascending")])


def _hourly(counts: pa.Table) -> pa.Table:
    timed = counts.filter(pc.is_valid(counts["hour"]))
    hours = timed.group_by(["risk_point", "weekday", "hour"]).aggregate([("cases", "sum")])
    hours = hours.rename_columns(["risk_point", "weekday", "hour", "cases"])
    order = [(name, "ascending") for name in ("risk_point", "weekday", "hour")]
    return hours.sort_by(order)


def _newest(matched: ir.Table, months: pa.Table, engine: Uploader) -> pa.Table:
    import ibis

    since = engine.upload("newest_since", _since(months))
    rows = matched.join(since, matched.risk_point == since.of_point)
    late = rows.filter(rows.month >= rows.since_month)
    order = [ibis.desc(late.decided_on), ibis.desc(late.case_id), late.position, late.record]
    numbered = late.mutate(
        nth=ibis.row_number().over(ibis.window(group_by=late.risk_point, order_by=order))
    )
    newest = numbered.filter(numbered.nth < NEWEST).order_by("risk_point", "nth")
    return engine.fetch(newest.select("risk_point", *SHOWN))


def _since(months: pa.Table) -> pa.Table:
    """For each point the month from which on its newest cases are all found."""
    left: dict[str, int] = {}
    since: dict[str, int] = {}
    order = [("risk_point", "ascending"), ("month", "descending")]
    for row in months.sort_by(order).to_pylist():
        point = row["risk_point"]
        if left.setdefault(point, NEWEST) > 0:
            since[point] = row["month"]
            left[point] -= row["cases_sum"]
    return pa.table(
        {
            "of_point": pa.array(list(since), pa.string()),
            "since_month": pa.array(list(since.values()), pa.int32()),
        }
    )
