"""Whether a punishing article is lighter or heavier than another, as far as its fine tells."""

from __future__ import annotations

from typing import Literal

from .law import Fine, LegalReference

Severity = Literal["lighter", "same", "same_range", "heavier", "incomparable"]


def severity(reference: LegalReference, than: LegalReference) -> Severity:
    """How the fine of `reference` stands to that of `than`: by its upper end, then by the lower.

    Ranges of different bases (yuan, or multiples of something) are incomparable, and so is one
    whose upper end is not stated. `same_range` where the ranges are equal and what is noted beside
    them is not: an order that has to come first makes an article lighter that fines the same.
    """
    fine, other = reference.fine, than.fine
    if fine is None or other is None or fine.basis != other.basis:
        return "incomparable"
    if (fine.max is None) != (other.max is None):
        return "incomparable"
    here, there = (fine.max or 0, fine.min), (other.max or 0, other.min)
    if here != there:
        return "lighter" if here < there else "heavier"
    return "same" if _noted(reference, fine) == _noted(than, other) else "same_range"


def _noted(reference: LegalReference, fine: Fine) -> tuple[str, str]:
    return fine.note, reference.note
