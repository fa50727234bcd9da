"""Spark finds exactly what the embedded engine finds."""

from __future__ import annotations

import datetime as dt
import importlib.util
import shutil
from pathlib import Path

import pytest

from risk.kernel.plugins import Kernel
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None or importlib.util.find_spec("pandas") is None,
        reason="the extra 'spark' is not installed",
    ),
    # Spark's own modules warn of what it will drop in later versions.
    pytest.mark.filterwarnings("ignore"),
]
TABLES = (
    "rejects",
    "exclusions",
    "duplicates",
    "evidence_monthly",
    "evidence_hourly",
    "evidence_cases",
)


def _result(folder: Path, engine: str) -> RunResult:
    request = Request(database=folder / f"{engine}.db", today=dt.date(2026, 11, 24), engine=engine)
    return run(Kernel.load().plugin("traffic"), request, Silent()).result


def test_the_shipped_sample_gives_the_same_on_both_engines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    here, there = _result(tmp_path, "duckdb"), _result(tmp_path, "spark")
    assert there.points == here.points
    assert there.sources == here.sources
    assert there.ranking_entries == here.ranking_entries
    for name in TABLES:
        assert getattr(there, name).to_pylist() == getattr(here, name).to_pylist(), name
