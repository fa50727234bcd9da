"""What describes a table or view: one text for it and one for each of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a table or view holds, and what each column says, in the words officials read."""

    text: str
    columns: Mapping[str, str]
