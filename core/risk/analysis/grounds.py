"""What a rule of annex 1, part one, gives where it fires: a ground for a grade.

Source: 郑法政办〔2019〕6号 附件1《行政相对人法律风险防控制度（试行）》第一部分.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from risk.model.point import Candidate, Grade, Ground
from risk.model.policy import Entry

from .sentences import plain
from .thresholds import Thresholds

Rule = Callable[[Candidate, Thresholds], Ground | None]


def ground(
    clause: str,
    given: Grade,
    statement: str,
    figures: dict[str, float | int | str | None],
    *entries: Entry,
) -> Ground:
    """A ground that names every entry it rests on; it is verified where all of these are."""
    return Ground(
        clause=clause,
        grade=given,
        statement=statement,
        figures=figures,
        policy_source="；".join(dict.fromkeys(entry.source for entry in entries)),
        policy_verified=all(entry.verified != "unverified" for entry in entries),
    )


def values(amounts: Iterable[float]) -> float | str:
    """An amount for the figures; where dated entries differ, each in the order of the dates."""
    different = list(dict.fromkeys(map(plain, amounts)))
    if len(different) > 1:
        return " → ".join(different)
    amount = float(different[0])
    return int(amount) if amount.is_integer() else amount
