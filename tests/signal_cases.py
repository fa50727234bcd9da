"""A department with a table of tickets and the work orders of its hotline, both small."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from risk import Adapter
from risk import columns as c
from risk.kernel.plugins import Kernel, Plugin
from risk.model.result import Concern
from risk.progress import Silent
from risk.run import Report, Request, run

TODAY = dt.date(2026, 11, 24)
PARKING, SPILL = "traffic.illegal_parking", "traffic.cargo_spill"
TYPES = {"违法停车": PARKING, "闯红灯": "traffic.red_light", "道路遗撒": SPILL}
TICKETS = Adapter(
    name="tickets",
    title="检验用的案件表",
    columns={
        "case_id": c.text("编号"),
        "violation": c.lookup("违法行为", TYPES),
        "occurred_at": c.timestamp("违法时间"),
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
# What the messages say reaches the adapter and nothing else.
MESSAGES = Adapter(
    name="messages",
    title="检验用的群众来信",
    kind="signals",
    columns={
        "signal_id": c.text("来信编号"),
        "violation": c.phrases(("来信内容",), {PARKING: ("乱停车",), SPILL: ("渣土遗撒",)}),
        "received_on": c.date("来信日期"),
        "place": c.text("来信内容"),
    },
)
ORDERS = (
    "R1,违法停车,2025-03-01,金水区,花园路,投诉",
    "R2,违法停车,2025-03-09,金水区,花园 路,举报",
    "R3,违法停车,2025-11-30,二七区,花园路,投诉",
    "R4,违法停车,2023-01-02,金水区,花园路,投诉",
    "R5,道路遗撒,2025-07-01,二七区,嵩山路,投诉",
    "R5,道路遗撒,2025-07-01,二七区,嵩山路,投诉",
    "R6,违法停车,2025-04-01,,,咨询",
    "R7,道路积水严重,2025-04-01,,,投诉",
    "R8,违法停车,,,,投诉",
)


@cache
def plugin(*adapters: Adapter) -> Plugin:
    """The traffic department with adapters for the small tables of these tests."""
    chosen = adapters or (TICKETS, HOTLINE, MESSAGES)
    return dataclasses.replace(Kernel.load().plugin("traffic"), adapters=chosen)


def tickets(folder: Path, name: str = "tickets.csv", roads: int = 12) -> Path:
    """Twenty parking tickets in each month of 2025, most of them on 花园路 at night."""
    lines = ["编号,违法行为,违法时间,处罚日期,区县,地点"]
    for number in range(240):
        day = f"2025-{number % 12 + 1:02}-15"
        night = number % 4 > 0
        road = "花园路" if night else f"{number % roads}号路"
        clock = "23:10:00" if night else "10:20:00"
        lines.append(f"R{number},违法停车,{day} {clock},{day},金水区,{road}")
    return written(folder, name, lines)


def hotline(folder: Path, *orders: str, name: str = "hotline.csv") -> Path:
    """Work orders of the hotline: number, category, day, district, place and sort."""
    headings = "工单号,诉求类别,受理日期,所属区县,诉求地点,类型"
    return written(folder, name, [headings, *(orders or ORDERS)])


def written(folder: Path, name: str, lines: Sequence[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(folder: Path, *sources: Path, of: Plugin | None = None, **more: Any) -> Report:
    """A run of the sources on risk.db in the folder."""
    database = folder / more.pop("database", "risk.db")
    request = Request(database=database, today=TODAY, sources=tuple(map(str, sources)), **more)
    return run(of or plugin(), request, Silent())


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "risk.db")) as connection:
        return connection.execute(sql).fetchall()


def counted(concerns: Sequence[Concern]) -> dict[str, tuple[int, int]]:
    """All signals and the recent ones, by what they are about."""
    return {each.about: (each.signals, each.recent) for each in concerns}
