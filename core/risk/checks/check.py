"""What a check is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from risk.errors import RiskError
from risk.kernel.plugins import Plugin


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and how to mend it; each in plain words."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.mend}"


class NotChecked(Exception):
    """The check cannot be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its name, the sentence that holds where it finds nothing, and what finds faults."""

    name: str
    holds: str
    find: Callable[[Plugin], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check: its faults, or why it was not made; neither where all is well."""

    check: Check
    faults: tuple[Fault, ...] = ()
    skipped: str = ""


def outcome_of(check: Check, plugin: Plugin) -> Outcome:
    """Make the check of the plugin; what the kernel itself refuses is a fault too."""
    try:
        return Outcome(check, tuple(check.find(plugin)))
    except NotChecked as reason:
        return Outcome(check, skipped=str(reason))
    except RiskError as error:
        return Outcome(check, (Fault(plugin.name, error.what.rstrip("."), error.remedy),))
