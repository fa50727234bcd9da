"""Policy (定级口径): dated thresholds, each with the document it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PrivateAttr, field_validator, model_validator

from .base import Model
from .case import COERCIVE_KINDS, COMPULSORY_KINDS, PENALTY_KINDS
from .law import Date, Verified

PartyClass = Literal["individual", "organisation"]
Dimension = Literal["place", "time_band", "industry", "behaviour", "place_time"]


def _one_of(known: Iterable[str]) -> AfterValidator:
    """Refuse a kind that no case can have: a threshold on it would silently never be met."""
    kinds = tuple(known)

    def check(kind: str) -> str:
        if kind not in kinds:
            raise ValueError(f"must be one of {'; '.join(kinds)}, not {kind!r}")
        return kind

    return AfterValidator(check)


class Entry(Model):
    """What every entry of a policy carries: whose it is, when it holds, where it comes from.

    `department` is None where the value holds for every department that states none of its own.
    """

    department: str | None = None
    in_force_from: Date
    in_force_to: Date | None = None
    source: str = Field(min_length=2)
    verified: Verified
    note: str = ""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Entry:
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise ValueError("in_force_to lies before in_force_from")
        return self

    def in_force_on(self, day: dt.date) -> bool:
        """Whether the entry holds on `day` (both ends included)."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def clashes(self, other: Entry) -> bool:
        """Whether both would decide the same thing on the same day, whoever's they are."""
        return self.in_force_on(other.in_force_from) or other.in_force_on(self.in_force_from)


class Limit(Entry):
    """An amount in yuan that differs for a citizen and for a legal person or organisation.

    `agency` is set where a department's violation types lie with several agencies and the amount
    is that of one of them: it goes before an entry without agency.
    """

    agency: str | None = None
    individual: float = Field(ge=0, allow_inf_nan=False)
    organisation: float = Field(ge=0, allow_inf_nan=False)

    def governs(self, agency: str | None) -> bool:
        """Whether the entry speaks of cases of that agency."""
        return self.agency is None or self.agency == agency

    def clashes(self, other: Entry) -> bool:
        """Whether both speak of the same agency on the same day."""
        alike = isinstance(other, Limit) and self.agency == other.agency
        return alike and super().clashes(other)


class MajorPenalty(Limit):
    """What makes a penalty major: a fine or confiscation from the amounts up, or one of `kinds`."""

    kinds: tuple[Annotated[str, _one_of(PENALTY_KINDS)], ...]


class CountedKinds(Entry):
    """Which kinds of coercive measure or compulsory enforcement count as used."""

    kinds: tuple[Annotated[str, _one_of(COERCIVE_KINDS + COMPULSORY_KINDS)], ...]
    min_cases: int = Field(default=1, ge=1)


class DimensionEntry(Entry):
    """An entry on one of the frequency words, for one dimension; all look at twelve months."""

    dimension: Dimension
    cases: int = Field(ge=1)

    def clashes(self, other: Entry) -> bool:
        """Whether both speak of the same dimension on the same day."""
        alike = isinstance(other, DimensionEntry) and self.dimension == other.dimension
        return alike and super().clashes(other)


class Numerous(DimensionEntry):
    """多发: at least `cases`, and among the `rank` most of its dimension.

    Of time bands `lead` is asked for too: so many times the cases an hour of the whole day.
    """

    rank: int = Field(ge=1)
    lead: float = Field(default=1, ge=1)


class OverRepresented(DimensionEntry):
    """高发: at least `cases`, and the lower bound of their ratio to the expected is `ratio` or more.

    Without a least number of cases three of them could be 高发 and 偶发 at once. Where less than
    `expected` cases are to be expected nothing is judged: that a type is the only one that a place
    ever has (a speed camera's, say) is no excess.
    """

    expected: float = Field(default=0.1, gt=0)
    ratio: float = Field(gt=1)
    confidence: float = Field(gt=0.5, lt=1)
    false_discoveries: float = Field(gt=0, lt=0.5)


class Recurring(DimensionEntry):
    """易发: at least `cases`, and cases in at least `periods` months."""

    periods: int = Field(ge=1, le=12)


