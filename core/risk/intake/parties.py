"""Who the party of a case is, and who else its row names: covered where else they stand."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .column import Column, text
from .masking import COVER

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from risk.model.adapter import Adapter

    from .frame import Frame

# Shorter ones, such as a running number in the column of identity numbers, stand in any address.
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Party(Column):
    """A pseudonym, and in `told_by` the columns of names and numbers that it is made of."""

    told_by: tuple[Column, ...] = ()


def people_named(adapter: Adapter, frame: Frame) -> list[Any]:
    """The names and numbers of a row's party and of its further people; null where too short to tell.

    They are those that its pseudonym is made of and those in the columns of `people` that are there.
    """
    party = adapter.columns.get("party")
    columns = [
        *(party.told_by if isinstance(party, Party) else ()),
        *(text(headings) for headings in adapter.people if frame.has(headings)),
    ]
    return [
        _kept(frame, ("person", number), _if_telling(column.make(frame).cast("string")))
        for number, column in enumerate(columns)
    ]


def without_people(frame: Frame, name: str, said: Any, people: Sequence[Any]) -> Any:
    """The text of the column `name` with the names and numbers of its own row's people covered.

    A name has no shape by which it could be known; the row that it stands in knows it.
    """
    for number, person in enumerate(people):
        # Each covering is a step: written into each other they would be computed over and over.
        said = _kept(frame, ("to cover", name, number), said)
        said = said.contains(person).ifelse(said.replace(person, COVER), said)
    return said


def _if_telling(said: ir.StringValue) -> ir.StringValue:
    import ibis

    least = (said > "~").ifelse(_SHORTEST_NAME, _SHORTEST_NUMBER)
    told: ir.StringValue = (said.length() >= least).ifelse(said, ibis.null("string"))
    return told


def _kept(frame: Frame, key: Hashable, value: Any) -> Any:
    return frame.once(key, lambda: value)
