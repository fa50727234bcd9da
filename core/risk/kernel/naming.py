"""Violation types that adapters name: whether there are such, and where a file writes the id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType

from risk.errors import KnowledgeError
from risk.model.adapter import Adapter
from risk.model.violation import ViolationType

from .folder import Folder
from .reading import nearest


def unknown_types(
    adapters: Iterable[Adapter], types: Sequence[ViolationType], plugin: object
) -> Iterator[str]:
    """Yield, in words, the ids that an adapter would give as a violation type and that are none.

    Each is said at every place of the plugin's YAML files that writes it, or of the adapter alone.
    """
    known = {violation.id for violation in types}
    users: dict[str, list[str]] = {}
    for adapter in adapters:
        # An expression that is no Column of the vocabulary does not tell.
        for name in sorted(getattr(adapter.columns["violation"], "answers", ())):
            if name not in known:
                users.setdefault(name, []).append(adapter.name)
    for name, names in users.items():
        said = f"there is no violation type {name!r}{nearest(name, known)}"
        by = f"(read by the adapter {', '.join(names)})"
        places = list(_places(name, plugin))
        yield from (f"{place}: {said} {by}" for place in places)
        if not places:
            yield f"adapter {', '.join(names)}, column violation: {said}"


def _places(name: str, plugin: object) -> Iterator[str]:
    package = plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__
    try:
        documents = list(Folder.of_package(package).every())
    except KnowledgeError:
        return  # a plugin may keep its knowledge otherwise, or in a file that is no YAML
    for document in documents:
        for path in document.paths_to(name):
            yield document.where((), path)
