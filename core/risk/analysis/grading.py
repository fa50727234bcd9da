"""Annex 1, part one, as pure functions: figures in, grade and grounds out.

Source: 郑法政办〔2019〕6号 附件1《行政相对人法律风险防控制度（试行）》第一部分. Any ground for 高
beats every ground for 低; what has neither is 中.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from risk.model.point import Candidate, Figures, Grade, Ground, ScopeKind
from risk.model.policy import Entry

from .thresholds import Thresholds, entry_for

HIGH = "附件1一（一）"
LOW = "附件1一（二）"
MIDDLE = "附件1一（三）"
_DIMENSION_NAMES: dict[ScopeKind, str] = {
    "city": "全市",
    "place": "地点",
    "time_band": "时段",
    "industry": "行业",
    "behaviour": "表现形式",
    "place_time": "地点和时段",
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade, every ground that fired, and what could not be judged."""

    grade: Grade
    grounds: tuple[Ground, ...]
    notes: tuple[str, ...]


Rule = Callable[[Candidate, Thresholds], Ground | None]


def grade(candidate: Candidate, thresholds: Thresholds) -> Graded:
    """The grade of a candidate; the order of cases, of rules and of entries never matters."""
    grounds = tuple(
        ground for rule in (*HIGH_RULES, *LOW_RULES) if (ground := rule(candidate, thresholds))
    )
    grades = {ground.grade for ground in grounds}
    chosen: Grade = "高" if "高" in grades else "低" if "低" in grades else "中"
    if chosen == "中":
        chosen = "中" if thresholds.levels == 3 else "低"
        grounds = (_remainder(candidate, chosen, thresholds),)
    return Graded(chosen, grounds, notes(candidate.figures))


def notes(figures: Figures) -> tuple[str, ...]:
    """What the files do not say, so that nobody takes unknown for no."""
    unknown = {
        "是否重大行政处罚": figures.major_unknown,
        "是否采取行政强制措施": figures.coercive_unknown,
        "是否行政强制执行": figures.compulsory_unknown,
        "是否适用简易程序": figures.summary_unknown,
        "是否轻微、改正、无后果": figures.slight_unknown,
    }
    said = [
        f"{figures.cases}件中有{count}件的案件数据未载明{what}，未作为“否”处理。"
        for what, count in unknown.items()
        if count
    ]
    frequency = figures.frequency
    if frequency.months_covered < 12:
        said.append(f"案件数据只覆盖近12个月中的{frequency.months_covered}个月，易发、多发可能判定不足。")
    return tuple(said)


