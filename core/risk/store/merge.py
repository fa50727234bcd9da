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
from typing import TYPE_CHECKING, Literal

from risk.errors import StoreError, UsageError

from .faults import plain_faults
from .joining import Conflict, OverrideChange, changes, conflicts, news, records, stored_points
from .opening import is_current, reading, writing
from .settling import settle
from .soundness import refuse_unsound
from .staging import staging_file, sweep
from .transfer import Offer, copy_log, gather, new_runs, stored_result, take

if TYPE_CHECKING:
    from sqlite_utils import Database

Verdict = Literal["added", "replaced", "same", "older"]
Age = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one department of one source: `older` means the target's stays."""

    department: str
    source: Path
    verdict: Verdict


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
        with writing(target) as db:
            sweep(target)
            return _merge(db, file, opened, offers, force)


def _merge(
    db: Database,
    file: Path,
    opened: Mapping[Path, sqlite3.Connection],
    offers: Sequence[Offer],
    force: bool,
) -> MergeReport:
    held = _held(db.conn, offers)
    before = stored_points(db, held)
    runs = sum(copy_log(db, conn) for conn in opened.values())
    winners = _winners(offers, held, force)
    _take_over(db, file, winners)
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
        outcomes=tuple(_outcomes(offers, held, winners)),
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
        held, acts = _held(conn, offers), records(conn)
        if _winners(offers, held, force) or any(
            new_runs(conn, source) or news(acts, records(source)) for source in opened
        ):
            return None
    return MergeReport(tuple(_outcomes(offers, held, {})), untouched=True)


def _held(conn: sqlite3.Connection, offers: Sequence[Offer]) -> dict[str, Age | None]:
    return {offer.department: stored_result(conn, offer.department) for offer in offers}


def _winners(
    offers: Sequence[Offer], held: Mapping[str, Age | None], force: bool
) -> dict[str, Offer]:
    """Per department the offer that goes in, where one does."""
    best: dict[str, Offer] = {}
    for offer in offers:
        if offer.department not in best or offer.age > best[offer.department].age:
            best[offer.department] = offer
    return {
        department: offer
        for department, offer in best.items()
        if offer.age != (age := held[department]) and (age is None or force or offer.age > age)
    }


def _take_over(db: Database, file: Path, winners: Mapping[str, Offer]) -> None:
    if winners:
        gather(file, winners.values())
        db.execute("ATTACH ? AS gathered", [str(file)])
    for department in winners:
        take(db, department)


def _outcomes(
    offers: Sequence[Offer], held: Mapping[str, Age | None], winners: Mapping[str, Offer]
) -> Iterator[Outcome]:
    for offer in sorted(offers, key=lambda offer: offer.department):
        before, winner = held[offer.department], winners.get(offer.department)
        if offer is winner:
            verdict: Verdict = "added" if before is None else "replaced"
        else:
            verdict = "same" if offer.age == (winner.age if winner else before) else "older"
        yield Outcome(offer.department, offer.source, verdict)


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
        _refuse_damaged(path, conn)
        refuse_unsound(path, conn)
        yield conn


def _refuse_damaged(path: Path, conn: sqlite3.Connection) -> None:
    with plain_faults(path):
        (found,) = conn.execute("PRAGMA quick_check(1)").fetchone().values()
        missing = _missing_bytes(path, conn)
    if missing:
        # SQLite reads what is cut off within the last page as zeros, and says nothing.
        found = f"its last {missing:,} bytes are missing"
    if found != "ok":
        raise StoreError(
            f"{path}: the file is damaged ({str(found).splitlines()[-1]}); nothing was merged.",
            "Ask the department to send it again.",
        )


def _missing_bytes(path: Path, conn: sqlite3.Connection) -> int:
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return 0
    (pages,), (size,) = (
        conn.execute(f"PRAGMA {name}").fetchone().values() for name in ("page_count", "page_size")
    )
    return max(0, int(pages) * int(size) - path.stat().st_size)
