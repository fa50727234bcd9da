"""The evidence beneath the listed points: by month, by hour, and the newest cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from risk.model.point import RiskPoint, ScopeKind

from .beneath import Keys, Uploader, beneath, keys_of, with_ids
from .facts import has_time, month_number, time_band
from .period import first_day
from .thresholds import Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEWEST = 200
# Of degrees: about a hundred metres. A place has no house number either.
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Arrow tables: monthly (month as YYYY-MM, fines in yuan), hourly, and the newest cases.

    Of these only risk_point, nth, position and record, in order.
    """

    monthly: pa.Table
    hourly: pa.Table
    newest: pa.Table


def gather(
    cases: ir.Table, points: Sequence[RiskPoint], engine: Uploader, thresholds: Thresholds
) -> Evidence:
    """Count the cases of every point by month, weekday and hour, and take its newest 200."""
    timed = _timed(cases, thresholds)
    kinds = keys_of(points, engine, "points_by")
    counts = _by_hour(timed, kinds, engine)
    months = counts.group_by(["point", "month"]).aggregate([("cases", "sum"), ("fines_fen", "sum")])
    since = engine.upload("newest_since", _since(months))
    newest = pa.concat_tables(
        engine.fetch(_newest(beneath(timed, keys), since)) for keys in kinds.values()
    )
    return Evidence(
        _monthly(with_ids(months, points)),
        _hourly(with_ids(counts, points)),
        with_ids(newest, points).sort_by([("risk_point", "ascending"), ("nth", "ascending")]),
    )


def without_houses(cases: pa.Table) -> pa.Table:
    """The cases with their coordinates, `lat` and `lon`, rounded so that they point at no house."""
    for name in ("lat", "lon"):
        rounded = pc.round(cases[name], _DECIMALS)
        cases = cases.set_column(cases.column_names.index(name), name, rounded)
    return cases


def _timed(cases: ir.Table, thresholds: Thresholds) -> ir.Table:
    import ibis

    moment = cases.occurred_at
    return cases.mutate(
        month=month_number(cases.decided_on),
        weekday=(moment.day_of_week.index() + 1).cast("int32"),
        hour=has_time(moment).ifelse(moment.hour().cast("int32"), ibis.null("int32")),
        time_band=time_band(moment, thresholds),
    )


def _by_hour(timed: ir.Table, kinds: Mapping[ScopeKind, Keys], engine: Uploader) -> pa.Table:
    """Cases and fines of every point by month, weekday and hour, from one pass over the cases."""
    rows, columns = timed, []
    for kind, keys in kinds.items():
        joined = rows.left_join(keys.table, keys.alike(rows))
        rows = joined.select(*rows.columns, **{f"in_{kind}": keys.table.point})
        columns.append(f"in_{kind}")
    counts = engine.fetch(
        rows.group_by(*columns, "month", "weekday", "hour").aggregate(
            cases=rows.count().cast("int64"),
            fines_fen=rows.fine_fen.fill_null(0).sum().cast("int64"),
        )
    )
    return pa.concat_tables(_of_points(counts, column) for column in columns)


def _of_points(counts: pa.Table, column: str) -> pa.Table:
    """The counts of one kind's points, a case that lies beneath several kinds counted for each."""
    time = ["month", "weekday", "hour"]
    mine = counts.filter(pc.is_valid(counts[column])).group_by([column, *time])
    summed = mine.aggregate([("cases", "sum"), ("fines_fen", "sum")])
    return summed.select([column, *time, "cases_sum", "fines_fen_sum"]).rename_columns(
        ["point", *time, "cases", "fines_fen"]
    )


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
