"""Write the made-up export of the made-up city 江州市 that the plugin ships as its sample.

Run: python plugins/environment/tools/make_sample.py [FILE]. The same seed gives the same bytes.
What is planted in it is told in the plugin's README.md and held by tests/test_sample.py.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from sample_cases import CODE, HEADINGS, START, TYPES, Row, Writer
from sample_city import COUNTS, NIGHT_HOURS, ONLY_BY_CODE, UNKNOWN_WORDINGS

from risk.testing import export

SAMPLE = Path(__file__).parents[1] / "src/risk_environment/samples/environment_penalty_export.csv"
MONTHS = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)][:34]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FIGURES = {20000: "贰万元整", 50000: "伍万元整", 100000: "壹拾万元整", 200000: "贰拾万元整"}


def everyday(writer: Writer) -> None:
    """The cases of the whole city."""
    for kind, count in COUNTS.items():
        for index in range(count):
            first = CODE + dt.timedelta(days=20) if kind in ONLY_BY_CODE else START
            day = writer.day(first)
            if kind == "environment.heavy_pollution_refusal":
                winter = ((2024, 1), (2024, 2), (2024, 12), (2025, 1), (2025, 2))
                year, month = (*winter, *winter[1:], (2026, 1), (2026, 2))[min(index, 8)]
                day = dt.date(year, month, writer.chance.randint(3, 26))
            writer.add(kind, day)


def stories(writer: Writer) -> None:
    """What stands out: garages, night sites, spraying, plating, quarry dust and farms."""
    chance = writer.chance

    def each_month(kind: str, times: int, **given: Any) -> None:
        for year, month in MONTHS:
            for _ in range(times + (chance.random() < 0.4)):
                writer.add(kind, dt.date(year, month, chance.randint(2, 27)), **given)

    each_month("environment.hazwaste_management", 3, trade="汽修", place="长堤汽配城")
    each_month("environment.night_construction_noise", 3, place="科技大道", hours=NIGHT_HOURS)
    each_month("environment.night_construction_noise", 1, place="学府路", hours=NIGHT_HOURS)
    each_month("environment.voc", 2, trade="家具制造", place="青岚家具产业园")
    each_month("environment.exceed_standard", 1, trade="金属表面处理", place="港区电镀产业园")
    each_month("environment.stockpile_dust", 2, trade="砂石加工", place="采石路")
    each_month("environment.construction_dust", 2, place="新城路")
    for index in range(16):
        sealed = {"行政强制措施": "查封、扣押", "危害后果": "有"} if index % 2 else {}
        day = writer.day(dt.date(2026, 1, 1))
        writer.add("environment.evade", day, trade="金属表面处理", place="港区电镀产业园", **sealed)
    grave(writer)


def grave(writer: Writer) -> None:
    """The few outcomes that make a case a major one beyond its fine."""
    by_kind: dict[str, list[Row]] = {}
    for row in sorted(writer.rows, key=lambda row: row["decided"], reverse=True):
        by_kind.setdefault(row["kind"].partition(".")[2], []).append(row)
    for row in by_kind["hazwaste_transfer"][:3]:
        row |= {"强制执行": "代履行", "危害后果": "有", "行政强制措施": "查封"}
    for row in by_kind["hazwaste_transfer"][3:5]:
        row |= {"没收违法所得": 36000, "处罚种类": "罚款、没收违法所得"}
    for row in by_kind["no_permit"][:4]:
        row["处罚种类"] = "罚款、责令停产整治"
    by_kind["evade"][0] |= {"处罚种类": "罚款、吊销排污许可证", "适用程序": "听证"}
    for row in by_kind["evade"][1:3]:
        row["处罚种类"] = "罚款、移送行政拘留"
    for row in by_kind["voc"][:2]:
        row["行政强制措施"] = "查封"
    for row in by_kind["no_self_monitoring"][:5]:
        row["强制执行"] = "加处罚款"


def shown_time(writer: Writer, moment: dt.datetime | str) -> str:
    """The moment in one of the ways of writing met in such files, mostly the first."""
    if isinstance(moment, str):
        return moment
    way = writer.pick({"iso": 96, "slash": 2, "han": 2})
    if way == "slash":
        return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}"
    if way == "han":
        return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分"
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def shown_day(writer: Writer, day: dt.date) -> str:
    """The day, now and then as a spreadsheet or a clerk writes it."""
    way = writer.pick({"iso": 94, "slash": 3, "han": 3})
    if way == "slash":
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.year}年{day.month}月{day.day}日" if way == "han" else day.isoformat()


def shown_place(writer: Writer, place: str) -> str:
    """The park or road, roads now and then with a number or a distance."""
    if not place.endswith(("路", "街", "大道", "公路")):
        return place
    number = writer.chance.randint(1, 299)
    return {
        "": place,
        "number": f"{place}{number}号",
        "wide": f"{place}{str(number).translate(WIDE)}号",
        "near": f"{place}{number}米处",
    }[writer.pick({"": 88, "number": 7, "wide": 2, "near": 3})]


def shown_money(writer: Writer, amount: int | str) -> str:
    """The fine in 元 or 万元, in figures or words."""
    if amount == "":
        return ""
    whole = int(amount)
    way = writer.pick({"": 70, "wan": 18, "unit": 6, "comma": 4, "words": 2})
    if way == "wan" and whole >= 10000:
        return f"{whole / 10000:g}万元"
    if way == "words" and whole in FIGURES:
        return FIGURES[whole]
    return {"unit": f"{whole}元", "comma": f"{whole:,}"}.get(way, str(whole))


def told(row: Row) -> str:
    """The facts of the case in a sentence."""
    return f"经查，{row['当事人名称']}在{row['place']}的场所存在{row['案由']}的行为。"


def finished(writer: Writer) -> list[Row]:
    """All rows as they stand in the file: dirt, rejected and excluded rows, duplicates."""
    chance = writer.chance
    rows = sorted(writer.rows, key=lambda row: row["decided"])
    counters: dict[int, int] = {}
    for row in rows:
        year = row["decided"].year
        counters[year] = counters.get(year, 0) + 1
        row["处罚决定书文号"] = f"江环罚〔{year}〕{counters[year]}号"
        row["违法事实"] = told(row)
        row["处罚决定日期"] = shown_day(writer, row["decided"])
        row["违法行为发生时间"] = shown_time(writer, row["违法行为发生时间"])
        row["违法地点"] = shown_place(writer, row["违法地点"])
        row["罚款金额"] = shown_money(writer, row["罚款金额"])
        if row["适用程序"] == "普通" and chance.random() < 0.1:
            row["适用程序"] = "一般程序"
        if chance.random() < 0.02:
            row["统一社会信用代码"] = ""
    plain = [row for row in rows if row["kind"].endswith(("ledger_report", "construction_dust"))]
    chosen = iter(chance.sample(plain, 60))

    def made_from(row: Row, **given: Any) -> Row:
        counters[2026] += 1
        return row | {"处罚决定书文号": f"江环罚〔2026〕{counters[2026]}号"} | given

    # The reason for filing says nothing, the facts do: these are cases all the same.
    for row in [next(chosen) for _ in range(12)]:
        row["违法事实"] = row["违法事实"].replace(row["案由"], TYPES[row["kind"]].phrases[0])
        row["案由"] = "环境违法行为"
    for row in [next(chosen) for _ in range(2)]:
        row["罚款金额"] = "见决定书"
    extra = [
        made_from(next(chosen), 案由=words, 违法事实=f"经查，存在{words}的行为。")
        for words in UNKNOWN_WORDINGS
    ]
    extra += [made_from(next(chosen), 处罚决定日期="2026-02-30") for _ in range(3)]
    extra += [made_from(next(chosen), 处罚决定书文号="") for _ in range(4)]
    extra += [made_from(chance.choice(plain), 案件状态="已撤销") for _ in range(6)]
    extra += [made_from(chance.choice(plain), 案件状态="不予处罚", 处罚种类="") for _ in range(11)]
    undecided = dict.fromkeys(("处罚决定日期", "处罚种类", "罚款金额", "适用程序"), "")
    extra += [made_from(chance.choice(plain), **undecided, 案件状态="调查中") for _ in range(14)]
    extra += [made_from(chance.choice(plain), **undecided, 案件状态="已告知") for _ in range(7)]
    corrected = [next(chosen) | {"罚款金额": "15000"} for _ in range(3)]
    for row in extra:
        rows.insert(chance.randrange(len(rows) // 2, len(rows) + 1), row)
    rows += corrected
    for index, row in enumerate(rows, 1):
        row["序号"] = index
    for row in [next(chosen) for _ in range(10)]:
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
