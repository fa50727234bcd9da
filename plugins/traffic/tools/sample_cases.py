"""Makes single cases of the made-up city: who, where, when, and what came of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sample_city import DISTRICT_OF, FREIGHT_ROADS, ROADS, SCHOOL_HOURS, WORDINGS

SEED = 20261031
START, END = dt.datetime(2025, 10, 1), dt.datetime(2026, 10, 31, 23, 59, 59)
HEADINGS = (
    "序号,决定书编号,决定机关,当事人,证件号码,号牌号码,号牌种类,违法时间,违法地点,所属辖区,违法行为,"
    "强制措施类型,处罚种类,罚款金额,适用程序,处罚时间,当事人类型,是否改正,危害后果,是否经提示劝导,处理状态"
).split(",")
YEAR = dt.timedelta(weeks=56)
SETTLED = {"是否改正": "是", "危害后果": "无", "是否经提示劝导": "否"}
Row = dict[str, Any]


class Writer:
    """Makes the rows of the sample, one after the other, from one seeded source of chance."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.weights = {road: self.chance.lognormvariate(0, 0.35) for road in ROADS}
        self.weights |= {road: 0.35 for road in FREIGHT_ROADS}
        self.ordinary = self.weights | {"桂花路东段": 0}
        self.rows: list[Row] = []

    def pick(self, shares: Mapping[Any, float]) -> Any:
        """One key, by its share."""
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def moment(self, hours: Sequence[int], day: dt.date | None = None) -> dt.datetime:
        """A moment of a day (any day of the period if none is given) at an hour of these shares."""
        if day is None:
            days = (END - START).days + 1
            day = (START + dt.timedelta(days=self.chance.randrange(days))).date()
            if day.month == 2 and self.chance.random() < 0.35:
                return self.moment(hours)
        hour = self.pick(dict(enumerate(hours)))
        # 书院街 fills up until half past eight, so the second school hour is a half one.
        minute = self.chance.randrange(30 if hours is SCHOOL_HOURS and hour == 8 else 60)
        return dt.datetime.combine(day, dt.time(hour, minute, self.chance.randrange(60)))

    def add(self, kind: str, when: dt.datetime, road: str, **given: Any) -> None:
        """One case with its outcome; `given` overrides single cells."""
        wording = given.pop("违法行为", None) or self.pick(WORDINGS[kind])
        row: Row = {heading: "" for heading in HEADINGS}
        row |= {"kind": kind, "违法时间": when, "road": road, "违法地点": road, "违法行为": wording}
        row |= {"所属辖区": DISTRICT_OF[road], "决定机关": "江州交警(虚构样例)"}
        row |= {
            "强制措施类型": "无",
            "处罚种类": "罚款",
            "适用程序": "简易",
            "处理状态": "办结",
            "号牌种类": "02",
        }
        row |= self.person()
        row |= OUTCOMES.get(kind, on_the_spot)(self, row)
        row |= given
        row.setdefault("lag", self.chance.random() * 0.02)
        decided = when + dt.timedelta(days=row["lag"], minutes=5)
        if decided > END:  # not yet closed: in its place one from before the period, same weekday
            decided, row["违法时间"] = decided - YEAR, when - YEAR
        row["处罚时间"] = decided
        self.rows.append(row)

    def person(self) -> Row:
        """Somebody who cannot exist: number of no region, wrong check digit, impossible plate."""
        index = self.chance.randrange(7000)
        born = f"{1950 + index % 55}{index % 12 + 1:02d}{index % 28 + 1:02d}"
        digits = f"99{index % 97:04d}{born}{index % 1000:03d}"
        factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        check = sum(int(digit) * factor for digit, factor in zip(digits, factors, strict=True)) % 11
        return {
            "当事人": f"样例{'甲乙丙丁戊己庚辛壬癸'[index % 10]}{index:04d}",
            "证件号码": digits + "10X98765432"[(check + 1) % 11],
            "号牌号码": f"样A·{index * 7 % 100000:05d}",
            "当事人类型": "个人",
        }

    def firm(self, trade: str) -> Row:
        """A company that cannot exist: its code holds letters that no code may hold."""
        index = self.chance.randrange(12)
        name = f"样例{trade}公司{index:02d}"
        return {"当事人": name, "证件号码": f"99IO{index:014d}", "当事人类型": "单位"}


