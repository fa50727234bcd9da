"""Which article follows another when the law changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .law import Law, LegalReference

ChangeKind = Literal["repealed", "amended", "begins"]
_DAY: Final = dt.timedelta(days=1)
_YEAR: Final = dt.timedelta(days=365)
_VERSION: Final = re.compile(r"[(（][^()（）]*[)）]$")


@dataclass(frozen=True, slots=True)
class LawChange:
    """One article of a violation type that ends, or that begins where no other ends.

    `on` is the first day on which it no longer holds, or holds; `followed_by` are the articles
    that take its place, none where the catalogue knows none.
    """

    reference: LegalReference
    kind: ChangeKind
    on: dt.date
    followed_by: tuple[LegalReference, ...] = ()


def law_changes(
    references: Sequence[LegalReference], laws: Mapping[str, Law], day: dt.date
) -> Iterator[LawChange]:
    """What has ended, will end or will begin among the references of one violation type.

    Seen from `day`: an article that has begun a year before is no change any more, since the
    cases that points are judged on are those of twelve months. `laws` may lack some.
    """
    expected: set[LegalReference] = set()
    for reference in references:
        if reference.in_force_to is not None:
            following = followers(reference, references, laws)
            expected.update(following)
            kind = _kind(reference, following, laws)
            yield LawChange(reference, kind, reference.in_force_to + _DAY, following)
    for reference in references:
        if reference.in_force_from > day - _YEAR and reference not in expected:
            yield LawChange(reference, "begins", reference.in_force_from)


def followers(
    ended: LegalReference, references: Sequence[LegalReference], laws: Mapping[str, Law]
) -> tuple[LegalReference, ...]:
    """The references in the same role that begin the day after `ended` ends.

    Only those of the laws that the catalogue names as following, where it names any.
    """
    if ended.in_force_to is None:
        return ()
    beginning = [
        reference
        for reference in references
        if reference.role == ended.role and reference.in_force_from == ended.in_force_to + _DAY
    ]
    named = _ending_law(ended, laws)
    keys = named.followers if named else ()
    return tuple(one for one in beginning if not keys or one.law_key in keys)


def _kind(
    ended: LegalReference, following: Sequence[LegalReference], laws: Mapping[str, Law]
) -> ChangeKind:
    law = laws.get(ended.law_key)
    if law is not None and _ending_law(ended, laws) is None:
        return "amended"
    if law is not None and (law.replaced_by or law.repealed_by):
        return "amended" if law.replaced_by else "repealed"
    same = any(_plain_title(one.law) == _plain_title(ended.law) for one in following)
    return "amended" if same else "repealed"


def _ending_law(ended: LegalReference, laws: Mapping[str, Law]) -> Law | None:
    """The law of the reference, if it ends with it and not by itself before."""
    law = laws.get(ended.law_key)
    return law if law is not None and law.in_force_to == ended.in_force_to else None


def _plain_title(title: str) -> str:
    """Without the year of the version in brackets at its end."""
    return _VERSION.sub("", title).strip()
