"""How articles and fines are written for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from risk.model import legal_words
from risk.model.legal_words import UNVERIFIED


def fine(reference: Mapping[str, Any]) -> str:
    """The range of the fine, e.g. 罚款20至200元; empty where there is none."""
    return f"罚款{reference['fine']}" if reference["fine"] else ""


def remarks(reference: Mapping[str, Any]) -> str:
    """What the catalogue notes beside a fine and its article; empty where it notes nothing."""
    return legal_words.remarks(reference["fine_note"], reference["note"])


def citation(reference: Mapping[str, Any]) -> str:
    """The article with its fine; what is unverified says so."""
    mark = UNVERIFIED if reference["verified"] == "unverified" else ""
    return " ".join(filter(None, (f"{reference['citation']}{mark}", fine(reference))))
