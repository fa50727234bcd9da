"""New York's parking tickets, as they are published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from risk.kernel.plugins import Kernel
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

DATA = Path(__file__).parents[2] / "shared" / "data" / "traffic"
FISCAL_2020 = DATA / "nyc_parking_30k.csv"
FISCAL_2017 = DATA / "parking_2017_sample.csv"

pytestmark = pytest.mark.skipif(
    not FISCAL_2020.is_file(), reason="the case files in ../shared/data are not here"
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("nyc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        request = Request(
            database=folder / "risk.db",
            today=dt.date(2026, 11, 24),
            sources=(str(FISCAL_2020), str(FISCAL_2017)),
        )
        return run(Kernel.load().plugin("traffic"), request, Silent()).result


def test_both_spellings_of_the_headings_are_read_by_one_adapter(result: RunResult) -> None:
    assert [(source.adapter, source.rows) for source in result.sources] == [
        ("nyc_parking", 30_000),
        ("nyc_parking", 2_099),
    ]
    assert all(source.adds_up for source in result.sources)


def test_the_three_times_without_a_half_of_the_day_are_counted(result: RunResult) -> None:
    assert result.sources[0].unreadable == {"occurred_at": 3}


def test_what_fits_no_violation_type_is_unclassified(result: RunResult) -> None:
    assert set(result.rejects["reason"].to_pylist()) == {"unclassified"}
    assert "71" in result.rejects["detail"].to_pylist()


def test_a_blank_plate_is_no_party_and_every_other_is_a_pseudonym(result: RunResult) -> None:
    parties = result.evidence_cases["party"].to_pylist()
    assert all(party is None or (len(party) == 16 and party.isalnum()) for party in parties)


def test_the_fines_come_from_the_table_beside_the_file(result: RunResult) -> None:
    fines = {
        (row["behaviour"], row["fine_fen"])
        for row in result.evidence_cases.to_pylist()
        if row["behaviour"] == "消火栓旁停车"
    }
    assert fines == {("消火栓旁停车", 11_500)}


def test_broadway_is_among_the_most_ticketed_roads(result: RunResult) -> None:
    assert "Manhattan BROADWAY" in [entry.scope for entry in result.ranking_entries]


def test_every_one_of_the_ten_most_ticketed_roads_is_a_risk_point(result: RunResult) -> None:
    listed = {point.id for point in result.points}
    assert [entry.risk_point in listed for entry in result.ranking_entries] == [True] * 10


def test_the_list_is_one_a_person_reads(result: RunResult) -> None:
    assert 10 <= len(result.points) <= 60
