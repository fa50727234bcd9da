"""Annex 1, part one, as pure functions: figures in, grade and grounds out.

Source: 郑法政办〔2019〕6号 附件1《行政相对人法律风险防控制度（试行）》第一部分. Any ground for 高
beats every ground for 低; what has neither is 中.
"""

from __future__ import annotations

from dataclasses import dataclass

from risk.model.point import Candidate, Grade, Ground

from .grounds_for_high import HIGH_RULES
from .grounds_for_low import LOW_RULES
from .sentences import notes
from .thresholds import Thresholds

MIDDLE = "附件1一（三）"
NOTICE = "郑法政办〔2019〕6号附件1"


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade, every ground that fired, and what could not be judged."""

    grade: Grade
    grounds: tuple[Ground, ...]
    notes: tuple[str, ...]


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
