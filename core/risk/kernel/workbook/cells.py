"""What a value of a YAML file looks like in a cell, and what a cell means."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from .tables import YES_NO, Column

# All that counts as yes or no in the YAML files.
_TRUTH = {"true": "true", "yes": "true", "on": "true", "1": "true", "t": "true", "y": "true"} | {
    "false": "false", "no": "false", "off": "false", "0": "false", "f": "false", "n": "false"
}  # fmt: skip
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")
_DAY = re.compile(r"[0-9]{4}(?:([-/.])[0-9]{1,2}\1[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")


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
        return _day(_MIDNIGHT.sub("", text))
    if column.form == "amount":
        return _amount(text)
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


def _day(text: str) -> str:
    """The day as the files write it; what is no day stays as it was typed."""
    narrow = unicodedata.normalize("NFKC", text)
    if _DAY.fullmatch(narrow) is None:
        return text
    try:
        return dt.date(*map(int, re.findall("[0-9]+", narrow))).isoformat()
    except ValueError:
        return text


def _amount(text: str) -> str:
    """The amount without the commas between its thousands; any others stay, and are no number."""
    narrow = unicodedata.normalize("NFKC", text)
    return narrow.replace(",", "") if _THOUSANDS.fullmatch(narrow) else text


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
