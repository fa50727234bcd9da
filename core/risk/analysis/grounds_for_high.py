"""Annex 1, part one (一): what makes a point 高. Each rule gives its ground, or None."""

from __future__ import annotations

from collections.abc import Mapping

from risk.model.point import Candidate, Ground, ScopeKind

from .grounds import Rule, ground, values
from .sentences import counted, first_places, major_standard, plain, reckoned, window_of
from .thresholds import Thresholds, applied, entry_for

_CLAUSE = "附件1一（一）"
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


def _major_penalty(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures = candidate.figures
    if figures.major == 0:
        return None
    agency = candidate.violation.agency
    entries = applied(thresholds.major_penalty, figures.first, figures.last, agency)
    return ground(
        f"{_CLAUSE}重大行政处罚",
        "高",
        f"{counted(figures.major, figures.cases)}被处以重大行政处罚"
        f"（标准：{major_standard(entries)}）。",
        {
            "cases": figures.cases,
            "major": figures.major,
            "min_yuan_individual": values(entry.individual for entry in entries),
            "min_yuan_organisation": values(entry.organisation for entry in entries),
        },
        *entries,
    )


def _coercive_measure(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.coercive_measures
    if figures.coercive < entry.min_cases:
        return None
    return ground(
        f"{_CLAUSE}行政强制措施",
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
    return ground(
        f"{_CLAUSE}行政强制执行",
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
    if frequency.cases < entry.cases or frequency.rank + frequency.tied - 1 > entry.rank:
        return None
    by_hour = led = wanted = ""
    if frequency.lead is not None:
        if frequency.lead < entry.lead:
            return None
        by_hour = "按每小时件数"
        led = f"，为全天平均的{plain(frequency.lead)}倍"
        wanted = f"，不低于全天平均的{plain(entry.lead)}倍" if entry.lead > 1 else ""
    shared = "并列" if frequency.tied > 1 else ""
    return ground(
        f"{_CLAUSE}多发",
        "高",
        f"{window_of(frequency)}发生{frequency.cases}件，在发生此类案件的{frequency.of}"
        f"{_COUNTED[kind]}中{by_hour}{shared}居第{frequency.rank}位{led}"
        f"（标准：不少于{entry.cases}件且居{first_places(entry.rank)}{wanted}）。",
        {
            "recent_cases": frequency.cases,
            "rank": frequency.rank,
            "of": frequency.of,
            "min_cases": entry.cases,
            "max_rank": entry.rank,
            **({} if frequency.lead is None else {"lead": frequency.lead, "min_lead": entry.lead}),
        },
        entry,
    )


def _over_represented(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    kind, frequency = candidate.scope.kind, candidate.figures.frequency
    entry = entry_for(thresholds.over_represented, kind)
    if entry is None or not frequency.over_represented:
        return None
    return ground(
        f"{_CLAUSE}高发",
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
            "min_expected": entry.expected,
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
    return ground(
        f"{_CLAUSE}易发",
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


def _is_whole_type(candidate: Candidate) -> bool:
    """Whether the scope is the only one of its kind, but for a place: that there is one is news."""
    of = candidate.figures.frequency.of
    return candidate.scope.kind != "place" and (of is None or of < 2)


HIGH_RULES: tuple[Rule, ...] = (
    _major_penalty,
    _coercive_measure,
    _compulsory_enforcement,
    _numerous,
    _over_represented,
    _recurring,
)
