"""A made-up labour inspection's export with every dirt that docs/write-a-plugin.md speaks of."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections import Counter
from dataclasses import dataclass, field

HEADINGS = ("序号", "处分日期", "处分字号", "单位名称", "违反条款", "案由", "罚款金额", "备注")
ARTICLES = {
    "labour.overtime": ("劳动法第41条", "劳动法第90条"),
    "labour.wages": ("劳动法第50条", "劳动合同法第30条", "劳动合同法第85条"),
    "labour.no_contract": ("劳动合同法第10条", "劳动合同法第82条"),
}
WORDS = {
    "labour.overtime": "超时加班",
    "labour.wages": "拖欠工资",
    "labour.no_contract": "未签订劳动合同",
}
FINES = (2_000, 5_000, 20_000, 120_000)
FIRST_DAY = dt.date(2016, 1, 4)


@dataclass
class Planted:
    """The file's text, and what a reader has to find in it."""

    text: str = ""
    cases: Counter[str] = field(default_factory=Counter)
    fines: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    excluded: int = 0
    duplicates: int = 0
    days: dict[str, dt.date] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows of the file beneath its headings."""
        others = sum(self.rejected.values()) + self.excluded + self.duplicates
        return self.cases.total() + others


def export(rows: int) -> Planted:
    """A file of `rows` rows and some duplicates; the same every time."""
    chance, planted = random.Random(1949), Planted()
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(["劳动保障监察处罚案件（虚构样例）", *[""] * 7])
    table.writerow(HEADINGS)
    for number in range(1, rows + 1):
        cells = _row(chance, number, planted)
        table.writerow(cells)
        if number % 50 == 0 and not cells[6]:
            table.writerow(cells)
            planted.duplicates += 1
    planted.text = text.getvalue()
    return planted


def _row(chance: random.Random, number: int, planted: Planted) -> list[str]:
    """One row; every cell stands one column to the left of its heading."""
    kind = chance.choice(list(ARTICLES))
    day = FIRST_DAY + dt.timedelta(days=chance.randrange(700))
    fine, case = chance.choice(FINES), f"样劳罚字第{number:04d}号"
    articles = list(chance.sample(ARTICLES[kind], chance.randint(1, 2)))
    words, remark, date = WORDS[kind], "", _of_the_republic(chance, day)
    fate = number % 25
    if fate == 3:
        remark = "撤销"
        planted.excluded += 1
    elif fate == 7:
        date = f"{day.year - 1911}/02/30"
        planted.rejected["decided_on unreadable"] += 1
    elif fate == 11:
        articles, words = ["劳动法第41条", "劳动合同法第10条"], "多项违法"
        planted.rejected["unclassified"] += 1
    else:
        if fate == 15:
            articles.append(next(a[0] for name, a in ARTICLES.items() if name != kind))
        planted.cases[kind] += 1
        planted.fines += fine
        planted.days[case] = day
    firm = f"样例{chance.choice('甲乙丙丁')}{chance.randrange(90)}厂"
    return [
        date,
        case,
        _broken(chance, firm),
        _broken(chance, "；").join(articles),
        _broken(chance, words),
        f"{fine:,}",
        remark,
        "",
    ]


def _of_the_republic(chance: random.Random, day: dt.date) -> str:
    year = day.year - 1911
    return chance.choice(
        (
            f"{year}/{day.month:02d}/{day.day:02d}",
            f"{year}/{day.month}/{day.day}",
            f"{year}.{day.month:02d}.{day.day:02d}",
            f"{year}{day.month:02d}{day.day:02d}",
            f"民国{year}年{day.month}月{day.day}日",
        )
    )


def _broken(chance: random.Random, text: str) -> str:
    """The text, now and then over two lines."""
    if chance.random() < 0.7:
        return text
    place = chance.randint(1, len(text))
    return f"{text[:place]}\n{text[place:]}"
