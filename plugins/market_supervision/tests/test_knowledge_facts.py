"""Nothing of the researched facts was lost on the way into the plugin's YAML files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from risk import Knowledge, LegalReference, ViolationType

PLUGIN = Path(__file__).parents[1]
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "catalogue.yaml"
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_market_supervision" / "data")
LAWS_ON_FOOD = ("FSL2021", "FSL2025")

pytestmark = pytest.mark.skipif(
    not FACTS.is_file(), reason=f"the researched facts are not here: {FACTS}"
)


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def ours() -> dict[str, ViolationType]:
    return {violation.id: violation for violation in KNOWLEDGE.violation_types()}


def researched(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The types of the facts, under the id that the plugin's name gives them."""
    found: list[dict[str, Any]] = facts["departments"]["market_supervision"]["violations"]
    return [one | {"id": one["id"].replace("market.", "market_supervision.", 1)} for one in found]


def article_number(reference: LegalReference) -> int:
    return int(reference.article.partition("(")[0].partition("之")[0])


def find(violation: ViolationType, role: str, law: str, article: int) -> LegalReference:
    for reference in violation.legal_references:
        if (reference.role, reference.law_key, article_number(reference)) == (role, law, article):
            return reference
    raise AssertionError(f"{violation.id} lost {role} {law} {article}")


def test_all_twenty_three_types_are_there_with_their_plain_facts(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    assert len(ours) == 23
    assert list(sorted(ours)) == sorted(one["id"] for one in researched(facts))
    for one in researched(facts):
        violation = ours[one["id"]]
        same = (one["name_zh"], one["name_en"], one["agency"], one["subject"], one["procedure"])
        assert same == (
            violation.name,
            violation.name_en,
            violation.agency,
            violation.subject,
            violation.procedure,
        )
        assert violation.hearing_possible is one["hearing_possible"]
        assert violation.order_first is one["order_first"]
        assert violation.exemption is not None
        assert violation.exemption.listed == one["exemption"]["listed"]
        assert len(violation.severe_penalties) == len(one["severe_penalties"])
        assert len(violation.coercive_measures) == len(one["coercive"])


def test_no_article_and_no_fine_was_lost(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    for one in researched(facts):
        violation = ours[one["id"]]
        for legal in one["legal_refs"]:
            for article in legal["forbids"]:
                kept = find(violation, "forbids", legal["law"], article)
                assert kept.verified == legal["verified"]
            fine = legal.get("fine_cny") or legal.get("fine")
            for article in legal["punishes"]:
                kept = find(violation, "punishes", legal["law"], article)
                assert kept.verified == legal["verified"]
                if fine is None:
                    assert kept.fine is None, f"{violation.id} {kept.citation} has an invented fine"
                    continue
                assert kept.fine is not None, f"{violation.id} {kept.citation} lost its fine"
                assert (kept.fine.min, kept.fine.max) == (fine["min"], fine["max"])
                assert bool(kept.fine.basis) is bool(fine.get("basis"))
                assert bool(kept.fine.note) is bool(fine.get("alt"))


def test_what_the_facts_do_not_hold_is_said_to_be_unverified(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    known = {
        (one["id"], role, legal["law"], article)
        for one in researched(facts)
        for legal in one["legal_refs"]
        for role in ("forbids", "punishes")
        for article in legal[role]
    }
    for violation in ours.values():
        for reference in violation.legal_references:
            key = (violation.id, reference.role, reference.law_key, article_number(reference))
            assert key in known or reference.verified == "unverified", reference.citation
        assert violation.exemption is not None
        assert not violation.exemption.verified, violation.id


def test_amounts_that_the_facts_do_not_hold_are_said_to_be_unverified(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    amount = re.compile("[一二三四五六七八九十百千万]+[倍元]|百分之|等值")
    for one in researched(facts):
        for legal in one["legal_refs"]:
            fine = legal.get("fine_cny") or legal.get("fine") or {}
            for article in legal["punishes"]:
                kept = find(ours[one["id"]], "punishes", legal["law"], article)
                said = f"{kept.fine.note if kept.fine else ''}{kept.note}"
                held = fine.get("alt") or legal.get("note")
                assert held or not amount.search(said) or "【未核实】" in said, kept.citation


def test_laws_keep_their_titles_and_dates(facts: dict[str, Any]) -> None:
    cited = {legal["law"] for one in researched(facts) for legal in one["legal_refs"]}
    laws = KNOWLEDGE.laws()
    # Named in the facts only by its article, as a power to seal and seize.
    assert set(laws) == cited | {"UNLICENSED"}
    assert not laws["UNLICENSED"].dates_verified
    for key in cited:
        law = laws[key]
        source = facts["laws"][key]
        ends = law.in_force_to and str(law.in_force_to)
        dates = (str(law.version_date), str(law.in_force_from), ends)
        assert law.title == source["title"]
        assert dates == (source["version_date"], source["effective_from"], source["effective_to"])
        assert law.dates_verified is source["effective_from_in_text"]
        assert bool(law.note) is bool(source.get("note"))


def test_what_the_law_wants_first_is_told_with_the_punishing_article(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    for one in researched(facts):
        for legal in one["legal_refs"]:
            first = (legal.get("fine_cny") or {}).get("first")
            for article in legal["punishes"]:
                kept = find(ours[one["id"]], "punishes", legal["law"], article)
                assert not first or "责令" in kept.note
                assert not legal.get("note") or kept.note


def test_the_food_law_of_2025_fines_as_that_of_2021(ours: dict[str, ViolationType]) -> None:
    punished = [
        (violation.id, r.law_key, r.article, r.fine, r.note)
        for violation in ours.values()
        for r in violation.legal_references
        if r.role == "punishes" and r.law_key.startswith("FSL")
    ]
    old, new = ([(i, *rest) for i, key, *rest in punished if key == k] for k in LAWS_ON_FOOD)
    assert old == new and len(old) == 6


def test_a_first_time_has_a_period_only_where_the_national_list_names_the_type(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    for one in researched(facts):
        exemption = ours[one["id"]].exemption
        assert exemption is not None
        named = "SAMR" in one["exemption"]["source"]
        assert exemption.first_within_months == (24 if named else None), one["id"]
