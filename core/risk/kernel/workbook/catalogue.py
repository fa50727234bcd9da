"""Exports a department's catalogue into a workbook, and imports what officers changed in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from risk.errors import KnowledgeError, UsageError
from risk.kernel.folder import Folder
from risk.kernel.plugins import Plugin
from risk.kernel.reading import Complaints
from risk.kernel.yamlfile import Document, parse

from .book import read_book, write_book
from .changes import Changes
from .checking import check, check_whole
from .named_elsewhere import refuse_types_named_elsewhere
from .patching import patched
from .rows import files_of, rows
from .tables import FILE, TABLES

_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed: cells, rows, and the files that were written."""

    cells: int
    added: int
    removed: int
    files: tuple[Path, ...]


def export_catalogue(plugin: Plugin, target: Path, replace: bool) -> dict[str, int]:
    """Write the catalogue of the plugin as a workbook; give the number of rows of each sheet.

    UsageError where the file is there already (but for `replace`) or cannot be written.
    """
    if target.exists() and not replace:
        raise UsageError(
            f"{target} is there already; changes in it would be lost.",
            "Name another file with --to, or use --force.",
        )
    values = {name: document.value for name, document in _documents(plugin).items()}
    grids = {table.title: [row.cells for row in rows(table, values)] for table in TABLES}
    files = {table.title: files_of(table, values) for table in TABLES if table.column(FILE)}
    write_book(target, grids, files)
    return {title: len(grid) for title, grid in grids.items()}


def import_catalogue(plugin: Plugin, book: Path, into: Path | None, dry: bool) -> Imported:
    """Bring the changes of a workbook into the YAML files of the plugin, or of the folder `into`.

    A changed cell changes its own value in the text and nothing else; without a change no byte
    changes. A KnowledgeError names every cell that is wrong, and then nothing is written, as with
    `dry`. Either all files are written or none.
    """
    documents = _documents(plugin)
    sheets = read_book(book)
    values = {name: document.value for name, document in documents.items()}
    check_whole(values, sheets, plugin.name, book.name)
    changes = Changes(values, sheets, book.name)
    changed = changes.made()
    folder = Folder.at(plugin.file("data"))
    check(folder, plugin.name, documents, changed, sheets, book.name, changes.complaints)
    folders = [path for path in (into, plugin.file("data")) if path and path.is_dir()]
    refuse_types_named_elsewhere(values, changed.values, folders, documents, book.name)
    new = {
        name: _new_text(plugin, name, document, changed.values[name])
        for name, document in documents.items()
    }
    target = into or plugin.file("data")
    outdated = {
        target / name: content
        for name, content in new.items()
        if into is not None or content != _content(plugin, name)
    }
    if not dry:
        _write_all(outdated)
    return Imported(changed.cells, changed.added, changed.removed, tuple(outdated))


def _documents(plugin: Plugin) -> dict[str, Document]:
    """The files of the catalogue, by name."""
    folder = Folder.at(plugin.file("data"))
    complaints = Complaints()
    documents: dict[str, Document] = {}
    for stem in dict.fromkeys(table.stem for table in TABLES):
        for document in folder.documents(stem, complaints):
            documents[document.name] = document
    complaints.settle()
    return documents


def _content(plugin: Plugin, name: str) -> bytes:
    return plugin.file("data").joinpath(name).read_bytes()


def _new_text(plugin: Plugin, name: str, document: Document, new: Any) -> bytes:
    content = _content(plugin, name)
    mark = _MARK if content.startswith(_MARK) else b""
    text = content.removeprefix(_MARK).decode("utf-8")
    changed = mark + patched(text, document, new).encode("utf-8")
    # What the patch means is read back before anything is written.
    if parse(name, changed).value != new:
        raise KnowledgeError(
            f"{name} is laid out in a way that the import cannot change safely.",
            "Make this change in the file itself; nothing was changed.",
        )
    return changed


def _write_all(contents: Mapping[Path, bytes]) -> None:
    """Write all files or, where one cannot be written, leave all as they were."""
    drafts: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for file, content in contents.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            drafts[file] = file.with_name(f".{file.name}.{os.getpid()}")
            drafts[file].write_bytes(content)
        for file, draft in drafts.items():
            earlier = file.read_bytes() if file.exists() else None
            os.replace(draft, file)
            before[file] = earlier
    except OSError as error:
        for file, earlier in before.items():
            if earlier is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(earlier)
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise UsageError(
            f"The catalogue cannot be written: {error}.",
            "Nothing was changed. Make the folder writable, or name another with --into.",
        ) from error
