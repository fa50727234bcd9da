"""What a value of a YAML file looks like in a cell, and what a cell means."""

from __future__ import annotations

import re
from typing import Any

from .tables import YES_NO, Column

# All that counts as yes or no in the YAML files.
_TRUTH = {"true": "true", "yes": "true", "on": "true", "1": "true", "t": "true", "y": "true"} | {
    "false": "false", "no": "false", "off": "false", "0": "false", "f": "false", "n": "false"
}  # fmt: skip
_MIDNIGHT = re.compile(r"[ T]00:00:00(\.0+)?$")


def shown(column: Column, value: Any) -> str:
    """The text of a cell for a value as it is written in the file; empty for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_shown_word(column, str(item)) for item in value)
    return _shown_word(column, str(value))


def plain(column: Column, cell: str | None) -> str:
    """The text of a cell without what spreadsheet programs add to it."""
    text = (cell or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if column.form == "date":
        return _MIDNIGHT.sub("", text)
    if column.form == "list":
        return "\n".join(line.strip() for line in text.split("\n") if line.strip())
    if column.words is YES_NO:
        return _shown_word(column, text)
    return text


def meant(column: Column, text: str) -> Any:
    """The value to write for the text of a cell; ValueError where its vocabulary lacks the word."""
    if not text:
        return None
    if column.form == "list":
        return [_meant_word(column, word) for word in text.split("\n")]
    return _meant_word(column, text)


def _shown_word(column: Column, word: str) -> str:
    if column.words is YES_NO:
        word = _TRUTH.get(word.lower(), word)
    return column.words.get(word, word)


def _meant_word(column: Column, word: str) -> str:
    if not column.words:
        return word
    for written, seen in column.words.items():
        if word in (seen, written):
            return written
    raise ValueError(f"must be {'、'.join(column.words.values())}, not {word!r}")
