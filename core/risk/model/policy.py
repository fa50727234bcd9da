"""Policy (定级口径): dated thresholds, each with the document it comes from."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, field_validator, model_validator

from .base import Model
from .law import Verified

PartyClass = Literal["individual", "organisation"]
Dimension = Literal["place", "time_band", "industry", "behaviour", "place_time"]


class Entry(Model):
    """What every entry of a policy carries: whose it is, when it holds, where it comes from.

    `department` is None where the value holds for every department that states none of its own.
    """

    department: str | None = None
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    source: str = Field(min_length=2)
    verified: Verified
    note: str = ""

    def holds(self, department: str, day: dt.date) -> bool:
        """Whether the entry speaks for `department` on `day`."""
        return (
            self.department in (None, department)
            and self.in_force_from <= day
            and (self.in_force_to is None or day <= self.in_force_to)
        )


class Limit(Entry):
    """An amount in yuan that differs for a citizen and for a legal person or organisation."""

    individual: float = Field(ge=0)
    organisation: float = Field(ge=0)


class MajorPenalty(Limit):
    """What makes a penalty major: a fine or confiscation from the amounts up, or one of `kinds`."""

    kinds: tuple[str, ...]


class CountedKinds(Entry):
    """Which kinds of coercive measure or compulsory enforcement count as used."""

    kinds: tuple[str, ...]
    min_cases: int = Field(default=1, ge=1)


class Numerous(Entry):
    """多发: at least `cases` in twelve months and among the `rank` most of its dimension."""

    dimension: Dimension
    cases: int = Field(ge=1)
    rank: int = Field(ge=1)


class OverRepresented(Entry):
    """高发: the lower bound of the ratio to the expected count is at least `ratio`."""

    dimension: Dimension
    ratio: float = Field(gt=1)
    confidence: float = Field(gt=0.5, lt=1)
    false_discoveries: float = Field(gt=0, lt=0.5)


class Recurring(Entry):
    """易发: cases in at least `periods` of the last `of` months, and `cases` of them at least."""

    dimension: Dimension
    periods: int = Field(ge=1, le=12)
    of: int = Field(default=12, ge=1, le=12)
    cases: int = Field(ge=1)


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

    @field_validator("time_bands")
    @classmethod
    def _bands_do_not_overlap(cls, bands: tuple[TimeBand, ...]) -> tuple[TimeBand, ...]:
        taken: dict[int, str] = {}
        for band in (band for band in bands if band.department is None):
            start, end = band.minutes
            for minute in range(start, end if end > start else end + 1440):
                other = taken.setdefault(minute % 1440, band.name)
                if other != band.name:
                    raise ValueError(f"time bands {other} and {band.name} overlap")
        return bands

    @model_validator(mode="after")
    def _every_day_has_one_default(self) -> Policy:
        for name in ("summary_fine", "major_penalty"):
            if not any(entry.department is None for entry in getattr(self, name)):
                raise ValueError(f"{name} has no entry for departments in general")
        return self
