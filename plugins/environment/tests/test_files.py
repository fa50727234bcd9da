"""The department's adapters on the sample and on Massachusetts' files, as a run reads them."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from risk.kernel.plugins import Kernel
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

DATA = Path(__file__).parents[4] / "shared" / "data" / "environment"
SNAPSHOTS = [DATA / f"MADEP_2017-{day}.csv" for day in ("03-14", "04-02", "06-27")]
real_files = pytest.mark.skipif(
    not SNAPSHOTS[0].is_file(), reason="the case files in ../shared/data are not here"
)


def read(folder: Path, *sources: Path) -> RunResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        request = Request(
            database=folder / "risk.db",
            today=dt.date(2026, 11, 24),
            sources=tuple(str(source) for source in sources),
        )
        return run(Kernel.load().plugin("environment"), request, Silent()).result


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return read(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return read(tmp_path_factory.mktemp("snapshots"), *SNAPSHOTS)


def grades(result: RunResult) -> dict[str, str]:
    """The grade of every type's point for the whole city."""
    return {
        point.violation.id: point.grade for point in result.points if point.scope.kind == "city"
    }


def test_every_row_of_the_sample_is_accounted_for(sample: RunResult) -> None:
    (source,) = sample.sources
    assert source.adds_up
    counted = (source.rows, source.cases, source.rejected, source.excluded, source.duplicates)
    assert counted == (4166, 4101, 14, 38, 13)
    assert source.unreadable == {"fine_fen": 2, "penalties": 2}


def test_the_sample_gives_all_three_grades(sample: RunResult) -> None:
    graded = grades(sample)
    assert len(graded) == 20
    assert graded["environment.evade"] == "高"
    assert graded["environment.hazwaste_transfer"] == "高"
    assert graded["environment.auto_monitor"] == "中"
    assert graded["environment.disclosure"] == "中"
    assert graded["environment.registration_form"] == "低"
    assert graded["environment.emergency_plan"] == "低"
    assert graded["environment.heavy_pollution_refusal"] == "低"


def test_fines_in_ten_thousands_and_in_words_are_read(sample: RunResult) -> None:
    fines = sample.evidence_cases["fine_fen"].to_pylist()
    assert max(filter(None, fines)) <= 60_000_000
    assert min(filter(None, fines)) >= 20_000


def test_the_planted_places_are_high(sample: RunResult) -> None:
    high = {
        (point.scope.place, point.violation.id) for point in sample.points if point.grade == "高"
    }
    assert {
        ("长堤汽配城", "environment.hazwaste_management"),
        ("科技大道", "environment.night_construction_noise"),
        ("青岚家具产业园", "environment.voc"),
        ("港区电镀产业园", "environment.evade"),
        ("采石路", "environment.stockpile_dust"),
    } <= high


@real_files
def test_three_snapshots_are_one_growing_source(snapshots: RunResult) -> None:
    accounts = snapshots.sources
    assert [source.rows for source in accounts] == [4240, 4250, 4287]
    assert all(source.adds_up for source in accounts)
    last = accounts[-1]
    assert sum(source.cases for source in accounts) == last.rows - last.rejected - 1
    reasons = Counter(snapshots.duplicates["reason"].to_pylist())
    assert reasons == {"repeated": 935, "corrected by a later record": 2}


@real_files
def test_impossible_and_contradictory_dates_are_rejected_by_name(snapshots: RunResult) -> None:
    reasons = Counter(snapshots.rejects["reason"].to_pylist())
    assert reasons["Date is no day"] == 3 + 2 * 2
    assert reasons["Date and Year disagree"] == 3 * 3
    assert set(reasons) == {"Date is no day", "Date and Year disagree", "unclassified"}


@real_files
def test_no_name_is_shown_of_what_is_unclassified(snapshots: RunResult) -> None:
    shown = {detail.lower() for detail in snapshots.rejects["detail"].to_pylist()}
    assert len(shown) < 30
    assert {"waste site cleanup", "wetlands", "asbestos", "no programme named"} <= shown


@real_files
def test_the_first_snapshot_alone_yields_party_place_and_amount(tmp_path: Path) -> None:
    result = read(tmp_path, SNAPSHOTS[0])
    rows = result.evidence_cases.to_pylist()
    stated = {name: sum(row[name] is not None for row in rows) / len(rows) for name in rows[0]}
    assert stated["party"] > 0.9
    assert stated["place"] > 0.9
    assert stated["fine_fen"] > 0.8
    assert all(len(row["party"]) == 16 for row in rows if row["party"])


@real_files
def test_fines_are_what_the_text_calls_a_penalty(snapshots: RunResult) -> None:
    texts = {}
    for snapshot in SNAPSHOTS:
        with snapshot.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                texts[snapshot.name, rows.line_num] = row["Text"]
    shown = [row for row in snapshots.evidence_cases.to_pylist() if row["fine_fen"]]
    assert len(shown) > 250
    for row in shown:
        yuan = row["fine_fen"] // 100
        stated = f"{yuan / 1_000_000:g}million".replace(".", "") if yuan >= 1_000_000 else f"{yuan}"
        assert f"${stated}" in re.sub("[., ]", "", texts[row["source"], row["line"]])
    assert all(row["penalties"] == "罚款" for row in shown)
