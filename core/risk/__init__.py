"""The public face for plugin authors: `hookimpl`, the models, `Knowledge` and `columns`.

Everything is loaded on first use, so that `import risk` and `risk --help` stay light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from risk.errors import RiskError
    from risk.intake import columns
    from risk.intake.double_publicity import double_publicity
    from risk.kernel.catalogue import Knowledge
    from risk.kernel.hookspecs import hookimpl
    from risk.model.adapter import Adapter
    from risk.model.department import Department, Place
    from risk.model.law import Fine, Law, LegalReference
    from risk.model.measure import Cause, Condition, Measure, MeasureTemplate
    from risk.model.ranking import Grading, Ranking
    from risk.model.violation import Exemption, ViolationType

_HOMES = {
    "RiskError": "risk.errors",
    "columns": "risk.intake.columns",
    "double_publicity": "risk.intake.double_publicity",
    "Knowledge": "risk.kernel.catalogue",
    "hookimpl": "risk.kernel.hookspecs",
    "Adapter": "risk.model.adapter",
    "Department": "risk.model.department",
    "Place": "risk.model.department",
    "Fine": "risk.model.law",
    "Law": "risk.model.law",
    "LegalReference": "risk.model.law",
    "Cause": "risk.model.measure",
    "Condition": "risk.model.measure",
    "Measure": "risk.model.measure",
    "MeasureTemplate": "risk.model.measure",
    "Grading": "risk.model.ranking",
    "Ranking": "risk.model.ranking",
    "Exemption": "risk.model.violation",
    "ViolationType": "risk.model.violation",
}

__version__ = "0.1.0"
__all__ = [
    "Adapter",
    "Cause",
    "Condition",
    "Department",
    "Exemption",
    "Fine",
    "Grading",
    "Knowledge",
    "Law",
    "LegalReference",
    "Measure",
    "MeasureTemplate",
    "Place",
    "Ranking",
    "RiskError",
    "ViolationType",
    "columns",
    "double_publicity",
    "hookimpl",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'risk' has no attribute {name!r}") from None
    module = import_module(home)
    value = module if home.endswith(f".{name}") and name == "columns" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
