"""Annex 1, part one (二): what makes a point 低. Each rule gives its ground, or None."""

from __future__ import annotations

from risk.model.point import Candidate, Ground

from .grounds import Rule, ground, values
from .sentences import counted, fine_limits, share_of_all, window_of
from .thresholds import Thresholds, applied

_CLAUSE = "附件1一（二）"


def _summary_procedure(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, share = candidate.figures, thresholds.summary_share
    if not _enough(figures.summary, share.share, figures.cases):
        return None
    agency = candidate.violation.agency
    entries = applied(thresholds.summary_fine, figures.first, figures.last, agency)
    return ground(
        f"{_CLAUSE}简易程序",
        "低",
        f"{counted(figures.summary, figures.cases)}适用简易程序，处以警告或者限额以内的罚款"
        f"（限额：{fine_limits(entries)}；标准：{share_of_all(share.share)}）。",
        {
            "cases": figures.cases,
            "summary": figures.summary,
            "min_share": share.share,
            "max_yuan_individual": values(entry.individual for entry in entries),
            "max_yuan_organisation": values(entry.organisation for entry in entries),
        },
        *entries,
        share,
    )


def _slight(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    figures, entry = candidate.figures, thresholds.slight_share
    if not _enough(figures.slight, entry.share, figures.cases):
        return None
    return ground(
        f"{_CLAUSE}轻微并已改正",
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
    return ground(
        f"{_CLAUSE}偶发少见",
        "低",
        f"{window_of(frequency)}发生{frequency.cases}件（标准：不超过{entry.cases}件）。",
        {"recent_cases": frequency.cases, "max_cases": entry.cases},
        entry,
    )


def _no_explicit_rule(candidate: Candidate, thresholds: Thresholds) -> Ground | None:
    if not candidate.violation.no_explicit_rule:
        return None
    return Ground(
        clause=f"{_CLAUSE}包容审慎",
        grade="低",
        statement="法律没有明确规定，需要包容审慎监管。",
        figures={"cases": candidate.figures.cases},
        policy_source="本部门违法行为目录",
        policy_verified=False,
    )


def _enough(number: int, share: float, cases: int) -> bool:
    """Whether at least one case, and that share of all, is there; 7 of 100 are 0.07 of them."""
    return number > 0 and number >= round(share * cases, 6)


LOW_RULES: tuple[Rule, ...] = (_summary_procedure, _slight, _sporadic, _no_explicit_rule)
