"""Which graded points make the department's list, in which order, and the named rankings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from risk.model.point import RiskPoint, Scope, ScopeKind
from risk.model.ranking import Ranking
from risk.model.result import RankingEntry

from .cells import SCOPE_COLUMNS, Cells, IntArray
from .frequency import Judged
from .thresholds import Thresholds


def strongest_first(points: Iterable[RiskPoint]) -> list[RiskPoint]:
    """High before middle before low; then the more cases; then the id."""
    return sorted(points, key=lambda point: (-point.grade_rank, -point.figures.cases, point.id))


def shortlist(cells: Cells, judged: Judged, thresholds: Thresholds) -> IntArray:
    """The scopes where a frequency word holds and that can get onto the list.

    A combined scope of place and time band counts only where it is 高发, else it would repeat its
    place. Per violation type as many are taken as the list has room for, and those of equal weight
    with the last: `shorten` gives the same list as from all of them, without grading each.
    """
    words = judged.numerous * 1 + judged.over_represented + judged.recurring
    holds = judged.over_represented if cells.kind == "place_time" else words > 0
    columns = cells.columns
    high = words + (columns["major"] > 0)
    high += columns["coercive"] >= thresholds.coercive_measures.min_cases
    high += columns["compulsory"] >= thresholds.compulsory_enforcement.min_cases
    # One number that orders as `_weight` does.
    weight = high * (1 + columns["recent"].max(initial=0)) + columns["recent"]
    room = thresholds.listing.per_violation
    taken = [np.empty(0, dtype=np.int64)]
    for members in cells.by_violation():
        worth = members[holds[members]]
        last = np.sort(weight[worth])[-room:][:1]
        taken.append(worth[weight[worth] >= last])
    return np.concatenate(taken)


def shorten(points: Iterable[RiskPoint], thresholds: Thresholds) -> list[RiskPoint]:
    """The list a person reads: every city-wide point, and the weightiest scoped ones up to a limit.

    A point weighs by its grounds for 高, then by its recent cases. The limits are the policy's; a
    scoped point that is cut keeps counting in its city-wide one.
    """
    ordered = sorted(points, key=_weight)
    listed = [point for point in ordered if point.scope.kind == "city"]
    room = thresholds.listing.points - len(listed)
    scoped: Counter[str] = Counter()
    for point in ordered:
        if point.scope.kind == "city" or room <= 0:
            continue
        if scoped[point.violation.id] < thresholds.listing.per_violation:
            scoped[point.violation.id] += 1
            room -= 1
            listed.append(point)
    return strongest_first(listed)


def _weight(point: RiskPoint) -> tuple[int, int, str]:
    high = sum(ground.grade == "高" for ground in point.grounds)
    return (-high, -point.figures.frequency.cases, point.id)


def rank(
    rankings: Sequence[Ranking],
    cells: Mapping[ScopeKind, Cells],
    points: Sequence[RiskPoint],
) -> tuple[RankingEntry, ...]:
    """The entries of every declared ranking: the scopes with the most cases in twelve months.

    Equal counts share a rank; which of them is still listed at the end is decided by the name.
    """
    listed = {(point.violation.id, point.scope): point.id for point in points}
    return tuple(
        entry
        for ranking in rankings
        for entry in _ranked(ranking, cells[ranking.dimension], listed)
    )


def _ranked(
    ranking: Ranking, cells: Cells, listed: Mapping[tuple[str, Scope], str]
) -> Iterator[RankingEntry]:
    counted = [
        code
        for code, name in enumerate(cells.words["violation"].to_pylist())
        if name in ranking.violations
    ]
    number = cells.numbered(*SCOPE_COLUMNS[cells.kind])
    recent = cells.columns["recent"] * np.isin(cells.columns["violation"], counted)
    totals = np.bincount(number, weights=recent).astype(np.int64)
    example = np.empty_like(totals)
    example[number] = np.arange(len(cells))
    last = np.sort(totals)[-ranking.length :][:1]
    best = [
        (int(totals[at]), cells.scope(int(example[at])))
        for at in np.flatnonzero((totals >= last) & (totals > 0))
    ]
    best.sort(key=lambda item: (-item[0], item[1].label))
    for cases, scope in best[: ranking.length]:
        ids = (listed.get((violation, scope)) for violation in ranking.violations)
        yield RankingEntry(
            ranking=ranking.id,
            rank=1 + int(np.count_nonzero(totals > cases)),
            district=scope.district,
            scope=scope.label,
            cases=cases,
            risk_point=next((found for found in ids if found), None),
        )
