"""Who the party of a case is: told by a pseudonym alone, and covered where else it stands."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from .masking import COVER

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .column import Column
    from .frame import Frame

# Shorter ones, such as a running number in the column of identity numbers, stand in any address.
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 6


def party_texts(expression: object, frame: Frame) -> list[Any]:
    """The names and numbers from which a row's pseudonym is made; null where too short to tell."""
    told_by: tuple[Column, ...] = getattr(expression, "told_by", ())
    texts = (part.make(frame).cast("string") for part in told_by)
    return [
        _kept(frame, ("party text", number), _if_telling(text)) for number, text in enumerate(texts)
    ]


def without_party(frame: Frame, name: str, text: Any, parties: Sequence[Any]) -> Any:
    """The text of the column `name` with the names and numbers of its own row's party covered.

    A name has no shape by which it could be known; the row that it stands in knows it.
    """
    for number, party in enumerate(parties):
        # Each covering is a step: written into each other they would be computed over and over.
        text = _kept(frame, ("to cover", name, number), text)
        text = text.contains(party).ifelse(text.replace(party, COVER), text)
    return text


def _if_telling(text: ir.StringValue) -> ir.StringValue:
    import ibis

    least = (text > "~").ifelse(_SHORTEST_NAME, _SHORTEST_NUMBER)
    told: ir.StringValue = (text.length() >= least).ifelse(text, ibis.null("string"))
    return told


def _kept(frame: Frame, key: Hashable, value: Any) -> Any:
    return frame.once(key, lambda: value)
