"""A column of the vocabulary over made-up cells: cell in, value out."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from risk import Adapter
from risk import columns as c
from risk.intake.engine import Engine
from risk.model.case import NOT_ALL_KNOWN
from risk.model.kind import CASES

from .analysis_cases import engine
from .intake_cases import SMALL, TODAY, collecting

# The value of a cell that is filled, cannot be read, and is counted as such.
UNREADABLE: Final = "unreadable"
HEADING = "栏"
Cells = str | tuple[str, ...]


def read(
    column: c.Column,
    cells: Iterable[Cells],
    into: str,
    headings: tuple[str, ...] = (HEADING,),
    beside: Mapping[str, str] | None = None,
    by: Engine | None = None,
) -> dict[Any, Any]:
    """What the canonical column `into` holds for each cell, or for each row of cells.

    `beside` are small tables that lie beside the file, by name; `by` is the engine, by default the
    embedded one.
    """
    rows = list(dict.fromkeys(cells))
    required = {name: SMALL.columns[name] for name in CASES.required}
    adapter = Adapter(name="cells", title="检验用的一栏", columns={**required, into: column})
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder, "export.csv")
        with export.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(("案号", "违法行为", "处罚日期", *headings))
            for number, row in enumerate(rows):
                said = (row,) if isinstance(row, str) else row
                writer.writerow((number, "违法停车", TODAY, *said))
        for name, text in (beside or {}).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        database = Path(folder, "risk.db")
        with collecting(by or engine(), database, export, adapters=(adapter,)) as collected:
            (partition,) = collected.partitions
        found = pq.read_table(partition.rows_file, columns=[into, "unreadable"]).to_pylist()
    return {row: _value(values, into) for row, values in zip(rows, found, strict=True)}


def _value(values: Mapping[str, Any], into: str) -> Any:
    value, counted = values[into], into in (values["unreadable"] or "").split("、")
    if counted:
        assert value is None or value.endswith(NOT_ALL_KNOWN)
        return value or UNREADABLE
    assert value is None or not str(value).endswith(NOT_ALL_KNOWN)
    return value
