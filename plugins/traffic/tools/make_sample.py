"""Write the made-up export of the made-up city 江州市 that the plugin ships as its sample.

Run: python plugins/traffic/tools/make_sample.py [FILE]. The same seed gives the same bytes. What is
planted in it, and how often, is told in the plugin's README.md and held by tests/test_sample.py.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from sample_cases import HEADINGS, Row, Writer
from sample_city import (
    COACH_ROADS,
    COUNTS,
    DAY_HOURS,
    DEFAULT_HOURS,
    DINNER_HOURS,
    DISTRICT_OF,
    FREIGHT_ROADS,
    HOSPITAL_HOURS,
    HOURS,
    MARKET_HOURS,
    NIGHT_HOURS,
    ROADS,
    SCHOOL_HOURS,
    SPILL_ROADS,
    STATION_ROADS,
    UNKNOWN_WORDINGS,
)

from risk.testing import export

SAMPLE = Path(__file__).parents[1] / "src/risk_traffic/samples/traffic_police_export.csv"
MONTHS = [(2025, month) for month in (10, 11, 12)] + [(2026, month) for month in range(1, 11)]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FIXED_ROADS = {
    "oversize": FREIGHT_ROADS,
    "overload_goods": FREIGHT_ROADS,
    "cargo_spill": SPILL_ROADS,
    "overload_people": COACH_ROADS,
}


def everyday(writer: Writer) -> None:
    """The cases of the whole city, roads by their traffic, a little differently for each type."""
    for kind, count in COUNTS.items():
        shares = writer.ordinary if kind == "illegal_parking" else writer.weights
        roads = {
            road: share * writer.chance.lognormvariate(0, 0.15) for road, share in shares.items()
        }
        for index in range(count):
            road = writer.chance.choice(FIXED_ROADS.get(kind, ("",))) or writer.pick(roads)
            given: Row = {}
            if kind == "unlicensed_bus":
                road = STATION_ROADS[index]
                given = {"适用程序": "听证"} if index < 3 else {}
            if kind == "roadwork":
                road = ("建设路", "创新路")[index]
            writer.add(kind, writer.moment(HOURS.get(kind, DEFAULT_HOURS)), road, **given)


def stories(writer: Writer) -> None:
    """What stands out: the notice's own example by night, four more places, and grave outcomes."""
    chance = writer.chance
    nights = (11, 11, 10, 12, 10, 11, 11, 10, 12, 11, 10, 11, 11)
    for (year, month), cases in zip(MONTHS, nights, strict=True):
        for _ in range(cases):
            day = dt.date(year, month, chance.randint(1, 26))
            when = writer.moment(NIGHT_HOURS, day)
            writer.add("illegal_parking", when, "桂花路东段", lag=chance.random())
        for _ in range(3 if month % 4 else 2):
            day = dt.date(year, month, chance.randint(1, 26))
            writer.add("drink_driving", writer.moment(DINNER_HOURS, day), "食府街")
    for _ in range(17):
        writer.add("illegal_parking", writer.moment(DAY_HOURS), "桂花路东段")
    for index in range(140):
        towed = {"强制措施类型": "拖移机动车"} if index < 6 else {}
        writer.add("illegal_parking", writer.moment(HOSPITAL_HOURS), "康宁路", **towed)
    for _ in range(110):
        writer.add("illegal_parking", writer.moment(MARKET_HOURS), "货栈街")
    for _ in range(95):
        when = writer.moment(SCHOOL_HOURS)
        while when.weekday() > 4 or when.month in (2, 7, 8):
            when = writer.moment(SCHOOL_HOURS)
        writer.add("illegal_parking", when, "书院街")
    grave(writer)


def grave(writer: Writer) -> None:
    """The few outcomes that make a case a major one."""
    by_kind: dict[str, list[Row]] = {}
    for row in writer.rows:
        by_kind.setdefault(row["kind"], []).append(row)
    person = {"当事人类型": "个人", **writer.person()}
    by_kind["oversize"][0] |= person | {"罚款金额": 12000, "适用程序": "听证"}
    by_kind["oversize"][1] |= writer.firm("石料") | {
        "违法行为": "货运源头单位放行超限超载车辆",
        "罚款金额": 30000,
        "违法地点": "采石路",
        "road": "采石路",
        "所属辖区": DISTRICT_OF["采石路"],
    }
    by_kind["oversize"][2] |= writer.firm("物流") | {"罚款金额": 15000}
    by_kind["speeding_50"][0] |= {
        "处罚种类": "罚款、吊销机动车驾驶证",
        "罚款金额": 2000,
        "适用程序": "听证",
        "强制措施类型": "扣留机动车驾驶证",
    }
    for row in by_kind["fake_plate"][:3]:
        row |= {"违法行为": "使用伪造、变造的机动车号牌", "处罚种类": "罚款、行政拘留"}


