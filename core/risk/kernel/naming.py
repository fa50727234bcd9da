"""What adapters may answer: whether there are such violation types and legal kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from risk.model.adapter import Adapter
from risk.model.column import CanonicalColumn
from risk.model.kind import KINDS
from risk.model.violation import ViolationType

from .places import Misfit, documents_of
from .reading import nearest
from .terms import STATE, not_of
from .yamlfile import Document


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
        listed = ", ".join(names)
        alone = f"adapter {listed}, column violation: {said}"
        yield from _placed(documents, name, True, f"{said} (read by the adapter {listed})", alone)


def unlawful_answers(adapters: Iterable[Adapter], plugin: object) -> Iterator[Misfit]:
    """Yield what an adapter would put into a canonical column whose closed list has it not.

    And what its rules would take for the state of a case. Each is said at every place of the
    plugin's YAML files where a word means it, or of the adapter alone.
    """
    found = [
        (adapter.name, column, said)
        for adapter in adapters
        for column, answers in _closed(adapter)
        for said in sorted(answers)
        if not column.may_hold(said)
    ]
    documents = documents_of(plugin) if found else []
    for name, column, said in found:
        wrong = not_of(column, said)
        what = f"the adapter {name} reads it as {column.name}, where {wrong}"
        alone = f"adapter {name}, {column.name}: {wrong}"
        yield from _placed(documents, said, False, what, alone)


def _placed(
    documents: Sequence[Document], name: str, keys: bool, what: str, alone: str
) -> Iterator[Misfit]:
    """Say `what` of every place that writes the name, as a field too where `keys`; else `alone`."""
    places = [
        document.where((), steps)
        for document in documents
        for steps in document.paths_to(name, keys=keys)
    ]
    yield from (Misfit(f"{place}: {what}", True) for place in places)
    if not places:
        yield Misfit(alone, False)


def _closed(adapter: Adapter) -> Iterator[tuple[CanonicalColumn, frozenset[str]]]:
    """Each column with the texts that the adapter may fill it with, and the states it may read."""
    for column in KINDS[adapter.kind].columns:
        yield column, getattr(adapter.columns.get(column.name), "answers", frozenset())
    rules = (*adapter.excludes.values(), *adapter.rejects.values())
    for table in dict.fromkeys(one for rule in rules for one in getattr(rule, "unknown", ())):
        yield STATE, table.answers
