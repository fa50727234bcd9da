"""The main job: from export files to a department's graded risk points in the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis

from risk.analysis.assessing import assess
from risk.analysis.case_law import with_laws
from risk.analysis.evidence import gather
from risk.analysis.facts import facts
from risk.analysis.identify import identify
from risk.analysis.listing import rank, shorten
from risk.analysis.thresholds import Thresholds, thresholds
from risk.errors import InputError, KnowledgeError, UsageError
from risk.intake.accounts import accounts, duplicate_rows, rows_with_outcome, with_source
from risk.intake.choosing import choose
from risk.intake.collect import Collected, collect
from risk.intake.duplicates import resolve, standing
from risk.intake.engine import Engine
from risk.intake.engines import open_engine
from risk.intake.lock import only_run
from risk.intake.partitions import CaseStore
from risk.intake.reading import Reading
from risk.intake.secret import installation_secret
from risk.kernel.plugins import Plugin
from risk.kernel.policy import load_policy
from risk.model.policy import Policy
from risk.model.result import RunResult, SourceAccount
from risk.progress import Progress
from risk.store.membership import partitions as known_partitions
from risk.store.write import RunReceipt, write_run

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run: which sources are read how, and what is analysed.

    Without `sources` the plugin's sample is read. `since` and `until` bound the dates of decision
    that are analysed (both included); rows outside stay in the case store. `replace` forgets the
    department's earlier sources. No case can have been decided after `today`.
    """

    database: Path
    today: dt.date
    sources: tuple[str, ...] = ()
    adapter: str | None = None
    encoding: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    policy: Path | None = None
    engine: str = "duckdb"
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a run read, found and changed, for whoever asked for it."""

    result: RunResult
    receipt: RunReceipt
    remarks: tuple[str, ...]


def run(plugin: Plugin, request: Request, progress: Progress) -> Report:
    """Read the sources, sort their cases into risk points, grade these and write the result.

    A second run of the department on the same database waits. Raises a RiskError in plain words;
    whatever happens, the database holds the earlier result or the new one.
    """
    started_at = _now()
    policy = load_policy(request.policy)
    limits = _thresholds(policy, plugin, request)
    chosen = choose(
        request.sources or (_sample(plugin),), plugin.adapters, request.adapter, request.encoding
    )
    store = CaseStore(request.database, plugin.name)
    with only_run(store.folder, progress), store.plain_faults():
        members = known_partitions(request.database, plugin.name)
        store.prepare(account.key for account in members)
        known = () if request.replace else members
        engine = open_engine(request.engine, store.scratch, progress)
        try:
            reading = Reading(engine, store, installation_secret(), plugin.version, request.today)
            collected = collect(reading, known, chosen, not request.sources, progress)
            result = _analyse(plugin, request, policy, limits, engine, collected, started_at)
            receipt = write_run(request.database, result)
        finally:
            engine.close()
            store.clear_scratch()
    return Report(result, receipt, collected.remarks)


def _analyse(
    plugin: Plugin,
    request: Request,
    policy: Policy,
    limits: Thresholds,
    engine: Engine,
    collected: Collected,
    started_at: dt.datetime,
) -> RunResult:
    dropped = resolve(engine, collected.partitions, collected.fresh)
    sources = accounts(collected.partitions, dropped)
    _need_cases(sources, rejects := rows_with_outcome(engine, collected.new, "rejected"))
    cases = _in_period(standing(engine, collected.partitions, dropped), request)
    if engine.fetch(cases.limit(1)).num_rows == 0:
        raise UsageError("No case was decided in the asked period.", "Widen --since and --until.")
    found = identify(facts(cases, limits), engine, limits, plugin.violation_types)
    points = shorten(
        [
            assess(candidate, limits, plugin.measure_templates, plugin.department)
            for candidate in found.candidates
        ],
        limits,
    )
    points = with_laws(cases, points, engine, limits, plugin.laws)
    evidence = gather(cases, points, engine, limits)
    rankings = plugin.grading.rankings
    return RunResult(
        department=plugin.department,
        plugin_version=plugin.version,
        distribution=plugin.distribution,
        policy=policy.id,
        engine=engine.name,
        started_at=started_at,
        finished_at=_now(),
        since=request.since,
        until=request.until,
        sources=tuple(source for source in sources if source.key in collected.asked),
        partitions=sources,
        fresh=collected.fresh,
        superseded=collected.superseded(dropped),
        laws=plugin.laws,
        violation_types=tuple(plugin.violation_types),
        points=tuple(points),
        rankings=tuple(rankings),
        ranking_entries=rank(rankings, found.cells, points),
        rejects=rejects,
        exclusions=rows_with_outcome(engine, collected.new, "excluded"),
        duplicates=duplicate_rows(collected.partitions, dropped),
        evidence_monthly=evidence.monthly,
        evidence_hourly=evidence.hourly,
        evidence_cases=with_source(evidence.newest, collected.partitions),
    )


def _need_cases(sources: Sequence[SourceAccount], rejects: pa.Table) -> None:
    """Raise where nothing could be read: an empty list would pass for good news."""
    if any(source.cases for source in sources):
        return
    rows = sum(source.rows for source in sources)
    reasons = Counter(rejects["reason"].to_pylist()).most_common(3)
    said = ", ".join(f"{reason} ({times})" for reason, times in reasons) or "all were excluded"
    raise InputError(
        f"None of the {rows} rows is a case: {said}; nothing was changed.",
        "Check that the file belongs to this department and adapter.",
    )


def _in_period(cases: ir.Table, request: Request) -> ir.Table:
    if request.since is not None:
        cases = cases.filter(cases.decided_on >= ibis.literal(request.since))
    if request.until is not None:
        cases = cases.filter(cases.decided_on <= ibis.literal(request.until))
    return cases


def _thresholds(policy: Policy, plugin: Plugin, request: Request) -> Thresholds:
    try:
        return thresholds(
            policy, plugin.grading, plugin.name, request.today, plugin.violation_types
        )
    except ValueError as error:
        raise KnowledgeError(f"{error}.", "Add the entry to the policy file.") from error


def _sample(plugin: Plugin) -> str:
    for adapter in plugin.adapters:
        if adapter.sample:
            return str(plugin.file(adapter.sample))
    raise UsageError(f"The plugin {plugin.name} ships no sample.", "Name the files to be read.")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
