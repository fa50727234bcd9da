"""The made-up export that a new plugin ships: the same rows for the same name, every time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

HEADINGS: Final = (
    "决定书文号",
    "违法行为",
    "处罚日期",
    "辖区",
    "地址",
    "单位名称",
    "统一社会信用代码",
    "处罚种类",
    "罚款金额",
    "是否改正",
    "状态",
)
ROWS: Final = 60
_FIRST_DAY: Final = dt.date(2025, 1, 6)
_WORDS: Final = (
    "未经许可从事示例活动",
    "无证从事示例活动",
    "未按规定建立示例台账",
    "未按规定建立示例台账",
    "示例台账不全",
)
_ROADS: Final = ("示例大道", "样例路", "示范街")
_DISTRICTS: Final = ("东区（虚构）", "西区（虚构）")
_FINES: Final = ("500", "1000", "2,000", "3000元")


def sample(name: str) -> str:
    """The CSV text of 60 rows: 54 cases, 2 rejected, 3 excluded and 1 duplicate."""
    chance = random.Random(f"{name} 1")
    rows = [_row(chance, number) for number in range(1, ROWS)]
    rows[10]["违法行为"] = "目录之外的违法行为"
    rows[20]["处罚日期"] = "2025-02-30"
    for number in (5, 25, 45):
        rows[number]["状态"] = "已撤销"
    rows.insert(31, dict(rows[30]))
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, HEADINGS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _row(chance: random.Random, number: int) -> dict[str, str]:
    day = _FIRST_DAY + dt.timedelta(days=6 * number)
    firm = 1 + int(chance.random() * 40)
    warned = chance.random() < 0.3
    return {
        "决定书文号": f"示罚〔2025〕{number}号",
        "违法行为": _one_of(chance, _WORDS),
        "处罚日期": day.isoformat(),
        "辖区": _one_of(chance, _DISTRICTS),
        "地址": f"{_one_of(chance, _ROADS)}{1 + int(chance.random() * 99)}号",
        "单位名称": f"样例单位{firm}",
        # No real number holds the letter I.
        "统一社会信用代码": f"9I{firm:016d}",
        "处罚种类": "警告" if warned else "罚款",
        "罚款金额": "" if warned else _one_of(chance, _FINES),
        "是否改正": "是" if chance.random() < 0.8 else "否",
        "状态": "办结",
    }


def _one_of(chance: random.Random, choices: Sequence[T]) -> T:
    # random() alone is promised to give the same numbers in every release of Python.
    return choices[int(chance.random() * len(choices))]
