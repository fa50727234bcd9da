"""Whether the parts of a department's answer agree with one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from risk.model.law import Law
from risk.model.measure import MeasureTemplate
from risk.model.ranking import Grading
from risk.model.violation import ViolationType

from .reading import nearest
from .yamlfile import Steps

# Whether another fault is why there is no entry of a name: what names it then is no fault too.
Explained = Callable[[str], bool]


def never(name: str) -> bool:
    """No other fault explains the name."""
    return False


@dataclass(frozen=True, slots=True)
class Clash:
    """What is wrong with one entry of a list: its index, the field, and why it cannot stand."""

    index: int
    field: Steps
    what: str


def doubles(ids: Iterable[str], field: str = "id") -> Iterator[Clash]:
    """Yield every id that an earlier entry has too."""
    first: dict[str, int] = {}
    for index, value in enumerate(ids):
        if first.setdefault(value, index) != index:
            yield Clash(index, (field,), f"{value} is already taken by entry {first[value] + 1}")


def law_clashes(laws: Sequence[Law], explained: Explained = never) -> Iterator[Clash]:
    """Yield laws with the same key, and links to a law there is not or whose dates do not meet."""
    yield from doubles((law.key for law in laws), "key")
    known = {law.key: law for law in laws}
    for index, law in enumerate(laws):
        if law.replaced_by and not explained(law.replaced_by):
            yield from _link_clashes(index, law, law.replaced_by, known, ("replaced_by",))
        if law.repealed_by and not explained(law.repealed_by.law):
            yield from _link_clashes(index, law, law.repealed_by.law, known, ("repealed_by", "law"))
        if law.yields_to and not explained(law.yields_to):
            yield from _precedence_clashes(index, law, known)


def _precedence_clashes(index: int, law: Law, known: Mapping[str, Law]) -> Iterator[Clash]:
    other = known.get(law.yields_to)
    if other is None:
        what = f"there is no law {law.yields_to!r}{nearest(law.yields_to, known)}"
        yield Clash(index, ("yields_to",), what)
    elif law.key in (other.key, other.yields_to):
        yield Clash(index, ("yields_to",), "a law cannot yield to itself")


def _link_clashes(
    index: int, law: Law, key: str, known: Mapping[str, Law], field: Steps
) -> Iterator[Clash]:
    other = known.get(key)
    if other is None:
        yield Clash(index, field, f"there is no law {key!r}{nearest(key, known)}")
    elif other is law:
        yield Clash(index, field, "a law cannot follow itself")
    elif law.in_force_to is None:
        last = other.in_force_from - dt.timedelta(days=1)
        what = f"is missing; the day before {key} begins is {last}"
        yield Clash(index, ("in_force_to",), what)
    else:
        begins, next_day = other.in_force_from, law.in_force_to + dt.timedelta(days=1)
        # A law may be repealed by one that has long been in force, but not by one still to come.
        if begins > next_day or (begins < next_day and field == ("replaced_by",)):
            what = f"{key} is in force from {begins}, but {law.key} to {law.in_force_to}"
            yield Clash(index, field, f"{what}: the dates do not meet")


def violation_type_clashes(types: Sequence[ViolationType]) -> Iterator[Clash]:
    """Yield violation types with the same id, and causes with the same id within one type."""
    yield from doubles(violation.id for violation in types)
    for index, violation in enumerate(types):
        for clash in doubles(cause.id for cause in violation.causes):
            yield Clash(index, ("causes", clash.index, *clash.field), clash.what)


def citation_clashes(types: Sequence[ViolationType], laws: Sequence[Law]) -> Iterator[Clash]:
    """Yield references to a law that is not among `laws`, where there are any."""
    known = {law.key for law in laws}
    for index, violation in enumerate(types):
        for position, reference in enumerate(violation.legal_references):
            if known and reference.law_key not in known:
                what = f"there is no law {reference.law_key!r}{nearest(reference.law_key, known)}"
                yield Clash(index, ("legal_references", position, "law_key"), what)


def template_clashes(
    templates: Sequence[MeasureTemplate],
    types: Sequence[ViolationType],
    explained: Explained = never,
) -> Iterator[Clash]:
    """Yield templates with the same id, or that name a violation type or cause there is not."""
    yield from doubles(template.id for template in templates)
    causes = {violation.id: {cause.id for cause in violation.causes} for violation in types}
    for index, template in enumerate(templates):
        for position, violation in enumerate(template.violations):
            if violation not in causes and not explained(violation):
                what = f"there is no violation type {violation!r}{nearest(violation, causes)}"
                yield Clash(index, ("violations", position), what)
        if any(explained(name) or name not in causes for name in template.violations):
            continue  # whose causes the answers may be
        answerable = set[str]().union(*(causes[name] for name in template.violations))
        for position, cause in enumerate(template.answers):
            if cause not in answerable:
                what = f"no cause of these violation types has the id {cause!r}"
                yield Clash(index, ("answers", position), what + nearest(cause, answerable))


def grading_clashes(
    grading: Grading,
    department: str,
    types: Sequence[ViolationType],
    explained: Explained = never,
) -> Iterator[tuple[Steps, str]]:
    """Yield thresholds of another department or agency and rankings of unknown violation types.

    Each by the steps to its field below `grading`, and in words.
    """
    for name in type(grading).model_fields:
        for index, entry in enumerate(getattr(grading, name)):
            if getattr(entry, "department", None) not in (None, department):
                what = f"{name} has an entry of another department, {entry.department!r}"
                yield (name, index, "department"), what
    yield from _agency_clashes(grading, types)
    for clash in doubles(ranking.id for ranking in grading.rankings):
        yield ("rankings", clash.index, *clash.field), f"rankings: {clash.what}"
    known = {violation.id for violation in types}
    for index, ranking in enumerate(grading.rankings):
        for position, violation in enumerate(ranking.violations):
            if violation not in known and not explained(violation):
                what = f"ranking {ranking.id} counts the unknown violation type {violation!r}"
                steps = ("rankings", index, "violations", position)
                yield steps, what + nearest(violation, known)


def _agency_clashes(
    grading: Grading, types: Sequence[ViolationType]
) -> Iterator[tuple[Steps, str]]:
    """Yield thresholds of an agency that no violation type lies with: they would never be used."""
    known = sorted({violation.agency for violation in types})
    for name in type(grading).model_fields:
        for index, entry in enumerate(getattr(grading, name)):
            agency = getattr(entry, "agency", None)
            if agency is not None and agency not in known:
                what = f"{name}: no violation type lies with an agency {agency!r}"
                yield (name, index, "agency"), f"{what}{nearest(agency, known)}; {_all_of(known)}"


def _all_of(agencies: Sequence[str]) -> str:
    return f"they lie with {'、'.join(agencies)}" if agencies else "there is no violation type"
