"""Which of several results of a department goes in, and what becomes of the others.

That depends on the results alone, never on the order in which they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

Verdict = Literal["added", "replaced", "forced", "same", "left_out"]


class Age(NamedTuple):
    """What orders results: real data before a made-up sample, then the later end of their runs.

    `finished_at` is a moment as text; the run's id breaks ties.
    """

    real: bool
    finished_at: str
    run: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A department's result in the database `source`."""

    department: str
    source: Path
    age: Age


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an offer, and the result of the department that it was held against.

    `replaced` means that it took the rival's place, `forced` that it did so though the rival goes
    before it, `left_out` that the rival, in the target or in another source, is there instead.
    """

    offer: Offer
    verdict: Verdict
    rival: Offer | None


Held = Mapping[str, Offer | None]


def best(offers: Sequence[Offer]) -> dict[str, Offer]:
    """Of each department the offer that goes before the others."""
    found: dict[str, Offer] = {}
    for offer in offers:
        if offer.department not in found or offer.age > found[offer.department].age:
            found[offer.department] = offer
    return found


def winners(offers: Sequence[Offer], held: Held, force: bool = False) -> dict[str, Offer]:
    """Of each department the offer that goes in, where one does: with `force` the best in any case.

    `held` has the target's results, None where a department has none there.
    """
    return {
        department: offer
        for department, offer in best(offers).items()
        if (there := held[department]) is None
        or (offer.age != there.age and (force or offer.age > there.age))
    }


def outcomes(
    offers: Sequence[Offer], held: Held, going_in: Mapping[str, Offer]
) -> Iterator[Outcome]:
    """What becomes of every offer, department by department."""
    for offer in sorted(offers, key=lambda offer: offer.department):
        before, winner = held[offer.department], going_in.get(offer.department)
        if offer is winner:
            yield Outcome(offer, _taken(offer, before), before)
        else:
            rival = winner or before
            same = rival is not None and rival.age == offer.age
            yield Outcome(offer, "same" if same else "left_out", rival)


def _taken(offer: Offer, before: Offer | None) -> Verdict:
    if before is None:
        return "added"
    return "replaced" if offer.age > before.age else "forced"
