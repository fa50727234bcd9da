"""A small adapter, sources for it, and the intake without the rest of a run."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from risk import Adapter
from risk import columns as c
from risk.intake.accounts import accounts, duplicate_rows, rows_with_outcome, with_source
from risk.intake.choosing import choose
from risk.intake.collect import Collected, collect
from risk.intake.duplicates import resolve, standing
from risk.intake.engine import Engine
from risk.intake.partitions import CaseStore
from risk.intake.reading import Reading
from risk.model.case import COLUMN_NAMES
from risk.model.result import SourceAccount
from risk.progress import Silent

TODAY = dt.date(2026, 11, 24)
SECRET = "s" * 64
HEADINGS = ("案号", "违法行为", "处罚日期", "地点")
TYPES = {"违法停车": "traffic.illegal_parking", "闯红灯": "traffic.red_light"}

# Few columns of the cheapest kinds: what is read how has tests of its own.
SMALL = Adapter(
    name="small",
    title="检验用的小表",
    columns={
        "case_id": c.text("案号"),
        "violation": c.lookup("违法行为", TYPES),
        "decided_on": c.date("处罚日期", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"),
        "place": c.text("地点"),
    },
    excludes={"已撤销": c.optional(c.text("状态")).isin("撤销")},
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of every row of the sources; the tables have key or case columns, and line."""

    collected: Collected
    accounts: tuple[SourceAccount, ...]
    cases: pa.Table
    rejected: pa.Table
    excluded: pa.Table
    duplicates: pa.Table

    @property
    def account(self) -> SourceAccount:
        """The account of the only source."""
        (account,) = self.accounts
        return account

    @property
    def lines(self) -> dict[str, int]:
        """The line of every case that stands, by its number."""
        numbers, lines = (self.cases[name].to_pylist() for name in ("case_id", "line"))
        return dict(zip(numbers, lines, strict=True))

    @property
    def refused(self) -> dict[int, str]:
        """The reason of every rejected row, by its line."""
        lines, reasons = (self.rejected[name].to_pylist() for name in ("line", "reason"))
        return dict(zip(lines, reasons, strict=True))

    @property
    def canonical(self) -> list[dict[str, Any]]:
        """The cases that stand, by number, without where they come from."""
        rows: list[dict[str, Any]] = self.cases.select(COLUMN_NAMES).to_pylist()
        return sorted(rows, key=lambda row: str(row["case_id"]))


def take_in(
    engine: Engine,
    database: Path,
    *sources: Path | str,
    adapters: Sequence[Adapter] = (SMALL,),
    encoding: str | None = None,
    known: Sequence[SourceAccount] = (),
    version: str = "1",
    types: frozenset[str] | None = None,
) -> Taken:
    """Read the sources into the case store beside `database`, as a run does, and account for them."""
    with collecting(
        engine,
        database,
        *sources,
        adapters=adapters,
        encoding=encoding,
        known=known,
        version=version,
        types=types,
    ) as collected:
        dropped = resolve(engine, collected.partitions, collected.fresh)
    stand = engine.fetch(standing(engine, collected.partitions, dropped))
    return Taken(
        collected,
        accounts(collected.partitions, dropped),
        with_source(stand, collected.partitions),
        rows_with_outcome(engine, collected.partitions, "rejected"),
        rows_with_outcome(engine, collected.partitions, "excluded"),
        duplicate_rows(collected.partitions, dropped),
    )


@contextmanager
def collecting(
    engine: Engine,
    database: Path,
    *sources: Path | str,
    adapters: Sequence[Adapter],
    encoding: str | None = None,
    known: Sequence[SourceAccount] = (),
    version: str = "1",
    types: frozenset[str] | None = None,
) -> Iterator[Collected]:
    """Read the sources into the case store beside `database`, whose scratch folder then goes."""
    store = CaseStore(database, "traffic")
    store.prepare(account.key for account in known)
    reading = Reading(engine, store, SECRET, version, TODAY, types)
    chosen = choose([str(source) for source in sources], adapters, None, encoding)
    try:
        yield collect(reading, known, chosen, False, Silent())
    finally:
        shutil.rmtree(store.scratch)


def row(number: object, **cells: str) -> list[str]:
    """A row under HEADINGS that is a case, but for the cells given."""
    usual = {
        "案号": str(number),
        "违法行为": "违法停车",
        "处罚日期": "2025-03-04",
        "地点": "花园路",
    }
    return [(usual | cells)[heading] for heading in HEADINGS]


def csv_text(*rows: Iterable[str], delimiter: str = ",") -> str:
    """Lines of a file with HEADINGS on top; no cell is quoted."""
    return "".join(delimiter.join(cells) + "\n" for cells in (HEADINGS, *rows))
