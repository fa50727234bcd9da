"""Where the files of a plugin write what its hooks answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from risk.errors import KnowledgeError
from risk.model.ranking import Grading
from risk.model.violation import ViolationType

from .agreement import grading_clashes
from .folder import Folder
from .yamlfile import Document


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit in a plugin's answers, in words; whether these name a file and line."""

    what: str
    placed: bool


def documents_of(plugin: object) -> list[Document]:
    """The YAML files of the plugin's data folder; none where it keeps its knowledge otherwise."""
    package = plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__
    try:
        return list(Folder.of_package(package).every())
    except KnowledgeError:
        return []  # or one of its files is no YAML


def misfits_of_grading(
    grading: Grading, department: str, types: Sequence[ViolationType], plugin: object
) -> Iterator[Misfit]:
    """Yield the clashes of a department's own thresholds, by file, line and field if it has any."""
    clashes = list(grading_clashes(grading, department, types))
    documents = documents_of(plugin) if clashes else []
    document = next((each for each in documents if each.name == "grading.yaml"), None)
    for steps, what in clashes:
        # A plugin may have changed what stands in its file.
        if document is not None and _stands(document.value, ("grading", *steps)):
            yield Misfit(f"{document.where(('grading',), steps)}: {what}", True)
        else:
            yield Misfit(what, False)


def _stands(value: Any, steps: Iterable[str | int]) -> bool:
    try:
        for step in steps:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True
