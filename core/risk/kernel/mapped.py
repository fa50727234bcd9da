"""Whether what an adapter maps to a column is of a kind that the column may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from risk.model.adapter import Adapter
from risk.model.column import CanonicalColumn, Gives, given_by
from risk.model.kind import KINDS

from .places import Misfit

Given = frozenset[Gives]

_PSEUDONYM: Final[Given] = frozenset({"pseudonym"})
_FEN: Final[Given] = frozenset({"fen", "own"})
_WORD: Final[Given] = frozenset({"word", "own"})
_WORDS: Final[Given] = frozenset({"word", "words", "own"})
_FLAG: Final[Given] = frozenset({"flag", "own"})
# A day may be a constant too, written 2025-03-04.
_MOMENT: Final[Given] = frozenset({"moment", "word", "own"})
_NUMBER: Final[Given] = frozenset({"number", "own"})


def wrongly_mapped(adapters: Iterable[Adapter]) -> Iterator[Misfit]:
    """Yield, of each adapter, what may give something that must not stand in its column.

    And the rules that do not say yes or no. What an expression of the author's own gives is looked
    at when it is built, or in every row.
    """
    for adapter in adapters:
        for column in KINDS[adapter.kind].columns:
            expression = adapter.columns.get(column.name)
            fitting, why = _wanted(column)
            if expression is not None and fitting and not given_by(expression) <= fitting:
                yield Misfit(f"adapter {adapter.name}, column {column.name}: {why}", False)
        for rules, by_name in (("rejects", adapter.rejects), ("excludes", adapter.excludes)):
            for name, rule in by_name.items():
                if not given_by(rule) <= _FLAG:
                    what = "says no yes or no; put .isin(…), .matches(…) or .is_missing() behind it"
                    yield Misfit(f"adapter {adapter.name}, rule {name} of {rules}: {what}", False)


def _wanted(column: CanonicalColumn) -> tuple[Given, str]:
    """What may be mapped to the column, and why nothing else; no set where all is well."""
    if column.name == "party":
        what = "holds pseudonyms and nothing else, or names get into the database"
        return _PSEUDONYM, f"{what}; write c.pseudonym(…)"
    if column.name.endswith("_fen"):
        return _FEN, "holds money in 分; write c.amount(heading, unit='元')"
    if column.type == "boolean":
        what = "holds true or false; say which words mean what"
        return _FLAG | _WORD, f"{what}: c.yes_no(heading, {{'是': True, '否': False}})"
    if column.name == "violation":
        what = "holds ids of violation types; say which words mean which"
        return _WORD, f"{what}: c.lookup(heading, …), c.phrases(…) or c.classified(…)"
    if column.words:
        fitting, word = (_WORDS, "kinds") if column.joined else (_WORD, "lookup")
        what = f"holds words of a closed list ({column.words[0]} …); say which words mean which"
        return fitting, f"{what}: c.{word}(heading, {{…: '{column.words[0]}'}})"
    if column.type in ("date", "timestamp"):
        return _MOMENT, f"holds moments; write c.{column.type}(heading)"
    if column.type == "float":
        return _NUMBER, "holds numbers; write c.number(heading)"
    return frozenset(), ""
