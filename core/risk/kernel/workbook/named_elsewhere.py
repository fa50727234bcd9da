"""Violation types that a workbook no longer has, though files beside the catalogue name them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from risk.errors import InputError

from .rows import Values, rows
from .tables import BY_TITLE, TYPES


def refuse_types_named_elsewhere(
    old: Values,
    new: Values,
    folders: Sequence[Path],
    catalogue: Collection[str],
    workbook: str,
) -> None:
    """Raise InputError where a type goes that an adapter's table or another file still names.

    A file counts as the first of `folders` has it. `catalogue` are the files that the workbook
    holds; the check of these says what they name.
    """
    others = {
        known: file
        for folder in reversed(folders)
        for file in folder.rglob("*.yaml")
        if (known := file.relative_to(folder).as_posix()) not in catalogue
    }
    gone = _ids(old) - _ids(new)
    lines = [
        f"{workbook}, {TYPES}: {lost!r} is gone, but {place} still names it"
        for lost in sorted(gone)
        for place in _places(lost, others)
    ]
    if lines:
        raise InputError(
            "\n".join(lines) + ".",
            "Put the row back, or take the words out of these files first; nothing was changed.",
        )


def _ids(values: Values) -> set[str]:
    table = BY_TITLE[TYPES]
    (heading,) = table.identity
    return {row.cells[heading] for row in rows(table, values)}


def _places(name: str, files: Mapping[str, Path]) -> Iterator[str]:
    """The first line of each file that names it."""
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.])")
    for known, file in sorted(files.items()):
        for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
            if word.search(line.partition("#")[0]):
                yield f"{known} line {number}"
                break
