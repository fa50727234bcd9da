"""Who the party of a case is: told by a pseudonym alone, and covered where else it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .column import Column
from .masking import COVER

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

# Shorter ones, such as a running number in the column of identity numbers, stand in any address.
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Party(Column):
    """A pseudonym, and in `told_by` the columns of names and numbers that it is made of."""

    told_by: tuple[Column, ...] = ()


def party_texts(expression: object, frame: Frame) -> list[Any]:
    """The names and numbers from which a row's pseudonym is made, as texts."""
    if not isinstance(expression, Party):
        return []
    return [part.make(frame).cast("string") for part in expression.told_by]


def without_party(text: ir.StringValue, parties: Sequence[ir.StringValue]) -> ir.StringValue:
    """The text with the names and numbers of its own row's party covered.

    A name has no shape by which it could be known; the row that it stands in knows it.
    """
    for party in parties:
        tells = (party > "~").ifelse(
            party.length() >= _SHORTEST_NAME, party.length() >= _SHORTEST_NUMBER
        )
        found = text.contains(party) & tells
        text = found.ifelse(text.replace(party, COVER), text)
    return text
