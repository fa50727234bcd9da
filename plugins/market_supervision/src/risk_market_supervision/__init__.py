"""The market supervision department: what it knows and how its files are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from risk import Knowledge, double_publicity, hookimpl

if TYPE_CHECKING:
    from risk import Adapter, Department, Grading, Law, MeasureTemplate, ViolationType

_knowledge = Knowledge(__name__)
# Each table of words, and what they mean.
_TERMS = {
    "market": "violation",
    "party": "party_kind",
    "penalty": "penalties",
    "no_penalty": "penalties",
    "procedure": "procedure",
    "coercive": "coercive_measures",
    "enforcement": "compulsory_enforcement",
    "flag": "corrected",
    "status": "state",
}
_DINESAFE = {
    "types": "industry",
    "actions": "penalties",
    "orders": "coercive_measures",
    "outcomes": "penalties",
}


@hookimpl
def risk_department() -> Department:
    """Who this is."""
    return _knowledge.department()


@hookimpl
def risk_violation_types() -> Iterable[ViolationType]:
    """The catalogue."""
    return _knowledge.violation_types()


@hookimpl
def risk_laws() -> Iterable[Law]:
    """The laws that the catalogue cites."""
    return _knowledge.laws().values()


@hookimpl
def risk_adapters() -> Iterable[Adapter]:
    """The files that can be read."""
    from .adapters import case_export, dinesafe

    terms = {name: _knowledge.terms(f"{name}_terms", means) for name, means in _TERMS.items()}
    words = {kind.id: (kind.name, *kind.phrases) for kind in _knowledge.violation_types()}
    yield case_export(terms, words)
    yield dinesafe(
        _knowledge.terms("dinesafe_infractions", "violation", "infractions"),
        {
            name: _knowledge.terms("dinesafe_terms", means, name)
            for name, means in _DINESAFE.items()
        },
    )
    yield double_publicity(_knowledge.violation_types())


@hookimpl
def risk_measure_templates() -> Iterable[MeasureTemplate]:
    """The control measures."""
    return _knowledge.measure_templates()


@hookimpl
def risk_grading() -> Grading:
    """The department's own thresholds and rankings."""
    return _knowledge.grading()
