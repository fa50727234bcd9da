"""What the stored cases and signals of a department amount to: the result of a run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from risk.analysis.assessing import assess
from risk.analysis.case_law import with_laws
from risk.analysis.concern import concern_of_points, concern_of_types
from risk.analysis.evidence import gather, without_houses
from risk.analysis.facts import facts
from risk.analysis.identify import identify
from risk.analysis.listing import shorten
from risk.analysis.period import Window
from risk.analysis.rankings import entries, ranked
from risk.analysis.thresholds import Thresholds
from risk.errors import InputError, UsageError
from risk.intake.accounts import accounts, cases_of, duplicate_rows, rows_with_outcome
from risk.intake.collect import Collected
from risk.intake.duplicates import resolve, standing
from risk.intake.engine import Engine
from risk.intake.folding import fold_text
from risk.kernel.plugins import Plugin
from risk.model.case import COLUMN_NAMES
from risk.model.kind import CASES, SIGNALS, Kind
from risk.model.point import RiskPoint
from risk.model.policy import Policy
from risk.model.result import Concern, RankingEntry, RunResult, SourceAccount

from .request import Request

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Found:
    """What the cases of a department amount to; `window` is None where it has none.

    The tables are those of `RunResult`.
    """

    window: Window | None
    points: tuple[RiskPoint, ...]
    ranking_entries: tuple[RankingEntry, ...]
    evidence_monthly: pa.Table
    evidence_hourly: pa.Table
    evidence_cases: pa.Table


def find(
    plugin: Plugin,
    request: Request,
    policy: Policy,
    limits: Thresholds,
    engine: Engine,
    collected: Collected,
    started_at: dt.datetime,
) -> RunResult:
    """Find the points in all that stands in the case store, grade them and account for every row.

    InputError where nothing that was read is a record, UsageError where none lies in the period.
    """
    dropped = resolve(engine, collected.partitions, collected.fresh)
    sources = accounts(collected.partitions, dropped)
    _need_records(sources, rejects := rows_with_outcome(engine, collected.read, "rejected"))
    found = _points(plugin, request, limits, engine, collected, dropped)
    of_types, of_points = _concern(plugin, request, engine, collected, dropped, found)
    return RunResult(
        department=plugin.department,
        plugin_version=plugin.version,
        distribution=plugin.distribution,
        policy=policy.id,
        engine=engine.name,
        started_at=started_at,
        finished_at=dt.datetime.now(dt.UTC),
        since=request.since,
        until=request.until,
        sources=tuple(source for source in sources if source.key in collected.asked),
        partitions=sources,
        fresh=collected.fresh,
        superseded=collected.superseded(dropped),
        laws=plugin.laws,
        violation_types=tuple(plugin.violation_types),
        points=found.points,
        rankings=tuple(plugin.grading.rankings),
        ranking_entries=found.ranking_entries,
        rejects=rejects,
        exclusions=rows_with_outcome(engine, collected.read, "excluded"),
        duplicates=duplicate_rows(collected.partitions, dropped),
        evidence_monthly=found.evidence_monthly,
        evidence_hourly=found.evidence_hourly,
        evidence_cases=found.evidence_cases,
        concern_of_types=of_types,
        concern_of_points=of_points,
    )


def _points(
    plugin: Plugin,
    request: Request,
    limits: Thresholds,
    engine: Engine,
    collected: Collected,
    dropped: pa.Table,
) -> Found:
    """The graded points, from the cases alone."""
    stand = standing(engine, collected.partitions, dropped, CASES)
    if stand is None:
        nothing = pa.table({})
        return Found(None, (), (), nothing, nothing, nothing)
    cases = _in_period(stand, CASES, request)
    if engine.fetch(cases.limit(1)).num_rows == 0:
        raise UsageError("No case was decided in the asked period.", "Widen --since and --until.")
    found = identify(
        facts(cases, limits), engine, limits, plugin.violation_types, plugin.grading.rankings
    )
    points = shorten(
        [
            assess(candidate, limits, plugin.measure_templates, plugin.department)
            for candidate in found.candidates
        ],
        limits,
        ranked(found.standings),
    )
    points = with_laws(cases, points, engine, limits, plugin.laws)
    evidence = gather(cases, points, engine, limits)
    newest = cases_of(engine, evidence.newest, collected.partitions, COLUMN_NAMES)
    return Found(
        window=found.window,
        points=tuple(points),
        ranking_entries=entries(found.standings, points),
        evidence_monthly=evidence.monthly,
        evidence_hourly=evidence.hourly,
        evidence_cases=without_houses(newest.drop_columns("nth")),
    )


def _concern(
    plugin: Plugin,
    request: Request,
    engine: Engine,
    collected: Collected,
    dropped: pa.Table,
    found: Found,
) -> tuple[tuple[Concern, ...], tuple[Concern, ...]]:
    """How many signals there are about each violation type, and beside each point found."""
    stand = standing(engine, collected.partitions, dropped, SIGNALS)
    if stand is None:
        return (), ()
    signals = _in_period(stand, SIGNALS, request)
    of_types = concern_of_types(signals, engine, found.window, plugin.violation_types)
    if found.window is None:
        return of_types, ()
    return of_types, concern_of_points(
        signals, engine, found.window, found.points, of_types, fold_text
    )


def _need_records(sources: Sequence[SourceAccount], rejects: pa.Table) -> None:
    """Raise where nothing could be read: an empty list would pass for good news."""
    kind = CASES if any(source.kind == "cases" for source in sources) else SIGNALS
    considered = {source.key: source for source in sources if source.kind == kind.name}
    if any(source.records for source in considered.values()):
        return
    rows = sum(source.rows for source in considered.values())
    reasons = Counter(
        row["reason"]
        for row in rejects.select(["key", "reason"]).to_pylist()
        if row["key"] in considered
    ).most_common(3)
    said = ", ".join(f"{reason} ({times})" for reason, times in reasons) or "all were excluded"
    raise InputError(
        f"None of the {rows} rows is a {kind.record}: {said}; nothing was changed.",
        "Check that the file belongs to this department and adapter.",
    )


def _in_period(records: ir.Table, kind: Kind, request: Request) -> ir.Table:
    day = records[kind.day]
    if request.since is not None:
        records = records.filter(day >= ibis.literal(request.since))
    if request.until is not None:
        records = records.filter(day <= ibis.literal(request.until))
    return records