def shown_time(writer: Writer, moment: dt.datetime) -> str:
    """The moment in one of the four ways of writing met in such files, mostly the first."""
    way = writer.pick({"iso": 970, "slash": 12, "han": 10, "packed": 8})
    if way == "slash":
        return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}"
    if way == "han":
        return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分"
    return moment.strftime("%Y-%m-%d %H:%M:%S" if way == "iso" else "%Y%m%d%H%M%S")


def shown_place(writer: Writer, road: str) -> str:
    """The road, now and then with a tail or with blanks in it."""
    other = writer.chance.choice([name for name in ROADS if name != road])
    ways = {"": 885, "number": 40, "crossing": 30, "from": 10, "blank": 15, "wide": 15, "none": 5}
    way = "" if road == "桂花路东段" and writer.chance.random() < 0.9 else writer.pick(ways)
    if way == "none" and road == "桂花路东段":
        way = "number"
    number, metres = writer.chance.randint(1, 299), writer.chance.randrange(10, 95, 5)
    return {
        "": road,
        "number": f"{road}{number}号",
        "crossing": f"{road}与{other}交叉口{writer.chance.choice('东南西北')}{metres}米",
        "from": f"{road}出{other}约{metres}米",
        "blank": f"{road[:2]} {road[2:]} ",
        "wide": f"{road[:3]}\u3000{road[3:]}{str(number).translate(WIDE)}号",
        "none": "",
    }[way]


def shown_money(writer: Writer, amount: int | str) -> str:
    """The fine, now and then with a unit, with decimals, in words or with a comma."""
    if amount == "":
        return ""
    way = writer.pick({"": 960, "unit": 15, "decimals": 15, "words": 10})
    if way == "words" and amount in (50, 100, 200):
        return {50: "伍拾元", 100: "壹佰元", 200: "贰佰元"}[int(amount)]
    if int(amount) >= 1000 and writer.chance.random() < 0.3:
        return f"{int(amount):,}"
    return {"unit": f"{amount}元", "decimals": f"{amount}.00"}.get(way, str(amount))


def finished(writer: Writer) -> list[Row]:
    """All rows as they stand in the file: dirt, rejected and excluded rows, duplicates."""
    chance = writer.chance
    rows = sorted(writer.rows, key=lambda row: row["处罚时间"])
    counters: dict[str, int] = {}
    for row in rows:
        prefix = ("JT" if "交通" in row["决定机关"] else "JZ") + row["处罚时间"].strftime("%y")
        counters[prefix] = counters.get(prefix, 0) + 1
        row["决定书编号"] = f"{prefix}{counters[prefix]:06d}"
        for heading in ("违法时间", "处罚时间"):
            row[heading] = shown_time(writer, row[heading])
        row["违法地点"] = shown_place(writer, row["违法地点"])
        row["罚款金额"] = shown_money(writer, row["罚款金额"])
        if row["适用程序"] == "普通" and chance.random() < 0.2:
            row["适用程序"] = "一般程序"
        if chance.random() < 0.03:
            row["证件号码"] = ""
    plain = [row for row in rows if row["kind"] in ("illegal_parking", "red_light")]
    plain = [row for row in plain if row["road"] != "桂花路东段" and row["强制措施类型"] == "无"]
    chosen = iter(chance.sample(plain, 80))
    for row in [next(chosen) for _ in range(2)]:
        row["违法时间"] = "不详"
    parked = (row for row in chosen if row["kind"] == "illegal_parking")
    for row in [next(parked) for _ in range(2)]:
        row["罚款金额"] = "见决定书"

    def made_from(row: Row, **given: Any) -> Row:
        counters["JZ26"] += 1
        return row | {"决定书编号": f"JZ26{counters['JZ26']:06d}"} | given

    extra = [made_from(next(chosen), 违法行为=words) for words in UNKNOWN_WORDINGS]
    extra += [made_from(next(chosen), 处罚时间="2026-02-30 09:00:00") for _ in range(3)]
    extra += [made_from(next(chosen), 决定书编号="") for _ in range(4)]
    extra += [made_from(chance.choice(plain), 处理状态="已撤销") for _ in range(14)]
    extra += [made_from(chance.choice(plain), 处理状态="作废") for _ in range(9)]
    undecided = dict.fromkeys(("处罚时间", "处罚种类", "罚款金额", "适用程序"), "")
    undecided["处理状态"] = "未裁决"
    extra += [made_from(chance.choice(plain), **undecided) for _ in range(27)]
    extra += [next(chosen) | {"罚款金额": "180"} for _ in range(2)]
    for row in extra:
        rows.insert(chance.randrange(len(rows) // 2, len(rows) + 1), row)
    for index, row in enumerate(rows, 1):
        row["序号"] = index
    for row in [next(chosen) for _ in range(12)]:
        rows.insert(rows.index(row) + 1, dict(row))
    return rows


def sample() -> bytes:
    """The whole file, as such systems export it."""
    writer = Writer()
    everyday(writer)
    stories(writer)
    return export(HEADINGS, finished(writer))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    target.write_bytes(sample())
