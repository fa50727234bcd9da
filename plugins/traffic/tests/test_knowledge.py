"""The department's knowledge agrees with itself: words, codes, causes and measures."""

from __future__ import annotations

from pathlib import Path

from risk import Condition, Knowledge, MeasureTemplate
from risk.testing import named_in

DATA = Path(__file__).parents[1] / "src" / "risk_traffic" / "data"
KNOWLEDGE = Knowledge.from_folder(DATA)
TYPES = {violation.id: violation for violation in KNOWLEDGE.violation_types()}
SPEEDING = {"traffic.speeding", "traffic.speeding_50"}
BY_HOW_MUCH_IS_UNSAID = set.intersection(*(set(TYPES[name].phrases) for name in SPEEDING))
NOTICE = Condition(scope=("place", "time_band"), time_band=("夜间",), place_features=("老旧小区",))


def words() -> list[tuple[str, str]]:
    return [(v.id, word) for v in TYPES.values() for word in (v.name, *v.phrases)]


def test_every_name_and_phrase_names_its_own_type_alone_unless_the_law_has_to_tell() -> None:
    for violation, word in words():
        named = named_in(word, TYPES.values())
        assert named == (SPEEDING if word in BY_HOW_MUCH_IS_UNSAID else {violation}), word


def test_every_name_is_a_term_of_the_police_export_and_no_term_speaks_of_another_type() -> None:
    terms = KNOWLEDGE.table("police_terms")["terms"]
    assert {row["violation"] for row in terms.values()} == set(TYPES)
    for violation in TYPES.values():
        assert terms[violation.name]["violation"] == violation.id
        assert len(violation.phrases) >= 2
    for term, row in terms.items():
        assert named_in(term, TYPES.values()) <= {row["violation"]} | SPEEDING, term


def test_code_tables_name_known_types_and_behaviours_finer_than_these() -> None:
    for table, key in (("nyc_codes", "codes"), ("police_terms", "terms")):
        for code, row in KNOWLEDGE.table(table)[key].items():
            assert row["violation"] in TYPES, code
            assert row.get("behaviour") != TYPES[row["violation"]].name, code


def test_every_type_has_measures_of_several_kinds() -> None:
    for violation in TYPES:
        own = [t for t in KNOWLEDGE.measure_templates() if violation in t.violations]
        assert len(own) >= 2
        assert len({template.kind for template in own}) >= 2


def test_conditions_name_features_and_behaviours_that_exist() -> None:
    features = {feature for place in KNOWLEDGE.department().places for feature in place.features}
    tables = (("nyc_codes", "codes"), ("police_terms", "terms"))
    behaviours = {
        row.get("behaviour")
        for table, key in tables
        for row in KNOWLEDGE.table(table)[key].values()
    }
    conditions = [template.when for template in KNOWLEDGE.measure_templates()]
    conditions += [cause.when for violation in TYPES.values() for cause in violation.causes]
    for condition in conditions:
        assert set(condition.place_features) <= features
        assert set(condition.behaviour) <= behaviours


def test_the_notices_own_example_comes_out() -> None:
    causes = {cause.id: cause for cause in TYPES["traffic.illegal_parking"].causes}
    own = [
        template
        for template in KNOWLEDGE.measure_templates()
        if "traffic.illegal_parking" in template.violations and template.when == NOTICE
    ]
    by_kind: dict[str, MeasureTemplate] = {template.kind: template for template in own}
    assert "老旧小区改造" in by_kind["建议"].text
    assert "限时停车泊位" in by_kind["疏导"].text
    assert "警示牌" in by_kind["警示"].text
    assert by_kind["警示"].basis == "《中华人民共和国道路交通安全法》第九十三条"
    sides = [causes[by_kind[kind].answers[0]].side for kind in ("建议", "疏导", "警示")]
    assert sides == ["机关", "机关", "相对人"]
