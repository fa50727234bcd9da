"""The thresholds that hold for one department: its own before the policy's general ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from risk.model.policy import (
    CountedKinds,
    DimensionEntry,
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
from risk.model.violation import ViolationType

E = TypeVar("E", bound=Entry)
D = TypeVar("D", bound=DimensionEntry)
L = TypeVar("L", bound=Limit)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A department's thresholds: dated ones as lists, own entries first; others as of `day`.

    `summary_fine` and `major_penalty` are applied at each case's own date of decision: the first
    entry of the list that holds on it for the agency of the case. The rest judges the present and
    is taken as of `day`. `violations_of` names the violation types of each agency.
    """

    policy: str
    day: dt.date
    violations_of: Mapping[str, tuple[str, ...]]
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


def thresholds(
    policy: Policy,
    own: Grading,
    department: str,
    day: dt.date,
    violation_types: Iterable[ViolationType] = (),
) -> Thresholds:
    """The thresholds for `department`; ValueError where the policy leaves one open on `day`.

    An entry of the policy that names the department goes before what its plugin declares, so that
    whoever answers for the policy has the last word, and both go before the general entries.
    """

    def owners(general: Sequence[E], special: Sequence[E]) -> tuple[tuple[E, ...], ...]:
        named = tuple(entry for entry in general if entry.department == department)
        common = tuple(entry for entry in general if entry.department is None)
        return named, tuple(special), common

    def dated(general: Sequence[L], special: Sequence[L], name: str) -> tuple[L, ...]:
        entries = tuple(
            entry
            for owned in owners(general, special)
            for entry in sorted(owned, key=lambda entry: entry.agency is None)
        )
        if deciding(entries, day, None) is None:
            raise ValueError(policy.nothing_in_force(name, day))
        return entries

    def now(general: Sequence[E], special: Sequence[E], name: str) -> E:
        for entry in chain(*owners(general, special)):
            if entry.in_force_on(day):
                return entry
        raise ValueError(policy.nothing_in_force(name, day))

    def by_dimension(general: Sequence[D], special: Sequence[D]) -> tuple[D, ...]:
        chosen: dict[str, D] = {}
        for entry in chain(*owners(general, special)):
            if entry.in_force_on(day):
                chosen.setdefault(entry.dimension, entry)
        return tuple(chosen.values())

    def bands() -> tuple[TimeBand, ...]:
        # A day is divided by one owner only: bands of two might overlap.
        for owner in owners(policy.time_bands, own.time_bands):
            if found := tuple(band for band in owner if band.in_force_on(day)):
                return found
        raise ValueError(policy.nothing_in_force("time_bands", day))

    return Thresholds(
        policy=policy.title,
        day=day,
        violations_of=_by_agency(violation_types),
        levels=policy.levels,
        summary_fine=dated(policy.summary_fine, own.summary_fine, "summary_fine"),
        major_penalty=dated(policy.major_penalty, own.major_penalty, "major_penalty"),
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
        time_bands=bands(),
        listing=now(policy.listing, own.listing, "listing"),
    )


def _by_agency(violation_types: Iterable[ViolationType]) -> dict[str, tuple[str, ...]]:
    by_agency: dict[str, tuple[str, ...]] = {}
    for violation in violation_types:
        by_agency[violation.agency] = (*by_agency.get(violation.agency, ()), violation.id)
    return by_agency


def deciding(entries: Sequence[L], day: dt.date, agency: str | None) -> L | None:
    """The entry that decides on `day` for an agency's cases: the first that holds."""
    return next(
        (entry for entry in entries if entry.governs(agency) and entry.in_force_on(day)), None
    )


def applied(
    entries: Sequence[L], first: dt.date, last: dt.date, agency: str | None = None
) -> tuple[L, ...]:
    """The entries that decide on some day of a period, in the order of these days."""
    turns = {first, *(entry.in_force_from for entry in entries)}
    turns |= {
        entry.in_force_to + dt.timedelta(days=1)
        for entry in entries
        if entry.in_force_to is not None and entry.in_force_to < last
    }
    chosen = (deciding(entries, day, agency) for day in sorted(turns) if first <= day <= last)
    return tuple(dict.fromkeys(entry for entry in chosen if entry is not None))


def entry_for(entries: Sequence[D], dimension: str) -> D | None:
    """The entry of a frequency word for a dimension; None where the word is not judged there."""
    return next((entry for entry in entries if entry.dimension == dimension), None)