def _major_penalty(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures = candidate.figures
    if figures.major == 0:
        return None
    return _ground(
        f"{HIGH}重大行政处罚",
        "高",
        f"{figures.cases}件已办结案件中有{figures.major}件被处以重大行政处罚。",
        {"cases": figures.cases, "major": figures.major},
        thresholds.major_penalty[0],
    )


def _coercive_measure(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.coercive_measures
    if figures.coercive < entry.min_cases:
        return None
    return _ground(
        f"{HIGH}行政强制措施",
        "高",
        f"{figures.cases}件已办结案件中有{figures.coercive}件实际采取了行政强制措施。",
        {"cases": figures.cases, "coercive": figures.coercive, "min_cases": entry.min_cases},
        entry,
    )


def _compulsory_enforcement(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.compulsory_enforcement
    if figures.compulsory < entry.min_cases:
        return None
    return _ground(
        f"{HIGH}行政强制执行",
        "高",
        f"{figures.cases}件已办结案件中有{figures.compulsory}件实施了行政强制执行。",
        {"cases": figures.cases, "compulsory": figures.compulsory, "min_cases": entry.min_cases},
        entry,
    )


def _numerous(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    entry = entry_for(thresholds.numerous, candidate.scope.kind)
    frequency = candidate.figures.frequency
    if entry is None or frequency.rank is None:
        return None
    if frequency.cases < entry.cases or frequency.rank > entry.rank or (frequency.of or 0) < 2:
        return None
    by_hour = "按每小时件数" if candidate.scope.kind == "time_band" else ""
    return _ground(
        f"{HIGH}多发",
        "高",
        f"近12个月{frequency.cases}件，在有此类案件的{frequency.of}个{_kind(candidate)}中{by_hour}居第"
        f"{frequency.rank}位（标准：不少于{entry.cases}件且居前{entry.rank}位）。",
        {
            "recent_cases": frequency.cases,
            "rank": frequency.rank,
            "of": frequency.of,
            "min_cases": entry.cases,
            "max_rank": entry.rank,
        },
        entry,
    )


def _over_represented(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    entry = entry_for(thresholds.over_represented, candidate.scope.kind)
    frequency = candidate.figures.frequency
    if entry is None or not frequency.over_represented:
        return None
    return _ground(
        f"{HIGH}高发",
        "高",
        f"近12个月{frequency.cases}件，按同类总量推算应有约{_plain(frequency.expected)}件，"
        f"约为{_plain(frequency.ratio)}倍，{entry.confidence:.0%}可信下限{_plain(frequency.lower)}倍"
        f"（标准：下限不低于{_plain(entry.ratio)}倍）。",
        {
            "recent_cases": frequency.cases,
            "expected": frequency.expected,
            "ratio": frequency.ratio,
            "lower": frequency.lower,
            "q_value": frequency.q_value,
            "min_ratio": entry.ratio,
        },
        entry,
    )


def _recurring(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    entry = entry_for(thresholds.recurring, candidate.scope.kind)
    frequency = candidate.figures.frequency
    if entry is None or frequency.cases < entry.cases:
        return None
    if frequency.months_with_cases < entry.periods:
        return None
    return _ground(
        f"{HIGH}易发",
        "高",
        f"近{entry.of}个月中有{frequency.months_with_cases}个月发生（标准：不少于{entry.periods}个月"
        f"且不少于{entry.cases}件）。",
        {
            "months_with_cases": frequency.months_with_cases,
            "months_covered": frequency.months_covered,
            "min_months": entry.periods,
            "recent_cases": frequency.cases,
            "min_cases": entry.cases,
        },
        entry,
    )


def _summary_procedure(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.summary_share
    if figures.summary == 0 or figures.summary < entry.share * figures.cases:
        return None
    return _ground(
        f"{LOW}简易程序",
        "低",
        f"{figures.cases}件已办结案件中有{figures.summary}件适用简易程序，且罚款在决定当日的"
        "简易程序限额以内。",
        {"cases": figures.cases, "summary": figures.summary, "min_share": entry.share},
        entry,
    )


def _slight(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.slight_share
    if figures.slight == 0 or figures.slight < entry.share * figures.cases:
        return None
    return _ground(
        f"{LOW}轻微并已改正",
        "低",
        f"{figures.cases}件已办结案件中有{figures.slight}件情节轻微、经行政指导及时纠正且未造成危害"
        "后果。",
        {"cases": figures.cases, "slight": figures.slight, "min_share": entry.share},
        entry,
    )


def _sporadic(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    entry, frequency = thresholds.sporadic, candidate.figures.frequency
    # Fewer than twelve months of data would make everything look rare.
    if frequency.cases > entry.cases or frequency.months_covered < 12:
        return None
    return _ground(
        f"{LOW}偶发少见",
        "低",
        f"近12个月{frequency.cases}件（标准：至多{entry.cases}件）。",
        {"recent_cases": frequency.cases, "max_cases": entry.cases},
        entry,
    )


def _no_explicit_rule(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    if not candidate.violation.no_explicit_rule:
        return None
    return Ground(
        clause=f"{LOW}包容审慎",
        grade="低",
        statement="法律没有明确规定，需要包容审慎监管。",
        figures={"cases": candidate.figures.cases},
        policy_source="违法行为目录",
        policy_verified=False,
    )


def _remainder(candidate: Candidate, chosen: Grade, thresholds: Thresholds) -> Ground:
    clause = f"{MIDDLE}其他" if chosen == "中" else f"{LOW}其他（两级口径）"
    return Ground(
        clause=clause,
        grade=chosen,
        statement="不具备高风险、低风险的任何一项理由。",
        figures={"cases": candidate.figures.cases},
        policy_source="郑法政办〔2019〕6号附件1",
        policy_verified=True,
    )


HIGH_RULES: tuple[Rule, ...] = (
    _major_penalty,
    _coercive_measure,
    _compulsory_enforcement,
    _numerous,
    _over_represented,
    _recurring,
)
LOW_RULES: tuple[Rule, ...] = (_summary_procedure, _slight, _sporadic, _no_explicit_rule)


def _ground(
    clause: str,
    given: Grade,
    statement: str,
    figures: dict[str, float | int | str | None],
    entry: Entry,
) -> Ground:
    return Ground(
        clause=clause,
        grade=given,
        statement=statement,
        figures=figures,
        policy_source=entry.source,
        policy_verified=entry.verified != "unverified",
    )


def _kind(candidate: Candidate) -> str:
    return _DIMENSION_NAMES[candidate.scope.kind]


def _plain(number: float | None) -> str:
    return "—" if number is None else f"{number:g}"
