"""The urban management department: what it knows and how its files are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from risk import Knowledge, double_publicity, hookimpl

if TYPE_CHECKING:
    from risk import Adapter, Department, Grading, Law, MeasureTemplate, ViolationType

_knowledge = Knowledge(__name__)
# Each table of words, and what they mean.
_TERMS = {
    "case": "violation",
    "party": "party_kind",
    "penalty": "penalties",
    "procedure": "procedure",
    "coercive": "coercive_measures",
    "compulsory": "compulsory_enforcement",
    "flag": "corrected",
    "status": "state",
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
    from .adapters import case_export
    from .signals import citizen_messages, hotline_orders, sanitation_complaints

    terms = {name: _knowledge.terms(f"{name}_terms", means) for name, means in _TERMS.items()}
    yield case_export(terms)
    said = _knowledge.table("message_terms.yaml")
    yield hotline_orders(said["subject"], said["text"])
    yield citizen_messages(said["subject"], said["text"])
    yield sanitation_complaints(_knowledge.terms("chicago_natures", "violation", "natures"))
    yield double_publicity(_knowledge.violation_types())


@hookimpl
def risk_measure_templates() -> Iterable[MeasureTemplate]:
    """The control measures."""
    return _knowledge.measure_templates()


@hookimpl
def risk_grading() -> Grading:
    """The department's own thresholds, and its three rankings."""
    return _knowledge.grading()
