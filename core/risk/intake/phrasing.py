"""Which of several things a text names, by phrases of which longer ones go before shorter ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from .folding import fold

Phrases = Mapping[str, tuple[str, ...]]

# A sign that folding leaves: what stood on the two sides of a phrase makes no new one.
_APART = "\x1f"


def named(said: Any, table: Phrases) -> dict[str, Any]:
    """For each key of `table`, whether a text folded by `fold_text` holds one of its phrases.

    A phrase does not count where it is part of a longer one of another key that stands there, nor
    with 非 before it: 电动自行车闯红灯 and 非机动车闯红灯 are no 机动车闯红灯.
    """
    hits = {}
    for key, looks in _looks(table).items():
        hit = reduce(
            or_,
            (
                (said.re_replace(around, _APART) if around else said).re_search(pattern)
                for around, pattern in looks
            ),
        )
        # Few texts hold any of the phrases: taking out the longer ones is left to these.
        any_at_all = said.re_search(_any_of(list(map(fold, table[key]))))
        hits[key] = any_at_all.ifelse(hit, False) if len(looks) > 1 else hit
    return hits


def how_many(hits: Mapping[str, Any]) -> Any:
    """How many of the hits hold."""
    import ibis

    return sum((hit.cast("int32") for hit in hits.values()), ibis.literal(0, "int32"))


def which(hits: Mapping[str, Any]) -> Any:
    """The key of the first hit that holds; null where none does."""
    import ibis

    branches = [(hit, ibis.literal(key)) for key, hit in hits.items()]
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")


def names_in(text: str, table: Phrases) -> set[str]:
    """The keys of `table` that one text names, as `named` says of a column."""
    said = fold(text)
    return {
        key
        for key, looks in _compiled(tuple(table.items())).items()
        if any(
            pattern.search(around.sub(_APART, said) if around else said)
            for around, pattern in looks
        )
    }


# To look for one text in a table takes far less time than to make its patterns.
@lru_cache(maxsize=8)
def _compiled(
    entries: tuple[tuple[str, tuple[str, ...]], ...],
) -> dict[str, list[tuple[re.Pattern[str] | None, re.Pattern[str]]]]:
    return {
        key: [
            (re.compile(around) if around else None, re.compile(pattern))
            for around, pattern in looks
        ]
        for key, looks in _looks(dict(entries)).items()
    }


def _looks(table: Phrases) -> dict[str, list[tuple[str, str]]]:
    """For each key what to take out of the text (perhaps nothing), and what to look for in it."""
    folded = {key: list(dict.fromkeys(map(fold, words))) for key, words in table.items()}
    looks: dict[str, list[tuple[str, str]]] = {}
    for key, words in folded.items():
        around = {word: _around(word, key, folded) for word in words}
        free = [word for word in words if not around[word]]
        looks[key] = [("", _any_of(free))] if free else []
        looks[key] += [(_either(around[word]), _any_of([word])) for word in words if around[word]]
    return looks


def _around(word: str, key: str, table: Mapping[str, list[str]]) -> list[str]:
    """The phrases of other keys that a phrase of this one is part of, the longest first."""
    longer = {
        other
        for name, others in table.items()
        if name != key
        for other in others
        if word in other and word != other
    }
    return sorted(longer, key=lambda other: (-len(other), other))


def _any_of(words: list[str]) -> str:
    return f"(?:^|[^非])(?:{_either(words)})"


def _either(words: list[str]) -> str:
    return "|".join(map(re.escape, words))
