"""The made-up samples of the four plugins: written again they are the same, and as systems export."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from risk.testing import export

PLUGINS = Path(__file__).parents[1] / "plugins"
SAMPLES = {
    "environment/tools/make_sample.py": "environment_penalty_export.csv",
    "market_supervision/tools/make_sample.py": "market_supervision_export.csv",
    "traffic/tools/make_sample.py": "traffic_police_export.csv",
    "urban_management/tools/make_hotline_sample.py": "hotline_orders.csv",
    "urban_management/tools/make_sample.py": "urban_management_export.csv",
}


def shipped(name: str) -> Path:
    (file,) = PLUGINS.glob(f"*/src/*/samples/{name}")
    return file


def test_every_sample_that_is_shipped_has_its_generator() -> None:
    samples = {file.name for file in PLUGINS.glob("*/src/*/samples/*")}
    assert samples == set(SAMPLES.values())
    generators = {str(file.relative_to(PLUGINS)) for file in PLUGINS.glob("*/tools/make_*.py")}
    assert generators == set(SAMPLES)


@pytest.mark.parametrize("generator", SAMPLES)
def test_a_generator_gives_the_same_bytes_again(tmp_path: Path, generator: str) -> None:
    again = tmp_path / "again.csv"
    subprocess.run([sys.executable, "-B", str(PLUGINS / generator), str(again)], check=True)
    assert again.read_bytes() == shipped(SAMPLES[generator]).read_bytes()


@pytest.mark.parametrize("name", SAMPLES.values())
def test_a_sample_is_as_such_systems_export_it_and_small(name: str) -> None:
    content = shipped(name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    records = len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))))
    assert content.count(b"\r\n") == content.count(b"\n") == records > 1
    assert len(content) < 2_000_000


def test_an_export_has_the_cells_under_its_headings_and_no_others() -> None:
    rows = [
        {"案由": "占道，经营", "决定书文号": 7, "made": "up"},
        {"决定书文号": "", "案由": 'a,"b'},
    ]
    assert export(("决定书文号", "案由"), rows).decode("utf-8-sig") == (
        '决定书文号,案由\r\n7,占道，经营\r\n,"a,""b"\r\n'
    )
    with pytest.raises(KeyError, match="罚款金额"):
        export(("决定书文号", "罚款金额"), rows)
