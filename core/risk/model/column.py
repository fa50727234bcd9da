"""A canonical column: what the adapters' files are brought to, cases and signals alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "timestamp", "date", "float", "integer", "boolean"]
# What an expression gives: what somebody typed, one of the texts that it tells beforehand, any
# number of these joined by 、, yes or no, a number of whatever it counts, a day or moment, money in
# 分, a keyed hash, or what only the plugin's author knows.
Gives = Literal["text", "word", "words", "flag", "number", "moment", "fen", "pseudonym", "own"]


def given_by(expression: object) -> frozenset[Gives]:
    """What a column expression may give; one that is no word of the vocabulary does not tell."""
    given: frozenset[Gives] = getattr(expression, "gives", frozenset({"own"}))
    return given


@dataclass(frozen=True, slots=True)
class CanonicalColumn:
    """One canonical column: its name, type, Chinese heading and what it holds.

    `words` is the closed list of what it may hold; empty where that is open. Where `joined`, it
    holds any number of them with 、 between.
    """

    name: str
    type: ColumnType
    heading: str
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()
    joined: bool = False

    def may_hold(self, value: str) -> bool:
        """Whether the value is of the column's closed list, if it has one."""
        if not self.words:
            return True
        if not self.joined:
            return value in self.words
        return re.fullmatch(f"(?:{self.several})?", value) is not None

    @property
    def several(self) -> str:
        """A pattern for one or more words of the closed list with 、 between.

        Some of the words have a 、 of their own, so that they cannot be parted.
        """
        one = "|".join(map(re.escape, self.words))
        return f"(?:{one})(?:、(?:{one}))*"
