"""The environment department: what it knows and how its files are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from risk import Knowledge, double_publicity, hookimpl

if TYPE_CHECKING:
    from risk import Adapter, Department, Grading, Law, MeasureTemplate, ViolationType

_knowledge = Knowledge(__name__)
# Each table of words, and what they mean.
_TERMS = {
    "offence": "violation",
    "industry": "industry",
    "party": "party_kind",
    "penalty": "penalties",
    "procedure": "procedure",
    "flag": "corrected",
    "status": "state",
}
_COERCION = {"measures": "coercive_measures", "enforcement": "compulsory_enforcement"}


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
    from .adapters import massachusetts_actions, penalty_export

    terms = {name: _knowledge.terms(f"{name}_terms", means) for name, means in _TERMS.items()}
    terms |= {
        name: _knowledge.terms("coercive_terms", means, "terms", name)
        for name, means in _COERCION.items()
    }
    types = _knowledge.violation_types()
    yield penalty_export(terms, types)
    yield massachusetts_actions(
        _knowledge.table("madep_phrases")["phrases"],
        _knowledge.table("madep_industries")["industries"],
        _knowledge.table("madep_towns")["towns"],
    )
    yield double_publicity(types)


@hookimpl
def risk_measure_templates() -> Iterable[MeasureTemplate]:
    """The control measures."""
    return _knowledge.measure_templates()


@hookimpl
def risk_grading() -> Grading:
    """The department's own thresholds and rankings."""
    return _knowledge.grading()
