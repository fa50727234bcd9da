"""One adapter for the sources that are no text files, and what it must read from each of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from risk import Adapter
from risk import columns as c

from .analysis_cases import engine
from .intake_cases import TYPES, Taken, take_in

HEADINGS = ("案号", "违法行为", "违法时间", "处罚日期", "罚款金额", "地点")
TABLE = Adapter(
    name="table",
    title="检验用的表",
    columns={
        "case_id": c.text("案号"),
        "violation": c.lookup("违法行为", TYPES | {"4": "traffic.illegal_parking"}),
        "occurred_at": c.timestamp("违法时间"),
        "decided_on": c.date("处罚日期"),
        "fine_fen": c.amount("罚款金额"),
        "place": c.text("地点"),
    },
)
MORNING = dt.datetime(2025, 3, 4, 8, 15, 30)
DAY = dt.date(2025, 3, 5)
# What the first and the second row of each source say, in whatever form.
PARKED = {
    "case_id": "20250001",
    "violation": "traffic.illegal_parking",
    "occurred_at": MORNING,
    "decided_on": DAY,
    "fine_fen": 20_000,
    "place": "花园路",
}
CROSSED = {**PARKED, "case_id": "20250002", "violation": "traffic.red_light", "place": None}


def take(source: Path, selection: str = "") -> Taken:
    """The source as it is read, with the case store beside it."""
    place = f"{source}::{selection}" if selection else str(source)
    return take_in(engine(), source.with_name("risk.db"), place, adapters=(TABLE,))


def said(taken: Taken) -> list[dict[str, Any]]:
    """What the cases say in the columns that TABLE fills, by number."""
    return [{name: row[name] for name in PARKED} for row in taken.canonical]
