"""The department's knowledge agrees with itself: words, codes, causes and measures."""

from __future__ import annotations

import csv
from pathlib import Path

from risk import Knowledge
from risk.testing import named_in

DATA = Path(__file__).parents[1] / "src" / "risk_market_supervision" / "data"
KNOWLEDGE = Knowledge.from_folder(DATA)
CODE_TABLES = (("market_terms", "terms"), ("dinesafe_infractions", "infractions"))
TYPES = {violation.id: violation for violation in KNOWLEDGE.violation_types()}


def trades_of_the_sample() -> set[str]:
    sample = DATA.parent / "samples" / "market_supervision_export.csv"
    rows = csv.DictReader(sample.read_text(encoding="utf-8-sig").splitlines())
    return {row["行业类别"] for row in rows}


def words() -> list[tuple[str, str]]:
    return [(v.id, word) for v in TYPES.values() for word in (v.name, *v.phrases)]


def test_of_an_article_only_the_items_that_were_researched_are_recognised() -> None:
    named = {
        (violation.id, reference.law_key, reference.article): reference.items
        for violation in TYPES.values()
        for reference in violation.legal_references
        if reference.items
    }
    expired = "market_supervision.food_expired"
    assert named == {(expired, "FSL2021", "34"): (10,), (expired, "FSL2025", "34"): (10,)}


def test_the_food_law_of_2025_fines_as_that_of_2021() -> None:
    punished = [
        (violation.id, r.law_key, r.article, r.fine, r.note)
        for violation in TYPES.values()
        for r in violation.legal_references
        if r.role == "punishes" and r.law_key.startswith("FSL")
    ]
    laws = ("FSL2021", "FSL2025")
    old, new = ([(i, *rest) for i, key, *rest in punished if key == law] for law in laws)
    assert old == new and len(old) == 6


def test_every_name_and_phrase_names_its_own_type_alone() -> None:
    for violation, word in words():
        assert named_in(word, TYPES.values()) == {violation}, word


def test_every_name_is_a_term_of_the_case_export_and_no_term_speaks_of_another_type() -> None:
    terms = KNOWLEDGE.table("market_terms")["terms"]
    assert {row["violation"] for row in terms.values()} == set(TYPES)
    for violation in TYPES.values():
        assert terms[violation.name]["violation"] == violation.id
        assert len(violation.phrases) >= 3
    for term, row in terms.items():
        assert named_in(term, TYPES.values()) <= {row["violation"]}, term


def test_code_tables_name_known_types_and_behaviours_finer_than_these() -> None:
    for table, key in CODE_TABLES:
        for code, row in KNOWLEDGE.table(table)[key].items():
            assert row["violation"] in TYPES, code
            assert row.get("behaviour") != TYPES[row["violation"]].name, code


def test_every_type_has_measures_of_several_kinds() -> None:
    for violation in TYPES:
        own = [t for t in KNOWLEDGE.measure_templates() if violation in t.violations]
        assert len(own) >= 2
        assert len({template.kind for template in own}) >= 2


def test_there_are_three_measures_or_more_to_a_type_and_some_for_its_places_or_trades() -> None:
    templates = KNOWLEDGE.measure_templates()
    for violation in TYPES:
        own = [template for template in templates if violation in template.violations]
        assert len(own) >= 3
        scoped = [template for template in own if template.when.scope]
        told = [cause for cause in TYPES[violation].causes if cause.when.scope]
        assert bool(scoped) == bool(told), violation


def test_shared_topics_are_words_that_other_departments_use() -> None:
    words = {"油烟", "扬尘", "噪声", "占道", "建筑垃圾", "固体废物", "公共停车"}
    shared = {one.id: one.shared_topics for one in TYPES.values() if one.shared_topics}
    assert shared == {
        "market_supervision.food_no_permit": ("油烟",),
        "market_supervision.no_registration": ("占道",),
    }
    assert all(set(topics) <= words for topics in shared.values())


def test_conditions_name_features_and_behaviours_that_exist() -> None:
    features = {feature for place in KNOWLEDGE.department().places for feature in place.features}
    behaviours = {
        row.get("behaviour")
        for table, key in CODE_TABLES
        for row in KNOWLEDGE.table(table)[key].values()
    }
    trades = set(KNOWLEDGE.table("dinesafe_terms")["types"].values()) | trades_of_the_sample()
    conditions = [template.when for template in KNOWLEDGE.measure_templates()]
    conditions += [cause.when for violation in TYPES.values() for cause in violation.causes]
    for condition in conditions:
        assert set(condition.place_features) <= features
        assert set(condition.behaviour) <= behaviours
        assert set(condition.industry) <= trades
