"""Cases, figures and thresholds for tests of the analysis, and an engine that counts them."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from risk import Cause, Grading, ViolationType
from risk.analysis.cells import SCOPE_COLUMNS, Cells, Counts
from risk.analysis.facts import FLAGS
from risk.analysis.thresholds import Thresholds, thresholds
from risk.intake.duckdb_engine import DuckDBEngine
from risk.kernel.policy import load_policy
from risk.model.case import CASE_COLUMNS
from risk.model.point import Candidate, Figures, Frequency, Scope, ScopeKind
from risk.model.policy import Policy
from risk.progress import Silent

TODAY = dt.date(2026, 11, 24)
SHIPPED = load_policy()
CAUSES = (
    Cause(id="planning", side="机关", text="停车设施规划滞后"),
    Cause(id="luck", side="相对人", text="存在侥幸心理"),
)
_TYPES = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "float": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
}
SCHEMA = pa.schema([(column.name, _TYPES[column.type]) for column in CASE_COLUMNS])
_FLAG_COLUMNS = [name for flag in FLAGS for name in (flag, f"{flag}_unknown")]
_numbers = count()


def limits(
    department: str = "urban",
    own: Grading | None = None,
    day: dt.date = TODAY,
    policy: Policy = SHIPPED,
    **changes: Any,
) -> Thresholds:
    """Thresholds of the shipped policy, with some of its fields changed."""
    changed = policy.model_copy(update=changes)
    return thresholds(changed, own or Grading(), department, day)


def violation(id_: str = "urban.stall", **more: Any) -> ViolationType:
    return ViolationType(
        **{
            "id": id_,
            "name": "占道摆摊",
            "name_en": "Stall",
            "agency": "城管",
            "subject": "both",
            "procedure": "summary",
            "hearing_possible": False,
            "causes": CAUSES,
            **more,
        }
    )


def frequency(**more: Any) -> Frequency:
    """Twelve covered months in which nothing is frequent and nothing rare."""
    return Frequency(
        **{
            "since": dt.date(2025, 11, 1),
            "until": dt.date(2026, 10, 31),
            "data_since": dt.date(2024, 1, 1),
            "cases": 20,
            "rank": 50,
            "of": 80,
            "months_with_cases": 5,
            "months_covered": 12,
            **more,
        }
    )


def candidate(
    kind: ScopeKind = "city",
    recent: Mapping[str, Any] | None = None,
    of: ViolationType | None = None,
    **figures: Any,
) -> Candidate:
    """A candidate of which nothing is known to be grave or slight; `recent` is its frequency."""
    parts = {name: "夜间" if name == "time_band" else "甲" for name in SCOPE_COLUMNS[kind]}
    return Candidate(
        violation=of or violation(),
        scope=Scope(kind=kind, **parts),
        figures=Figures(
            **{
                "cases": 20,
                "first": dt.date(2025, 11, 3),
                "last": dt.date(2026, 10, 30),
                "frequency": frequency(**(recent or {})),
                **figures,
            }
        ),
    )


@cache
def engine() -> DuckDBEngine:
    return DuckDBEngine(Path(tempfile.mkdtemp()), Silent())


def case(**said: Any) -> dict[str, Any]:
    """A canonical row in which everything that is not said is unknown."""
    required = {"case_id": f"n{next(_numbers)}", "violation": "urban.stall"}
    return {**required, "decided_on": dt.date(2026, 10, 15), **said}


def table(rows: Iterable[Mapping[str, Any]]) -> ir.Table:
    """Canonical cases in the engine, as the case store gives them."""
    listed = list(rows)
    whole = pa.Table.from_pylist(listed, schema=SCHEMA)
    numbers = pa.array(range(len(listed)), pa.int64())
    whole = whole.append_column("record", numbers)
    whole = whole.append_column("position", pa.array([1] * len(listed), pa.int32()))
    return engine().upload(f"cases_{next(_numbers)}", whole)


def cells(kind: ScopeKind, rows: Sequence[Mapping[str, Any]]) -> Cells:
    """Cells of which each row says violation, scope and `recent`; months are as many as cases."""
    full = []
    for row in rows:
        recent = row["recent"]
        months = (1 << min(recent, 12)) - 1
        numbers = {"cases": recent, "months": months, **dict.fromkeys(_FLAG_COLUMNS, 0)}
        days = {"first": dt.date(2025, 11, 3), "last": dt.date(2026, 10, 30)}
        full.append({"violation": "urban.stall", **numbers, **days, **row})
    texts = ("violation", *SCOPE_COLUMNS[kind])
    schema = pa.schema(
        [
            *((name, pa.string()) for name in texts),
            *((name, pa.int64()) for name in ("cases", "recent", "months", *_FLAG_COLUMNS)),
            *((name, pa.date32()) for name in ("first", "last")),
        ]
    )
    return cells_in(kind, pa.Table.from_pylist(full, schema=schema))


def cells_in(kind: ScopeKind, table: pa.Table) -> Cells:
    """The cells of a table that counts by violation type and by scopes of the one kind."""
    return Counts.of(table, *SCOPE_COLUMNS[kind]).rolled_up(kind, (), {})
