"""The catalogue as the workbook has it, held to everything that the YAML files are held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from risk.errors import InputError
from risk.kernel.agreement import grading_clashes
from risk.kernel.catalogue import Knowledge
from risk.kernel.folder import Folder
from risk.kernel.reading import Complaints
from risk.kernel.yamlfile import Document

from .book import Sheet
from .changes import Changed, place_of
from .rows import Values, rows
from .tables import BY_TITLE, CAUSES, LAWS, TYPES

_REMEDY = "Correct the cells named, then import it again; nothing was changed."


@dataclass(frozen=True)
class _SheetDocument(Document):
    """A file's new values, whose places are cells of the workbook."""

    changed: Changed
    sheets: Mapping[str, Sheet]
    workbook: str

    def where(self, path: Sequence[str | int], field: Sequence[str | int] = ()) -> str:
        """Say sheet and cell of what lies at `field` below `path`."""
        steps = (*path, *field)
        value, found, below = self.value, None, 0
        for depth, step in enumerate(steps, 1):
            value = _child(value, step)
            if id(value) in self.changed.places:
                found, below = self.changed.places[id(value)], depth
        if found is None:
            return super().where(path, field)
        table, row = found
        rest = tuple(step for step in steps[below:] if isinstance(step, str))
        headings = [c.heading for c in table.columns if c.field and c.field[: len(rest)] == rest]
        heading = headings[0] if rest and headings else table.identity[-1]
        return place_of(self.workbook, self.sheets[table.title], table, row, heading)


class _SheetFolder(Folder):
    """The data folder with the files of the workbook in place of its own."""

    def __init__(self, real: Folder, documents: Mapping[str, Document]) -> None:
        super().__init__(real.find)
        self._documents = documents

    def optional(self, name: str) -> Document | None:
        """Give the file as the workbook has it, else as it is."""
        return self._documents.get(name) or super().optional(name)

    def documents(self, stem: str, complaints: Complaints) -> Iterator[Document]:
        """Yield the files of the list as the workbook has them."""
        for name, document in self._documents.items():
            if name.removesuffix(".yaml").partition("/")[0] == stem:
                yield document


def check_whole(old: Values, sheets: Mapping[str, Sheet], department: str, workbook: str) -> None:
    """Raise an InputError for another department's workbook, or one with a sheet emptied."""
    (heading,) = BY_TITLE[TYPES].identity
    ids = (row.cells[heading].strip().partition(".") for row in sheets[TYPES].rows)
    counts = Counter(owner for owner, dot, _ in ids if owner and dot)
    ((owner, _),) = counts.most_common(1) or [(department, 0)]
    if owner != department and department not in counts:
        raise InputError(
            f"{workbook}: this is the catalogue of {owner}, not of {department}.",
            f"Import it with: risk catalogue import {owner} FILE.",
        )
    for title in (LAWS, TYPES, CAUSES):
        if not sheets[title].rows and any(True for _ in rows(BY_TITLE[title], old)):
            raise InputError(
                f"{workbook}: the sheet {title} is empty; no catalogue is without its rows.",
                "Export the catalogue again, and change only what shall be changed.",
            )


def check(
    folder: Folder,
    department: str,
    old: Mapping[str, Document],
    changed: Changed,
    sheets: Mapping[str, Sheet],
    workbook: str,
    complaints: Complaints,
) -> None:
    """Raise a KnowledgeError that names every cell which the catalogue may not have so.

    `complaints` are those of the comparison; they are said with the rest.
    """
    documents = {
        name: _SheetDocument(name, changed.values[name], document.root, changed, sheets, workbook)
        for name, document in old.items()
    }
    knowledge = Knowledge.over(_SheetFolder(folder, documents), complaints)
    found = knowledge.complaints()
    for document in documents.values():
        _of_department(document, department, found)
    types, grading = knowledge.types_so_far(), knowledge.grading()
    some_missing = bool(found)
    for steps, what in grading_clashes(grading, department, types, found.explain):
        if some_missing and steps[-1] == "agency":
            continue  # which may be that of a type that could not be taken
        thresholds = folder.document("grading.yaml")
        found.add(thresholds.where(("grading",), steps), what)
    found.settle(_REMEDY)


def _of_department(document: Document, department: str, complaints: Complaints) -> None:
    """Complain of ids that do not begin with the department."""
    for key in ("violation_types", "measure_templates"):
        for index, entry in enumerate(document.value.get(key) or ()):
            if not str(entry.get("id")).startswith(f"{department}."):
                what = f"must begin with {department}., not {entry.get('id')!r}"
                complaints.add(document.where((key, index), ("id",)), what)


def _child(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(step))
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
