"""Nothing of the researched facts was lost on the way into the plugin's YAML files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from risk import Fine, Knowledge, LegalReference, ViolationType

PLUGIN = Path(__file__).parents[1]
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "catalogue.yaml"
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_urban_management" / "data")
TYPES = {violation.id: violation for violation in KNOWLEDGE.violation_types()}

pytestmark = pytest.mark.skipif(
    not FACTS.is_file(), reason=f"the researched facts are not here: {FACTS}"
)


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return loaded


def researched(facts: dict[str, Any]) -> list[tuple[dict[str, Any], ViolationType]]:
    found = facts["departments"]["urban_management"]["violations"]
    return [(one, TYPES["urban_management." + one["id"].partition(".")[2]]) for one in found]


def article_number(reference: LegalReference) -> int:
    return int(reference.article.partition("(")[0].partition("之")[0])


def find(violation: ViolationType, role: str, law: str, article: int) -> LegalReference:
    for reference in violation.legal_references:
        if (reference.role, reference.law_key, article_number(reference)) == (role, law, article):
            return reference
    raise AssertionError(f"{violation.id} lost {role} {law} {article}")


def same_range(ours: Fine, theirs: dict[str, Any]) -> bool:
    """A percentage is kept as a multiple of the cost, a rate for the square metre as it is."""
    basis = theirs.get("basis", "")
    per = 0.01 if basis.endswith("百分比") else 1
    bounds = (round(theirs["min"] * per, 6), round(theirs["max"] * per, 6))
    same_basis = ours.basis == basis if basis.startswith("元") else bool(ours.basis) is bool(basis)
    return (ours.min, ours.max) == bounds and same_basis


def test_all_twenty_two_types_are_there_with_their_plain_facts(facts: dict[str, Any]) -> None:
    assert len(TYPES) == len(researched(facts)) == 22
    for one, violation in researched(facts):
        same = (one["name_zh"], one["name_en"], one["subject"], one["procedure"])
        assert same == (
            violation.name,
            violation.name_en,
            violation.subject,
            violation.procedure,
        )
        assert one["agency"].replace("(", "（").replace(")", "）") == violation.agency
        assert violation.hearing_possible is one["hearing_possible"]
        assert violation.order_first is one["order_first"]
        assert len(violation.severe_penalties) == len(one["severe_penalties"])
        assert len(violation.coercive_measures) == len(one["coercive"])


def test_exemptions_say_no_more_than_the_facts(facts: dict[str, Any]) -> None:
    for one, violation in researched(facts):
        assert violation.exemption is not None
        assert violation.exemption.listed == one["exemption"]["listed"]
        assert violation.exemption.first_within_months is None
        assert not violation.exemption.verified
        assert not violation.exemption.if_no_harm


def test_no_article_and_no_fine_was_lost(facts: dict[str, Any]) -> None:
    for one, violation in researched(facts):
        for legal in one["legal_refs"]:
            for article in legal["forbids"]:
                assert find(violation, "forbids", legal["law"], article).verified == "text"
            theirs = legal.get("fine_cny") or legal.get("fine")
            for article in legal["punishes"]:
                kept = find(violation, "punishes", legal["law"], article)
                assert kept.verified == legal["verified"]
                if theirs is None:
                    assert kept.fine is None, f"{violation.id} {kept.citation} has an invented fine"
                    continue
                assert kept.fine is not None, f"{violation.id} {kept.citation} lost its fine"
                assert same_range(kept.fine, theirs), f"{violation.id} {kept.citation}"
                # An order that comes with the fine and not before it is no condition of the fine.
                first = theirs.get("first", "").removeprefix("责令改正并处")
                said = bool(theirs.get("alt") or first)
                assert bool(kept.fine.note) or not said, f"{violation.id} {kept.citation}"


def test_what_the_facts_do_not_hold_is_not_passed_off_as_checked_by_machine(
    facts: dict[str, Any],
) -> None:
    known = {
        (violation.id, role, legal["law"], article)
        for one, violation in researched(facts)
        for legal in one["legal_refs"]
        for role in ("forbids", "punishes")
        for article in legal[role]
    }
    for violation in TYPES.values():
        for reference in violation.legal_references:
            key = (violation.id, reference.role, reference.law_key, article_number(reference))
            assert key in known or reference.verified == "unverified", reference.citation


def test_laws_keep_their_titles_and_dates(facts: dict[str, Any]) -> None:
    cited = {legal["law"] for one, _ in researched(facts) for legal in one["legal_refs"]}
    laws = KNOWLEDGE.laws()
    assert set(laws) == cited
    for key, law in laws.items():
        source = facts["laws"][key]
        ends = source["effective_to"]
        assert law.title == source["title"]
        assert str(law.version_date) == source["version_date"]
        assert str(law.in_force_from) == source["effective_from"]
        assert (None if law.in_force_to is None else str(law.in_force_to)) == ends
        assert law.dates_verified is source["effective_from_in_text"]
        assert bool(law.note) is bool(source.get("note"))


def test_what_is_in_force_today_is_what_the_facts_say(facts: dict[str, Any]) -> None:
    for one, violation in researched(facts):
        for legal in one["legal_refs"]:
            for article in legal["punishes"]:
                kept = find(violation, "punishes", legal["law"], article)
                today = kept.in_force_on(dt.date(2026, 11, 23))
                assert today is legal["in_force_2026_11_23"], kept.citation


def test_every_kind_of_measure_that_was_researched_is_offered(facts: dict[str, Any]) -> None:
    for one, violation in researched(facts):
        kinds = {t.kind for t in KNOWLEDGE.measure_templates() if violation.id in t.violations}
        assert {measure["class"] for measure in one["measures"]} <= kinds, violation.id
