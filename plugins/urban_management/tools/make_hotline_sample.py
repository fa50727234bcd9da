"""Write the made-up hotline orders (12345) of the made-up city 江州市: signals, no cases.

Run: python plugins/urban_management/tools/make_hotline_sample.py [FILE]. The same seed gives the
same bytes. They complain of the places where make_sample.py plants its cases, and of others.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path
from typing import Any

from sample_city import DISTRICT_OF, PLACES

from risk.testing import export

SAMPLE = Path(__file__).parents[1] / "src/risk_urban_management/samples/hotline_orders.csv"
SEED = 20261029
START, END = dt.datetime(2025, 10, 1), dt.datetime(2026, 10, 31)
HEADINGS = (
    "工单编号,受理时间,诉求类型,诉求标题,诉求内容,所属区,诉求地点,来电人,联系电话,承办单位,办理状态"
).split(",")
Row = dict[str, Any]

# Title, how often at the place where it is planted, how often elsewhere.
COMPLAINTS = (
    ("书院街", "放学时校门口流动摊贩聚集", 64, 0),
    ("东关农贸市场", "清晨有人占道卖菜影响出行", 31, 0),
    ("月湖街", "夜宵摊收摊太晚吵闹", 38, 12),
    ("食府街", "楼下饭店油烟扰民", 86, 34),
    ("月湖街", "烧烤摊烟味呛人", 22, 6),
    ("采石路", "渣土车深夜轰鸣", 52, 16),
    ("兴隆路", "有人深夜偷倒垃圾土方", 24, 4),
    ("澄湖公园", "广场舞声音太大", 47, 9),
    ("澄湖公园", "遛狗不牵绳吓到小孩", 21, 26),
    ("槐荫街", "顶楼违建影响防水", 26, 23),
    ("鼓楼街", "店铺高音喇叭揽客", 33, 12),
    ("地铁湖滨站", "单车乱停堵住出口", 27, 8),
    ("货栈街", "门前堆放建材挡路", 14, 5),
    ("花市街", "水果店店外经营挡住人行道", 18, 21),
    ("安居路", "绿化带被停车压坏", 0, 17),
    ("仁和巷", "单元门上小广告太多", 0, 13),
)
# Matters of other departments: they stay unclassified.
OTHERS = ("路灯不亮", "自来水压力小", "公交车等候时间长", "小区电梯故障", "学校周边红绿灯时间短")
MIXED = "饭店油烟扰民还有夜宵摊占地"


class Hotline:
    """Makes the orders, one after the other, from one seeded source of chance."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.rows: list[Row] = []

    def add(self, title: str, place: str, sort: str = "投诉") -> None:
        """One order about a place."""
        chance = self.chance
        seconds = chance.randrange(int((END - START).total_seconds()))
        caller = chance.randrange(900)
        self.rows.append(
            {
                "受理时间": START + dt.timedelta(seconds=seconds),
                "诉求类型": sort,
                "诉求标题": title,
                "诉求内容": f"来电人反映{place}{title}，希望有关部门处理（虚构样例）",
                "所属区": DISTRICT_OF[place],
                "诉求地点": place if chance.random() < 0.9 else f"{place}{chance.randint(1, 99)}号",
                "来电人": f"样例{'甲乙丙丁戊己'[caller % 6]}{caller:04d}",
                "联系电话": f"000-{caller:07d}",
                "承办单位": "江州城管(虚构样例)",
                "办理状态": chance.choice(("办结", "办结", "办理中")),
            }
        )

    def everything(self) -> list[Row]:
        """All orders in the order of their receipt, with numbers, dirt and repetitions."""
        chance = self.chance
        for place, title, there, elsewhere in COMPLAINTS:
            for _ in range(there):
                self.add(title, place)
            for _ in range(elsewhere):
                self.add(title, chance.choice(PLACES), chance.choice(("投诉", "举报")))
        for _ in range(70):
            self.add(chance.choice(OTHERS), chance.choice(PLACES))
        for _ in range(8):
            self.add(MIXED, chance.choice(PLACES))
        for index in range(46):
            title = "咨询流动摊位怎样申请" if index < 40 else "感谢城管处理楼下油烟"
            self.add(title, chance.choice(PLACES), "咨询" if index < 40 else "表扬")
        rows = sorted(self.rows, key=lambda row: row["受理时间"])
        for index, row in enumerate(rows, 1):
            row["工单编号"] = f"RX{row['受理时间']:%Y%m%d}{index:05d}"
            row["受理时间"] = row["受理时间"].strftime("%Y-%m-%d %H:%M:%S")
        complaints = iter(
            chance.sample([r for r in rows if r["诉求标题"] == "楼下饭店油烟扰民"], 14)
        )
        for row in [next(complaints) for _ in range(2)]:
            row["工单编号"] = ""
        next(complaints)["受理时间"] = "昨天下午"
        for row in [next(complaints) for _ in range(9)]:
            rows.insert(rows.index(row) + 1, dict(row))
        return rows


def sample() -> bytes:
    """The whole file, as a hotline exports it."""
    return export(HEADINGS, Hotline().everything())


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    target.write_bytes(sample())
