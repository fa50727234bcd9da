"""The thresholds that hold for one department: its own before the policy's general ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from risk.model.policy import (
    CountedKinds,
    Entry,
    Limit,
    Listing,
    MajorPenalty,
    Numerous,
    OverRepresented,
    Policy,
    Recurring,
    Share,
    Sporadic,
    TimeBand,
)
from risk.model.ranking import Grading

E = TypeVar("E", bound=Entry)
D = TypeVar("D", Numerous, OverRepresented, Recurring)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A department's thresholds: dated ones as lists, own entries first; others as of `day`.

    `summary_fine` and `major_penalty` are applied at each case's own date of decision: the first
    entry of the list that holds on it. The rest judges the present and is taken as of `day`.
    """

    day: dt.date
    levels: int
    summary_fine: tuple[Limit, ...]
    major_penalty: tuple[MajorPenalty, ...]
    coercive_measures: CountedKinds
    compulsory_enforcement: CountedKinds
    numerous: tuple[Numerous, ...]
    over_represented: tuple[OverRepresented, ...]
    recurring: tuple[Recurring, ...]
    sporadic: Sporadic
    summary_share: Share
    slight_share: Share
    time_bands: tuple[TimeBand, ...]
    listing: Listing


def thresholds(policy: Policy, own: Grading, department: str, day: dt.date) -> Thresholds:
    """The thresholds for `department`; ValueError where the policy leaves one open on `day`."""

    def dated(general: Sequence[E], special: Sequence[E]) -> tuple[E, ...]:
        entries = [*special, *general]
        mine = [entry for entry in entries if entry.department == department]
        common = [entry for entry in entries if entry.department is None]
        return (*mine, *common)

    def now(general: Sequence[E], special: Sequence[E], name: str) -> E:
        for entry in dated(general, special):
            if entry.holds(department, day):
                return entry
        raise ValueError(f"the policy {policy.id} has no {name} in force on {day}")

    def by_dimension(general: Sequence[D], special: Sequence[D]) -> tuple[D, ...]:
        chosen: dict[str, D] = {}
        for entry in dated(general, special):
            if entry.holds(department, day):
                chosen.setdefault(entry.dimension, entry)
        return tuple(chosen.values())

    bands = dated(policy.time_bands, own.time_bands)
    mine = tuple(band for band in bands if band.department == department)
    return Thresholds(
        day=day,
        levels=policy.levels,
        summary_fine=dated(policy.summary_fine, own.summary_fine),
        major_penalty=dated(policy.major_penalty, own.major_penalty),
        coercive_measures=now(policy.coercive_measures, own.coercive_measures, "coercive_measures"),
        compulsory_enforcement=now(
            policy.compulsory_enforcement, own.compulsory_enforcement, "compulsory_enforcement"
        ),
        numerous=by_dimension(policy.numerous, own.numerous),
        over_represented=by_dimension(policy.over_represented, own.over_represented),
        recurring=by_dimension(policy.recurring, own.recurring),
        sporadic=now(policy.sporadic, own.sporadic, "sporadic"),
        summary_share=now(policy.summary_share, own.summary_share, "summary_share"),
        slight_share=now(policy.slight_share, own.slight_share, "slight_share"),
        time_bands=mine or bands,
        listing=now(policy.listing, own.listing, "listing"),
    )


def entry_for(entries: Sequence[D], dimension: str) -> D | None:
    """The entry of a frequency word for a dimension; None where the word is not judged there."""
    return next((entry for entry in entries if entry.dimension == dimension), None)
