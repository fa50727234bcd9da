"""Whether a statutory fine is lighter or heavier than another."""

from __future__ import annotations

from typing import Literal

from .law import Fine

Severity = Literal["lighter", "same", "heavier", "incomparable"]


def severity(fine: Fine | None, than: Fine | None) -> Severity:
    """How the range of `fine` stands to that of `than`: by the upper end, then by the lower.

    Ranges of different bases (yuan, or multiples of something) are incomparable, and so is one
    whose upper end is not stated; what the law says beside the range does not count.
    """
    if fine is None or than is None or fine.basis != than.basis:
        return "incomparable"
    if (fine.max is None) != (than.max is None):
        return "incomparable"
    here, there = (fine.max or 0, fine.min), (than.max or 0, than.min)
    if here == there:
        return "same"
    return "lighter" if here < there else "heavier"
