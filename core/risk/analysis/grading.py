"""Annex 1, part one, as pure functions: figures in, grade and grounds out.

Source: 郑法政办〔2019〕6号 附件1《行政相对人法律风险防控制度（试行）》第一部分. Any ground for 高
beats every ground for 低; what has neither is 中.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from risk.model.point import Candidate, Grade, Ground, ScopeKind
from risk.model.policy import Entry

from .sentences import (
    counted,
    fine_limits,
    first_places,
    major_standard,
    notes,
    plain,
    reckoned,
    share_of_all,
    window_of,
)
from .thresholds import Thresholds, applied, entry_for

HIGH = "附件1一（一）"
LOW = "附件1一（二）"
MIDDLE = "附件1一（三）"
NOTICE = "郑法政办〔2019〕6号附件1"
_SURCHARGE = "加处罚款或者滞纳金"
# How scopes of a kind are counted, and among which the ordinary tell what to expect of one.
_COUNTED: Mapping[ScopeKind, str] = {
    "place": "个地点",
    "time_band": "个时段",
    "industry": "个行业",
    "behaviour": "种表现形式",
    "place_time": "个地点时段",
}
_RECKONED: Mapping[ScopeKind, str] = {
    "place": "各类案件在各地点",
    "time_band": "各类案件在各时段",
    "industry": "各类案件在各行业",
    "behaviour": "各类案件各种表现形式",
    "place_time": "此类案件在各地点、各时段",
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
        grounds = (_remainder(candidate, thresholds),)
        chosen = grounds[0].grade
    return Graded(chosen, grounds, notes(candidate.figures, chosen))


def _major_penalty(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures = candidate.figures
    if figures.major == 0:
        return None
    agency = candidate.violation.agency
    entries = applied(thresholds.major_penalty, figures.first, figures.last, agency)
    return _ground(
        f"{HIGH}重大行政处罚",
        "高",
        f"{counted(figures.major, figures.cases)}被处以重大行政处罚"
        f"（标准：{major_standard(entries)}）。",
        {
            "cases": figures.cases,
            "major": figures.major,
            "min_yuan_individual": _values(entry.individual for entry in entries),
            "min_yuan_organisation": _values(entry.organisation for entry in entries),
        },
        *entries,
    )


def _coercive_measure(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.coercive_measures
    if figures.coercive < entry.min_cases:
        return None
    return _ground(
        f"{HIGH}行政强制措施",
        "高",
        f"{counted(figures.coercive, figures.cases)}实际采取了行政强制措施"
        f"（标准：不少于{entry.min_cases}件）。",
        {"cases": figures.cases, "coercive": figures.coercive, "min_cases": entry.min_cases},
        entry,
    )


def _compulsory_enforcement(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.compulsory_enforcement
    if figures.compulsory < entry.min_cases:
        return None
    surcharge = "" if _SURCHARGE in entry.kinds else f"，{_SURCHARGE}不计"
    return _ground(
        f"{HIGH}行政强制执行",
        "高",
        f"{counted(figures.compulsory, figures.cases)}实施了行政强制执行"
        f"（标准：不少于{entry.min_cases}件{surcharge}）。",
        {"cases": figures.cases, "compulsory": figures.compulsory, "min_cases": entry.min_cases},
        entry,
    )


def _numerous(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    kind, frequency = candidate.scope.kind, candidate.figures.frequency
    entry = entry_for(thresholds.numerous, kind)
    if entry is None or frequency.rank is None or _is_whole_type(candidate):
        return None
    if frequency.cases < entry.cases or frequency.rank > entry.rank:
        return None
    by_hour = "按每小时件数" if kind == "time_band" else ""
    return _ground(
        f"{HIGH}多发",
        "高",
        f"{window_of(frequency)}发生{frequency.cases}件，在发生此类案件的{frequency.of}"
        f"{_COUNTED[kind]}中{by_hour}居第{frequency.rank}位"
        f"（标准：不少于{entry.cases}件且居{first_places(entry.rank)}）。",
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
    kind, frequency = candidate.scope.kind, candidate.figures.frequency
    entry = entry_for(thresholds.over_represented, kind)
    if entry is None or not frequency.over_represented:
        return None
    return _ground(
        f"{HIGH}高发",
        "高",
        f"{window_of(frequency)}发生{frequency.cases}件；按{_RECKONED[kind]}的普通情形推算"
        f"（异常集中处不计入）{reckoned(frequency.expected)}，实际约为推算的"
        f"{plain(frequency.ratio)}倍（经收缩的稳妥估计，不等于两数相除），"
        f"{plain(entry.confidence * 100)}%可信下限为{plain(frequency.lower)}倍（标准：不少于{entry.cases}件，"
        f"下限不低于{plain(entry.ratio)}倍，错误发现率不超过{plain(entry.false_discoveries * 100)}%）。",
        {
            "recent_cases": frequency.cases,
            "expected": frequency.expected,
            "ratio": frequency.ratio,
            "lower": frequency.lower,
            "q_value": frequency.q_value,
            "min_cases": entry.cases,
            "min_ratio": entry.ratio,
            "max_q_value": entry.false_discoveries,
        },
        entry,
    )


def _recurring(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    frequency = candidate.figures.frequency
    entry = entry_for(thresholds.recurring, candidate.scope.kind)
    if entry is None or frequency.cases < entry.cases or _is_whole_type(candidate):
        return None
    if frequency.months_with_cases < entry.periods:
        return None
    return _ground(
        f"{HIGH}易发",
        "高",
        f"{window_of(frequency)}中有{frequency.months_with_cases}个月发生，共{frequency.cases}件"
        f"（标准：不少于{entry.periods}个月且不少于{entry.cases}件）。",
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
    figures, share = candidate.figures, thresholds.summary_share
    if not _enough(figures.summary, share.share, figures.cases):
        return None
    agency = candidate.violation.agency
    entries = applied(thresholds.summary_fine, figures.first, figures.last, agency)
    return _ground(
        f"{LOW}简易程序",
        "低",
        f"{counted(figures.summary, figures.cases)}适用简易程序，处以警告或者限额以内的罚款"
        f"（限额：{fine_limits(entries)}；标准：{share_of_all(share.share)}）。",
        {
            "cases": figures.cases,
            "summary": figures.summary,
            "min_share": share.share,
            "max_yuan_individual": _values(entry.individual for entry in entries),
            "max_yuan_organisation": _values(entry.organisation for entry in entries),
        },
        *entries,
        share,
    )


def _slight(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.slight_share
    if not _enough(figures.slight, entry.share, figures.cases):
        return None
    return _ground(
        f"{LOW}轻微并已改正",
        "低",
        f"{counted(figures.slight, figures.cases)}经行政指导及时纠正且未造成危害后果，据此认定违法行为轻微"
        f"（标准：{share_of_all(entry.share)}）。",
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
        f"{window_of(frequency)}发生{frequency.cases}件（标准：不超过{entry.cases}件）。",
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
        policy_source="本部门违法行为目录",
        policy_verified=False,
    )


def _remainder(candidate: Candidate, thresholds: Thresholds) -> Ground:
    figures: dict[str, float | int | str | None] = {"cases": candidate.figures.cases}
    if thresholds.levels == 2:
        return Ground(
            clause="两级口径",
            grade="低",
            statement="不属于高风险情形；所用口径只分高、低两级。",
            figures=figures,
            policy_source=thresholds.policy,
            policy_verified=False,
        )
    return Ground(
        clause=f"{MIDDLE}其他",
        grade="中",
        statement="不属于高风险、低风险的任何一种情形。",
        figures=figures,
        policy_source=NOTICE,
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
    *entries: Entry,
) -> Ground:
    """A ground that names every entry it rests on; it is verified where all of these are."""
    return Ground(
        clause=clause,
        grade=given,
        statement=statement,
        figures=figures,
        policy_source="；".join(dict.fromkeys(entry.source for entry in entries)),
        policy_verified=all(entry.verified != "unverified" for entry in entries),
    )


def _is_whole_type(candidate: Candidate) -> bool:
    """Whether the scope is the only one of its kind, but for a place: that there is one is news."""
    of = candidate.figures.frequency.of
    return candidate.scope.kind != "place" and (of is None or of < 2)


def _enough(number: int, share: float, cases: int) -> bool:
    """Whether at least one case, and that share of all, is there; 7 of 100 are 0.07 of them."""
    return number > 0 and number >= round(share * cases, 6)


def _values(amounts: Iterable[float]) -> float | str:
    """An amount for the figures; where dated entries differ, each in the order of the dates."""
    different = list(dict.fromkeys(map(plain, amounts)))
    if len(different) > 1:
        return " → ".join(different)
    amount = float(different[0])
    return int(amount) if amount.is_integer() else amount
