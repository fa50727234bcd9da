"""Made-up points that meet a condition: on them templates are filled before real ones need them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from risk.analysis.grading import Graded
from risk.model.department import Department, Place
from risk.model.measure import Condition
from risk.model.point import Candidate, Figures, Frequency, Ground, Scope, ScopeKind
from risk.model.violation import ViolationType

_PLACE, _DISTRICT = "示例路", "示例区"
_FIRST, _LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
# The parts of a scope that points have at once.
_KINDS: dict[frozenset[str], ScopeKind] = {
    frozenset(): "city",
    frozenset({"place"}): "place",
    frozenset({"time_band"}): "time_band",
    frozenset({"industry"}): "industry",
    frozenset({"behaviour"}): "behaviour",
    frozenset({"place", "time_band"}): "place_time",
}


class Unmeetable(Exception):
    """No point can meet the condition; the message says why."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A point that meets a condition, and the department whose register knows its place."""

    candidate: Candidate
    graded: Graded
    department: Department


def points(
    when: Condition, violation: ViolationType, department: Department, bands: Sequence[str]
) -> Iterator[MadeUp]:
    """One point for each way to meet the condition; Unmeetable where there is none.

    `bands` are the parts of the day that the policy knows.
    """
    kind = _kind(when)
    for name in when.time_band:
        if name not in bands:
            raise Unmeetable(f"the policy has no time band {name!r}, only {'、'.join(bands)}")
    for band, feature, industry, behaviour, grade, clause in product(
        when.time_band or (bands[0] if "time_band" in when.scope else None,),
        when.place_features or (None,),
        when.industry or ("示例行业" if "industry" in when.scope else None,),
        when.behaviour or ("示例表现形式" if "behaviour" in when.scope else None,),
        when.grades or ("中",),
        when.grounds or (None,),
    ):
        placed = kind in ("place", "place_time")
        scope = Scope(
            kind=kind,
            district=_DISTRICT if placed else None,
            place=_PLACE if placed else None,
            time_band=band,
            industry=industry,
            behaviour=behaviour,
        )
        register = (Place(name=_PLACE, features=(feature,) if feature else ()),)
        yield MadeUp(
            Candidate(violation=violation, scope=scope, figures=_figures()),
            Graded(grade, (_ground(clause),) if clause else (), ()),
            department.model_copy(update={"places": register}),
        )


def both(one: Condition, other: Condition) -> Condition:
    """The condition that holds where both do; Unmeetable where they exclude each other."""
    narrowed = {}
    for name in ("time_band", "place_features", "industry", "behaviour", "grades", "grounds"):
        first, second = getattr(one, name), getattr(other, name)
        shared = tuple(value for value in first if value in second)
        if first and second and not shared:
            raise Unmeetable(f"{'、'.join(first)} and {'、'.join(second)} exclude each other")
        narrowed[name] = shared or first or second
    return Condition(scope=tuple(dict.fromkeys((*one.scope, *other.scope))), **narrowed)


def _kind(when: Condition) -> ScopeKind:
    parts = set(when.scope)
    parts |= {name for name in ("time_band", "industry", "behaviour") if getattr(when, name)}
    if when.place_features:
        parts.add("place")
    kind = _KINDS.get(frozenset(parts))
    if kind is None:
        raise Unmeetable(f"no point has {' and '.join(sorted(parts))} at once")
    return kind


def _figures() -> Figures:
    frequency = Frequency(since=_FIRST, until=_LAST, data_since=_FIRST, cases=12)
    return Figures(cases=24, first=_FIRST, last=_LAST, frequency=frequency)


def _ground(clause: str) -> Ground:
    return Ground(
        clause=clause, grade="高", statement="", figures={}, policy_source="", policy_verified=True
    )