def on_the_spot(writer: Writer, row: Row) -> Row:
    """Stopped by an officer, up to 200 yuan at once."""
    fines: dict[str, dict[Any, float]] = {
        "seat_belt": {50: 95, 20: 5},
        "phone": {50: 80, 100: 20},
        "crosswalk": {100: 75, 200: 25},
        "plate": {200: 100},
        "speeding": {50: 40, 100: 30, 200: 30},
        "ebike": {20: 55, 30: 20, 50: 10, "": 15},
    }
    amount = writer.pick(fines[row["kind"]])
    result: Row = {"罚款金额": amount, "处罚种类": "罚款" if amount else "警告"}
    result |= SETTLED | {"是否经提示劝导": writer.pick({"是": 30, "否": 70})}
    if row["违法行为"] == "未悬挂机动车号牌":
        result["强制措施类型"] = "扣留机动车"
    if row["kind"] == "ebike":
        result |= {"号牌号码": "", "号牌种类": ""}
    return result


def on_camera(writer: Writer, row: Row) -> Row:
    """Recorded or ticketed in the driver's absence, settled days later; the file says no more."""
    fine = writer.pick({100: 80, 50: 12, 150: 5, 200: 3})
    if row["kind"] == "red_light" or row["违法行为"] == "限时泊位超时停车":
        fine = 200
    return {"罚款金额": fine, "lag": writer.chance.random() * 20}


def warned(writer: Writer, row: Row) -> Row:
    """Strayed into the bus lane, was shown the way and followed it: slight in every case."""
    return SETTLED | {"处罚种类": "警告", "是否经提示劝导": "是"}


def halted(writer: Writer, row: Row) -> Row:
    """Works stopped and the firm warned; no vehicle is concerned."""
    result = writer.firm("建筑") | SETTLED | {"处罚种类": "警告", "适用程序": "普通"}
    return result | {"号牌号码": "", "号牌种类": ""}


def ordinary(
    low: int, high: int, step: int, coercive: str = "无", share: float = 1, trade: str = ""
) -> Callable[[Writer, Row], Row]:
    """Punished by ordinary procedure; `coercive` is used in that share of the cases."""

    def outcome(writer: Writer, row: Row) -> Row:
        result: Row = {"罚款金额": writer.chance.randrange(low, high + 1, step), "适用程序": "普通"}
        result["强制措施类型"] = coercive if writer.chance.random() < share else "无"
        result |= SETTLED
        result["lag"] = writer.chance.random() * 6
        if row["kind"] in ("oversize", "unlicensed_bus", "cargo_spill"):
            result["决定机关"] = "江州交通执法(虚构样例)"
        if trade:
            result["号牌种类"] = "01"
            owner = writer.pick({"个人": 45, "单位": 45, "个体": 10})
            if owner == "单位":
                result |= writer.firm(trade)
            if owner == "个体":
                result |= {"当事人": row["当事人"] + trade + "部", "当事人类型": "个体"}
        return result

    return outcome


def drunk(writer: Writer, row: Row) -> Row:
    """Fined and suspended, the vehicle moved away where nobody else could drive it."""
    moved = writer.pick(
        {"移置机动车": 70, "扣留机动车驾驶证、移置机动车": 20, "扣留机动车驾驶证": 10}
    )
    return ordinary(1000, 2000, 500)(writer, row) | {
        "处罚种类": "罚款、暂扣机动车驾驶证",
        "强制措施类型": moved,
        "危害后果": writer.pick({"无": 94, "有": 6}),
    }


OUTCOMES: dict[str, Callable[[Writer, Row], Row]] = {
    "illegal_parking": on_camera,
    "red_light": on_camera,
    "bus_lane": warned,
    "roadwork": halted,
    "drink_driving": drunk,
    "no_licence": ordinary(300, 1500, 100, "移置机动车", 0.4),
    "no_cali": ordinary(1900, 1900, 100, "扣留机动车"),
    "overload_goods": ordinary(300, 2000, 100, "扣留机动车", trade="货运"),
    "overload_people": ordinary(300, 2000, 100, "扣留机动车", trade="客运"),
    "oversize": ordinary(500, 8000, 500, trade="物流"),
    "unlicensed_bus": ordinary(10000, 30000, 5000, "暂扣车辆"),
    "cargo_spill": ordinary(1000, 2000, 500, trade="渣土运输"),
    "speeding_50": ordinary(500, 2000, 500, "扣留机动车驾驶证", 0.6),
    "fake_plate": ordinary(2000, 5000, 500, "扣留机动车、收缴号牌"),
}
