"""The main job: from export files to a department's graded risk points in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from risk import __version__
from risk.analysis.thresholds import Thresholds, thresholds
from risk.errors import KnowledgeError, PluginError, RiskError, UsageError
from risk.intake.choosing import choose
from risk.intake.collect import collect
from risk.intake.engines import open_engine
from risk.intake.lock import only_run
from risk.intake.partitions import CaseStore
from risk.intake.reading import Reading
from risk.intake.secret import installation_secret
from risk.kernel.plugins import Plugin
from risk.kernel.policy import load_policy
from risk.model.kind import KINDS
from risk.model.policy import Policy
from risk.model.result import RunResult
from risk.progress import Progress
from risk.store.membership import partitions as known_partitions
from risk.store.write import RunReceipt, write_run

from .finding import find
from .remarks import remarks
from .request import Request


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
            edition = f"{__version__} {plugin.edition}"
            types = frozenset(violation.id for violation in plugin.violation_types)
            reading = Reading(engine, store, installation_secret(), edition, request.today, types)
            with _naming(plugin):
                collected = collect(reading, known, chosen, not request.sources, progress)
            result = find(plugin, request, policy, limits, engine, collected, started_at)
            said = remarks(result, plugin.name, policy, request.policy)
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


@contextmanager
def _naming(plugin: Plugin) -> Iterator[None]:
    """Name the plugin where the block finds that one of its adapters breaks the contract."""
    try:
        yield
    except PluginError as error:
        raise PluginError(f"plugin {plugin.name}, {error.what}", error.remedy) from error


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
