"""What can go wrong, said so that the reader can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# More than a reader mends in one go; a file that is quite another one has hundreds.
_MOST: Final = 20
# The remedy for what only the code of a plugin can mend.
MEND: Final = "The plugin's author has to mend it."


class RiskError(Exception):
    """The work cannot be done: one plain line saying what and where, and one saying how to mend it.

    Kinds of it say who has to act: the person at the command line (`UsageError`), the one who
    delivered a file (`InputError`), the plugin's author (`PluginError`), the officer who edits a
    catalogue or policy (`KnowledgeError`), or whoever looks after the database (`StoreError`).
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    @property
    def lines(self) -> Sequence[str]:
        """What is wrong, a line each: the first 20, and how many more there are."""
        lines = self.what.splitlines()
        left = len(lines) - _MOST
        return [*lines[:_MOST], f"and {left} more."] if left > 0 else lines

    def __str__(self) -> str:
        lines = self.lines
        if not self.remedy or not lines:
            return "\n".join((*lines, self.remedy)).strip()
        if len(lines) > 1:
            return "\n".join((*lines, self.remedy))
        ended = lines[0].endswith((".", "?", "!", "。", ":"))
        return f"{lines[0]}{'' if ended else '.'} {self.remedy}"


class UsageError(RiskError):
    """The command was asked for something that is not there."""


class InputError(RiskError):
    """A file that was handed in cannot be read as it is."""


class PluginError(RiskError):
    """A department's plugin breaks its contract."""


class KnowledgeError(RiskError):
    """A catalogue, template or policy file says something it may not say."""


class StoreError(RiskError):
    """The database or the case store cannot be used as it is."""
