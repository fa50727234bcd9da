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
    parts = beneath_points(_timed(cases, thresholds), points, engine)
    counts = pa.concat_tables(engine.fetch(_by_hour(part)) for part in parts)
    months = counts.group_by(["point", "month"]).aggregate([("cases", "sum"), ("fines_fen", "sum")])
    since = engine.upload("newest_since", _since(months))
    keys = pa.concat_tables(engine.fetch(_newest(part, since)) for part in parts)
    return Evidence(
        _monthly(with_ids(months, points)),
        _hourly(with_ids(counts, points)),
        _shown(with_ids(keys, points), cases, engine),
    )


def _timed(cases: ir.Table, thresholds: Thresholds) -> ir.Table:
    moment = cases.occurred_at
    return cases.mutate(
        month=month_number(cases.decided_on),
        weekday=(moment.day_of_week.index() + 1).cast("int32"),
        hour=moment.hour().cast("int32"),
        time_band=time_band(moment, thresholds),
    )


def beneath_points(
    rows: ir.Table, points: Sequence[RiskPoint], engine: Uploader, upload: str = "points_by"
) -> list[ir.Table]:
    """For each kind of scope, each case with the number of every point that it lies beneath.

    `rows` have `time_band`; `upload` begins the names of the tables that tell the engine of the
    points. One table a kind: an engine would keep what all of them read in memory, were they one.
    """
    numbered = {
        kind: [pair for pair in enumerate(points) if pair[1].scope.kind == kind]
        for kind in dict.fromkeys(point.scope.kind for point in points)
    }
    return [_beneath(kind, rows, members, engine, upload) for kind, members in numbered.items()]


def _beneath(
    kind: ScopeKind,
    rows: ir.Table,
    members: Sequence[tuple[int, RiskPoint]],
    engine: Uploader,
    upload: str,
) -> ir.Table:
    names = SCOPE_COLUMNS[kind]
    texts = {
        "of_violation": [point.violation.id for _, point in members],
        **{
            f"of_{name}": [getattr(point.scope, name) or "" for _, point in members]
            for name in names
        },
    }
    keys = engine.upload(
        f"{upload}_{kind}",
        pa.table(
            {
                "point": pa.array([number for number, _ in members], pa.int32()),
                **{name: pa.array(values, pa.string()) for name, values in texts.items()},
            }
        ),
    )
    for name in names:
        # Most rows fall out by one text alone, before all of them are compared.
        if all(texts[f"of_{name}"]):
            rows = rows.filter(rows[name].isin(sorted(set(texts[f"of_{name}"]))))
    # A place may lack its district; an empty text stands for it, since null equals nothing.
    alike = [rows[name].fill_null("") == keys[f"of_{name}"] for name in names]
    joined = rows.join(keys, [rows.violation == keys.of_violation, *alike])
    return joined.select(*rows.columns, "point")


def _by_hour(part: ir.Table) -> ir.Table:
    return part.group_by("point", "month", "weekday", "hour").aggregate(
        cases=part.count().cast("int64"),
        fines_fen=part.fine_fen.fill_null(0).sum().cast("int64"),
    )


def with_ids(table: pa.Table, points: Sequence[RiskPoint]) -> pa.Table:
    """The table with the points' ids in the stead of their numbers."""
    ids = pa.array([point.id for point in points], pa.string())
    named = ids.take(table["point"].combine_chunks())
    return table.drop_columns("point").add_column(0, "risk_point", named)


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


def _newest(part: ir.Table, since: ir.Table) -> ir.Table:
    """Point, position, record and place in the order of each point's newest cases."""
    import ibis

    rows = part.join(since, part.point == since.of_point)
    late = rows.filter(rows.month >= rows.since_month)
    order = [ibis.desc(late.decided_on), ibis.desc(late.case_id), late.position, late.record]
    numbered = late.select(
        "point",
        "position",
        "record",
        nth=ibis.row_number().over(ibis.window(group_by=late.point, order_by=order)),
    )
    return numbered.filter(numbered.nth < NEWEST)


def _shown(keys: pa.Table, cases: ir.Table, engine: Uploader) -> pa.Table:
    """The cases with these keys, in order; only now are all their columns read."""
    wanted = engine.upload("newest", keys.select(["position", "record"]))
    rows = engine.fetch(cases.semi_join(wanted, ["position", "record"]).select(*SHOWN))
    both = keys.join(rows, ["position", "record"])
    in_order = both.sort_by([("risk_point", "ascending"), ("nth", "ascending")])
    return in_order.select(["risk_point", *SHOWN])


def _since(months: pa.Table) -> pa.Table:
    """For each point the month from which on its newest cases are all found."""
    left: dict[int, int] = {}
    since: dict[int, int] = {}
    for row in months.sort_by([("point", "ascending"), ("month", "descending")]).to_pylist():
        point = row["point"]
        if left.setdefault(point, NEWEST) > 0:
            since[point] = row["month"]
            left[point] -= row["cases_sum"]
    return pa.table(
        {
            "of_point": pa.array(list(since), pa.int32()),
            "since_month": pa.array(list(since.values()), pa.int32()),
        }
    )
