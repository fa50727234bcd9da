"""Cases counted by scope: the candidates for risk points with their figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from risk.errors import KnowledgeError
from risk.model.point import Candidate, Figures, Frequency, ScopeKind
from risk.model.ranking import Ranking
from risk.model.violation import ViolationType

from .cells import Cells, Counts
from .facts import FLAGS
from .frequency import Judged, judge
from .listing import shortlist
from .period import Window, first_day, latest_year
from .rankings import Standing, ranked, standings
from .thresholds import Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

# What must be there for a case to belong to a scope of the kind; a place may lack its district.
_NEEDED: Mapping[ScopeKind, tuple[str, ...]] = {
    "city": (),
    "place": ("place",),
    "time_band": ("time_band",),
    "industry": ("industry",),
    "behaviour": ("behaviour",),
    "place_time": ("place", "time_band"),
}
_EPOCH = dt.date(1970, 1, 1)
_FLAG_COLUMNS = tuple(name for flag in FLAGS for name in (flag, f"{flag}_unknown"))
# The two groups of scope columns that cases are counted by; every kind of scope lies in one.
_PLACE = ("district", "place", "time_band")
_NATURE = ("industry", "behaviour")
# How numbers of several entries make one, where they are not added up.
_MERGED = {"first": np.minimum, "last": np.maximum, "months": np.bitwise_or}


class Counter(Protocol):
    """What counts expressions: the engine, as far as the analysis knows it."""

    def fetch(self, rows: ir.Table) -> pa.Table:
        """The rows in memory."""


@dataclass(frozen=True, slots=True)
class Identified:
    """The candidates of one department, the window they were judged in, and its rankings."""

    candidates: tuple[Candidate, ...]
    window: Window
    standings: tuple[Standing, ...]


def identify(
    facts: ir.Table,
    counter: Counter,
    thresholds: Thresholds,
    violation_types: Sequence[ViolationType],
    rankings: Sequence[Ranking] = (),
) -> Identified:
    """Count the facts by every kind of scope, judge the frequency words and list the candidates.

    A city-wide candidate comes for every type that has cases; a scoped one where a frequency word
    holds and it is weighty enough for the department's list, or stands in one of the `rankings`.
    KnowledgeError where cases are of a type that `violation_types` does not hold.
    """
    by_nature = Counts.of(_counted(facts, counter, _NATURE, "month"), *_NATURE)
    window = latest_year(by_nature.total("cases", "month"))
    by_nature = _within(window, by_nature)
    by_place = Counts.of(_counted(facts, counter, _PLACE, **_recent(facts, window)), *_PLACE)
    cells = {
        kind: _cells(kind, by_place if set(needed) & set(_PLACE) else by_nature)
        for kind, needed in _NEEDED.items()
    }
    del by_place, by_nature
    types = _known(cells["city"], violation_types)
    standing = standings(rankings, cells)
    declared = ranked(standing)
    candidates: list[Candidate] = []
    judged = {kind: judge(table, thresholds) for kind, table in cells.items()}
    beneath = _unjudged(cells, judged)
    for kind, table in cells.items():
        city = kind == "city"
        rows = (
            np.arange(len(table)) if city else shortlist(table, judged[kind], thresholds, declared)
        )
        of_type = beneath if city else {}
        candidates.extend(
            _candidate(table, int(row), judged[kind], window, types, of_type) for row in rows
        )
    return Identified(tuple(candidates), window, standing)


def _unjudged(
    cells: Mapping[ScopeKind, Cells], judged: Mapping[ScopeKind, Judged]
) -> dict[str, int]:
    """By violation type, the scopes with cases enough of which 高发 could not be judged.

    A place at a time is left out: it lies in a place.
    """
    found: dict[str, int] = {}
    for kind, table in cells.items():
        if kind != "place_time":
            codes = table.columns["violation"][judged[kind].unjudged]
            for code, number in zip(*np.unique(codes, return_counts=True), strict=True):
                name = table.words["violation"][int(code)].as_py()
                found[name] = found.get(name, 0) + int(number)
    return found


def _known(city: Cells, violation_types: Sequence[ViolationType]) -> Mapping[str, ViolationType]:
    """The types by their id, which are all that have cases."""
    types = {violation.id: violation for violation in violation_types}
    if lost := [name for name in city.words["violation"].to_pylist() if name not in types]:
        raise KnowledgeError(
            f"Stored cases are of types that the catalogue does not hold: {', '.join(lost)}.",
            "Restore the types, or run again with --replace and name all source files.",
        )
    return types


def _counted(
    facts: ir.Table, counter: Counter, scope: Sequence[str], *more_keys: str, **more: Any
) -> pa.Table:
    """Cases, their first and last day and their flags by violation type, scope and `more_keys`."""
    measures: dict[str, Any] = {
        "cases": facts.count().cast("int32"),
        "first": facts.decided_on.min(),
        "last": facts.decided_on.max(),
    }
    for name in _FLAG_COLUMNS:
        # Rows that fulfil a condition are counted twice as fast as ones are added up.
        measures[name] = facts.count(where=facts[name]).cast("int32")
    grouped = facts.group_by("violation", *scope, *more_keys)
    return counter.fetch(grouped.aggregate(**measures, **more))


def _recent(facts: ir.Table, window: Window) -> dict[str, Any]:
    """How many cases lie in the window, and a bit for each of its months with cases.

    Bits can be rolled up, numbers of months cannot.
    """
    import ibis

    from .builtin import bit_or

    recent = facts.decided_on.between(ibis.literal(window.since), ibis.literal(window.until))
    bit = ibis.literal(1, "int32") << (facts.month - window.first_month)
    return {
        "recent": facts.count(where=recent).cast("int32"),
        "months": bit_or(recent.ifelse(bit, ibis.literal(0, "int32"))),
    }


def _within(window: Window, counts: Counts) -> Counts:
    """Counts by month, with what `_recent` gives in the month's stead."""
    columns = dict(counts.columns)
    step = columns.pop("month").astype(np.int64) - window.first_month
    inside = (step >= 0) & (step <= window.last_month - window.first_month)
    columns["recent"] = columns["cases"] * inside
    columns["months"] = np.where(inside, 1 << np.clip(step, 0, 11), 0)
    return Counts(columns, counts.words)


