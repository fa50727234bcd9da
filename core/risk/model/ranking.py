"""What a department declares beyond the policy: own thresholds and named rankings."""

from __future__ import annotations

from pydantic import Field, field_validator

from .base import Model
from .policy import (
    CountedKinds,
    Dimension,
    Limit,
    Listing,
    MajorPenalty,
    Numerous,
    OverRepresented,
    Recurring,
    Share,
    Sporadic,
    TimeBand,
    unambiguous,
)


class Ranking(Model):
    """A named list of the scopes with the most cases, e.g. 十大贴条路段."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    violations: tuple[str, ...] = Field(min_length=1)
    dimension: Dimension = "place"
    length: int = Field(default=10, ge=1, le=100)


class Grading(Model):
    """A department's own thresholds, which go before the policy's general ones, and its rankings.

    Only data: what a department could not explain clause by clause it cannot declare.
    """

    summary_fine: tuple[Limit, ...] = ()
    major_penalty: tuple[MajorPenalty, ...] = ()
    hearing_fine: tuple[Limit, ...] = ()
    coercive_measures: tuple[CountedKinds, ...] = ()
    compulsory_enforcement: tuple[CountedKinds, ...] = ()
    numerous: tuple[Numerous, ...] = ()
    over_represented: tuple[OverRepresented, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    sporadic: tuple[Sporadic, ...] = ()
    summary_share: tuple[Share, ...] = ()
    slight_share: tuple[Share, ...] = ()
    time_bands: tuple[TimeBand, ...] = ()
    listing: tuple[Listing, ...] = ()
    rankings: tuple[Ranking, ...] = ()

    @field_validator("*")
    @classmethod
    def _one_entry_decides(cls, value: object) -> object:
        return unambiguous(value, lambda entry: None)
