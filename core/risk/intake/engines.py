"""Which engine a run uses."""

from __future__ import annotations

from pathlib import Path

from risk.errors import UsageError
from risk.progress import Progress

from .engine import Engine

ENGINES = ("duckdb", "spark")


def open_engine(name: str, scratch: Path, progress: Progress) -> Engine:
    """The engine of that name, with `scratch` for what does not fit in memory."""
    if name == "duckdb":
        from .duckdb_engine import DuckDBEngine

        return DuckDBEngine(scratch, progress)
    if name == "spark":
        from .spark_engine import SparkEngine

        return SparkEngine(scratch, progress)
    raise UsageError(f"No engine is called {name!r}.", f"Use {' or '.join(ENGINES)}.")
