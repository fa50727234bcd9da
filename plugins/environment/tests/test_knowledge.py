"""The department's knowledge agrees with itself: words, tables, causes, measures and dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from risk import Knowledge
from risk.testing import named_in

DATA = Path(__file__).parents[1] / "src" / "risk_environment" / "data"
KNOWLEDGE = Knowledge.from_folder(DATA)
TYPES = {violation.id: violation for violation in KNOWLEDGE.violation_types()}
TERMS = KNOWLEDGE.table("offence_terms")["terms"]
LAST_DAY_OF_THE_OLD_LAWS = dt.date(2026, 8, 14)


def words() -> list[tuple[str, str]]:
    return [(v.id, word) for v in TYPES.values() for word in (v.name, *v.phrases)]


def test_every_name_and_phrase_names_its_own_type_alone() -> None:
    for violation, word in words():
        assert named_in(word, TYPES.values()) == {violation}, word


def test_every_name_is_a_term_of_the_export_and_every_type_has_a_few_phrases() -> None:
    assert {row["violation"] for row in TERMS.values()} == set(TYPES)
    for violation in TYPES.values():
        assert TERMS[violation.name]["violation"] == violation.id
        assert len(violation.phrases) >= 3


def test_no_term_of_the_export_holds_a_phrase_of_another_type() -> None:
    for term, row in TERMS.items():
        assert named_in(term, TYPES.values()) <= {row["violation"]}, term


def test_usual_wordings_of_decisions_name_their_type_alone() -> None:
    for wording, expected in {
        "未取得排污许可证排放污染物": "no_permit",
        "需要配套建设的环境保护设施未建成、未经验收即投入生产": "production_before_acceptance",
        "未按照规定设置危险废物识别标志": "hazwaste_management",
        "将危险废物提供或者委托给无许可证的单位从事经营活动": "hazwaste_transfer",
        "产生含挥发性有机物废气的生产和服务活动，未在密闭空间或者设备中进行": "voc",
        "施工工地未采取覆盖、洒水抑尘、冲洗地面和车辆等有效防尘降尘措施": "construction_dust",
        "未密闭煤炭、水泥、砂土等易产生扬尘的物料": "stockpile_dust",
        "在噪声敏感建筑物集中区域夜间进行产生噪声的建筑施工作业": "night_construction_noise",
        "超过大气污染物排放标准排放大气污染物": "exceed_standard",
        "通过不正常运行大气污染防治设施等逃避监管的方式排放大气污染物": "evade",
        "未按规定备案突发环境事件应急预案": "emergency_plan",
    }.items():
        held = {violation for violation, word in words() if word in wording}
        assert held == {f"environment.{expected}"}, wording


def test_collecting_hazardous_waste_without_a_licence_is_not_taken_for_handing_it_over() -> None:
    # The catalogue's type is the deed of who hands waste to an unlicensed party.
    for wording in ("无危险废物经营许可证从事收集", "无危险废物经营许可证从事收集活动"):
        assert wording not in TERMS
        assert named_in(wording, TYPES.values()) == set()


def test_behaviours_are_finer_than_their_type() -> None:
    for word, row in TERMS.items():
        assert row.get("behaviour") != TYPES[row["violation"]].name, word


def test_every_type_has_measures_of_several_kinds_for_the_whole_city() -> None:
    for violation in TYPES:
        own = [
            template
            for template in KNOWLEDGE.measure_templates()
            if violation in template.violations and not template.when.scope
        ]
        assert len(own) >= 2, violation
        assert len({template.kind for template in own}) >= 2, violation


def test_there_are_three_templates_a_type_and_all_kinds_occur() -> None:
    templates = KNOWLEDGE.measure_templates()
    assert len(templates) >= 3 * len(TYPES)
    assert {template.kind for template in templates} == set(
        "建议 疏导 警示 提示 约谈 培训 回访 承诺 辅导 示范 调解".split()
    )


def test_measures_for_what_others_enforce_are_not_laid_on_this_department() -> None:
    elsewhere = {v.id for v in TYPES.values() if v.agency != "生态环境"}
    assert len(elsewhere) == 3
    for template in KNOWLEDGE.measure_templates():
        assert bool(template.responsible_unit) is bool(set(template.violations) & elsewhere)


def test_conditions_name_features_and_industries_that_exist() -> None:
    features = {feature for place in KNOWLEDGE.department().places for feature in place.features}
    industries = set(KNOWLEDGE.table("industry_terms")["terms"].values())
    conditions = [template.when for template in KNOWLEDGE.measure_templates()]
    conditions += [cause.when for violation in TYPES.values() for cause in violation.causes]
    for condition in conditions:
        assert set(condition.place_features) <= features
        assert set(condition.industry) <= industries


def test_ten_repealed_laws_leave_their_articles_on_the_day_before_the_code() -> None:
    ended = {key: law for key, law in KNOWLEDGE.laws().items() if law.in_force_to}
    assert set(ended) == {"AIR", "WATER", "SOLID", "NOISE", "EIA"}
    assert {law.in_force_to for law in ended.values()} == {LAST_DAY_OF_THE_OLD_LAWS}
    assert KNOWLEDGE.laws()["CODE"].in_force_from == LAST_DAY_OF_THE_OLD_LAWS + dt.timedelta(1)


@pytest.mark.parametrize("day", [dt.date(2025, 6, 1), dt.date(2026, 10, 1)])
def test_every_type_is_punished_by_an_article_on_either_side_of_the_code(day: dt.date) -> None:
    by_code_only = {"environment.emergency_plan", "environment.fake_data"}
    for violation in TYPES.values():
        punished = any(
            reference.role == "punishes" and reference.in_force_on(day)
            for reference in violation.legal_references
        )
        assert punished is (day.year == 2026 or violation.id not in by_code_only), violation.id


def test_the_code_is_lighter_for_the_management_of_hazardous_waste() -> None:
    fines = {
        reference.law_key: reference.fine
        for reference in TYPES["environment.hazwaste_management"].legal_references
        if reference.role == "punishes" and reference.fine
    }
    assert (fines["SOLID"].min, fines["SOLID"].max) == (100_000, 1_000_000)
    assert (fines["CODE"].min, fines["CODE"].max) == (50_000, 200_000)


def test_shared_topics_are_the_declared_words() -> None:
    shared = {violation.id: violation.shared_topics for violation in TYPES.values()}
    assert shared["environment.construction_dust"] == ("扬尘",)
    assert shared["environment.night_construction_noise"] == ("噪声",)
    topics = {topic for own in shared.values() for topic in own}
    assert topics <= set("油烟 扬尘 噪声 占道 建筑垃圾 固体废物 公共停车".split())


def test_a_first_offence_is_counted_over_twelve_months_only_where_the_list_speaks_of_it() -> None:
    for violation in TYPES.values():
        assert violation.exemption is not None
        months = violation.exemption.first_within_months
        assert months in (None, 12)
        assert months is None or "山西省清单（2025年" in violation.exemption.source
        assert months is None or violation.exemption.if_corrected
