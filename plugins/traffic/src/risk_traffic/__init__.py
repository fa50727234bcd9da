"""The traffic department: what it knows and how its files are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from risk import Knowledge, double_publicity, hookimpl

if TYPE_CHECKING:
    from risk import Adapter, Department, Grading, Law, MeasureTemplate, ViolationType

_knowledge = Knowledge(__name__)
# Each table of words, and what they mean.
_TERMS = {
    "police": "violation",
    "party": "party_kind",
    "penalty": "penalties",
    "procedure": "procedure",
    "coercive": "coercive_measures",
    "flag": "corrected",
    "status": "state",
    "decided": "state",
}


@hookimpl
def risk_department() -> Department:
    """Who this is."""
    return _knowledge.department()


@hookimpl
def risk_laws() -> Iterable[Law]:
    """The laws that the catalogue cites."""
    return _knowledge.laws().values()


@hookimpl
def risk_violation_types() -> Iterable[ViolationType]:
    """The catalogue."""
    return _knowledge.violation_types()


@hookimpl
def risk_adapters() -> Iterable[Adapter]:
    """The files that can be read."""
    from .adapters import nyc_parking, police_export

    terms = {name: _knowledge.terms(f"{name}_terms", means) for name, means in _TERMS.items()}
    yield police_export(terms)
    yield nyc_parking(_knowledge.terms("nyc_codes", "violation", "codes"))
    yield double_publicity(_knowledge.violation_types())


@hookimpl
def risk_measure_templates() -> Iterable[MeasureTemplate]:
    """The control measures."""
    return _knowledge.measure_templates()


@hookimpl
def risk_grading() -> Grading:
    """Traffic's own thresholds, and 十大贴条路段."""
    return _knowledge.grading()
