"""Makes single cases of the made-up city: who, where, when, and what came of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

from sample_city import DISTRICT_OF, PLACES, STREETS
from sample_kinds import KINDS

SEED = 20261030
START, END = dt.date(2025, 10, 1), dt.date(2026, 10, 31)
HEADINGS = (
    "序号,案件编号,处罚决定书文号,办案机关,案件来源,案由,当事人,当事人类型,证件号码,行业类别,案发时间,案发地点,"
    "所属街道,所属区,强制措施,强制执行方式,处罚种类,罚款金额(元),没收价值(元),适用程序,立案日期,处罚决定日期,"
    "是否改正,危害后果,是否先行劝导,案件状态"
).split(",")
SUMMARY_LIMITS = {"个人": 200, "个体": 200, "单位": 3000}
HEARING_FINES = {"个人": 5000, "个体": 5000, "单位": 50000}
Row = dict[str, Any]


class Writer:
    """Makes the rows of the sample, one after the other, from one seeded source of chance."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.weights = {place: self.chance.lognormvariate(0, 0.35) for place in PLACES}
        self.rows: list[Row] = []

    def pick(self, shares: Mapping[Any, float]) -> Any:
        """One key, by its share."""
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def day(self) -> dt.date:
        """Any day of the period; fewer about the Spring Festival."""
        while True:
            found = START + dt.timedelta(days=self.chance.randrange((END - START).days + 1))
            if found.month != 2 or self.chance.random() > 0.35:
                return found

    def moment(self, hours: Sequence[int], day: dt.date | None = None) -> dt.datetime:
        """A moment of a day at an hour of these shares."""
        hour = self.pick(dict(enumerate(hours)))
        minute, second = self.chance.randrange(60), self.chance.randrange(60)
        return dt.datetime.combine(day or self.day(), dt.time(hour, minute, second))

    def add(self, kind: str, when: dt.datetime, place: str, **given: Any) -> Row:
        """One case with its outcome; `given` overrides single cells."""
        known = KINDS[kind]
        row: Row = {heading: "" for heading in HEADINGS}
        party = given.pop("当事人类型", None) or self.pick(known.parties)
        industry = given.pop("行业类别", None) or self.pick(known.industries)
        if party == "单位":
            industry = industry or "物业服务"
        fine = self.pick(known.fines[party])
        row |= {"kind": kind, "place": place, "案发地点": place, "案发时间": when}
        row |= {
            "办案机关": "江州城管(虚构样例)",
            "案件来源": self.pick({"巡查发现": 62, "热线投诉": 22, "数字城管": 12, "群众举报": 4}),
            "案由": self.chance.choice(known.wordings.split()),
            "行业类别": industry,
            "所属区": DISTRICT_OF[place],
            "所属街道": self.chance.choice(STREETS[DISTRICT_OF[place]]) + "街道",
            "强制措施": "无",
            "强制执行方式": "无",
            "案件状态": "结案",
        }
        row |= self.person() if party == "个人" else self.firm(industry, party)
        row |= self.outcome(kind, party, fine)
        row |= given
        decided = when.date() + dt.timedelta(days=row.pop("lag"))
        if decided > END:  # not yet closed: in its place one from eight weeks before
            row["案发时间"] = when - dt.timedelta(weeks=8)
            decided -= dt.timedelta(weeks=8)
        row["处罚决定日期"] = decided
        row["立案日期"] = row["案发时间"].date()
        self.rows.append(row)
        return row

    def outcome(self, kind: str, party: str, fine: int) -> Row:
        """How it ended: on the spot within the limits of art 51, else by ordinary procedure."""
        known, chance = KINDS[kind], self.chance
        summary = not known.ordinary and fine <= SUMMARY_LIMITS[party]
        large = fine >= HEARING_FINES[party] and chance.random() < 0.3
        guided = "是" if known.order_first else self.pick({"是": 25, "否": 75})
        return {
            "处罚种类": "罚款" if fine else "警告",
            "罚款金额(元)": fine or "",
            "适用程序": "简易" if summary else "听证" if large else "普通",
            "是否改正": self.pick({"是": 96, "否": 4}),
            "危害后果": self.pick({"无": 93, "有": 7}),
            "是否先行劝导": guided,
            "lag": 0 if summary else chance.randrange(6, 45),
        }

    def person(self) -> Row:
        """Somebody who cannot exist: a number of no region with a wrong check digit."""
        index = self.chance.randrange(3000)
        born = f"{1950 + index % 55}{index % 12 + 1:02d}{index % 28 + 1:02d}"
        digits = f"99{index % 97:04d}{born}{index % 1000:03d}"
        factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        check = sum(int(digit) * factor for digit, factor in zip(digits, factors, strict=True)) % 11
        name = f"样例{'甲乙丙丁戊己庚辛壬癸'[index % 10]}{index:04d}"
        number = digits + "10X98765432"[(check + 1) % 11]
        return {"当事人": name, "证件号码": number, "当事人类型": "个人"}

    def firm(self, industry: str, party: str) -> Row:
        """A shop or company that cannot exist: its code holds letters that no code may hold."""
        index = self.chance.randrange(400 if party == "个体" else 30)
        name = f"样例{industry}{'店' if party == '个体' else '公司'}{index:03d}"
        return {"当事人": name, "证件号码": f"99IO{index:014d}", "当事人类型": party}
