"""What one run hands to the store: everything that a department's database rows are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .department import Department
from .kind import KindName
from .law import Law
from .point import RiskPoint
from .ranking import Ranking
from .violation import ViolationType

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """One source file and what became of its rows, all of which are accounted for.

    rows = cases (or signals, as `kind` says) + rejected + excluded + duplicates. `key` names the
    partition of the case store that holds the rows; `position` orders partitions by the time they
    were added (a later record corrects an earlier one); `sample` marks made-up data; `unreadable`
    counts optional values that were present and could not be read.
    """

    name: str
    sha256: str
    adapter: str
    key: str
    position: int
    rows: int
    cases: int
    rejected: int
    excluded: int
    duplicates: int
    encoding: str = ""
    header_line: int = 1
    sample: bool = False
    unreadable: dict[str, int] = field(default_factory=dict)
    kind: KindName = "cases"
    signals: int = 0

    @property
    def records(self) -> int:
        """The rows that were accepted as what the source holds."""
        return self.signals if self.kind == "signals" else self.cases

    @property
    def adds_up(self) -> bool:
        """Whether every row is accounted for."""
        if self.kind == "signals" and self.cases or self.kind == "cases" and self.signals:
            return False
        return self.rows == self.records + self.rejected + self.excluded + self.duplicates


@dataclass(frozen=True, slots=True)
class Concern:
    """社会关注度: how many signals there are about a violation type city-wide, or about a point.

    `about` is the id of either; `recent` counts the twelve months from `since` to `until`, on which
    frequency is judged too; `monthly` holds each month with signals (YYYY-MM) and their number.
    """

    about: str
    signals: int
    recent: int
    first: dt.date
    last: dt.date
    since: dt.date
    until: dt.date
    monthly: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a run says beside its figures: `text` in its summary, `chinese` in the run log.

    `warning` marks what may leave the list poorer than it looks.
    """

    text: str
    chinese: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class RankingEntry:
    """One line of a named ranking; `risk_point` is None where the place is no point of the list."""

    ranking: str
    rank: int
    district: str | None
    scope: str
    cases: int
    risk_point: str | None


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished analysis of one department, ready to be written in one transaction.

    `sources` are those read in this run, `partitions` all that the points rest on (of this and
    earlier runs), `fresh` the keys among them that were mapped in this run. `concern_of_types` and
    `concern_of_points` hold what has signals; nothing else rests on these. Arrow tables:

    * `rejects`, `exclusions`: key, source, line, reason, detail of what `sources` were read into;
    * `duplicates`: key, source, line, reason, detail of all partitions;
    * `evidence_monthly`: risk_point, month (YYYY-MM), cases, fines (yuan);
    * `evidence_hourly`: risk_point, weekday (1 = Monday), hour (0-23), cases;
    * `evidence_cases`: risk_point, then the canonical columns, source, line.
    """

    department: Department
    plugin_version: str
    distribution: str
    policy: str
    engine: str
    started_at: dt.datetime
    finished_at: dt.datetime
    since: dt.date | None
    until: dt.date | None
    sources: tuple[SourceAccount, ...]
    partitions: tuple[SourceAccount, ...]
    fresh: frozenset[str]
    superseded: int
    violation_types: tuple[ViolationType, ...]
    points: tuple[RiskPoint, ...]
    rankings: tuple[Ranking, ...]
    ranking_entries: tuple[RankingEntry, ...]
    rejects: pa.Table
    exclusions: pa.Table
    duplicates: pa.Table
    evidence_monthly: pa.Table
    evidence_hourly: pa.Table
    evidence_cases: pa.Table
    laws: tuple[Law, ...] = ()
    concern_of_types: tuple[Concern, ...] = ()
    concern_of_points: tuple[Concern, ...] = ()
    remarks: tuple[Remark, ...] = ()
