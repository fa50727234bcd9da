"""The catalogue, its causes, measures and word lists fit each other."""

import re
from pathlib import Path

import pytest

from risk import Knowledge
from risk.testing import named_in

DATA = Path(__file__).parents[1] / "src" / "risk_urban_management" / "data"
KNOWLEDGE = Knowledge.from_folder(DATA)
TYPES = {violation.id: violation for violation in KNOWLEDGE.violation_types()}
TEMPLATES = KNOWLEDGE.measure_templates()
CASE_TERMS = KNOWLEDGE.table("case_terms")["terms"]
TOPICS = {"油烟", "扬尘", "噪声", "占道", "建筑垃圾", "固体废物", "公共停车"}


def words() -> list[tuple[str, str]]:
    return [(v.id, word) for v in TYPES.values() for word in (v.name, *v.phrases)]


def test_every_name_and_phrase_names_its_own_type_alone() -> None:
    for violation, word in words():
        assert named_in(word, TYPES.values()) == {violation}, word


def test_every_type_has_three_phrases_and_its_name_is_a_term_of_the_case_export() -> None:
    assert {row["violation"] for row in CASE_TERMS.values()} == set(TYPES)
    for violation in TYPES.values():
        assert CASE_TERMS[violation.name]["violation"] == violation.id
        assert len(violation.phrases) >= 3


def test_no_term_of_the_case_export_speaks_of_another_type() -> None:
    for term, row in CASE_TERMS.items():
        assert named_in(term, TYPES.values()) <= {row["violation"]}, term


def test_a_behaviour_is_finer_than_its_type() -> None:
    for term, row in CASE_TERMS.items():
        assert row.get("behaviour") != TYPES[row["violation"]].name, term


@pytest.mark.parametrize("table", ["subject", "text"])
def test_words_of_messages_name_known_types_and_each_only_one(table: str) -> None:
    terms = KNOWLEDGE.table("message_terms")[table]
    assert set(terms) <= set(TYPES)
    said = [word for words_of_type in terms.values() for word in words_of_type]
    assert len(said) == len(set(said))


def test_complaints_of_chicago_name_known_types() -> None:
    assert set(KNOWLEDGE.table("chicago_natures")["natures"].values()) <= set(TYPES)


def test_every_type_has_at_least_three_measures_of_three_kinds() -> None:
    for violation in TYPES:
        own = [t for t in TEMPLATES if violation in t.violations]
        assert len(own) >= 3, violation
        assert len({template.kind for template in own}) >= 3, violation


def test_all_eleven_kinds_of_measure_are_used() -> None:
    assert len({template.kind for template in TEMPLATES}) == 11


def test_conditions_name_features_behaviours_and_time_bands_that_exist() -> None:
    features = {feature for place in KNOWLEDGE.department().places for feature in place.features}
    behaviours = {row.get("behaviour") for row in CASE_TERMS.values()}
    bands = {"夜间", "清晨", "早高峰", "上午", "下午", "晚高峰", "晚间"}
    conditions = [template.when for template in TEMPLATES]
    conditions += [cause.when for violation in TYPES.values() for cause in violation.causes]
    for condition in conditions:
        assert set(condition.place_features) <= features
        assert set(condition.behaviour) <= behaviours
        assert set(condition.time_band) <= bands


def test_shared_topics_are_the_words_that_departments_agreed_on() -> None:
    used = {topic for violation in TYPES.values() for topic in violation.shared_topics}
    assert used == TOPICS


def test_old_and_new_environment_law_never_hold_on_the_same_day() -> None:
    repealed = {"AIR", "NOISE", "SOLID"}
    for violation in TYPES.values():
        cited = {reference.law_key for reference in violation.legal_references}
        assert bool(cited & repealed) is ("CODE" in cited), violation.id
        for old in violation.legal_references:
            for new in violation.legal_references:
                if old.law_key in repealed and new.law_key == "CODE":
                    assert old.in_force_to is not None
                    assert (new.in_force_from - old.in_force_to).days == 1


def test_powers_that_were_not_checked_say_so() -> None:
    unchecked = {
        violation.id.partition(".")[2]
        for violation in TYPES.values()
        if any("未核实" in power for power in violation.coercive_measures)
    }
    assert unchecked == {"street_vending", "construction_waste"}
    powers = [r for v in TYPES.values() for r in v.legal_references if r.role == "coercion"]
    assert {reference.verified for reference in powers} == {"unverified"}


def test_a_power_names_the_very_law_that_its_type_refers_to() -> None:
    laws = KNOWLEDGE.laws()
    for violation in TYPES.values():
        said = " ".join(violation.coercive_measures)
        named = set(re.findall("（([^（）]+?)第[一二三四五六七八九十百]+条）", said))
        referred = {r.law_key for r in violation.legal_references if r.role == "coercion"}
        owners = {
            key
            for key, law in laws.items()
            if named & {law.title, law.title.removeprefix("中华人民共和国"), *law.short_names}
        }
        assert owners == referred, violation.id


def test_rankings_count_cases_of_known_types() -> None:
    rankings = KNOWLEDGE.grading().rankings
    assert [ranking.title for ranking in rankings][0] == "十大占道经营地点"
    assert all(set(ranking.violations) <= set(TYPES) for ranking in rankings)
