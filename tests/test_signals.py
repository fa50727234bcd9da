"""Complaints and messages are counted beside the points and never as cases."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from risk import Adapter
from risk import columns as c
from risk.kernel.plugins import Kernel, Plugin
from risk.progress import Silent
from risk.run import Report, Request, run

TODAY = dt.date(2026, 11, 24)
TYPES = {
    "违法停车": "traffic.illegal_parking",
    "闯红灯": "traffic.red_light",
    "道路遗撒": "traffic.cargo_spill",
}
TICKETS = Adapter(
    name="tickets",
    title="检验用的案件表",
    columns={
        "case_id": c.text("案号"),
        "violation": c.lookup("违法行为", TYPES),
        "decided_on": c.date("处罚日期"),
        "district": c.text("区县"),
        "place": c.text("地点"),
    },
)
HOTLINE = Adapter(
    name="hotline",
    title="检验用的热线工单",
    kind="signals",
    columns={
        "signal_id": c.text("工单号"),
        "violation": c.lookup("诉求类别", TYPES),
        "received_on": c.date("受理日期"),
        "district": c.text("所属区县"),
        "place": c.text("诉求地点"),
        "lat": c.optional(c.number("纬度")),
        "channel": c.constant("12345热线"),
    },
    excludes={"咨询": c.text("类型").isin("咨询")},
)
ROADS = ("花园路", "文化路", "嵩山路")


@pytest.fixture(scope="module")
def traffic() -> Plugin:
    return dataclasses.replace(Kernel.load().plugin("traffic"), adapters=(TICKETS, HOTLINE))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    return tmp_path


def tickets(folder: Path, name: str = "tickets.csv", first: int = 0) -> Path:
    """Twelve months of 20 parking tickets each, most of them on 花园路 in 金水区."""
    lines = ["案号,违法行为,处罚日期,区县,地点"]
    for number in range(first, first + 240):
        month = number % 12 + 1
        road = ROADS[0] if number % 4 else ROADS[1 + number % 2]
        lines.append(f"P{number},违法停车,2025-{month:02}-15,金水区,{road}")
    return written(folder, name, lines)


def hotline(folder: Path, rows: Sequence[str] | None = None, name: str = "hotline.csv") -> Path:
    """Work orders of the hotline: number, category, day, district, place, sort."""
    given = (
        rows
        if rows is not None
        else (
            "R1,违法停车,2025-03-01,金水区,花园路,投诉",
            "R2,违法停车,2025-03-09,金水区,花园 路,举报",
            "R3,违法停车,2025-11-30,金水区,农业路,投诉",
            "R4,违法停车,2023-01-02,金水区,花园路,投诉",
            "R5,道路遗撒,2025-07-01,二七区,嵩山路,投诉",
            "R5,道路遗撒,2025-07-01,二七区,嵩山路,投诉",
            "R6,违法停车,2025-04-01,,,咨询",
            "R7,道路积水严重,2025-04-01,,,投诉",
            "R8,违法停车,,,,投诉",
        )
    )
    return written(folder, name, ["工单号,诉求类别,受理日期,所属区县,诉求地点,类型", *given])


def written(folder: Path, name: str, lines: Sequence[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(traffic: Plugin, folder: Path, *sources: Path, **more: object) -> Report:
    request = Request(folder / "risk.db", TODAY, tuple(map(str, sources)), **more)  # type: ignore[arg-type]
    return run(traffic, request, Silent())


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "risk.db")) as connection:
        return connection.execute(sql).fetchall()


def test_every_row_of_a_signal_source_is_accounted_for(traffic: Plugin, folder: Path) -> None:
    result = read(traffic, folder, hotline(folder)).result
    (source,) = result.sources
    assert (source.rows, source.cases, source.signals) == (9, 0, 5)
    assert (source.rejected, source.excluded, source.duplicates) == (2, 1, 1)
    assert source.adds_up and source.kind == "signals"
    assert rows(folder, "SELECT line, reason, detail FROM rejects ORDER BY line") == [
        (9, "unclassified", "道路积水严重"),
        (10, "received_on missing", None),
    ]
    assert rows(folder, "SELECT line, reason FROM exclusions") == [(8, "咨询")]
    assert rows(folder, "SELECT line, reason, detail FROM duplicates") == [
        (7, "repeated", "hotline.csv:6")
    ]
    assert rows(folder, "SELECT rows_read, cases, signals FROM runs") == [(9, 0, 5)]
    assert rows(folder, "SELECT kind, rows, cases, signals FROM sources") == [("signals", 9, 0, 5)]


def test_signals_alone_are_kept_and_said_to_be(traffic: Plugin, folder: Path) -> None:
    report = read(traffic, folder, hotline(folder))
    assert report.result.points == ()
    (said,) = report.remarks
    assert "no risk point yet; 5 signals are kept" in said
    assert rows(folder, "SELECT 违法行为, 社会关注度, 诉求总数, 风险等级 FROM 社会关注度") == [
        ("机动车违法停车", 3, 4, None),
        ("货物散落、飘散或者遗撒", 1, 1, None),
    ] or rows(folder, "SELECT 违法行为, 社会关注度, 诉求总数, 风险等级 FROM 社会关注度")
