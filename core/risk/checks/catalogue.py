"""Whether ids and legal references are such as published lists can rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from risk.kernel.catalogue import Knowledge
from risk.kernel.plugins import Plugin
from risk.model.law import Law, LegalReference
from risk.model.violation import ViolationType

from .check import Fault

_FINAL = "Ids never change once a list is published: mend it before."


def ids(plugin: Plugin) -> Iterator[Fault]:
    """Ids that are given twice or do not begin with the department."""
    for kind, names in (
        ("violation type", [violation.id for violation in plugin.violation_types]),
        ("measure template", [template.id for template in plugin.measure_templates]),
    ):
        for name, times in Counter(names).items():
            if times > 1:
                yield Fault(f"{kind} {name}", f"its id is given {times} times", _FINAL)
            if not name.startswith(f"{plugin.name}."):
                what = f"its id does not begin with {plugin.name}."
                yield Fault(
                    f"{kind} {name}", what.rstrip("."), f"Call it {plugin.name}.…; {_FINAL}"
                )
    if not plugin.violation_types:
        yield Fault("the catalogue", "it is empty", "Add violation types to violation_types.yaml.")


def references(plugin: Plugin) -> Iterator[Fault]:
    """Violation types without a rule behind them, and laws that are not what they seem."""
    laws = _laws(plugin)
    titles: dict[str, str] = {}
    for violation in plugin.violation_types:
        where = f"violation type {violation.id}"
        yield from _without_rule(violation, where)
        for reference in violation.legal_references:
            title = titles.setdefault(reference.law_key, reference.law)
            if title != reference.law:
                what = f"the law {reference.law_key} is both 《{title}》 and 《{reference.law}》"
                yield Fault(where, what, "Give every law a key of its own.")
            if laws is not None:
                yield from _undated(reference, laws, where)


def _without_rule(violation: ViolationType, where: str) -> Iterator[Fault]:
    roles = {reference.role for reference in violation.legal_references}
    if violation.no_explicit_rule:
        return
    if not roles & {"forbids", "punishes"}:
        yield Fault(
            where,
            "no legal reference forbids or punishes it",
            "Add the article, or write `no_explicit_rule: true` (包容审慎).",
        )


def _undated(reference: LegalReference, laws: Mapping[str, Law], where: str) -> Iterable[Fault]:
    law = laws.get(reference.law_key)
    if law is None:
        what = f"laws.yaml has no law {reference.law_key}"
        yield Fault(where, what, "Add it there with its dates in force.")
    elif reference.in_force_from < law.in_force_from:
        what = f"{reference.citation} is said to be in force before its law"
        yield Fault(where, what, f"{law.key} is in force from {law.in_force_from} only.")
    elif law.in_force_to and (reference.in_force_to or law.in_force_to) > law.in_force_to:
        what = f"{reference.citation} is said to be in force after its law"
        yield Fault(where, what, f"{law.key} is in force to {law.in_force_to} only.")


def _laws(plugin: Plugin) -> Mapping[str, Law] | None:
    """The laws of laws.yaml; None for a plugin that keeps its knowledge otherwise."""
    if not plugin.file("data/laws.yaml").is_file():
        return None
    return Knowledge.from_folder(plugin.file("data")).laws()
