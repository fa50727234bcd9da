"""Whether a punishing article is lighter or heavier than another, as far as its fine tells."""

from __future__ import annotations

from typing import Literal

from .law import Fine, LegalReference

Severity = Literal[
    "lighter", "order_first", "same", "same_range", "at_once", "heavier", "incomparable"
]


def severity(reference: LegalReference, than: LegalReference) -> Severity:
    """How the fine of `reference` stands to that of `than`: by its upper end, then by the lower.

    Of equal ranges that one is lighter which fines only after an order to correct: `order_first`
    where `reference` is that one, `at_once` where `than` is. Ranges of different bases (yuan, or
    multiples of something) are incomparable, and so is one whose upper end is not stated.
    `same_range` where all this is equal and what is noted beside it is not.
    """
    fine, other = reference.fine, than.fine
    if fine is None or other is None or fine.basis != other.basis:
        return "incomparable"
    if (fine.max is None) != (other.max is None):
        return "incomparable"
    here, there = (fine.max or 0, fine.min), (other.max or 0, other.min)
    if here != there:
        return "lighter" if here < there else "heavier"
    if fine.order_first != other.order_first:
        return "order_first" if fine.order_first else "at_once"
    return "same" if _noted(reference, fine) == _noted(than, other) else "same_range"


def _noted(reference: LegalReference, fine: Fine) -> tuple[str, str]:
    return fine.note, reference.note
