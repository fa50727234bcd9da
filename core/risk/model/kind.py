"""The kinds of records that a source may hold: decided cases, and signals, which are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from .case import CASE_COLUMNS
from .column import CanonicalColumn
from .signal import SIGNAL_COLUMNS

KindName = Literal["cases", "signals"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of records: its canonical columns, and the two that number and date a record.

    `record` is what an accepted row is called; rows of one kind are never taken for another's.
    """

    name: KindName
    record: str
    number: str
    day: str
    columns: tuple[CanonicalColumn, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns without which a row is no record."""
        return tuple(column.name for column in self.columns if column.required)


CASES: Final = Kind("cases", "case", "case_id", "decided_on", CASE_COLUMNS)
SIGNALS: Final = Kind("signals", "signal", "signal_id", "received_on", SIGNAL_COLUMNS)
KINDS: Final[Mapping[KindName, Kind]] = {kind.name: kind for kind in (CASES, SIGNALS)}
