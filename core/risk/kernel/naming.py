"""Violation types that adapters name: whether there are such, and where a file writes the id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from risk.model.adapter import Adapter
from risk.model.violation import ViolationType

from .places import Misfit, documents_of, steps_to
from .reading import nearest


def unknown_types(
    adapters: Iterable[Adapter], types: Sequence[ViolationType], plugin: object
) -> Iterator[Misfit]:
    """Yield the ids that an adapter would give as a violation type and that are none.

    Each is said at every place of the plugin's YAML files that writes it, or of the adapter alone.
    """
    known = {violation.id for violation in types}
    users: dict[str, list[str]] = {}
    for adapter in adapters:
        # An expression that is no Column of the vocabulary does not tell.
        for name in sorted(getattr(adapter.columns["violation"], "answers", ())):
            if name not in known:
                users.setdefault(name, []).append(adapter.name)
    documents = documents_of(plugin) if users else []
    for name, names in users.items():
        said = f"there is no violation type {name!r}{nearest(name, known)}"
        by = f"(read by the adapter {', '.join(names)})"
        places = [
            document.where((), steps)
            for document in documents
            for steps in steps_to(document.value, name)
        ]
        yield from (Misfit(f"{place}: {said} {by}", True) for place in places)
        if not places:
            yield Misfit(f"adapter {', '.join(names)}, column violation: {said}", False)
