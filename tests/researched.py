"""The researched facts of the four departments, beside what their plugins know.

The facts lie beside this repository and are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from risk import Knowledge, LegalReference, ViolationType

ROOT = Path(__file__).parents[1]
FACTS = ROOT.parent / "shared" / "facts" / "catalogue.yaml"

needs_facts = pytest.mark.skipif(
    not FACTS.is_file(), reason=f"the researched facts are not here: {FACTS}"
)
Fact = dict[str, Any]


class Cited(NamedTuple):
    """An article as it was researched, and as the plugin holds it; `violation` is the fact's."""

    violation: Fact
    law: Fact
    article: int
    kept: LegalReference

    @property
    def fine(self) -> Fact | None:
        """The fine that the facts know of it."""
        fine: Fact | None = self.law.get("fine_cny") or self.law.get("fine")
        return fine


class Department:
    """A department's facts and its plugin's knowledge."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.knowledge = Knowledge.from_folder(ROOT / f"plugins/{name}/src/risk_{name}/data")
        self.types = {each.id: each for each in self.knowledge.violation_types()}
        self.facts: list[Fact] = facts()["departments"][name]["violations"]

    def pairs(self) -> Iterator[tuple[Fact, ViolationType]]:
        """The fact of each type, whose id may begin with a shorter name, and the type."""
        for fact in self.facts:
            yield fact, self.types[f"{self.name}.{fact['id'].partition('.')[2]}"]

    def cited(self, role: str) -> Iterator[Cited]:
        """Every article of the facts in the role `forbids` or `punishes`."""
        for fact, violation in self.pairs():
            for law in fact["legal_refs"]:
                for article in law[role]:
                    yield Cited(fact, law, article, _kept(violation, role, law["law"], article))


@cache
def facts() -> Fact:
    """Everything that was researched."""
    loaded: Fact = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return loaded


@cache
def department(name: str) -> Department:
    """The department of that name."""
    return Department(name)


def article_number(reference: LegalReference) -> int:
    """The number of the article, without its paragraph."""
    return int(reference.article.partition("(")[0].partition("之")[0])


def _kept(violation: ViolationType, role: str, law: str, article: int) -> LegalReference:
    for reference in violation.legal_references:
        if (reference.role, reference.law_key, article_number(reference)) == (role, law, article):
            return reference
    raise AssertionError(f"{violation.id} lost {role} {law} {article}")
