"""From a decision's text to the violation type: the law it cites first, then its words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import pytest

from risk import LegalReference
from risk import columns as c
from risk.intake.citations import citing, short_name
from risk.intake.folding import fold
from risk.kernel.plugins import Kernel
from risk.model.violation import ViolationType

from .analysis_cases import violation
from .column_cases import read


def reference(law: str, article: str, role: str = "punishes", **more: Any) -> LegalReference:
    return LegalReference.model_validate(
        {
            "role": role,
            "law_key": "X",
            "law": law,
            "article": article,
            "in_force_from": dt.date(2000, 1, 1),
            "verified": "eye",
            **more,
        }
    )


ROAD = "中华人民共和国道路交通安全法"
TYPES: Sequence[ViolationType] = (
    violation(
        "traffic.parking",
        name="机动车违法停放",
        phrases=("违法停车",),
        legal_references=(reference(ROAD, "56", "forbids"), reference(ROAD, "93(2款)")),
    ),
    violation(
        "traffic.speeding",
        name="超速行驶",
        phrases=("超过规定时速",),
        legal_references=(reference(ROAD, "90"),),
    ),
    violation(
        "traffic.red_light",
        name="闯红灯",
        phrases=("违反交通信号灯",),
        legal_references=(reference(ROAD, "90"),),
    ),
    violation("traffic.other_matter", name="扬撒", phrases=("遗撒",), legal_references=()),
    violation(
        "traffic.cycling",
        name="非机动车违反信号灯",
        phrases=("电动自行车闯红灯",),
        legal_references=(reference(ROAD, "38", "forbids"), reference(ROAD, "89")),
    ),
    violation(
        "traffic.phone",
        name="驾车打电话",
        phrases=("手机",),
        legal_references=(reference(ROAD, "62", "forbids"), reference(ROAD, "90")),
    ),
)


HEADINGS = ("违法行为类型", "违法事实", "处罚依据")
COLUMN = c.classified(TYPES, HEADINGS[:2], HEADINGS[2:])


@pytest.mark.parametrize(
    ("wording", "facts", "basis", "type_"),
    [
        ("违法停车", "", "《道路交通安全法》第九十三条第二款", "parking"),
        ("一般违法", "", f"《{ROAD}》第五十六条、第九十三条第二款", "parking"),
        ("一般违法", "", "道路交通安全法第56条,第93条第2款", "parking"),
        ("一般违法", "", "《道路交通安全法(2021修正)》第五十六条、第九十三条", "parking"),
        ("一般违法", "", "道路交通安全法第93条第2款", None),
        ("一般违法", "", "道路交通安全法第五十六条", None),
        ("电动自行车闯红灯", "", "", "cycling"),
        ("电动自行车闯红灯", "", "《道路交通安全法》第九十条", None),
        ("超速行驶时看手机", "", "《道路交通安全法》第九十条", None),
        ("超速行驶时看手机", "", "《道路交通安全法》第六十二条、第九十条", "phone"),
        ("其他", "", "《道路交通安全法》第六十二条、第九十条", "phone"),
        ("其他", "", "《道路交通安全法》第三十八条、第六十二条、第九十条", None),
        ("超速行驶", "", "《道路交通安全法》第六十二条、第九十条", "speeding"),
        ("超速行驶", "", "《道路交通安全法》第九十条", "speeding"),
        ("", "某车超过规定时速", "《道路交通安全法》第九十条", "speeding"),
        ("", "", "《道路交通安全法》第九十条", None),
        ("违法停车", "", "《道路交通安全法》第九十条", None),
        ("违法停车", "", "", "parking"),
        ("遗撒", "", "《大气污染防治法》第一百一十六条", "other_matter"),
        ("违法停车、超速行驶", "", "", None),
        ("其他", "", "", None),
        ("其他", "", "《道路交通安全法》第九十三条第一款", None),
        ("其他", "", "《道路交通安全法》第九十三条之一", None),
        ("其他", "", "《道路交通安全法实施条例》第九十三条第二款", None),
        ("其他", "", "《河南省道路交通安全法》第九十三条第二款", None),
        ("其他", "", "《道路交通安全法》《停车场条例》第九十三条第二款", None),
    ],
)
def test_the_type_is_the_one_that_law_and_words_name_together(
    wording: str, facts: str, basis: str, type_: str | None
) -> None:
    found = read(COLUMN, [(wording, facts, basis)], "violation", HEADINGS)
    assert list(found.values()) == [type_ and f"traffic.{type_}"]


def test_texts_that_a_file_lacks_are_passed_over() -> None:
    assert read(COLUMN, ["闯红灯"], "violation", HEADINGS[:1]) == {"闯红灯": "traffic.red_light"}


def test_a_law_is_known_without_the_states_name_and_the_year_of_its_edition() -> None:
    assert short_name("中华人民共和国食品安全法(2021修正)") == "食品安全法"
    assert short_name("郑州市停车场建设管理条例") == "郑州市停车场建设管理条例"


def test_a_type_without_articles_is_never_cited() -> None:
    assert citing([], "punishes") is None
    assert citing([reference(ROAD, "87", "exempts")], "punishes") is None


def cites(text: str, article: str, **more: Any) -> bool:
    shorts = ("道交法",)
    pattern = citing([reference(ROAD, article, law_short_names=shorts, **more)], "punishes")
    assert pattern is not None
    return bool(re.search(pattern, fold(f"。{text}。某车")))


@pytest.mark.parametrize(
    ("article", "more", "text", "cited"),
    [
        ("93(2款)", {}, "道交法第 93 条", True),
        ("93(2款)", {}, "道交法九十三条", True),
        ("93(2款)", {}, "《道路交通安全法》第九十三条第2款", True),
        ("93(2款)", {}, "道交法93条2款", True),
        ("93(2款)", {}, "道交法第九十、九十三条", True),
        ("93(2款)", {}, "道交法90、93", True),
        ("93(2款)", {}, "道交法第九十三条第一款、第二款", True),
        ("93(2款)", {}, "道交法第九十三条第一款", False),
        ("93(2款)", {}, "道交法93条1款", False),
        ("93(2款)", {}, "道交法第一百九十三条", False),
        ("93(2款)", {}, "道交法实施条例第九十三条", False),
        ("93(2款)", {}, "道交法、停车条例第93条", False),
        ("99(1款)(4项)", {}, "道交法第99条第1款第4项", True),
        ("99(1款)(4项)", {}, "道交法第九十九条第一款第（一）、（四）项", True),
        ("99(1款)(4项)", {}, "道交法第九十九条", True),
        ("99(1款)(4项)", {}, "道交法第九十九条第一款第（一）项", False),
        ("99(1款)(4项)", {}, "道交法第99条第1款第14项", False),
        ("99(1款)(4项)", {}, "道交法第九十九条第二款", False),
        ("34", {"items": (3, 10)}, "道交法第三十四条第（十）项", True),
        ("34", {"items": (3, 10)}, "道交法34条3项", True),
        ("34", {"items": (3, 10)}, "道交法第三十四条", True),
        ("34", {"items": (3, 10)}, "道交法第三十四条第一款第（四）项", False),
        ("10", {}, "道交法第九条第（十）项", False),
        ("10", {}, "道交法第九条第九、十款", False),
        ("10", {}, "道交法十条、六十三条", True),
        ("1128", {}, "道交法第一千一百二十八条", True),
        ("108", {}, "道交法第一百〇八条", True),
        ("112", {}, "道交法第一百十二条", True),
    ],
)
def test_an_article_is_cited_in_any_of_the_forms_that_clerks_write(
    article: str, more: dict[str, Any], text: str, cited: bool
) -> None:
    assert cites(text, article, **more) is cited


# Only the law tells how far above the limit the car went.
TOLD_BY_THE_LAW = {frozenset({"traffic.speeding", "traffic.speeding_50"})}


@pytest.mark.parametrize("plugin", Kernel.load().plugins, ids=lambda plugin: plugin.name)
def test_no_name_or_phrase_of_a_type_is_also_anothers_unless_the_law_tells(plugin: Any) -> None:
    owners: dict[str, set[str]] = {}
    for each in plugin.violation_types:
        for word in (each.name, *each.phrases):
            owners.setdefault(fold(word), set()).add(each.id)
    shared = {frozenset(ids) for ids in owners.values() if len(ids) > 1}
    assert shared <= TOLD_BY_THE_LAW


@pytest.mark.parametrize("plugin", Kernel.load().plugins, ids=lambda plugin: plugin.name)
def test_no_two_laws_of_a_department_share_a_name_but_versions_of_one(plugin: Any) -> None:
    titles: dict[str, set[str]] = {}
    for each in plugin.violation_types:
        for one in each.legal_references:
            for name in {short_name(one.law), *one.law_short_names}:
                titles.setdefault(name, set()).add(short_name(one.law))
    assert {name: known for name, known in titles.items() if len(known) > 1} == {}
