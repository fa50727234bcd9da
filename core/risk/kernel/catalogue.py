"""A department's knowledge, as legal officers keep it in YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from risk.errors import KnowledgeError
from risk.model.department import Department, Place
from risk.model.law import Law
from risk.model.measure import MeasureTemplate
from risk.model.ranking import Grading
from risk.model.violation import ViolationType

from .agreement import Clash, law_clashes, template_clashes, violation_type_clashes
from .folder import Folder
from .measure_grounds import ground_clashes
from .reading import Complaints, Entry, nearest, read_group, read_list
from .terms import USUAL, read_terms
from .written import WrittenTemplate, WrittenType, resolved_template, resolved_type
from .yamlfile import Document

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class Knowledge:
    """The YAML files in the folder `data` of a plugin's package, each read once, when asked for.

    `Knowledge(__name__)` in the package's `__init__.py` is all a plugin needs. Every method raises
    a KnowledgeError that names file, line and field of everything that is wrong, one per line;
    entries of lists are counted from 1. docs/hooks.md describes the files.
    """

    def __init__(self, package: str) -> None:
        self._folder = Folder.of_package(package)
        self._tables: dict[str, dict[str, Any]] = {}
        self._earlier: Complaints | None = None

    @classmethod
    def from_folder(cls, path: str | Path) -> Knowledge:
        """Give the knowledge in any folder, for tests and for checking files before they ship."""
        return cls.over(Folder.at(path))

    @classmethod
    def over(cls, folder: Folder, earlier: Complaints | None = None) -> Knowledge:
        """Give the knowledge in a folder that may be put together of several sources.

        `earlier` is what is known to be wrong with it already.
        """
        knowledge = cls.__new__(cls)
        knowledge._folder = folder
        knowledge._tables = {}
        knowledge._earlier = earlier
        return knowledge

    def department(self) -> Department:
        """Give the department with its places (department.yaml, places.yaml)."""
        return self._department

    def laws(self) -> Mapping[str, Law]:
        """Give the laws by their key (laws.yaml)."""
        return _settled(self._laws)

    def violation_types(self) -> tuple[ViolationType, ...]:
        """Give the violation types, their legal references with title and dates of the law."""
        return _settled(self._violation_types)

    def measure_templates(self) -> tuple[MeasureTemplate, ...]:
        """Give the measure templates, each `basis` as a citation 《…》第…条."""
        return _settled(self._measure_templates)

    def complaints(self) -> Complaints:
        """Give all that is wrong with laws, violation types and measures, to be added to."""
        _, complaints = self._measure_templates
        return Complaints(complaints)

    def types_so_far(self) -> tuple[ViolationType, ...]:
        """Give the violation types that can be taken, whatever is wrong with others."""
        types, _ = self._violation_types
        return types

    def grading(self) -> Grading:
        """Give the department's own thresholds and rankings; none without a grading.yaml."""
        return self._grading

    def table(self, name: str) -> dict[str, Any]:
        """Give a further file as a dict, such as a table of codes; `name` may leave out .yaml.

        All keys and values are texts, as written: the code `0123` keeps its zero. To ask for a
        field that is not there raises a KnowledgeError.
        """
        file = _yaml(name)
        if file not in self._tables:
            self._tables[file] = _Table(file, self._read_table(file).value)
        return deepcopy(self._tables[file])

    def terms(self, name: str, meaning: str, *steps: str) -> dict[str, Any]:
        """Give a table of the words that an export file uses, each with what it means.

        `meaning` is the canonical column that they fill, or `state` (closed, withdrawn, open or
        unpunished): a word that means what this may not be is an error. `steps` lead to the table
        where it does not stand under `terms:` alone.
        """
        return read_terms(self._read_table(_yaml(name)), meaning, steps or USUAL)

    @cached_property
    def _department(self) -> Department:
        department = read_group(self._folder.document("department.yaml"), "department", Department)
        register = self._folder.optional("places.yaml")
        if register is None:
            return department
        complaints = Complaints()
        places = [entry.model for entry in read_list(register, "places", Place, complaints)]
        complaints.settle()
        return department.model_copy(update={"places": (*department.places, *places)})

    @cached_property
    def _laws(self) -> tuple[Mapping[str, Law], Complaints]:
        complaints = Complaints(self._earlier)
        entries = list(read_list(self._folder.document("laws.yaml"), "laws", Law, complaints))
        clashes = law_clashes([entry.model for entry in entries], complaints.explain)
        _point_out(clashes, entries, complaints)
        return MappingProxyType({entry.model.key: entry.model for entry in entries}), complaints

    @cached_property
    def _violation_types(self) -> tuple[tuple[ViolationType, ...], Complaints]:
        laws, earlier = self._laws
        complaints = Complaints(earlier)
        entries = self._entries("violation_types", "violation_types", WrittenType, complaints)
        types = tuple(resolved_type(entry, laws, complaints) for entry in entries)
        _point_out(violation_type_clashes(types), entries, complaints)
        return types, complaints

    @cached_property
    def _measure_templates(self) -> tuple[tuple[MeasureTemplate, ...], Complaints]:
        (laws, _), (types, earlier) = self._laws, self._violation_types
        complaints = Complaints(earlier)
        entries = self._entries("measures", "measure_templates", WrittenTemplate, complaints)
        templates = [resolved_template(entry, laws, complaints) for entry in entries]
        written = [entry.model for entry in entries]
        _point_out(template_clashes(written, types, complaints.explain), entries, complaints)
        if not earlier:  # an article may be missing with what is wrong above
            _point_out(ground_clashes(templates, types, laws.values()), entries, complaints)
        return tuple(template for template in templates if template), complaints

    @cached_property
    def _grading(self) -> Grading:
        document = self._folder.optional("grading.yaml")
        return Grading() if document is None else read_group(document, "grading", Grading)

    def _entries(
        self, stem: str, key: str, form: type[M], complaints: Complaints
    ) -> list[Entry[M]]:
        return [
            entry
            for document in self._folder.documents(stem, complaints)
            for entry in read_list(document, key, form, complaints)
        ]

    def _read_table(self, file: str) -> Document:
        if not re.fullmatch(r"\w[\w-]*(/\w[\w-]*)*\.yaml", file):
            raise KnowledgeError(f"{file!r} cannot name a table", "Give a file within data/.")
        document = self._folder.document(file)
        if not isinstance(document.value, dict):
            raise KnowledgeError(f"{document.where(())}: a table is made of `code: value` lines")
        return document


class _Table(dict[str, Any]):
    """The fields of a file, which says so where one is asked for that it has not."""

    def __init__(self, file: str, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self._file = file

    def __missing__(self, field: str) -> Any:
        what = f"{self._file}: there is no field {field!r}{nearest(str(field), self)}"
        raise KnowledgeError(what, f"It has {', '.join(self) or 'none'}.")

    def __deepcopy__(self, seen: dict[int, Any]) -> _Table:
        return _Table(self._file, deepcopy(dict(self), seen))


def _yaml(name: str) -> str:
    return f"{name.removesuffix('.yaml')}.yaml"


def _settled(read: tuple[T, Complaints]) -> T:
    found, complaints = read
    complaints.settle()
    return found


def _point_out(
    clashes: Iterable[Clash], entries: Sequence[Entry[Any]], complaints: Complaints
) -> None:
    for clash in clashes:
        complaints.add(entries[clash.index].where(*clash.field), clash.what)
