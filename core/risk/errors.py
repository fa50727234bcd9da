"""What can go wrong, said so that the reader can mend it."""

from __future__ import annotations


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

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


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
