"""A canonical column: what the adapters' files are brought to, cases and signals alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "timestamp", "date", "float", "integer", "boolean"]


@dataclass(frozen=True, slots=True)
class CanonicalColumn:
    """One canonical column: its name, type, Chinese heading and what it holds."""

    name: str
    type: ColumnType
    heading: str
    meaning: str
    required: bool = False
