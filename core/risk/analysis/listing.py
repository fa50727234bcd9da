"""Which graded points make the department's list, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from risk.model.point import RiskPoint

from .cells import Cells, IntArray
from .frequency import Judged
from .rankings import Ranked
from .thresholds import Thresholds


def strongest_first(points: Iterable[RiskPoint]) -> list[RiskPoint]:
    """High before middle before low; then the more cases; then the id."""
    return sorted(points, key=lambda point: (-point.grade_rank, -point.figures.cases, point.id))


def shortlist(cells: Cells, judged: Judged, thresholds: Thresholds, standing: Ranked) -> IntArray:
    """The scopes where a frequency word holds and that can get onto the list.

    A combined scope of place and time band counts only where it is 高发, else it would repeat its
    place. Per violation type as many are taken as the list has room for, and those of equal weight
    with the last, and those that are 多发 and stand in a ranking: `shorten` gives the same list as
    from all of them, without grading each.
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
    numerous = map(int, np.flatnonzero(judged.numerous & holds))
    named = [
        one for one in numerous if (cells.word("violation", one), cells.scope(one)) in standing
    ]
    taken = [np.array(named, dtype=np.int64)]
    for members in cells.by_violation():
        worth = members[holds[members]]
        last = np.sort(weight[worth])[-room:][:1]
        taken.append(worth[weight[worth] >= last])
    return np.unique(np.concatenate(taken))


def shorten(
    points: Iterable[RiskPoint], thresholds: Thresholds, standing: Ranked
) -> list[RiskPoint]:
    """The list a person reads: every city-wide point, and the weightiest scoped ones up to a limit.

    A point weighs by its grounds for 高, then by its recent cases. The limits are the policy's; a
    scoped point that is cut keeps counting in its city-wide one. Whoever reads a ranking looks for
    what it names: where that is 多发 it comes before the others of its violation type, and weighs
    among all as if it had a ground more.
    """
    cities: list[RiskPoint] = []
    scoped: list[RiskPoint] = []
    for point in sorted(points, key=_weight):
        (cities if point.scope.kind == "city" else scoped).append(point)
    published = {point.id for point in scoped if _is_published(point, standing)}
    of_type: Counter[str] = Counter()
    kept = []
    for point in sorted(scoped, key=lambda point: point.id not in published):
        of_type[point.violation.id] += 1
        if of_type[point.violation.id] <= thresholds.listing.per_violation:
            kept.append(point)
    kept.sort(key=lambda point: _weight(point, more=point.id in published))
    return strongest_first([*cities, *kept[: max(0, thresholds.listing.points - len(cities))]])


def _is_published(point: RiskPoint, standing: Ranked) -> bool:
    """Whether a ranking names the point and it is 多发."""
    numerous = any(ground.clause.endswith("多发") for ground in point.grounds)
    return numerous and (point.violation.id, point.scope) in standing


def _weight(point: RiskPoint, more: int = 0) -> tuple[int, int, str]:
    high = sum(ground.grade == "高" for ground in point.grounds) + more
    return (-high, -point.figures.frequency.cases, point.id)
