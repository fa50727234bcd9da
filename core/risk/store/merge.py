"""Merging departments' databases: every department once, in its newest result.

What wins depends only on the results and records themselves, never on the order in which they come.
The run logs and the overrides of all databases are kept; the case stores and their partitions stay
home.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from risk.errors import UsageError

from .faults import plain_faults
from .joining import Conflict, OverrideChange, changes, conflicts, news, records, stored_points
from .offers import Held, Offer, Outcome, best, outcomes, winners
from .opening import is_current, need_folder, reading, writing
from .settling import settle
from .soundness import refuse_unsound
from .staging import staging_file, sweep
from .transfer import copy_log, gather, new_runs, stored_result, take

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: an outcome per source and department, and what came of the overrides.

    `runs` and `records` (of overrides) are how many were taken over that the target did not have.
    Where there was nothing new at all, the target is `untouched`.
    """

    outcomes: tuple[Outcome, ...]
    untouched: bool = False
    runs: int = 0
    records: int = 0
    changes: tuple[OverrideChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def merge(target: Path, sources: Sequence[Path], force: bool = False) -> MergeReport:
    """Merge `sources` into `target`, which is made where it is not there yet.

    Per department the result of the newer run wins, but one of made-up samples never over one of
    real data; with `force` the best among the sources wins over the target's. All or nothing: a
    source that is damaged, or not ours, is refused (StoreError) before anything is written. Where
    there is nothing new, the file stays untouched.
    """
    with ExitStack() as stack:
        opened = {
            path: stack.enter_context(_source(path, target)) for path in dict.fromkeys(sources)
        }
        offers = [offer for path, conn in opened.items() for offer in _offers(path, conn)]
        known = _nothing_new(target, opened.values(), offers, force)
        if known:
            return known
        file = stack.enter_context(staging_file(target))
        if not target.exists():
            # Whatever is refused here leaves no target behind that holds nothing.
            need_folder(target)
            with plain_faults(target):
                gather(file, best(offers).values())
        with writing(target) as db:
            sweep(target, besides=file)
            return _merge(db, target, file, opened, offers, force)


def _merge(
    db: Database,
    target: Path,
    file: Path,
    opened: Mapping[Path, sqlite3.Connection],
    offers: Sequence[Offer],
    force: bool,
) -> MergeReport:
    held = _held(db.conn, target, offers)
    before = stored_points(db, held)
    runs = sum(copy_log(db, conn) for conn in opened.values())
    going_in = winners(offers, held, force)
    _take_over(db, file, going_in)
    acts, points = records(db.conn), stored_points(db, held)
    known = frozenset(acts)
    apart: list[Conflict] = []
    for path, conn in opened.items():
        found = records(conn)
        apart += conflicts(acts, found, path, points)
        fresh = news(acts, found)
        db.table("grade_overrides").upsert_all(fresh.values(), pk="id")
        acts |= fresh
    for department in held:
        settle(db, department)
    return MergeReport(
        outcomes=tuple(outcomes(offers, held, going_in)),
        runs=runs,
        records=len(acts.keys() - known),
        changes=tuple(changes(before, stored_points(db, held))),
        conflicts=tuple(apart),
    )


def _nothing_new(
    target: Path, opened: Collection[sqlite3.Connection], offers: Sequence[Offer], force: bool
) -> MergeReport | None:
    """The report where the target has everything already; None where there is work to do."""
    if not is_current(target):
        return None
    with reading(target) as conn:
        held, acts = _held(conn, target, offers), records(conn)
        if winners(offers, held, force) or any(
            new_runs(conn, source) or news(acts, records(source)) for source in opened
        ):
            return None
    return MergeReport(tuple(outcomes(offers, held, {})), untouched=True)


def _held(conn: sqlite3.Connection, target: Path, offers: Sequence[Offer]) -> Held:
    ages = {offer.department: stored_result(conn, offer.department) for offer in offers}
    return {name: age and Offer(name, target, age) for name, age in ages.items()}


def _take_over(db: Database, file: Path, going_in: Mapping[str, Offer]) -> None:
    if not going_in:
        return
    if not file.exists():
        gather(file, going_in.values())
    db.execute("ATTACH ? AS gathered", [str(file)])
    for department in going_in:
        take(db, department)


def _offers(path: Path, conn: sqlite3.Connection) -> Iterator[Offer]:
    for row in conn.execute("SELECT id FROM departments ORDER BY id").fetchall():
        age = stored_result(conn, row["id"])
        if age is not None:
            yield Offer(row["id"], path, age)


@contextmanager
def _source(path: Path, target: Path) -> Iterator[sqlite3.Connection]:
    if target.exists() and path.exists() and path.samefile(target):
        raise UsageError(f"{path} is the target itself.", "Name only other databases to merge.")
    with reading(path, upgrade=False) as conn:
        refuse_unsound(path, conn)
        yield conn
