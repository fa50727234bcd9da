"""What describes a table or view: one text for it and one for each of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_AFTER_THE_NAME: Final = re.compile("[：，；]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a table or view holds, and what each column says, in the words officials read.

    Each text begins with a short name; what else there is to say follows after punctuation.
    """

    text: str
    columns: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the table or view is called."""
        return _name(self.text)

    @property
    def headings(self) -> dict[str, str]:
        """What each column is called: 案件数 for cases; a Chinese column by its own name."""
        return {
            column: _name(text) if column.isascii() else column
            for column, text in self.columns.items()
        }


def _name(text: str) -> str:
    return _AFTER_THE_NAME.split(text, maxsplit=1)[0]
