"""The data dictionary: the one place that says what every table, view and column holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .meaning import Meaning
from .meanings_of_log import KNOWLEDGE, LOG
from .meanings_of_points import POINTS
from .meanings_of_views import VIEWS

TABLES: Final[Mapping[str, Meaning]] = {**POINTS, **KNOWLEDGE, **LOG}
DICTIONARY: Final[Mapping[str, Meaning]] = {**VIEWS, **TABLES}


def entries() -> Iterator[tuple[str, str, str]]:
    """Table, column ('' for the table itself) and meaning, for every table, view and column."""
    for name, meaning in DICTIONARY.items():
        yield name, "", meaning.text
        for column, text in meaning.columns.items():
            yield name, column, text
