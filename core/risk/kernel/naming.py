"""What adapters may answer: whether there are such violation types and legal kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from risk.model.adapter import Adapter
from risk.model.kind import KINDS
from risk.model.violation import ViolationType

from .places import Misfit, documents_of, steps_to
from .reading import nearest
from .terms import not_of


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


def unlawful_answers(adapters: Iterable[Adapter], plugin: object) -> Iterator[Misfit]:
    """Yield what an adapter would put into a canonical column whose closed list has it not.

    Each is said at every place of the plugin's YAML files where a word means it, or of the adapter
    alone.
    """
    found = [
        (adapter, column, said)
        for adapter in adapters
        for column in KINDS[adapter.kind].columns
        for said in sorted(getattr(adapter.columns.get(column.name), "answers", ()))
        if not column.may_hold(said)
    ]
    documents = documents_of(plugin) if found else []
    for adapter, column, said in found:
        what = (
            f"the adapter {adapter.name} fills {column.name} with it, which {not_of(column, said)}"
        )
        places = [
            document.where((), steps)
            for document in documents
            for steps in steps_to(document.value, said, keys=False)
        ]
        yield from (Misfit(f"{place}: {what}", True) for place in places)
        if not places:
            what = f"adapter {adapter.name}, column {column.name}: {not_of(column, said)}"
            yield Misfit(what, False)
