"""Nothing of the researched facts was lost on the way into the plugin's YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from risk import Knowledge, LegalReference, ViolationType

PLUGIN = Path(__file__).parents[1]
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "catalogue.yaml"
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_traffic" / "data")

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
    found: list[dict[str, Any]] = facts["departments"]["traffic"]["violations"]
    return found


def article_number(reference: LegalReference) -> int:
    return int(reference.article.partition("(")[0].partition("之")[0])


def find(violation: ViolationType, role: str, law: str, article: int) -> LegalReference:
    for reference in violation.legal_references:
        if (reference.role, reference.law_key, article_number(reference)) == (role, law, article):
            return reference
    raise AssertionError(f"{violation.id} lost {role} {law} {article}")


def test_all_twenty_types_are_there_with_their_plain_facts(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    assert len(ours) == 20
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


def test_what_the_facts_do_not_hold_is_not_passed_off_as_checked_by_machine(
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
            assert key in known or reference.verified != "text", reference.citation


def test_laws_keep_their_titles_and_dates(facts: dict[str, Any]) -> None:
    cited = {legal["law"] for one in researched(facts) for legal in one["legal_refs"]}
    laws = KNOWLEDGE.laws()
    assert set(laws) == cited
    for key, law in laws.items():
        source = facts["laws"][key]
        dates = (str(law.version_date), str(law.in_force_from), law.in_force_to)
        assert law.title == source["title"]
        assert dates == (source["version_date"], source["effective_from"], source["effective_to"])
        assert law.dates_verified is source["effective_from_in_text"]
        assert bool(law.note) is bool(source.get("note"))


def test_a_share_that_the_facts_do_not_hold_is_said_to_be_unverified(
    facts: dict[str, Any], ours: dict[str, ViolationType]
) -> None:
    held = {
        (one["id"], legal["law"]): str(legal.get("fine_cny", "")) + legal.get("note", "")
        for one in researched(facts)
        for legal in one["legal_refs"]
    }
    for violation in ours.values():
        for reference in violation.legal_references:
            known = "%" in held.get((violation.id, reference.law_key), "")
            if "百分之" in reference.note and not known and reference.verified != "unverified":
                assert "【未核实】" in reference.note, reference.citation
