"""From a decision's text to the violation type: the law it cites first, then its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from risk import LegalReference
from risk import columns as c
from risk.intake.citations import citing, short_name
from risk.model.violation import ViolationType

from .analysis_cases import violation
from .column_cases import read


def reference(law: str, article: str, role: str = "punishes") -> LegalReference:
    return LegalReference.model_validate(
        {
            "role": role,
            "law_key": "X",
            "law": law,
            "article": article,
            "in_force_from": dt.date(2000, 1, 1),
            "verified": "eye",
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
)


HEADINGS = ("违法行为类型", "违法事实", "处罚依据")
COLUMN = c.classified(TYPES, HEADINGS[:2], HEADINGS[2:])


@pytest.mark.parametrize(
    ("wording", "facts", "basis", "type_"),
    [
        ("违法停车", "", "《道路交通安全法》第九十三条第二款", "parking"),
        ("一般违法", "", f"《{ROAD}》第五十六条、第九十三条第二款", "parking"),
        ("一般违法", "", "道路交通安全法第93条第2款", "parking"),
        ("一般违法", "", "《道路交通安全法(2021修正)》第一百条、第九十三条", "parking"),
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
    assert citing([]) is None
    assert citing([reference(ROAD, "87", "exempts")]) is None
