"""Which law the cases beneath each point fall under, counted by the engine."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from risk.model.law import Law, LegalReference, cite
from risk.model.legal_words import UNVERIFIED
from risk.model.point import PointLaw, RiskPoint
from risk.model.violation import ViolationType

from .applicable_law import Applicable, applicable, change_days
from .beneath import Uploader, beneath_points, with_ids
from .facts import time_band
from .thresholds import Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

_PENALTY_LAW: Final = "中华人民共和国行政处罚法"
# The text of 2021, the first that says so; before, it was doctrine.
_PENALTY_LAW_FROM: Final = dt.date(2021, 7, 15)
_REASONS: Final = {
    "own_day": "行为时有效",
    "lighter": "行为在前、决定在后，新法罚款幅度较轻，适用新法",
    "order_first": (
        "行为在前、决定在后，罚款幅度相同，新法先责令改正、拒不改正才罚款，较轻，适用新法"
    ),
    "at_once": (
        "行为在前、决定在后，罚款幅度相同，旧法先责令改正、拒不改正才罚款，新法不轻于旧法，适用旧法"
    ),
    "not_lighter": "行为在前、决定在后，新法罚款幅度不轻于旧法，适用旧法",
    "incomparable": "行为在前、决定在后，新旧轻重不能只按罚款幅度判断，暂按旧法，须人工判断",
    "unknown": "目录没有载明行为时有效的处罚条文，须人工判断",
}
_Uses = dict[Applicable, list[int]]


def with_laws(
    cases: ir.Table,
    points: Sequence[RiskPoint],
    engine: Uploader,
    thresholds: Thresholds,
    laws: Sequence[Law],
) -> list[RiskPoint]:
    """The points, each with the law that its cases fall under where that has changed.

    A case's act is of the day of `occurred_at`, or of the decision where that is unknown. Nothing
    is counted for a violation type whose punishing articles were all in force from its first act
    on and have not ended by its last decision.
    """
    days_of = _days_of(cases, engine)
    types = {point.violation.id: point.violation for point in points}
    changing = {key: one for key, one in types.items() if _changes(one, *days_of[key])}
    concerned = [point for point in points if point.violation.id in changing]
    if not concerned:
        return list(points)
    every = (change_days(violation.legal_references) for violation in changing.values())
    days = sorted(set[dt.date]().union(*every))
    counted = _counted(cases, concerned, engine, thresholds, days)
    known = {law.key: law for law in laws}
    return [
        _with_laws(point, counted[point.id], days, known) if point.id in counted else point
        for point in points
    ]


def _days_of(cases: ir.Table, engine: Uploader) -> Mapping[str, tuple[dt.date, dt.date]]:
    """The first act and the last decision of each violation type."""
    bounds = cases.group_by("violation").aggregate(
        first=cases.occurred_at.date().fill_null(cases.decided_on).min(),
        last=cases.decided_on.max(),
    )
    rows = engine.fetch(bounds).to_pylist()
    return {row["violation"]: (row["first"], row["last"]) for row in rows}


def _changes(violation: ViolationType, first: dt.date, last: dt.date) -> bool:
    """Whether acts from `first` on, decided until `last`, may fall under different law, or none."""
    punishing = [one for one in violation.legal_references if one.role == "punishes"]
    return any(
        first < one.in_force_from <= last
        or (one.in_force_to is not None and one.in_force_to < last)
        for one in punishing
    ) or (bool(punishing) and not any(one.in_force_on(first) for one in punishing))


def _counted(
    cases: ir.Table,
    points: Sequence[RiskPoint],
    engine: Uploader,
    thresholds: Thresholds,
    days: Sequence[dt.date],
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Per point: cases by the numbers of change days before the act and before the decision."""
    rows = cases.filter(cases.violation.isin(sorted({point.violation.id for point in points})))
    day = rows.occurred_at.date()
    scoped = rows.select(
        "violation",
        "district",
        "place",
        "industry",
        "behaviour",
        time_band=time_band(rows.occurred_at, thresholds),
        acted=_changes_before(day.fill_null(rows.decided_on), days),
        decided=_changes_before(rows.decided_on, days),
        undated=day.isnull(),
    )
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for part in beneath_points(scoped, points, engine, "law_points_by"):
        grid = part.group_by("point", "acted", "decided", "undated").aggregate(
            cases=part.count().cast("int64")
        )
        for row in with_ids(engine.fetch(grid), points).to_pylist():
            found[row["risk_point"]].append(row)
    return found