class Sporadic(Entry):
    """偶发、少见: at most `cases` in twelve months."""

    cases: int = Field(ge=0)


class Share(Entry):
    """The share of decided cases that has to fulfil a low-grade condition."""

    share: float = Field(gt=0, le=1)


class TimeBand(Entry):
    """A named part of the day, from `start` (included) to `end` (excluded), over midnight too."""

    name: str
    start: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    end: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end in minutes after midnight."""
        return _minutes(self.start), _minutes(self.end)

    def holds(self, minute: int) -> bool:
        """Whether that minute after midnight lies in the band."""
        start, end = self.minutes
        return start <= minute < end if start < end else minute >= start or minute < end

    @property
    def length(self) -> int:
        """Minutes from start to end; a band that ends where it starts is the whole day."""
        start, end = self.minutes
        return (end - start) % 1440 or 1440

    def clashes(self, other: Entry) -> bool:
        """Whether some minute of the same day belongs to both."""
        if not isinstance(other, TimeBand) or not super().clashes(other):
            return False
        apart = (other.minutes[0] - self.minutes[0]) % 1440
        return apart < self.length or 1440 - apart < other.length


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


class Listing(Entry):
    """How long a department's list may grow: a list is for a person to read."""

    points: int = Field(ge=1)
    per_violation: int = Field(ge=1)


class Policy(Model):
    """One dated set of thresholds: the trial rules of annex 1 made computable.

    `levels` is 3 (高 中 低) or 2 (高 低: what is not high is low, as some cities choose).
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    levels: int = Field(default=3, ge=2, le=3)
    summary_fine: tuple[Limit, ...]
    major_penalty: tuple[MajorPenalty, ...]
    hearing_fine: tuple[Limit, ...] = ()
    coercive_measures: tuple[CountedKinds, ...]
    compulsory_enforcement: tuple[CountedKinds, ...]
    numerous: tuple[Numerous, ...]
    over_represented: tuple[OverRepresented, ...]
    recurring: tuple[Recurring, ...]
    sporadic: tuple[Sporadic, ...]
    summary_share: tuple[Share, ...]
    slight_share: tuple[Share, ...]
    time_bands: tuple[TimeBand, ...]
    listing: tuple[Listing, ...]
    _places: Mapping[str, str] = PrivateAttr(default_factory=dict)

    def placed(self, places: Mapping[str, str]) -> Policy:
        """The same policy, which knows file, line and name of each of its fields."""
        policy = self.model_copy()
        policy._places = places
        return policy

    def nothing_in_force(self, field: str, day: dt.date) -> str:
        """Say that no entry of `field` holds on `day`, and where the field stands."""
        place = self._places.get(field)
        what = f"the policy {self.id} has no {field} in force on {day}"
        return f"{place}: {what}" if place else what

    @field_validator("*")
    @classmethod
    def _one_entry_decides(cls, value: object) -> object:
        return unambiguous(value, lambda entry: entry.department)

    @field_validator("summary_fine", "major_penalty")
    @classmethod
    def _every_day_has_a_general_entry(cls, entries: tuple[Limit, ...]) -> tuple[Limit, ...]:
        general = sorted(
            (entry for entry in entries if entry.department is None and entry.agency is None),
            key=lambda entry: entry.in_force_from,
        )
        if not general:
            raise ValueError("there is no entry for departments in general")
        for earlier, later in pairwise(general):
            ends = earlier.in_force_to
            if ends is not None and ends + dt.timedelta(days=1) < later.in_force_from:
                raise ValueError(
                    f"no entry for departments in general holds between {ends} and"
                    f" {later.in_force_from}"
                )
        return entries


def unambiguous(value: object, whose: Callable[[Entry], str | None]) -> object:
    """Refuse entries of the same owner of which two decide the same thing on the same day."""
    if not isinstance(value, tuple):
        return value
    entries = [(number, entry) for number, entry in enumerate(value, 1) if isinstance(entry, Entry)]
    for (first, one), (second, other) in combinations(entries, 2):
        if whose(one) == whose(other) and one.clashes(other):
            day = max(one.in_force_from, other.in_force_from)
            raise ValueError(f"entries {first} and {second} overlap on {day}")
    return value
