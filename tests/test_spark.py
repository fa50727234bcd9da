"""Spark finds exactly what the embedded engine finds."""

from __future__ import annotations

import datetime as dt
import importlib.util
import shutil
from pathlib import Path

import pytest

from risk import columns as c
from risk.intake.engines import open_engine
from risk.intake.masking import COVER
from risk.kernel.plugins import Kernel
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

from .column_cases import HEADING
from .column_cases import read as words_of
from .intake_cases import take_in
from .signal_cases import hotline, read
from .test_clauses import AMISS, WELL, left_of
from .test_concern import beside, point, signals
from .test_kinds_in_doubt import KNOWN, NOT_PENALISED, TRAFFIC
from .test_masking import NAMED, NUMBERS, READABLE, shown
from .test_people import PEOPLE, PLAIN

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None or importlib.util.find_spec("pandas") is None,
        reason="the extra 'spark' is not installed",
    ),
    # Spark's own modules warn of what it will drop in later versions.
    pytest.mark.filterwarnings("ignore"),
]
SAID = (*KNOWN, *NOT_PENALISED, "罚款、拘 留", "罚款、#N/A", "#N/A", "", "无")
TABLES = (
    "rejects",
    "exclusions",
    "duplicates",
    "evidence_monthly",
    "evidence_hourly",
    "evidence_cases",
)


def test_signals_are_counted_the_same_on_both_engines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    here = read(tmp_path, hotline(tmp_path)).result
    there = read(tmp_path, hotline(tmp_path), engine="spark", database="spark.db").result
    assert there.sources == here.sources
    assert there.concern_of_types == here.concern_of_types != ()
    for name in ("rejects", "exclusions", "duplicates"):
        assert getattr(there, name).to_pylist() == getattr(here, name).to_pylist(), name


def test_signals_are_brought_to_their_places_the_same_on_both_engines(tmp_path: Path) -> None:
    table = signals(("金水区", "花园 路（东段）", "2025-03-01"), ("二七区", "花园路", "2025-03-02"))
    points = [point(kind="place", district="金水区", place="花园路(东段)"), point()]
    spark = open_engine("spark", tmp_path, Silent())
    try:
        there = beside(table, *points, by=spark)
    finally:
        spark.close()
    assert there == beside(table, *points)
    assert [found and found.signals for found in there] == [1, 2]


def test_texts_are_masked_and_rid_of_praise_and_kinds_found_the_same_on_both_engines(
    tmp_path: Path,
) -> None:
    wordings = [*NAMED, *READABLE, *(f"在{number}处违反规定" for number in NUMBERS)]
    spark = open_engine("spark", tmp_path, Silent())
    try:
        there = shown(wordings, by=spark)
        assert left_of([*WELL, *AMISS], by=spark) == left_of([*WELL, *AMISS])
        kinds = c.kinds(HEADING, TRAFFIC, empty_means_none=True)
        assert words_of(kinds, SAID, "penalties", by=spark) == words_of(kinds, SAID, "penalties")
    finally:
        spark.close()
    assert there == shown(wordings)
    assert sum(COVER in said for said in there.values()) >= len(NAMED) + len(NUMBERS)


def test_people_are_covered_the_same_on_both_engines(tmp_path: Path) -> None:
    cells = [said for _, said in PEOPLE] + ["样[例]$1", "样例乙", "样例、样例甲乙"]
    places = ("东区样例甲门前", "东区样 例 甲乙门前", "样[例]$1家", "东区")
    head = "案号,违法行为,处罚日期,所属辖区,执法人员"
    rows = [f'违法停车,2025-03-04,"{place}","{said}"' for place in places for said in cells]
    file = tmp_path / "export.csv"
    text = "\n".join([head, *(f"{number:03},{row}" for number, row in enumerate(rows))])
    file.write_text(text, encoding="utf-8")
    kept = {}
    for name in ("duckdb", "spark"):
        (tmp_path / name).mkdir()
        engine = open_engine(name, tmp_path / name, Silent())
        try:
            found = take_in(engine, tmp_path / f"{name}.db", file, adapters=(PLAIN,)).cases
        finally:
            engine.close()
        kept[name] = {case["case_id"]: case["district"] for case in found.to_pylist()}
    assert kept["spark"] == kept["duckdb"]
    assert sum(COVER in said for said in kept["spark"].values()) >= len(PEOPLE)


def _result(department: str, folder: Path, engine: str) -> RunResult:
    request = Request(database=folder / f"{engine}.db", today=dt.date(2026, 11, 24), engine=engine)
    return run(Kernel.load().plugin(department), request, Silent()).result


@pytest.mark.parametrize(
    "department", ["traffic", "market_supervision", "environment", "urban_management"]
)
def test_the_shipped_samples_give_the_same_on_both_engines(
    department: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    here, there = (_result(department, tmp_path, engine) for engine in ("duckdb", "spark"))
    assert there.points == here.points
    assert there.sources == here.sources
    assert there.ranking_entries == here.ranking_entries
    assert there.concern_of_points == here.concern_of_points
    for name in TABLES:
        assert getattr(there, name).to_pylist() == getattr(here, name).to_pylist(), name
