"""Numbers with what they count, in the English that a run speaks."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """One case, or several: `1 case`, `0 cases`, `1,234 cases`; of two words the last is counted."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