def _cells(kind: ScopeKind, counts: Counts) -> Cells:
    cells = counts.rolled_up(kind, _NEEDED[kind], _MERGED)
    # No frequency word holds, and no ranking counts, where nothing happened of late.
    return cells if kind == "city" else cells.where(cells.columns["recent"] > 0)


def _candidate(
    cells: Cells,
    row: int,
    judged: Judged,
    window: Window,
    types: Mapping[str, ViolationType],
    beneath: Mapping[str, int],
) -> Candidate:
    columns, city = cells.columns, cells.kind == "city"
    name = str(cells.word("violation", row))
    frequency = Frequency(
        since=window.since,
        until=window.until,
        data_since=first_day(window.begin_month),
        cases=int(columns["recent"][row]),
        rank=None if city else int(judged.rank[row]),
        of=None if city else int(judged.of[row]),
        tied=1 if city else int(judged.tied[row]),
        lead=_rounded(judged.lead[row]),
        expected=_expected(judged.expected[row]),
        ratio=_rounded(judged.ratio[row]),
        lower=_rounded(judged.lower[row]),
        q_value=_rounded(judged.q_value[row], 6),
        over_represented=bool(judged.over_represented[row]),
        unjudged=beneath.get(name, 0) if city else int(judged.unjudged[row]),
        months_with_cases=int(judged.months[row]),
        months_covered=window.covered,
    )
    flags = {name: int(columns[name][row]) for name in _FLAG_COLUMNS}
    figures = Figures(
        cases=int(columns["cases"][row]),
        first=_EPOCH + dt.timedelta(days=int(columns["first"][row])),
        last=_EPOCH + dt.timedelta(days=int(columns["last"][row])),
        frequency=frequency,
        **flags,
    )
    return Candidate(violation=types[name], scope=cells.scope(row), figures=figures)


def _expected(value: float) -> float | None:
    """Cases with two decimals; below one, where these say little, with two significant figures."""
    return float(f"{value:.2g}") if 0 < value < 1 else _rounded(value)


def _rounded(value: float, digits: int = 2) -> float | None:
    return None if np.isnan(value) else round(float(value), digits)
