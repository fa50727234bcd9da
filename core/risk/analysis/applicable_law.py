"""Old law for old acts, unless the new law is lighter (从旧兼从轻).

An act is judged by the law of its own day; where that has been amended or repealed by the day of
decision and the new law is lighter, by the new one (行政处罚法 art 37, 生态环境法典 art 1057).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from risk.model.law import Law, LegalReference
from risk.model.severity import Severity, severity
from risk.model.succession import followers

Choice = Literal[
    "own_day", "lighter", "order_first", "not_lighter", "at_once", "incomparable", "unknown"
]
_LIGHTER: Final = frozenset[Severity]({"lighter", "order_first"})
_NOT_LIGHTER: Final = frozenset[Severity]({"same", "at_once", "heavier"})


@dataclass(frozen=True, slots=True)
class Applicable:
    """The punishing articles that a case falls under, and why.

    `own_day`: those in force when the act was done. Where these had ended by the decision:
    `lighter` (the new ones, whose fines are lighter), `order_first` (the new ones, which fine as
    much, but only after an order to correct), `not_lighter` (the old ones), `at_once` (the old
    ones: the new fine as much, but without the order that the old ask for) or `incomparable` (the
    old ones, until a person has compared). `unknown`: the catalogue holds no
    article of the act's day, and there are no references.
    """

    references: tuple[LegalReference, ...]
    choice: Choice


def applicable(
    references: Sequence[LegalReference], laws: Mapping[str, Law], acted: dt.date, decided: dt.date
) -> Applicable:
    """Which of a violation type's references punish an act of one day decided on another.

    What is lighter is told by the range of the fine, and of equal ones by an order to correct that
    has to come first; `laws` tells what follows an article,
    and may lack some.
    """
    own = _governing(references, laws, acted)
    if not own:
        return Applicable((), "unknown")
    later = _governing(references, laws, decided)
    ended = [one for one in own if one not in later]
    if decided <= acted or not ended:
        return Applicable(own, "own_day")
    new = {one: tuple(_successors(one, references, laws, decided)) for one in ended}
    verdicts: set[Severity] = set()
    for old, followed in new.items():
        verdicts |= {severity(one, old) for one in followed} or {"incomparable"}
    if verdicts <= _LIGHTER:
        taken = (one for old in own for one in new.get(old, (old,)))
        choice: Choice = "lighter" if "lighter" in verdicts else "order_first"
        return Applicable(tuple(dict.fromkeys(taken)), choice)
    if verdicts == {"at_once"}:
        return Applicable(own, "at_once")
    return Applicable(own, "not_lighter" if verdicts <= _NOT_LIGHTER else "incomparable")


def _governing(
    references: Sequence[LegalReference], laws: Mapping[str, Law], day: dt.date
) -> tuple[LegalReference, ...]:
    """The punishing articles in force on a day, without those whose law yields to another's."""
    there = [one for one in references if one.role == "punishes" and one.in_force_on(day)]
    keys = {one.law_key for one in there}
    return tuple(one for one in there if _prevailing(one, laws) not in keys)


def _prevailing(reference: LegalReference, laws: Mapping[str, Law]) -> str | None:
    """The key of the law that goes before the reference's, if any."""
    law = laws.get(reference.law_key)
    return law.yields_to or None if law else None


def change_days(references: Sequence[LegalReference]) -> set[dt.date]:
    """The days from which on other articles punish than the day before."""
    punishing = [one for one in references if one.role == "punishes"]
    ends = {one.in_force_to for one in punishing if one.in_force_to is not None}
    return {one.in_force_from for one in punishing} | {day + dt.timedelta(days=1) for day in ends}


def _successors(
    ended: LegalReference,
    references: Sequence[LegalReference],
    laws: Mapping[str, Law],
    day: dt.date,
) -> Iterator[LegalReference]:
    """What stands in the place of the ended reference on `day`, over any number of changes."""
    if ended.in_force_on(day):
        prevailing = _prevailing(ended, laws)
        yield from (one for one in _governing(references, laws, day) if one.law_key == prevailing)
        return
    for one in followers(ended, references, laws):
        if one.in_force_on(day):
            yield one
        else:
            yield from _successors(one, references, laws, day)
