"""Whether the parts of a department's answer agree with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from risk.model.measure import MeasureTemplate
from risk.model.ranking import Grading
from risk.model.violation import ViolationType

from .reading import nearest
from .yamlfile import Steps


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


def violation_type_clashes(types: Sequence[ViolationType]) -> Iterator[Clash]:
    """Yield violation types with the same id, and causes with the same id within one type."""
    yield from doubles(violation.id for violation in types)
    for index, violation in enumerate(types):
        for clash in doubles(cause.id for cause in violation.causes):
            yield Clash(index, ("causes", clash.index, *clash.field), clash.what)


def template_clashes(
    templates: Sequence[MeasureTemplate], types: Sequence[ViolationType]
) -> Iterator[Clash]:
    """Yield templates with the same id, or that name a violation type or cause there is not."""
    yield from doubles(template.id for template in templates)
    causes = {violation.id: {cause.id for cause in violation.causes} for violation in types}
    for index, template in enumerate(templates):
        for position, violation in enumerate(template.violations):
            if violation not in causes:
                what = f"there is no violation type {violation!r}{nearest(violation, causes)}"
                yield Clash(index, ("violations", position), what)
        answerable = set[str]().union(*(causes.get(name, set()) for name in template.violations))
        for position, cause in enumerate(template.answers):
            if cause not in answerable:
                what = f"no cause of these violation types has the id {cause!r}"
                yield Clash(index, ("answers", position), what + nearest(cause, answerable))


def grading_clashes(
    grading: Grading, department: str, types: Sequence[ViolationType]
) -> Iterator[str]:
    """Yield, in words, thresholds of another department and rankings of unknown violation types."""
    for name in type(grading).model_fields:
        for entry in getattr(grading, name):
            if getattr(entry, "department", None) not in (None, department):
                yield f"{name} has an entry of another department, {entry.department!r}"
    for clash in doubles(ranking.id for ranking in grading.rankings):
        yield f"rankings: {clash.what}"
    known = {violation.id for violation in types}
    for ranking in grading.rankings:
        for violation in ranking.violations:
            if violation not in known:
                what = f"ranking {ranking.id} counts the unknown violation type {violation!r}"
                yield what + nearest(violation, known)
