"""Write the made-up export of the made-up city 江州市 that the plugin ships as its sample.

Run: python plugins/urban_management/tools/make_sample.py [FILE]. The same seed gives the same bytes.
What is planted in it, and how often, is told in the plugin's README.md and held by
tests/test_sample.py.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import sample_city as city
from sample_cases import HEADINGS, Row, Writer
from sample_kinds import KINDS

from risk.testing import export

SAMPLE = Path(__file__).parents[1] / "src/risk_urban_management/samples/urban_management_export.csv"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def everyday(writer: Writer) -> None:
    """The cases of the whole city, places by their bustle, a little differently for each type."""
    for kind, known in KINDS.items():
        places = known.places or city.PLACES
        shares = {p: writer.weights[p] * writer.chance.lognormvariate(0, 0.2) for p in places}
        for _ in range(known.count):
            writer.add(kind, writer.moment(known.hours), writer.pick(shares))


def stories(writer: Writer) -> None:
    """What stands out: the places and hours that the README tells of."""
    chance = writer.chance
    for _ in range(115):
        when = writer.moment(city.SCHOOL_HOURS)
        while when.weekday() > 4 or when.month in (2, 7, 8):
            when = writer.moment(city.SCHOOL_HOURS)
        writer.add("street_vending", when, "书院街", 行业类别="小吃早点")
    for _ in range(105):
        place = "东关农贸市场"
        when = writer.moment(city.MARKET_HOURS)
        writer.add("street_vending", when, place, 案由="占道卖菜", 行业类别="果蔬")
    for _ in range(84):
        writer.add("street_vending", writer.moment(city.LATE_HOURS), "月湖街", 行业类别="小吃早点")
    for _ in range(88):
        when = writer.moment(city.EVENING)
        writer.add("outside_shop", when, "食府街", 行业类别="餐饮", 案由="店外摆放桌椅")
    for _ in range(52):
        writer.add("outside_shop", writer.moment(city.STREET), "花市街", 行业类别="水果生鲜")
    for _ in range(36):
        writer.add("cooking_fume", writer.moment(city.MEALS), "食府街")
    for _ in range(24):
        summer = dt.date(2026, 6, 1) + dt.timedelta(days=chance.randrange(92))
        writer.add("open_barbecue", writer.moment(city.LATE_HOURS, summer), "月湖街")
    for _ in range(78):
        writer.add("muck_spill", writer.moment(city.NIGHT_HOURS), "采石路", 行业类别="渣土运输")
    for _ in range(34):
        when = writer.moment(city.NIGHT_HOURS)
        writer.add("construction_waste", when, "兴隆路", 行业类别="渣土运输", 案由="偷倒渣土")
    for _ in range(58):
        writer.add("bike_parking", writer.moment(city.COMMUTE), "地铁湖滨站")
    for _ in range(40):
        writer.add("dog", writer.moment(city.STROLLS), "澄湖公园", 案由="遛狗不牵绳")
    for _ in range(32):
        writer.add("stacking", writer.moment(city.WORK), "货栈街", 行业类别="五金建材")
    for _ in range(12):
        place = "槐荫街"
        writer.add("illegal_building", writer.moment(city.WORK), place, 案由="楼顶违法加建")


def grave_and_slight(writer: Writer) -> None:
    """The measures used, the few grave outcomes, and the cases closed without a penalty."""
    by_kind: dict[str, list[Row]] = {}
    for row in writer.rows:
        by_kind.setdefault(row["kind"], []).append(row)
        if row["当事人类型"] == "单位" and row["kind"] == "bike_parking":
            row |= {"行业类别": "共享单车", "案由": "互联网租赁自行车投放不规范"}
            row |= {"当事人": f"样例单车公司{int(row['证件号码'][-3:]) % 3:03d}"}
        if row["kind"] == "open_barbecue" and writer.chance.random() < 0.3:
            row |= {
                "处罚种类": "罚款、没收烧烤工具",
                "没收价值(元)": writer.pick({200: 60, 500: 40}),
            }
        if row["kind"] == "square_dance":
            row |= {"是否改正": "是", "危害后果": "无"}
    for kind, known in KINDS.items():
        for heading, measures in known.used.items():
            for row, used in zip(by_kind[kind], measures, strict=False):
                row |= {heading: used, "适用程序": "普通"}
    for row in by_kind["construction_waste"][5:8]:
        row |= {"罚款金额(元)": 100000, "适用程序": "听证"}
    for row in by_kind["kitchen_waste"][:2]:
        row |= writer.firm("餐饮", "单位") | {"罚款金额(元)": 100000, "适用程序": "听证"}
    by_kind["kitchen_waste"][2] |= {"处罚种类": "罚款、没收违法所得", "没收价值(元)": 1200}
    by_kind["cooking_fume"][0] |= {"处罚种类": "罚款、责令停业整治", "适用程序": "听证"}
    settled = {"处罚种类": "无", "罚款金额(元)": "", "案件状态": "不予处罚结案", "适用程序": "普通"}
    settled |= {"是否改正": "是", "危害后果": "无", "是否先行劝导": "是"}
    for kind, count in (("street_vending", 40), ("outside_shop", 45), ("muck_spill", 12)):
        for row in writer.chance.sample(by_kind[kind][50:], count):
            row |= settled


def shown_time(writer: Writer, moment: dt.datetime) -> str:
    """The moment in one of the three ways of writing met in such files, mostly the first."""
    way = writer.pick({"iso": 975, "slash": 13, "han": 12})
    if way == "slash":
        return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}"
    if way == "han":
        return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分"
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def shown_day(writer: Writer, day: dt.date) -> str:
    """The day, now and then with dots or in Chinese."""
    ways = {"%Y-%m-%d": 97, "%Y.%m.%d": 2, "%Y年%m月%d日": 1}
    return day.strftime(writer.pick(ways))


def shown_place(writer: Writer, place: str) -> str:
    """The place, a road now and then with a tail or with blanks in it."""
    if not place.endswith(("路", "街", "道", "巷", "段")):
        return place
    other = writer.chance.choice([p for p in city.PLACES if p != place and p.endswith("路")])
    ways = {"": 845, "number": 80, "crossing": 40, "blank": 15, "wide": 15, "none": 5}
    number, metres = writer.chance.randint(1, 299), writer.chance.randrange(10, 95, 5)
    return {
        "": place,
        "number": f"{place}{number}号",
        "crossing": f"{place}与{other}交叉口{writer.chance.choice('东南西北')}{metres}米",
        "blank": f"{place[:2]} {place[2:]} ",
        "wide": f"{place[:2]}\u3000{place[2:]}{str(number).translate(WIDE)}号",
        "none": "",
    }[writer.pick(ways)]


def shown_money(writer: Writer, amount: int | str) -> str:
    """The fine, now and then with a unit, with decimals, in words or with a comma."""
    if amount == "":
        return ""
    way = writer.pick({"": 955, "unit": 15, "decimals": 15, "words": 15})
    words = {50: "伍拾元", 100: "壹佰元", 200: "贰佰元整", 5000: "伍仟元整"}
    if way == "words" and amount in words:
        return words[int(amount)]
    if int(amount) >= 1000 and writer.chance.random() < 0.2:
        return f"{int(amount):,}"
    return {"unit": f"{amount}元", "decimals": f"{amount}.00"}.get(way, str(amount))


def finished(writer: Writer) -> list[Row]:
    """All rows as they stand in the file: dirt, rejected and excluded rows, duplicates."""
    chance = writer.chance
    rows = sorted(writer.rows, key=lambda row: (row["处罚决定日期"], row["案发时间"]))
    for index, row in enumerate(rows, 1):
        year = row["处罚决定日期"].year
        row["处罚决定书文号"] = f"江城管罚决字〔{year}〕第{index:05d}号"
        row["案件编号"] = f"CG{year}{index:06d}"
        row["案发时间"] = shown_time(writer, row["案发时间"])
        row["立案日期"] = shown_day(writer, row["立案日期"])
        row["处罚决定日期"] = shown_day(writer, row["处罚决定日期"])
        row["案发地点"] = shown_place(writer, row["案发地点"])
        row["罚款金额(元)"] = shown_money(writer, row["罚款金额(元)"])
        if row["适用程序"] == "普通" and chance.random() < 0.1:
            row["适用程序"] = "一般程序"
        if chance.random() < 0.04:
            row["证件号码"] = ""
    spoil(writer, rows)
    return rows


def spoil(writer: Writer, rows: list[Row]) -> None:
    """Add what is no case: unknown, undated, unnumbered, withdrawn, open and repeated rows."""
    chance = writer.chance
    plain = [row for row in rows if row["kind"] == "bike_parking" and row["适用程序"] == "简易"]
    chosen = iter(chance.sample(plain, 90))
    number = len(rows)

    def made_from(row: Row, **given: Any) -> Row:
        nonlocal number
        number += 1
        numbered = {"处罚决定书文号": f"江城管罚决字〔2026〕第{number:05d}号"}
        return row | numbered | {"案件编号": f"CG2026{number:06d}"} | given

    next(chosen)["案发时间"] = "不详"
    next(chosen)["罚款金额(元)"] = "见决定书"
    extra = [made_from(next(chosen), 案由=words) for words in city.UNKNOWN_WORDINGS]
    extra += [made_from(next(chosen), 处罚决定日期="2026-02-30") for _ in range(3)]
    extra += [made_from(next(chosen), 处罚决定书文号="") for _ in range(4)]
    extra += [made_from(next(chosen), 案件状态="已撤销") for _ in range(11)]
    extra += [made_from(next(chosen), 案件状态="移送") for _ in range(5)]
    undecided = dict.fromkeys(("处罚决定日期", "处罚种类", "罚款金额(元)", "适用程序"), "")
    undecided["案件状态"] = "办理中"
    extra += [made_from(next(chosen), **undecided) for _ in range(21)]
    extra += [next(chosen) | {"罚款金额(元)": "40"} for _ in range(2)]
    for row in extra:
        rows.insert(chance.randrange(len(rows) // 2, len(rows) + 1), row)
    for index, row in enumerate(rows, 1):
        row["序号"] = index
    for row in [next(chosen) for _ in range(12)]:
        rows.insert(rows.index(row) + 1, dict(row))


def sample() -> bytes:
    """The whole file, as such systems export it."""
    writer = Writer()
    everyday(writer)
    stories(writer)
    grave_and_slight(writer)
    return export(HEADINGS, finished(writer))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    target.write_bytes(sample())
