"""What was researched of one department alone stands in its plugin's YAML files too."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from .researched import Department, department, facts, needs_facts

NOTED_OF_ITS_LAW = ("environment.build_before_approval", "CODE")

pytestmark = needs_facts


@pytest.fixture
def environment() -> Department:
    return department("environment")


@pytest.fixture
def market() -> Department:
    return department("market_supervision")


@pytest.fixture
def traffic() -> Department:
    return department("traffic")


@pytest.fixture
def urban() -> Department:
    return department("urban_management")


def test_environment_notes_what_an_article_says_beside_its_fine(environment: Department) -> None:
    for cited in environment.cited("punishes"):
        kept, first = cited.kept, (cited.fine or {}).get("first", "")
        # What follows a refusal comes after the fine and stands among the severe penalties.
        refusal = f"{first.removeprefix('拒不改正')}(拒不改正)"
        refused = refusal in cited.violation["severe_penalties"]
        of_the_code = (cited.violation["id"], kept.law_key) == NOTED_OF_ITS_LAW
        more = (cited.law.get("note"), cited.fine is None, first and not refused, of_the_code)
        assert bool(kept.note) is any(more), kept.citation


def test_environments_coercive_powers_stand_where_the_facts_give_them(
    environment: Department,
) -> None:
    for fact, violation in environment.pairs():
        kept = {r.article for r in violation.legal_references if r.role == "coercion"}
        told = " ".join(fact["coercive"])
        assert kept == {article for article in ("52", "1060") if f"{article}条" in told}


def test_environments_hearing_limits_are_those_of_the_facts(environment: Department) -> None:
    told = facts()["thresholds_used"]["hearing"]["environment"]
    limits = environment.knowledge.grading().hearing_fine
    latest = max(limits, key=lambda entry: entry.in_force_from)
    assert (latest.individual, latest.organisation) == (told["individual"], told["organisation"])
    assert latest.verified == "unverified"


def test_market_amounts_that_the_facts_do_not_hold_are_said_to_be_unverified(
    market: Department,
) -> None:
    amount = re.compile("[一二三四五六七八九十百千万]+[倍元]|百分之|等值")
    for cited in market.cited("punishes"):
        kept = cited.kept
        said = f"{kept.fine.note if kept.fine else ''}{kept.note}"
        held = (cited.fine or {}).get("alt") or cited.law.get("note")
        assert held or not amount.search(said) or "【未核实】" in said, kept.citation


def test_what_the_market_law_wants_first_is_told_with_the_punishing_article(
    market: Department,
) -> None:
    for cited in market.cited("punishes"):
        first = (cited.law.get("fine_cny") or {}).get("first")
        assert not first or "责令" in cited.kept.note
        assert not cited.law.get("note") or cited.kept.note


def test_a_first_time_has_a_period_only_where_the_national_list_names_the_market_type(
    market: Department,
) -> None:
    for fact, violation in market.pairs():
        assert violation.exemption is not None
        named = "SAMR" in fact["exemption"]["source"]
        assert violation.exemption.first_within_months == (24 if named else None), fact["id"]


def test_no_market_exemption_is_said_to_be_verified(market: Department) -> None:
    assert not any(each.exemption and each.exemption.verified for each in market.types.values())


def test_a_share_of_traffics_that_the_facts_do_not_hold_is_said_to_be_unverified(
    traffic: Department,
) -> None:
    held = {
        (violation.id, law["law"]): str(law.get("fine_cny", "")) + law.get("note", "")
        for fact, violation in traffic.pairs()
        for law in fact["legal_refs"]
    }
    for violation in traffic.types.values():
        for reference in violation.legal_references:
            known = "%" in held.get((violation.id, reference.law_key), "")
            if "百分之" in reference.note and not known and reference.verified != "unverified":
                assert "【未核实】" in reference.note, reference.citation


def test_exemptions_of_urban_management_say_no_more_than_the_facts(urban: Department) -> None:
    for violation in urban.types.values():
        assert violation.exemption is not None
        assert violation.exemption.first_within_months is None
        assert not violation.exemption.verified
        assert not violation.exemption.if_no_harm


def test_what_of_urban_management_is_in_force_today_is_what_the_facts_say(
    urban: Department,
) -> None:
    for cited in urban.cited("punishes"):
        today = cited.kept.in_force_on(dt.date(2026, 11, 23))
        assert today is cited.law["in_force_2026_11_23"], cited.kept.citation


def test_every_kind_of_measure_that_was_researched_of_urban_management_is_offered(
    urban: Department,
) -> None:
    templates = urban.knowledge.measure_templates()
    for fact, violation in urban.pairs():
        kinds = {each.kind for each in templates if violation.id in each.violations}
        assert {measure["class"] for measure in fact["measures"]} <= kinds, violation.id
