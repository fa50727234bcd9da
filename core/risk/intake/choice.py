"""Choosing by the words of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def chosen(value: Any, answers: Mapping[Any, Any], otherwise: Any) -> Any:
    """The answer for the word that the value is, else `otherwise`: one branch a word.

    Not `isin`: DuckDB makes a join of six or more constants, which is slower and may lose the
    order of rows, by which their lines are known.
    """
    import ibis

    branches = [(value == ibis.literal(word), answer) for word, answer in answers.items()]
    return ibis.cases(*branches, else_=otherwise) if branches else otherwise


def is_one_of(value: Any, words: Iterable[str]) -> Any:
    """Whether the value is one of the words; false for null."""
    import ibis

    return chosen(value, dict.fromkeys(words, ibis.literal(True)), ibis.literal(False))
