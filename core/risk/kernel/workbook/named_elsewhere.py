"""Violation types that a workbook no longer has, though files beside the catalogue name them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from risk.errors import InputError
from risk.kernel.folder import Folder
from risk.kernel.yamlfile import Document

from .listing import listed
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
    gone = sorted(_ids(old) - _ids(new))
    others = {
        document.name: document
        for folder in reversed(folders if gone else ())
        for document in Folder.at(folder).every(besides=catalogue)
    }
    lines = [
        f"{workbook}, {TYPES}: {lost!r} is gone, but {place}"
        for lost in gone
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


def _places(name: str, documents: Mapping[str, Document]) -> Iterator[str]:
    """Of each file that names it, in which lines it does, in words."""
    for file, document in sorted(documents.items()):
        lines = sorted({document.line(path) for path in document.paths_to(name)})
        if lines:
            word = "lines" if len(lines) > 1 else "line"
            yield f"{file} still names it in {word} {listed([str(line) for line in lines])}"
