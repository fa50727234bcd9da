"""Whether what an adapter maps to a column is of a kind that the column may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from risk.model.adapter import Adapter
from risk.model.column import Gives

from .places import Misfit

_NOT_KNOWN: Final[frozenset[Gives]] = frozenset({"own"})


def wrongly_mapped(adapters: Iterable[Adapter]) -> Iterator[Misfit]:
    """Yield, of each adapter, the columns whose expression may give what must not stand there."""
    for adapter in adapters:
        party = adapter.columns.get("party")
        if party is not None and _given_by(party) != {"pseudonym"}:
            what = "holds pseudonyms and nothing else, or names get into the database; write"
            yield Misfit(f"adapter {adapter.name}, column party: {what} c.pseudonym(…)", False)


def _given_by(expression: Any) -> frozenset[Gives]:
    """What the expression may give; one that is no Column of the vocabulary does not tell."""
    return getattr(expression, "gives", _NOT_KNOWN)
