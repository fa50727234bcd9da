"""Causes and control measures of a graded point: templates matched and filled, nothing invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from risk.model.department import Department
from risk.model.measure import (
    BLANKS_OF_TWELVE_MONTHS,
    Cause,
    Condition,
    Measure,
    MeasureTemplate,
    fill,
)
from risk.model.measure import blanks as named_blanks
from risk.model.point import Candidate, Figures

from .grading import Graded


@dataclass(frozen=True, slots=True)
class Proposal:
    """The causes on both sides that apply to a point and the measures that answer them."""

    causes: tuple[Cause, ...]
    measures: tuple[Measure, ...]


def propose(
    candidate: Candidate,
    graded: Graded,
    templates: Sequence[MeasureTemplate],
    department: Department,
) -> Proposal:
    """Causes and filled measures for a point; those for its very scope come first.

    A template that answers only causes that do not apply here is left out, and so is one that
    speaks of the cases of the twelve months where there are none.
    """
    features = place_features(candidate, department)
    causes = [
        cause
        for cause in candidate.violation.causes
        if _applies(cause.when, candidate, graded, features)
    ]
    texts = {cause.id: cause.text for cause in causes}
    chosen = [
        template
        for template in templates
        if candidate.violation.id in template.violations
        and _applies(template.when, candidate, graded, features)
        and _has_cases_for(template, candidate)
        and (not template.answers or any(answer in texts for answer in template.answers))
    ]
    values = blanks(candidate, department)
    return Proposal(
        causes=tuple(sorted(causes, key=lambda cause: -_narrowness(cause.when))),
        measures=tuple(
            Measure(
                kind=template.kind,
                text=fill(template, values),
                cause="；".join(texts[answer] for answer in template.answers if answer in texts),
                responsible_unit=template.responsible_unit or department.unit,
                template=template.id,
            )
            for template in sorted(chosen, key=lambda template: -_narrowness(template.when))
        ),
    )


def place_features(candidate: Candidate, department: Department) -> frozenset[str]:
    """What the department's register says of the point's place, e.g. 老旧小区."""
    scope = candidate.scope
    return frozenset(
        feature
        for place in department.places
        if place.name == scope.place and place.district in (None, scope.district)
        for feature in place.features
    )


def blanks(candidate: Candidate, department: Department) -> dict[str, str]:
    """The words and figures that fill a template's blanks."""
    scope, figures = candidate.scope, candidate.figures
    values = {
        "violation": candidate.violation.name,
        "unit": department.unit,
        "cases": str(figures.cases),
        "recent_cases": str(figures.frequency.cases),
        "period": _period(figures),
        "place": scope.site,
        "time_band": scope.time_band or "",
        "industry": scope.industry or "",
        "behaviour": scope.behaviour or "",
    }
    return {name: value for name, value in values.items() if value}


def _applies(
    when: Condition, candidate: Candidate, graded: Graded, features: Iterable[str]
) -> bool:
    scope = candidate.scope
    fired = [ground.clause for ground in graded.grounds]
    return (
        all(getattr(scope, part) for part in when.scope)
        and (not when.time_band or scope.time_band in when.time_band)
        and (not when.place_features or bool(set(when.place_features) & set(features)))
        and (not when.industry or scope.industry in when.industry)
        and (not when.behaviour or scope.behaviour in when.behaviour)
        and (not when.grades or graded.grade in when.grades)
        and (
            not when.grounds
            or any(clause.endswith(word) for clause in fired for word in when.grounds)
        )
    )


def _has_cases_for(template: MeasureTemplate, candidate: Candidate) -> bool:
    recent = candidate.figures.frequency.cases
    return recent > 0 or not BLANKS_OF_TWELVE_MONTHS & set(named_blanks(template.text))


def _narrowness(when: Condition) -> int:
    parts = (when.scope, when.time_band, when.place_features, when.industry, when.behaviour)
    return sum(map(bool, parts))


def _period(figures: Figures) -> str:
    """The months in which the recent cases lie; mistyped dates lie outside of them."""
    recent = figures.frequency
    first = figures.first if figures.first >= recent.since else max(recent.since, recent.data_since)
    last = min(figures.last, recent.until)
    return "至".join(dict.fromkeys((_month(min(first, last)), _month(last))))


def _month(day: dt.date) -> str:
    return f"{day.year}年{day.month}月"
