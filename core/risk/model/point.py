"""Risk points: a violation type within a scope, its figures, its grade and the grounds."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from pydantic import Field

from .base import Model
from .measure import Cause, Measure
from .violation import ViolationType

Grade = Literal["高", "中", "低"]
GRADE_RANK: dict[str, int] = {"高": 3, "中": 2, "低": 1}
ScopeKind = Literal["city", "place", "time_band", "industry", "behaviour", "place_time"]


class Scope(Model):
    """Where a point lies: the whole city, or one value along one or two dimensions."""

    kind: ScopeKind = "city"
    district: str | None = None
    place: str | None = None
    time_band: str | None = None
    industry: str | None = None
    behaviour: str | None = None

    @property
    def label(self) -> str:
        """The scope in words, e.g. 金水区花园路东段·夜间; 全市 for the whole city."""
        parts = (self.site, self.time_band, self.industry, self.behaviour)
        return "·".join(part for part in parts if part) or "全市"

    @property
    def site(self) -> str:
        """District and place as one name; with a blank between them where they are not Chinese."""
        parts = [part for part in (self.district, self.place) if part]
        return ("" if all("\u4e00" <= part[0] for part in parts) else " ").join(parts)

    def point_id(self, violation: str) -> str:
        """The point's id: the violation type and a digest of the scope, stable over re-runs."""
        if self.kind == "city":
            return violation
        parts = (
            self.kind,
            self.district,
            self.place,
            self.time_band,
            self.industry,
            self.behaviour,
        )
        digest = hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()
        return f"{violation}.{digest[:10]}"


class Frequency(Model):
    """How often, in the twelve months that the frequency words are judged on.

    `rank` is the place among the scopes of the same dimension and violation type, which `tied` of
    them share; `lead` how many times the hourly cases of the whole day a time band has. `expected`,
    `ratio`, `lower` and `q_value` come from the screening and are None where it could not judge
    (one column, one row, too little): the cases that ordinary scopes lead one to expect, and the
    shrunk estimate of how many times as many there are, which is not their quotient. `unjudged`
    counts the scopes with cases enough that it could not judge: the point's own, of a city-wide
    point those beneath it.
    `months_with_cases` counts months of `months_covered`. The department's data begin with
    `data_since`; what is dated before it, or after `until`, is so far from all other cases that
    its date is probably mistyped.
    """

    since: dt.date
    until: dt.date
    data_since: dt.date
    cases: int = Field(ge=0)
    rank: int | None = None
    of: int | None = None
    tied: int = 1
    lead: float | None = None
    expected: float | None = None
    ratio: float | None = None
    lower: float | None = None
    q_value: float | None = None
    over_represented: bool = False
    unjudged: int = 0
    months_with_cases: int = 0
    months_covered: int = 0


class Figures(Model):
    """What the cases of a point amount to: the only thing that grading looks at.

    Every `*_unknown` counts cases in which the file does not say; grading never treats unknown
    as no. Counts are of decided cases in the point's period.
    """

    cases: int = Field(ge=0)
    first: dt.date
    last: dt.date
    major: int = 0
    major_unknown: int = 0
    coercive: int = 0
    coercive_unknown: int = 0
    compulsory: int = 0
    compulsory_unknown: int = 0
    summary: int = 0
    summary_unknown: int = 0
    slight: int = 0
    slight_unknown: int = 0
    frequency: Frequency


class Ground(Model):
    """One reason for a grade: the clause of annex 1, a Chinese sentence and the figures used."""

    clause: str
    grade: Grade
    statement: str
    figures: dict[str, float | int | str | None]
    policy_source: str
    policy_verified: bool


class Candidate(Model):
    """A violation type within a scope that has cases, before it is graded."""

    violation: ViolationType
    scope: Scope
    figures: Figures

    @property
    def id(self) -> str:
        """The id that the point will have."""
        return self.scope.point_id(self.violation.id)


class PointLaw(Model):
    """How many of a point's cases fall under one punishing article, and why.

    Empty texts where the catalogue holds no article of the acts' days. Cases punished by several
    articles at once count for each. `undated` are those whose act has no day of its own in the
    file, so that the day of decision stands for it.
    """

    law_key: str = ""
    law: str = ""
    article: str = ""
    cases: int = Field(ge=1)
    undated: int = Field(ge=0)
    reason: str


class RiskPoint(Model):
    """A graded risk point with its grounds, causes and measures.

    `laws` tell which law its cases fall under, where the law has changed beneath it.
    """

    id: str
    violation: ViolationType
    scope: Scope
    figures: Figures
    title: str
    grade: Grade
    grounds: tuple[Ground, ...]
    notes: tuple[str, ...] = ()
    laws: tuple[PointLaw, ...] = ()
    causes: tuple[Cause, ...] = ()
    measures: tuple[Measure, ...] = ()
    responsible_unit: str

    @property
    def grade_rank(self) -> int:
        """3 for 高, 2 for 中, 1 for 低: sorts grades by weight."""
        return GRADE_RANK[self.grade]
