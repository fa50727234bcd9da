"""The Chinese of grounds and notes, as far as several of them share it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from risk.model.point import Figures, Frequency, Grade
from risk.model.policy import Limit, MajorPenalty

from .thresholds import E

# A beginning or an end with few cases has others near it, a mistyped year has none.
_WELL_OUTSIDE = dt.timedelta(days=92)
_LEAST_SAID = 0.01  # cases


def counted(number: int, cases: int) -> str:
    """How many of the decided cases, as the subject of a sentence."""
    if number < cases:
        return f"已办结的{cases}件案件中有{number}件"
    return f"已办结的{cases}件案件" + ("全部" if cases > 1 else "")


def window_of(frequency: Frequency) -> str:
    """The twelve months, with their names: the data may end long before today."""
    since, until = frequency.since, frequency.until
    return f"近12个月（{since.year}年{since.month}月至{until.year}年{until.month}月）"


def share_of_all(share: float) -> str:
    """A least share of the cases."""
    return "全部案件" if share == 1 else f"不低于案件总数的{plain(share * 100)}%"


def first_places(rank: int) -> str:
    """The best places of a ranking."""
    return "首位" if rank == 1 else f"前{rank}位"


def plain(number: float | None) -> str:
    """A number with two decimals at most; a dash where there is none."""
    return "—" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")


def reckoned(cases: float | None) -> str:
    """A number of cases that was reckoned: two significant figures where it is below one."""
    if cases is None or cases >= 1:
        return f"约{plain(cases)}件"
    return f"约{float(f'{cases:.2g}'):g}件" if cases >= _LEAST_SAID else f"不足{_LEAST_SAID:g}件"


def fine_limits(entries: Sequence[Limit]) -> str:
    """Up to which fines summary procedure may be used."""
    return _dated(entries, _amounts)


def major_standard(entries: Sequence[MajorPenalty]) -> str:
    """From where on a penalty is major."""

    def of(entry: MajorPenalty) -> str:
        kinds = f"，或者处以{'、'.join(entry.kinds)}" if entry.kinds else ""
        return f"罚款或者没收达到{_amounts(entry)}{kinds}"

    return _dated(entries, of)


def notes(figures: Figures, grade: Grade) -> tuple[str, ...]:
    """What could not be judged, so that nobody takes unknown for no."""
    grave = _unknown(
        figures.cases,
        {
            "是否被处以重大行政处罚": figures.major_unknown,
            "是否采取行政强制措施": figures.coercive_unknown,
            "是否实施行政强制执行": figures.compulsory_unknown,
        },
    )
    slight = _unknown(
        figures.cases,
        {
            "是否适用简易程序": figures.summary_unknown,
            "是否经行政指导纠正且未造成危害后果": figures.slight_unknown,
        },
    )
    said = []
    if grave:
        higher = "" if grade == "高" else "；如有，应当定为高风险"
        said.append(f"案件数据未载明{grave}，未按“否”处理{higher}。")
    if slight:
        said.append(f"案件数据未载明{slight}，未据此认定为低风险。")
    if days := "、".join(stray_days(figures).values()):
        said.append(
            f"有案件的决定日期（{days}）与本部门其余案件相隔较久，可能误记，请核对；"
            "近12个月不因此移动。"
        )
    if figures.frequency.months_covered < 12:
        said.append(
            f"案件数据只覆盖近12个月中的{figures.frequency.months_covered}个月，"
            "多发、易发可能判定不足，偶发少见不作判定。"
        )
    if unjudged := figures.frequency.unjudged:
        own = figures.frequency.rank is not None
        where = "" if own else f"{unjudged}个地点、时段或者行业"
        said.append(f"{where}可供比照的其他案件太少，无从推算应有件数，未判定是否高发。")
    return tuple(said)


def stray_days(figures: Figures) -> dict[str, str]:
    """In words, the first and last day of the cases where they lie well outside all others."""
    recent, days = figures.frequency, {}
    if figures.first < recent.data_since - _WELL_OUTSIDE:
        days["first"] = f"最早{figures.first}"
    if figures.last > recent.until + _WELL_OUTSIDE:
        days["last"] = f"最晚{figures.last}"
    return days


def _unknown(cases: int, unknown: Mapping[str, int]) -> str:
    return "、".join(
        f"{what}（{'全部' if number == cases > 1 else ''}{number}件）"
        for what, number in unknown.items()
        if number
    )


def _dated(entries: Sequence[E], text: Callable[[E], str]) -> str:
    """One text where all entries say the same, else each with the day from which it holds."""
    texts = [text(entry) for entry in entries]
    if len(set(texts)) == 1:
        return texts[0]
    days = [entry.in_force_from for entry in entries]
    return "；".join(
        f"{day.year}年{day.month}月{day.day}日起{said}"
        for day, said in zip(days, texts, strict=True)
    )


def _amounts(entry: Limit) -> str:
    if entry.individual == entry.organisation:
        return f"{_yuan(entry.individual)}，不分个人和单位"
    return f"公民{_yuan(entry.individual)}、法人或者其他组织{_yuan(entry.organisation)}"


def _yuan(amount: float) -> str:
    return (
        f"{plain(amount / 10_000)}万元" if amount % 10_000 == 0 < amount else f"{plain(amount)}元"
    )
