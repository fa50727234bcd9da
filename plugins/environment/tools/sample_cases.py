"""Makes single cases of the made-up city: who, where, when, and what came of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sample_city import DISTRICT_OF, FOUND_IN, HOURS, TRADES

from risk import Knowledge

SEED = 20260815
START, END = dt.date(2024, 1, 2), dt.date(2026, 10, 31)
CODE = dt.date(2026, 8, 15)
HEADINGS = (
    "序号,处罚决定书文号,处罚机关,当事人名称,统一社会信用代码,相对人类别,行业类别,所属区县,违法地点,"
    "案由,违法事实,违法行为发生时间,行政强制措施,处罚种类,罚款金额,没收违法所得,适用程序,"
    "处罚决定日期,强制执行,是否改正,危害后果,是否经帮扶指导,案件状态"
).split(",")
KNOWLEDGE = Knowledge.from_folder(Path(__file__).parents[1] / "src/risk_environment/data")
TYPES = {violation.id: violation for violation in KNOWLEDGE.violation_types()}
WORDINGS: dict[str, list[str]] = {}
for _words, _said in KNOWLEDGE.table("offence_terms")["terms"].items():
    WORDINGS.setdefault(_said["violation"], []).append(_words)
OPEN_SPRAYING = {"汽修": "喷漆作业未密闭", "加油站": "油气回收装置不正常使用"}
Row = dict[str, Any]

# Yuan from, to, step: what was decided by the old law, and by the code where that differs.
FINES: dict[str, tuple[int, int, int]] = {
    "build_before_approval": (12000, 180000, 1000),
    "production_before_acceptance": (200000, 320000, 10000),
    "no_permit": (200000, 360000, 10000),
    "exceed_standard": (100000, 300000, 5000),
    "evade": (100000, 500000, 10000),
    "fake_data": (100000, 300000, 10000),
    "heavy_pollution_refusal": (10000, 50000, 5000),
    "no_self_monitoring": (20000, 60000, 1000),
    "auto_monitor": (20000, 80000, 2000),
    "ledger_report": (5000, 20000, 1000),
    "disclosure": (20000, 50000, 5000),
    "construction_dust": (10000, 60000, 2000),
    "stockpile_dust": (10000, 50000, 2000),
    "voc": (20000, 90000, 2000),
    "hazwaste_management": (100000, 180000, 5000),
    "hazwaste_transfer": (200000, 600000, 20000),
    "solid_ledger": (50000, 90000, 5000),
    "night_construction_noise": (10000, 50000, 5000),
}
FINES_BY_CODE = FINES | {
    "build_before_approval": (100000, 200000, 10000),
    "ledger_report": (20000, 50000, 2000),
    "hazwaste_management": (50000, 110000, 5000),
}
SHARE_SEALED = {"evade": 0.5, "hazwaste_transfer": 0.45, "no_permit": 0.1, "exceed_standard": 0.05}


class Writer:
    """Makes the rows of the sample, one after the other, from one seeded source of chance."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.rows: list[Row] = []

    def pick(self, shares: Mapping[Any, float]) -> Any:
        """One key, by its share."""
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def day(self, first: dt.date = START, last: dt.date = END) -> dt.date:
        """Any day between the two, seldom a Saturday or Sunday: these are decisions."""
        while True:
            day = first + dt.timedelta(days=self.chance.randrange((last - first).days + 1))
            if day.weekday() < 5 or self.chance.random() < 0.02:
                return day

    def add(self, kind: str, decided: dt.date, **given: Any) -> None:
        """One case with its outcome; `given` overrides single cells, `trade` and `place` too."""
        trade = given.pop("trade", None) or self.pick(FOUND_IN[kind])
        place = given.pop("place", None) or self.chance.choice(TRADES[trade][1])
        hours = given.pop("hours", None) or HOURS.get(kind)
        row: Row = {heading: "" for heading in HEADINGS}
        row |= {"kind": kind, "trade": trade, "place": place, "decided": decided}
        row["acted"] = decided - dt.timedelta(days=self.chance.randint(12, 75))
        row |= {
            "处罚机关": "江州市生态环境局(虚构样例)",
            "行业类别": TRADES[trade][0],
            "所属区县": DISTRICT_OF[place],
            "违法地点": place,
            "案由": self.wording(kind, trade),
            "违法行为发生时间": self.moment(row["acted"], hours) if hours else self.stated(row),
            "案件状态": "已结案",
        }
        row |= self.party(trade, kind)
        row |= self.outcome(kind, row) | given
        self.rows.append(row)

    def wording(self, kind: str, trade: str) -> str:
        """How the file words it; what only one trade can do is said of that trade alone."""
        if kind == "environment.voc":
            special = OPEN_SPRAYING.get(trade, "有机废气未收集处理")
            return self.pick({special: 70, TYPES[kind].name: 30})
        words = WORDINGS[kind]
        return self.chance.choices(words, [3, *([2] * (len(words) - 1))])[0]

    def moment(self, day: dt.date, hours: Sequence[int]) -> dt.datetime:
        """A moment of that day at an hour of these shares."""
        hour = self.pick(dict(enumerate(hours)))
        return dt.datetime.combine(day, dt.time(hour, self.chance.randrange(60)))

    def stated(self, row: Row) -> str:
        """The day of the act, which one file in seven does not state."""
        return str(row["acted"]) if len(self.rows) % 7 else ""

    def party(self, trade: str, kind: str) -> Row:
        """A firm or a stallholder that cannot exist: its code holds letters that no code may."""
        index = self.chance.randrange(260)
        own = kind == "environment.registration_form" and index % 2 == 0
        name = f"样例{trade}{'店' if own else '有限公司'}{index:03d}"
        return {
            "当事人名称": name,
            "统一社会信用代码": f"99IO{trade_number(trade)}{index:012d}",
            "相对人类别": "个体工商户" if own else "法人及非法人组织",
        }

    def outcome(self, kind: str, row: Row) -> Row:
        """What came of it: by summary procedure, by warning, or by a fine of the type's range."""
        name = kind.partition(".")[2]
        result: Row = {
            "行政强制措施": "无",
            "强制执行": "无",
            "适用程序": "普通",
            "处罚种类": "罚款",
        }
        result |= {
            "是否改正": "是",
            "危害后果": "无",
            "是否经帮扶指导": self.pick({"是": 40, "否": 60}),
        }
        if name == "registration_form":
            own = row["相对人类别"] == "个体工商户"
            amount = self.pick({200: 1} if own else {1000: 50, 2000: 40, 3000: 10})
            return result | {"适用程序": "简易", "罚款金额": amount}
        if name == "emergency_plan":
            return result | {"处罚种类": "警告", "是否经帮扶指导": "是"}
        # What is lighter in the code is applied to acts before it too (行政处罚法 art 37).
        if name == "solid_ledger" and row["decided"] >= CODE:
            return result | {"处罚种类": "警告", "是否经帮扶指导": "是"}
        lighter = name == "hazwaste_management" and row["decided"] >= CODE
        low, high, step = (FINES_BY_CODE if lighter or row["acted"] >= CODE else FINES)[name]
        amount = self.chance.randrange(low, high + 1, step)
        result["罚款金额"] = amount
        if amount >= 200000 and self.chance.random() < 0.08:
            result["适用程序"] = "听证"
        if self.chance.random() < SHARE_SEALED.get(name, 0):
            result["行政强制措施"] = self.pick({"查封": 60, "扣押": 15, "查封、扣押": 25})
        if name in ("evade", "exceed_standard") and self.chance.random() < 0.12:
            result["处罚种类"] = "罚款、责令停产整治"
        if name in ("evade", "exceed_standard", "hazwaste_transfer"):
            result["危害后果"] = self.pick({"无": 70, "有": 20, "": 10})
        return result


def trade_number(trade: str) -> str:
    """Two figures that stand for the trade in a made-up code."""
    return f"{list(TRADES).index(trade):02d}"
