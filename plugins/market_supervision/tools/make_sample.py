"""Write the made-up export of the made-up city 江州市 that the plugin ships as its sample.

Run: python plugins/market_supervision/tools/make_sample.py [FILE]. The same seed gives the same
bytes. What is planted in it, and how often, is told in the plugin's README.md and held by
tests/test_sample.py.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sample_cases import END, HEADINGS, Row, Writer
from sample_city import COUNTS, UNKNOWN_WORDINGS

from risk.testing import export

PLUGIN = Path(__file__).parents[1]
SAMPLE = PLUGIN / "src/risk_market_supervision/samples/market_supervision_export.csv"
MONTHS = [(2025, month) for month in (10, 11, 12)] + [(2026, month) for month in range(1, 11)]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FINANCIAL = {500: "伍佰元整", 1000: "壹仟元整", 2000: "贰仟元整", 5000: "伍仟元整"}


def everyday(writer: Writer) -> None:
    """The cases of the whole city, streets by their trade, a little differently for each type."""
    for kind, count in COUNTS.items():
        roads = {
            road: share * writer.chance.lognormvariate(0, 0.15)
            for road, share in writer.weights.items()
        }
        for _ in range(count):
            writer.add(kind, writer.day(), writer.pick(roads))


def stories(writer: Writer) -> None:
    """What stands out: markets, the night market, the school, shops online, old lifts, copies."""
    chance = writer.chance

    def each_month(cases: int) -> Iterator[dt.date]:
        for year, month in MONTHS:
            for _ in range(cases):
                yield dt.date(year, month, chance.randint(1, 26))

    for day in each_month(5):
        writer.add("food_records", day, "盐仓街", 行业类别="食品销售")
        writer.add("price_tag", day, "盐仓街", 行业类别="食品销售")
    for day in each_month(4):
        writer.add("scales", day, "盐仓街", 行业类别="食品销售", 案由="电子秤未经检定")
        writer.add("trademark", day, "花市街", 行业类别="服装鞋帽")
        writer.add("food_utensils", day, "食府街", 行业类别="餐饮服务")
    for day in each_month(7):
        when = dt.datetime.combine(day, dt.time(chance.randint(19, 22), chance.randint(0, 59)))
        writer.add("food_health_cert", day, "食府街", 行业类别="餐饮服务", 违法行为发生时间=when)
    for year, month, cases in ((2026, 2, 14), (2026, 3, 12), (2026, 9, 22)):
        for _ in range(cases):
            day = dt.date(
                year, month, chance.randint(20, 28) if month == 2 else chance.randint(1, 20)
            )
            writer.add(
                "food_expired", day, "书院街", 行业类别="食品销售", 案由="销售超过保质期的食品"
            )
    for _ in range(30):
        found = writer.day()
        writer.add("absolute_terms", found, "科技大道", 行业类别="电子商务")
        writer.add("false_publicity", found, "科技大道", 行业类别="电子商务", 案由="刷单")
        writer.add(
            "licence_not_shown", found, "科技大道", 行业类别="电子商务", 案由="网店未公示营业执照"
        )
    for _ in range(16):
        writer.add(
            "special_equipment",
            writer.day(),
            "槐荫街",
            行业类别="物业管理",
            案由="使用未经定期检验的电梯",
        )
    for day in (
        dt.date(2025, 12, 28),
        dt.date(2026, 2, 12),
        dt.date(2026, 4, 28),
        dt.date(2026, 9, 28),
    ):
        for _ in range(9):
            near = day + dt.timedelta(days=chance.randint(0, 3))
            writer.add("price_tag", near, "鼓楼街", 行业类别="商业零售", 案由="不标明价格")
    grave(writer)


def grave(writer: Writer) -> None:
    """The few outcomes that make a case a major one, and the hearings before them."""
    by_kind: dict[str, list[Row]] = {}
    for row in writer.rows:
        by_kind.setdefault(row["kind"], []).append(row)

    def company(kind: str, number: int) -> Row:
        row = [one for one in by_kind[kind] if one["当事人类型"] == "企业"][number]
        return row

    company("false_ad", 0).update({"罚款金额(元)": 200000, "适用程序": "听证"})
    company("false_ad", 1).update({"罚款金额(元)": 100000, "适用程序": "听证"})
    company("false_publicity", 0).update({"罚款金额(元)": 150000, "适用程序": "听证"})
    company("food_no_permit", 0).update({"罚款金额(元)": 120000, "适用程序": "听证"})
    for number in range(2):
        row = company("false_registration", number)
        row.update({"处罚种类": "罚款、吊销营业执照", "适用程序": "听证"})
    company("drug_purchase", 0).update({"处罚种类": "罚款、吊销许可证", "适用程序": "听证"})
    company("trademark", 0).update({"行政强制执行": "申请人民法院强制执行"})


def shown_day(writer: Writer, day: dt.date) -> str:
    """The day in one of the four ways of writing met in such files, mostly the first."""
    way = writer.pick({"iso": 960, "slash": 20, "han": 12, "packed": 8})
    return {
        "iso": day.isoformat(),
        "slash": f"{day.year}/{day.month}/{day.day}",
        "han": f"{day.year}年{day.month}月{day.day}日",
        "packed": day.strftime("%Y%m%d"),
    }[way]


def shown_place(writer: Writer, road: str) -> str:
    """The street, now and then with a house number, a shop or blanks."""
    way = writer.pick({"": 700, "number": 240, "shop": 30, "blank": 15, "wide": 10, "none": 5})
    number = writer.chance.randint(1, 299)
    return {
        "": road,
        "number": f"{road}{number}号",
        "shop": f"{road}{number}号附{number % 9 + 1}号商铺",
        "blank": f"{road[:2]} {road[2:]} ",
        "wide": f"{road}{number}号".translate(WIDE),
        "none": "",
    }[way]


def shown_money(writer: Writer, amount: Any) -> str:
    """The amount as 2000, 2000元, 2,000.00 or in words."""
    way = writer.pick({"plain": 930, "unit": 35, "comma": 25, "words": 10})
    if way == "words" and amount in FINANCIAL:
        return FINANCIAL[amount]
    return {"unit": f"{amount}元", "comma": f"{amount:,.2f}"}.get(way, str(amount))


def finished(writer: Writer) -> list[Row]:
    """All rows in the order of the export, numbered, written out, with the dirt of a real one."""
    chance = writer.chance
    rows = sorted(writer.rows, key=lambda row: row["处罚决定日期"])
    for number, row in enumerate(rows, 1):
        row["处罚决定书文号"] = f"江市监处罚〔{row['处罚决定日期'].year}〕{number:05d}号"
        decided = row["处罚决定日期"]
        row["处罚决定日期"] = shown_day(writer, decided)
        row["立案日期"] = shown_day(writer, row["立案日期"])
        if not row["违法行为发生时间"] and chance.random() < 0.1:
            started = dt.time(chance.randint(9, 17), chance.randint(0, 59))
            row["违法行为发生时间"] = dt.datetime.combine(decided, started)
        if row["违法行为发生时间"]:
            row["违法行为发生时间"] = row["违法行为发生时间"].strftime("%Y-%m-%d %H:%M")
        row["经营场所"] = shown_place(writer, row["road"])
        row["罚款金额(元)"] = shown_money(writer, row["罚款金额(元)"])
        if row["适用程序"] == "普通" and chance.random() < 0.1:
            row["适用程序"] = "一般程序"
        if chance.random() < 0.02:
            row["统一社会信用代码"] = "/"
    plain = [row for row in rows if row["kind"] in ("food_expired", "no_registration")]
    chosen = iter(chance.sample([row for row in plain if row["road"] != "书院街"], 60))
    for row in [next(chosen) for _ in range(3)]:
        row["罚款金额(元)"] = "见决定书"
    for row in [next(chosen) for _ in range(5)]:
        row["案由"] = "其他"
    added = len(rows)

    def made_from(row: Row, **given: Any) -> Row:
        nonlocal added
        added += 1
        return row | {"处罚决定书文号": f"江市监处罚〔{END.year}〕{added:05d}号"} | given

    def renamed(words: str) -> Row:
        row = next(chosen)
        return made_from(row, 案由=words, 案件名称=f"{row['当事人']}{words}案")

    extra = [renamed(words) for words in UNKNOWN_WORDINGS]
    extra += [made_from(next(chosen), 处罚决定日期="2026-02-30") for _ in range(3)]
    extra += [next(chosen) | {"处罚决定书文号": ""} for _ in range(4)]
    extra += [made_from(next(chosen), 案件状态="销案") for _ in range(8)]
    extra += [made_from(next(chosen), 案件状态="已撤销") for _ in range(3)]
    extra += [made_from(next(chosen), 案件状态="移送") for _ in range(4)]
    undecided = dict.fromkeys(("处罚决定日期", "处罚种类", "罚款金额(元)", "适用程序"), "")
    extra += [made_from(chance.choice(plain), **undecided, 案件状态="调查中") for _ in range(19)]
    extra += [next(chosen) | {"罚款金额(元)": "1888"} for _ in range(2)]
    for row in extra:
        rows.insert(chance.randrange(len(rows) // 2, len(rows) + 1), row)
    for index, row in enumerate(rows, 1):
        row["序号"] = index
    for row in [next(chosen) for _ in range(8)]:
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
