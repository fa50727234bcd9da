"""Makes single cases of the made-up city: who, where, when, and what came of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

from sample_city import COMPANIES, DEFAULT_TRADES, DISTRICT_OF, ROADS, TRADES, WORDINGS

SEED = 20261031
START, END = dt.date(2025, 10, 1), dt.date(2026, 10, 31)
HEADINGS = (
    "序号,处罚决定书文号,案件名称,办案机构,当事人,当事人类型,统一社会信用代码,行业类别,经营场所,"
    "所属辖区,案由,违法行为发生时间,立案日期,处罚决定日期,适用程序,处罚种类,罚款金额(元),"
    "没收金额(元),行政强制措施,行政强制执行,是否改正,危害后果,是否经行政指导,案件状态"
).split(",")
SETTLED = {"是否改正": "是", "危害后果": "无", "是否经行政指导": "否"}
SLIGHT = {"处罚种类": "无", "罚款金额(元)": 0} | SETTLED | {"是否经行政指导": "是"}
Row = dict[str, Any]
Outcome = Callable[["Writer", Row], Row]


class Writer:
    """Makes the rows of the sample, one after the other, from one seeded source of chance."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.weights = {road: self.chance.lognormvariate(0, 0.3) for road in ROADS}
        self.rows: list[Row] = []

    def pick(self, shares: Mapping[Any, float]) -> Any:
        """One key, by its share."""
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def day(self) -> dt.date:
        """Any working day of the period, fewer about the spring festival."""
        while True:
            day = START + dt.timedelta(days=self.chance.randrange((END - START).days + 1))
            quiet = day.month == 2 and self.chance.random() < 0.35
            if day.weekday() < 5 and not quiet:
                return day

    def add(self, kind: str, decided: dt.date, road: str, **given: Any) -> None:
        """One case with its outcome; `given` overrides single cells."""
        trade = given.pop("行业类别", None) or self.pick(TRADES.get(kind, DEFAULT_TRADES))
        wording = given.pop("案由", None) or self.pick(WORDINGS[kind])
        row: Row = dict.fromkeys(HEADINGS, "") | {"kind": kind, "road": road, "案由": wording}
        row |= {"行业类别": trade, "经营场所": road, "所属辖区": DISTRICT_OF[road]}
        row |= {"办案机构": f"江州{DISTRICT_OF[road]}市场监管局(虚构样例)", "案件状态": "结案"}
        row |= {"适用程序": "普通", "行政强制措施": "无", "行政强制执行": "无", "没收金额(元)": 0}
        row |= self.party(trade)
        row |= OUTCOMES[kind](self, row) | given
        delay = 0 if row["适用程序"] == "简易" else self.chance.randrange(10, 75)
        row |= {"处罚决定日期": decided, "立案日期": decided - dt.timedelta(days=delay)}
        row["案件名称"] = f"{row['当事人']}{wording}案"
        self.rows.append(row)

    def party(self, trade: str) -> Row:
        """Somebody who cannot exist: the code holds letters that no code may hold."""
        index = self.chance.randrange(2600)
        company = trade in COMPANIES or index % 5 == 0
        kind = "企业" if company else self.pick({"个体工商户": 88, "个人": 12})
        tail = {"企业": "有限公司", "个体工商户": "店", "个人": ""}[kind]
        code = "" if kind == "个人" else f"99IO{index:014d}"
        name = f"样例{'甲乙丙丁戊己庚辛壬癸'[index % 10]}{index:04d}{trade if tail else ''}{tail}"
        return {"当事人": name, "当事人类型": kind, "统一社会信用代码": code}


def warned(share: float, low: int, high: int, on_the_spot: bool = False) -> Outcome:
    """Warned and corrected in most cases; in the rest fined because nothing was mended."""

    def outcome(writer: Writer, row: Row) -> Row:
        if writer.chance.random() < share:
            guided = writer.pick({"是": 50, "否": 50})
            result = {"处罚种类": "警告", "罚款金额(元)": 0} | SETTLED | {"是否经行政指导": guided}
            return result | {"适用程序": "简易" if on_the_spot else "普通"}
        return fined(low, high, 500)(writer, row) | {"是否改正": "是"}

    return outcome


def on_the_spot(amounts: Mapping[int, float]) -> Outcome:
    """Fined at once by summary procedure, or warned where the amount is nought."""

    def outcome(writer: Writer, row: Row) -> Row:
        amount = writer.pick(amounts)
        result = {"罚款金额(元)": amount, "处罚种类": "罚款" if amount else "警告"} | SETTLED
        return result | {"适用程序": "简易"}

    return outcome


def slight(share: float, low: int, high: int) -> Outcome:
    """Told to correct and corrected without a penalty; in the rest fined for not doing so."""

    def outcome(writer: Writer, row: Row) -> Row:
        if writer.chance.random() < share:
            return SLIGHT | {"适用程序": "普通"}
        return fined(low, high, max(500, low // 4) if high > low else 1)(writer, row)

    return outcome


def fined(
    low: int, high: int, step: int, seized: float = 0, how: str = "扣押", goods: str = ""
) -> Outcome:
    """Fined by ordinary procedure; `seized` is the share in which the measure `how` was used."""

    def outcome(writer: Writer, row: Row) -> Row:
        result: Row = {"处罚种类": f"罚款、{goods}" if goods else "罚款"} | SETTLED
        amount = writer.chance.randrange(low, high + 1, step)
        result["罚款金额(元)"] = amount if row["当事人类型"] == "企业" else min(amount, 8000)
        if goods:
            result["没收金额(元)"] = writer.chance.randrange(20, 2000, 10)
        if writer.chance.random() < seized:
            result["行政强制措施"] = how
        if writer.chance.random() < 0.04:
            result["行政强制执行"] = "加处罚款"
        if writer.chance.random() < 0.03:
            result["是否改正"] = ""
        return result

    return outcome


OUTCOMES: dict[str, Outcome] = {
    "food_no_permit": fined(5000, 50000, 5000, 0.12, "查封", "没收违法所得"),
    "food_expired": fined(1000, 10000, 1000, 0, "扣押", "没收食品"),
    "food_label": slight(0.5, 1000, 5000),
    "food_records": warned(0.92, 5000, 8000),
    "food_health_cert": warned(0.95, 300, 500, on_the_spot=True),
    "food_utensils": warned(0.88, 5000, 10000),
    "small_shop_unregistered": slight(0.75, 500, 500),
    "false_ad": fined(10000, 90000, 10000),
    "absolute_terms": slight(0.55, 1000, 8000),
    "food_medical_claim": fined(20000, 60000, 20000),
    "price_tag": on_the_spot({0: 45, 50: 20, 100: 20, 200: 15}),
    "price_fraud": fined(5000, 50000, 5000),
    "no_registration": slight(0.7, 1000, 10000),
    "no_change_registration": slight(0.9, 10000, 20000),
    "licence_not_shown": slight(1, 0, 0),
    "false_registration": fined(50000, 90000, 10000),
    "special_equipment": fined(30000, 60000, 10000, 0.4, "查封"),
    "equipment_registration": slight(0.8, 10000, 20000),
    "scales": on_the_spot({0: 30, 50: 25, 100: 25, 200: 20}),
    "substandard_goods": fined(500, 20000, 500, 0.1, "扣押", "没收产品"),
    "trademark": fined(500, 30000, 500, 0.6, "扣押", "没收侵权商品"),
    "false_publicity": fined(5000, 80000, 5000),
    "drug_purchase": fined(10000, 80000, 10000, 0.5, "扣押", "没收违法物品"),
}
