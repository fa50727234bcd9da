"""Tables of the words that export files use, and of what each may mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from risk.errors import KnowledgeError
from risk.model.base import Model
from risk.model.case import CASE_COLUMNS, STATES
from risk.model.column import CanonicalColumn

from .reading import Complaints, nearest, only_field, read_entry
from .yamlfile import Document, Steps

USUAL: Final = ("terms",)
STATE: Final = CanonicalColumn("state", "text", "案件状态", "Whether it stands.", words=STATES)
_MEANINGS: Final = {column.name: column for column in (*CASE_COLUMNS, STATE)}


class _Classified(Model):
    """What a word means that names a violation."""

    violation: str
    behaviour: str | None = None


def read_terms(document: Document, meaning: str, steps: Steps) -> dict[str, Any]:
    """Give the words at `steps` and what each means; KnowledgeError says all that is wrong.

    `meaning` is the canonical column that the words fill, or `state`: where that has a closed list,
    they are held to it. Ids of violation types are held to the catalogue when the plugin loads.
    """
    if meaning not in _MEANINGS:
        what = f"words cannot mean a {meaning!r}{nearest(meaning, _MEANINGS)}"
        raise KnowledgeError(what, f"Give one of {', '.join(_MEANINGS)}.")
    complaints = Complaints()
    table = _table(document, steps, complaints)
    for word, said in table.items():
        path = (*steps, word)
        if meaning == "violation" and isinstance(said, dict):
            read_entry(document, path, said, _Classified, complaints)
        elif fault := _fault(said, _MEANINGS[meaning]):
            complaints.add(document.where((), path), fault)
    complaints.settle()
    return dict(table)


def not_of(column: CanonicalColumn, said: str) -> str:
    """Say that the column may not hold this, and what it may: the nearest first, for lists are long."""
    near = nearest(said, column.words)
    return f"{said!r} is none of the legal values{near} ({'; '.join(column.words)})"


def _fault(said: Any, column: CanonicalColumn) -> str:
    """What is wrong with the meaning of a word; empty if nothing is."""
    if said is None:
        return "is empty"
    if not isinstance(said, str):
        return "must be a text"
    return "" if column.may_hold(said) else not_of(column, said)


def _table(document: Document, steps: Steps, complaints: Complaints) -> Mapping[str, Any]:
    """The group of words at `steps`, which has nothing beside it where it is the usual one."""
    value = document.value
    if steps == USUAL:
        value = {USUAL[0]: only_field(document, USUAL[0], complaints)}
    for depth, step in enumerate(steps):
        if not isinstance(value, dict) or step not in value:
            near = nearest(str(step), value if isinstance(value, dict) else ())
            complaints.add(document.where(steps[:depth]), f"there is no `{step}:` here{near}")
            return {}
        value = value[step]
    if isinstance(value, dict):
        return value
    if value is None and steps == USUAL:
        return {}  # which is said already
    complaints.add(document.where((), steps), "must be made of `word: meaning` lines")
    return {}
