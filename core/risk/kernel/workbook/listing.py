"""A few of many, for a sentence that nobody would read to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_NAMED: Final = 5


def listed(items: Sequence[str], count: int | None = None) -> str:
    """The first five, and how many more there are of `count`, or of the items."""
    left = (len(items) if count is None else count) - len(items[:_NAMED])
    return ", ".join(items[:_NAMED]) + (f" and {left} more" if left > 0 else "")
