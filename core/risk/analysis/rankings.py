"""The named rankings that a department declares, e.g. 十大贴条路段."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from risk.model.point import RiskPoint, Scope, ScopeKind
from risk.model.ranking import Ranking
from risk.model.result import RankingEntry

from .cells import SCOPE_COLUMNS, Cells

Ranked = frozenset[tuple[str, Scope]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A scope in a ranking, with its cases in twelve months and the type that most of them are of."""

    ranking: Ranking
    rank: int
    cases: int
    scope: Scope
    violation: str


def standings(
    rankings: Sequence[Ranking], cells: Mapping[ScopeKind, Cells]
) -> tuple[Standing, ...]:
    """The scopes with the most cases in twelve months, ranking by ranking.

    Equal counts share a rank; which of them is still listed at the end is decided by the name.
    """
    return tuple(
        standing
        for ranking in rankings
        for standing in _standings(ranking, cells[ranking.dimension])
    )


def ranked(found: Sequence[Standing]) -> Ranked:
    """The scopes that stand in a ranking, each with the type that it stands there for most."""
    return frozenset((one.violation, one.scope) for one in found)


def entries(found: Sequence[Standing], points: Sequence[RiskPoint]) -> tuple[RankingEntry, ...]:
    """The rows of the rankings, each with its risk point where that is listed."""
    listed = {(point.violation.id, point.scope): point.id for point in points}
    return tuple(_entry(standing, listed) for standing in found)


def _entry(standing: Standing, listed: Mapping[tuple[str, Scope], str]) -> RankingEntry:
    ranking, scope = standing.ranking, standing.scope
    ids = (listed.get((violation, scope)) for violation in ranking.violations)
    return RankingEntry(
        ranking=ranking.id,
        rank=standing.rank,
        district=scope.district,
        scope=scope.label,
        cases=standing.cases,
        risk_point=next((found for found in ids if found), None),
    )


def _standings(ranking: Ranking, cells: Cells) -> Iterator[Standing]:
    counted = [
        code
        for code, name in enumerate(cells.words["violation"].to_pylist())
        if name in ranking.violations
    ]
    number = cells.numbered(*SCOPE_COLUMNS[cells.kind])
    recent = cells.columns["recent"] * np.isin(cells.columns["violation"], counted)
    totals = np.bincount(number, weights=recent).astype(np.int64)
    # The last entry of a scope that is put down is the one with the most cases.
    example, order = np.empty_like(totals), np.argsort(recent, kind="stable")
    example[number[order]] = order
    last = np.sort(totals)[-ranking.length :][:1]
    best = [
        (
            int(totals[at]),
            cells.scope(int(example[at])),
            str(cells.word("violation", int(example[at]))),
        )
        for at in np.flatnonzero((totals >= last) & (totals > 0))
    ]
    best.sort(key=lambda item: (-item[0], item[1].label))
    for cases, scope, violation in best[: ranking.length]:
        rank = 1 + int(np.count_nonzero(totals > cases))
        yield Standing(ranking, rank, cases, scope, violation)
