"""Which graded points make the department's list, in which order, and the named rankings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from risk.model.point import RiskPoint, ScopeKind
from risk.model.ranking import Ranking
from risk.model.result import RankingEntry

from .identify import Cells
from .thresholds import Thresholds


def strongest_first(points: Iterable[RiskPoint]) -> list[RiskPoint]:
    """High before middle before low; then the more cases; then the id."""
    return sorted(points, key=lambda point: (-point.grade_rank, -point.figures.cases, point.id))


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
    """The entries of every declared ranking: the scopes with the most cases in twelve months."""
    listed = {(point.violation.id, point.scope): point.id for point in points}
    entries: list[RankingEntry] = []
    for ranking in rankings:
        table = cells[ranking.dimension]
        totals: Counter[object] = Counter()
        ids: dict[object, str | None] = {}
        for row in range(len(table)):
            violation = table.columns["violation"][row]
            recent = int(table.columns["recent"][row])
            if violation not in ranking.violations or recent == 0:
                continue
            scope = table.scope(row)
            totals[scope] += recent
            ids[scope] = listed.get((violation, scope)) or ids.get(scope)
        best = sorted(totals.items(), key=lambda item: (-item[1], str(item[0])))[: ranking.length]
        for place, (scope, cases) in enumerate(best, 1):
            entries.append(
                RankingEntry(
                    ranking=ranking.id,
                    rank=place,
                    district=scope.district,  # type: ignore[attr-defined]
                    scope=scope.label,  # type: ignore[attr-defined]
                    cases=cases,
                    risk_point=ids[scope],
                )
            )
    return tuple(entries)
