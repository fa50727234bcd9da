"""A source is read again where the words have changed that its adapter reads by."""

from __future__ import annotations

import datetime as dt
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
