"""The main job: from export files to a department's graded risk points in the database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from risk.analysis.assessing import assess
from risk.analysis.case_law import with_laws
from risk.analysis.concern import concern_of_points, concern_of_types
from risk.analysis.evidence import SHOWN, gather
from risk.analysis.facts import facts
from risk.analysis.identify import identify
from risk.analysis.listing import rank, shorten
from risk.analysis.period import Window
from risk.analysis.thresholds import Thresholds, thresholds
from risk.errors import InputError, KnowledgeError, RiskError, UsageError
from risk.intake.accounts import (
    accounts,
    duplicate_rows,
    rows_with_outcome,
    with_cases,
    with_source,
)
from risk.intake.choosing import choose
from risk.intake.collect import Collected, collect
from risk.intake.duplicates import resolve, standing
from risk.intake.engine import Engine
from risk.intake.engines import open_engine
from risk.intake.folding import fold_text
from risk.intake.lock import only_run
from risk.intake.partitions import CaseStore
from risk.intake.reading import Reading
from risk.intake.secret import installation_secret
from risk.kernel.plugins import Plugin
from risk.kernel.policy import load_policy
from risk.model.kind import CASES, KINDS, SIGNALS, Kind
from risk.model.point import RiskPoint
from risk.model.policy import Policy
from risk.model.result import Concern, RankingEntry, RunResult, SourceAccount
from risk.progress import Progress
from risk.remarks import remarks
from risk.store.membership import partitions as known_partitions
from risk.store.write import RunReceipt, write_run

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run: which sources are read how, and what is analysed.

    Without `sources` the plugin's sample is read. `since` and `until` bound the dates of decision,
    and of a signal's receipt, that are analysed (both included); rows outside stay in the case
    store. `replace` forgets the
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


@dataclass(frozen=True, slots=True)
class Report:
    """What a run read, found and changed, for whoever asked for it."""

    result: RunResult
    receipt: RunReceipt


def run(plugin: Plugin, request: Request, progress: Progress) -> Report:
    """Read the sources, sort their cases into risk points, grade these and write the result.

    A second run of the department on the same database waits. Raises a RiskError in plain words;
    whatever happens, the database holds the earlier result or the new one.
    """
    started_at = _now()
    policy = load_policy(request.policy)
    limits = _thresholds(policy, plugin, request)
    chosen = choose(
        request.sources or _samples(plugin, request.adapter),
        plugin.adapters,
        request.adapter,
        request.encoding,
    )
    store = CaseStore(request.database, plugin.name)
    # What cannot be written is refused before anything is made beside it.
    known_partitions(request.database, plugin.name)
    with only_run(store.folder, progress), store.plain_faults(), _undone_if_refused(store, request):
        members = known_partitions(request.database, plugin.name)
        store.prepare(account.key for account in members)
        known = () if request.replace else members
        engine = open_engine(request.engine, store.scratch, progress)
        try:
            reading = Reading(engine, store, installation_secret(), plugin.version, request.today)
            collected = collect(reading, known, chosen, not request.sources, progress)
            result = _analyse(plugin, request, policy, limits, engine, collected, started_at)
            said = remarks(result, plugin.name, request.policy)
            result = replace(result, remarks=(*collected.remarks, *said))
            receipt = write_run(request.database, result)
        finally:
            engine.close()
            store.clear_scratch()
    return Report(result, receipt)


@contextmanager
def _undone_if_refused(store: CaseStore, request: Request) -> Iterator[None]:
    """Leave in the case store what the database lists, and nothing else, where the block raises."""
    try:
        yield
    except BaseException:
        # Where the database does not say what it lists, the next run clears up.
        with suppress(RiskError):
            listed = known_partitions(request.database, store.folder.name)
            store.undo(account.key for account in listed)
        raise


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
    _need_records(sources, rejects := rows_with_outcome(engine, collected.read, "rejected"))
    found = _find(plugin, request, limits, engine, collected, dropped)
    of_types, of_points = _concern(plugin, request, engine, collected, dropped, found)
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


def _find(
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
    newest = with_cases(engine, evidence.newest, collected.partitions, SHOWN)
    return Found(
        window=found.window,
        points=tuple(points),
        ranking_entries=rank(plugin.grading.rankings, found.cells, points),
        evidence_monthly=evidence.monthly,
        evidence_hourly=evidence.hourly,
        evidence_cases=with_source(newest.drop_columns("nth"), collected.partitions),
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


def _thresholds(policy: Policy, plugin: Plugin, request: Request) -> Thresholds:
    try:
        return thresholds(
            policy, plugin.grading, plugin.name, request.today, plugin.violation_types
        )
    except ValueError as error:
        raise KnowledgeError(f"{error}.", "Add the entry to the policy file.") from error


def _samples(plugin: Plugin, adapter: str | None) -> tuple[str, ...]:
    """The first sample of each kind that the plugin ships, or that of the adapter asked for."""
    shipped = [shipping for shipping in plugin.adapters if shipping.sample]
    chosen = [shipping for shipping in shipped if shipping.name == adapter] or shipped
    firsts = {shipping.kind: shipping.sample or "" for shipping in reversed(chosen)}
    if not firsts:
        raise UsageError(f"The plugin {plugin.name} ships no sample.", "Name the files to be read.")
    return tuple(str(plugin.file(firsts[kind])) for kind in KINDS if kind in firsts)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
