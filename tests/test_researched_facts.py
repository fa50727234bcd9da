"""Nothing of the researched facts was lost on the way into the YAML files of the four plugins."""

from __future__ import annotations

import pytest

from .researched import Department, article_number, department, facts, needs_facts

TYPES = {"environment": 20, "market_supervision": 23, "traffic": 20, "urban_management": 22}
# Where the order to correct stands with the fine; elsewhere it stands with the article.
ORDER_IN_FINE = ("urban_management",)
# What was read where the facts do not say it, by roles of articles.
READ_BY_EYE = {"environment": ("exempts",), "traffic": ("coercion", "exempts")}
# Cited in the facts only in words, as a power to seal and seize.
IN_WORDS = {"market_supervision": {"UNLICENSED"}}

pytestmark = needs_facts


@pytest.fixture(params=TYPES)
def ours(request: pytest.FixtureRequest) -> Department:
    return department(request.param)


def test_all_types_are_there_with_their_plain_facts(ours: Department) -> None:
    assert len(ours.types) == len(ours.facts) == TYPES[ours.name]
    for fact, violation in ours.pairs():
        same = (fact["name_zh"], fact["name_en"], fact["subject"], fact["procedure"])
        assert same == (
            violation.name,
            violation.name_en,
            violation.subject,
            violation.procedure,
        )
        assert in_full_width(violation.agency) == in_full_width(fact["agency"])
        assert violation.hearing_possible is fact["hearing_possible"]
        assert violation.order_first is fact["order_first"]
        assert violation.exemption is not None
        assert violation.exemption.listed == fact["exemption"]["listed"]
        assert len(violation.severe_penalties) == len(fact["severe_penalties"])
        assert len(violation.coercive_measures) == len(fact["coercive"])


def test_no_article_and_no_fine_was_lost(ours: Department) -> None:
    for cited in ours.cited("forbids"):
        assert cited.kept.verified == cited.law["verified"]
    for cited in ours.cited("punishes"):
        kept, fine = cited.kept, cited.fine
        assert kept.verified == cited.law["verified"]
        if fine is None:
            assert kept.fine is None, f"{cited.violation['id']} {kept.citation}: invented fine"
            continue
        assert kept.fine is not None, f"{cited.violation['id']} {kept.citation}: lost fine"
        # A percentage is kept as a multiple, a rate for the square metre as it is.
        basis = fine.get("basis", "")
        parts = 100 if "百分比" in basis else 1
        assert (kept.fine.min, kept.fine.max) == (fine["min"] / parts, fine["max"] / parts)
        assert bool(kept.fine.basis) is bool(basis)
        assert kept.fine.basis == basis or not basis.startswith("元")


def test_a_fine_has_a_note_where_the_facts_say_more_than_its_range_and_nowhere_else(
    ours: Department,
) -> None:
    for cited in ours.cited("punishes"):
        if cited.fine is None or cited.kept.fine is None:
            continue
        # An order that comes with the fine and not before it is no condition of the fine.
        order = cited.fine.get("first", "").removeprefix("责令改正并处")
        more = (
            cited.fine.get("alt"),
            "百分比" in cited.fine.get("basis", ""),
            order and ours.name in ORDER_IN_FINE,
        )
        assert bool(cited.kept.fine.note) is any(more), cited.kept.citation


def test_what_the_facts_do_not_hold_has_no_fine_and_is_not_passed_off_as_checked_by_machine(
    ours: Department,
) -> None:
    held = {
        (violation.id, role, law["law"], article)
        for fact, violation in ours.pairs()
        for law in fact["legal_refs"]
        for role in ("forbids", "punishes")
        for article in law[role]
    }
    for violation in ours.types.values():
        for reference in violation.legal_references:
            key = (violation.id, reference.role, reference.law_key, article_number(reference))
            if key in held:
                continue
            read = reference.role in READ_BY_EYE.get(ours.name, ())
            assert reference.verified == "unverified" or (read and reference.verified == "eye")
            assert reference.fine is None, reference.citation


def test_laws_keep_their_titles_and_dates(ours: Department) -> None:
    cited = {law["law"] for fact in ours.facts for law in fact["legal_refs"]}
    in_words = IN_WORDS.get(ours.name, set())
    laws = ours.knowledge.laws()
    assert set(laws) == cited | in_words
    assert not any(laws[key].dates_verified for key in in_words)
    for key in cited:
        law, source = laws[key], facts()["laws"][key]
        ends = None if law.in_force_to is None else str(law.in_force_to)
        dates = (str(law.version_date), str(law.in_force_from), ends)
        assert law.title == source["title"]
        assert dates == (source["version_date"], source["effective_from"], source["effective_to"])
        assert law.dates_verified is source["effective_from_in_text"]
        assert bool(law.note) is bool(source.get("note"))


def in_full_width(agency: str) -> str:
    return agency.translate(str.maketrans("(/)", "（、）"))
