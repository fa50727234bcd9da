"""A source is read again where the words have changed that its adapter reads by."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from risk.kernel.plugins import Kernel
from risk.progress import Silent
from risk.run import Request, run

from .conftest import Plant


def note(project: Path, stem: str) -> None:
    """Add a line to a file of the plugin's knowledge, which stands alone or in a folder."""
    data = project / "src/risk_parks/data"
    (file, *_) = sorted([*data.glob(f"{stem}.yaml"), *data.glob(f"{stem}/*.yaml")])
    file.write_text(f"{file.read_text(encoding='utf-8')}# 已核对\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("stem", "again"),
    [("terms", True), ("violation_types", True), ("measures", False)],
)
def test_a_source_is_read_again_for_a_change_of_words_and_not_of_measures(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stem: str, again: bool
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    project = plant()
    request = Request(database=tmp_path / "risk.db", today=dt.date(2026, 11, 24))
    assert run(Kernel.load().plugin("parks"), request, Silent()).result.fresh
    assert not run(Kernel.load().plugin("parks"), request, Silent()).result.fresh
    note(project, stem)
    assert bool(run(Kernel.load().plugin("parks"), request, Silent()).result.fresh) is again


def test_a_source_is_read_again_by_a_new_version_of_the_kernel(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    plant()
    request = Request(database=tmp_path / "risk.db", today=dt.date(2026, 11, 24))
    before = run(Kernel.load().plugin("parks"), request, Silent()).result
    monkeypatch.setattr("risk.run.job.__version__", "999.0")
    after = run(Kernel.load().plugin("parks"), request, Silent()).result
    assert after.fresh
    assert [one.records for one in after.partitions] == [one.records for one in before.partitions]


def test_what_a_new_reading_no_longer_takes_for_a_case_is_no_duplicate_either(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    project = plant()
    sample = next((project / "src/risk_parks").rglob("*.csv"))
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    rows = sample.read_text(encoding="utf-8-sig")
    first.write_text(rows.replace("办结", "无效", 9), encoding="utf-8")
    second.write_text(rows, encoding="utf-8")

    def read(*files: Path, database: str = "risk.db") -> list[tuple[int, ...]]:
        request = Request(
            database=tmp_path / database,
            today=dt.date(2026, 11, 24),
            sources=tuple(map(str, files)),
        )
        accounts = run(Kernel.load().plugin("parks"), request, Silent()).result.partitions
        return [(one.records, one.excluded, one.duplicates) for one in accounts]

    read(first)
    before = read(second)
    terms = project / "src/risk_parks/data/terms.yaml"
    text = terms.read_text(encoding="utf-8")
    terms.write_text(text.replace("  作废: ", "  无效: withdrawn\n  作废: "), encoding="utf-8")
    for name in [name for name in sys.modules if name.startswith("risk_parks")]:
        del sys.modules[name]
    after = read(first)
    assert after != before
    assert after == read(first, second, database="together.db")