def _changes_before(day: ir.DateValue, days: Sequence[dt.date]) -> ir.IntegerValue:
    import ibis

    passed: ir.IntegerValue = ibis.literal(0, "int32")
    for change in days:
        passed = passed + (day >= ibis.literal(change)).cast("int32")
    return passed


def _with_laws(
    point: RiskPoint,
    rows: Sequence[Mapping[str, Any]],
    days: Sequence[dt.date],
    laws: Mapping[str, Law],
) -> RiskPoint:
    references = point.violation.legal_references
    uses: _Uses = {}
    retroactive: list[dt.date] = []
    for row in rows:
        acted, decided = (_day(row[name], days) for name in ("acted", "decided"))
        use = applicable(references, laws, acted, decided)
        cases = uses.setdefault(use, [0, 0])
        cases[0] += row["cases"]
        cases[1] += row["cases"] * row["undated"]
        if use.choice not in ("own_day", "unknown"):
            retroactive.append(decided)
    order = sorted(uses, key=_oldest_first)
    return point.model_copy(
        update={
            "laws": tuple(law for use in order for law in _point_laws(use, *uses[use])),
            "notes": (*point.notes, _sentence(order, uses, min(retroactive, default=None))),
        }
    )


def _day(changes: int, days: Sequence[dt.date]) -> dt.date:
    """A day on which so many changes have passed; all such days are alike."""
    return days[changes - 1] if changes else days[0] - dt.timedelta(days=1)


def _oldest_first(use: Applicable) -> tuple[Any, ...]:
    first = min((one.in_force_from for one in use.references), default=dt.date.min)
    return (first, [one.citation for one in use.references], use.choice != "own_day", use.choice)


def _point_laws(use: Applicable, cases: int, undated: int) -> Iterator[PointLaw]:
    none = PointLaw(cases=cases, undated=undated, reason=_REASONS[use.choice])
    for one in use.references:
        cited = {"law_key": one.law_key, "law": one.law, "article": one.article}
        yield none.model_copy(update=cited)
    if not use.references:
        yield none


def _cited(reference: LegalReference) -> str:
    """The citation, which says so where nobody has verified it."""
    return reference.citation + (UNVERIFIED if reference.verified == "unverified" else "")


def _noted(use: Applicable) -> str:
    """What the lighter articles say beside their range, which nothing here has weighed."""
    said = "；".join(one.fine.note for one in use.references if one.fine and one.fine.note)
    return f"，该条另载：{said}" if said else ""


def _sentence(order: Sequence[Applicable], uses: _Uses, since: dt.date | None) -> str:
    """Which cases fall under which law, and by what day they were told apart."""
    parts = []
    for use in order:
        cases, _ = uses[use]
        cited = "、".join(map(_cited, use.references))
        reason = _REASONS[use.choice] + (
            _noted(use) if use.choice in ("lighter", "order_first") else ""
        )
        parts.append(f"{cases}件适用{cited}（{reason}）" if cited else f"{cases}件{reason}")
    by_law = since is not None and since >= _PENALTY_LAW_FROM
    basis = f"，依据{cite(_PENALTY_LAW, '37')}" if by_law else ""
    rule = f"从旧兼从轻{basis}" if since else "行为时的法律"
    total, undated = (sum(uses[use][place] for use in order) for place in (0, 1))
    how_many = "均" if undated == total else f"其中{undated}件"
    dated = f"；{how_many}未载明违法时间，按决定日期计" if undated else ""
    return f"按{rule}，已办结案件中{'；'.join(parts)}{dated}。"
