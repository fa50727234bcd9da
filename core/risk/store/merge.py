"""Merging departments' databases: every department once, in its newest result.

What wins depends only on the results themselves, never on the order in which they come. The run
logs and the overrides of all databases are kept; the case stores and their partitions stay home.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from risk.errors import StoreError, UsageError

from .faults import plain_faults
from .opening import reading, writing
from .settling import settle
from .staging import staging_file, sweep
from .transfer import Offer, copy_log, copy_overrides, gather, stored_result, take

if TYPE_CHECKING:
    from sqlite_utils import Database

Verdict = Literal["added", "replaced", "same", "older"]
Age = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one department of one source: `older` means the target's stays."""

    department: str
    source: Path
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: an outcome per source and department, and how many runs were logged."""

    outcomes: tuple[Outcome, ...]
    runs: int


def merge(target: Path, sources: Sequence[Path], force: bool = False) -> MergeReport:
    """Merge `sources` into `target`, which is made where it is not there yet.

    Per department the result of the newer run wins; with `force` the newest among the sources
    wins over the target's. All or nothing: a source that is damaged, or not ours, is refused
    (StoreError) before anything is written. Doing it again changes nothing.
    """
    with ExitStack() as stack:
        opened = {
            path: stack.enter_context(_source(path, target)) for path in dict.fromkeys(sources)
        }
        offers = [offer for path, conn in opened.items() for offer in _offers(path, conn)]
        file = stack.enter_context(staging_file(target))
        with writing(target) as db:
            sweep(target)
            runs = sum(copy_log(db, conn) for conn in opened.values())
            for conn in opened.values():
                copy_overrides(db, conn)
            held = {offer.department: stored_result(db.conn, offer.department) for offer in offers}
            winners = _winners(offers, held, force)
            _take_over(db, file, winners)
            for department in held:
                settle(db, department)
    return MergeReport(tuple(_outcomes(offers, held, winners)), runs)


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
        yield conn


def _refuse_damaged(path: Path, conn: sqlite3.Connection) -> None:
    with plain_faults(path):
        (found,) = conn.execute("PRAGMA quick_check(1)").fetchone().values()
    if found != "ok":
        raise StoreError(
            f"{path}: the file is damaged ({found}); nothing was merged.",
            "Ask the department to send it again.",
        )
