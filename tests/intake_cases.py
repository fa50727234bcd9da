"""A small adapter, its sources as text, and the intake without the rest of a run."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
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
HEADINGS = ("案号", "违法行为", "处罚日期", "地点", "罚款", "当事人")
TYPES = {"违法停车": "traffic.illegal_parking", "闯红灯": "traffic.red_light"}

SMALL = Adapter(
    name="small",
    title="检验用的小表",
    columns={
        "case_id": c.text("案号"),
        "violation": c.lookup("违法行为", TYPES),
        "decided_on": c.date("处罚日期"),
        "place": c.road("地点"),
        "fine_fen": c.amount("罚款"),
        "party": c.pseudonym("当事人"),
    },
    excludes={"已撤销": c.optional(c.text("状态")).isin("撤销")},
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of every row of the sources."""

    collected: Collected
    accounts: tuple[SourceAccount, ...]
    cases: tuple[dict[str, Any], ...]
    rejected: tuple[dict[str, Any], ...]
    excluded: tuple[dict[str, Any], ...]
    duplicates: tuple[dict[str, Any], ...]

    @property
    def account(self) -> SourceAccount:
        """The account of the only source."""
        (account,) = self.accounts
        return account

    @property
    def lines(self) -> dict[str, int]:
        """The line of every case that stands, by its number."""
        return {case["case_id"]: case["line"] for case in self.cases}

    @property
    def canonical(self) -> list[dict[str, Any]]:
        """The cases that stand, by number, without where they come from."""
        rows = [{name: case[name] for name in COLUMN_NAMES} for case in self.cases]
        return sorted(rows, key=lambda row: str(row["case_id"]))


def take_in(
    engine: Engine,
    database: Path,
    *sources: Path | str,
    adapters: Sequence[Adapter] = (SMALL,),
    encoding: str | None = None,
    known: Sequence[SourceAccount] = (),
    version: str = "1",
) -> Taken:
    """Read the sources into the case store beside `database`, as a run does."""
    store = CaseStore(database, "traffic")
    store.prepare(account.key for account in known)
    reading = Reading(engine, store, SECRET, version, TODAY)
    chosen = choose([str(source) for source in sources], adapters, None, encoding)
    try:
        collected = collect(reading, known, chosen, False, Silent())
        dropped = resolve(engine, collected.partitions, collected.fresh)
    finally:
        shutil.rmtree(store.scratch)
    stand = standing(engine, collected.partitions, dropped)
    return Taken(
        collected,
        accounts(collected.partitions, dropped),
        _rows(with_source(engine.fetch(stand), collected.partitions)),
        _rows(rows_with_outcome(engine, collected.partitions, "rejected")),
        _rows(rows_with_outcome(engine, collected.partitions, "excluded")),
        _rows(duplicate_rows(collected.partitions, dropped)),
    )


def _rows(table: pa.Table) -> tuple[dict[str, Any], ...]:
    return tuple(table.to_pylist())


def row(number: object, **cells: str) -> list[str]:
    """A row under HEADINGS that is a case, but for the cells given."""
    usual = {
        "案号": str(number),
        "违法行为": "违法停车",
        "处罚日期": "2025-03-04",
        "地点": "花园路",
        "罚款": "200",
        "当事人": f"样例{number}",
    }
    return [(usual | cells)[heading] for heading in HEADINGS]


def csv_text(*rows: Sequence[str], delimiter: str = ",") -> str:
    """Lines of a file with HEADINGS on top; no cell is quoted."""
    return "".join(delimiter.join(cells) + "\n" for cells in (HEADINGS, *rows))
