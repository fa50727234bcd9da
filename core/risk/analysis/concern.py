"""社会关注度: signals counted by violation type and beside the listed points.

Nothing here is looked at by grading; a point has the same grade with signals and without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from risk.errors import KnowledgeError
from risk.model.point import RiskPoint
from risk.model.result import Concern
from risk.model.violation import ViolationType

from .beneath import Uploader
from .facts import month_number
from .period import Window, first_day, latest_year

if TYPE_CHECKING:
    import ibis.expr.types as ir

Fold = Callable[["ir.StringValue"], "ir.StringValue"]


def concern_of_types(
    signals: ir.Table,
    engine: Uploader,
    window: Window | None,
    violation_types: Sequence[ViolationType],
) -> tuple[Concern, ...]:
    """The signals about each violation type that has any, by its id.

    `window` is that of the cases; without any, that of the signals themselves. KnowledgeError where
    signals are of a type that `violation_types` does not hold.
    """
    counts = _counted(signals.mutate(about=signals.violation), engine)
    known = {violation.id for violation in violation_types}
    if lost := sorted(set(counts["about"].to_pylist()) - known):
        raise KnowledgeError(
            f"Stored signals are of types that the catalogue does not hold: {', '.join(lost)}.",
            "Restore the types, or run again with --replace and name all source files.",
        )
    if counts.num_rows == 0:
        return ()
    return tuple(_concerns(counts, window or _own_window(counts)))


def concern_of_points(
    signals: ir.Table,
    engine: Uploader,
    window: Window,
    points: Sequence[RiskPoint],
    by_type: Sequence[Concern],
    fold: Fold,
) -> tuple[Concern, ...]:
    """The signals about each listed point that has any, by its id.

    A city-wide point has those of its type; a point with a place has those of its type from the
    same district and place, spelling folded by `fold`, at whatever time of day. A point that is
    limited otherwise has none: a signal does not say it.
    """
    city = {point.id for point in points if point.scope.kind == "city"}
    found = [concern for concern in by_type if concern.about in city]
    if placed := [point for point in points if point.scope.place is not None]:
        found += _concerns(_counted(_at_places(signals, placed, engine, fold), engine), window)
    return tuple(sorted(found, key=lambda concern: concern.about))


def _at_places(
    signals: ir.Table, points: Sequence[RiskPoint], engine: Uploader, fold: Fold
) -> ir.Table:
    """Each signal once for every point that it lies at."""
    columns = {
        "about": [point.id for point in points],
        "of_violation": [point.violation.id for point in points],
        "of_district": [point.scope.district for point in points],
        "of_place": [point.scope.place for point in points],
    }
    keys = engine.upload(
        "points_with_places",
        pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()}),
    )
    # A place may lack its district; an empty text stands for it, since null equals nothing.
    keys = keys.select(
        "about",
        "of_violation",
        of_district=fold(keys.of_district.fill_null("")),
        of_place=fold(keys.of_place),
    )
    rows = signals.filter(signals.place.notnull()).select(
        "violation",
        "received_on",
        at_district=fold(signals.district.fill_null("")),
        at_place=fold(signals.place),
    )
    alike = [
        rows.violation == keys.of_violation,
        rows.at_district == keys.of_district,
        rows.at_place == keys.of_place,
    ]
    return rows.join(keys, alike).select("about", "received_on")


def _counted(signals: ir.Table, engine: Uploader) -> pa.Table:
    """Signals, first and last day by `about` and month, in order."""
    monthly = signals.select("about", "received_on", month=month_number(signals.received_on))
    counts = monthly.group_by("about", "month").aggregate(
        signals=monthly.count().cast("int64"),
        first=monthly.received_on.min(),
        last=monthly.received_on.max(),
    )
    return engine.fetch(counts).sort_by([("about", "ascending"), ("month", "ascending")])


def _own_window(counts: pa.Table) -> Window:
    totals: dict[int, int] = {}
    for row in counts.select(["month", "signals"]).to_pylist():
        totals[row["month"]] = totals.get(row["month"], 0) + row["signals"]
    return latest_year(totals)


def _concerns(counts: pa.Table, window: Window) -> Iterator[Concern]:
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in counts.to_pylist():
        by_id.setdefault(row["about"], []).append(row)
    for about, months in by_id.items():
        yield Concern(
            about=about,
            signals=sum(month["signals"] for month in months),
            recent=sum(
                month["signals"]
                for month in months
                if window.first_month <= month["month"] <= window.last_month
            ),
            first=months[0]["first"],
            last=months[-1]["last"],
            since=window.since,
            until=window.until,
            monthly=tuple(
                (f"{first_day(month['month']):%Y-%m}", month["signals"]) for month in months
            ),
        )
