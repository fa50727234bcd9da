"""A measure rests on law that the department knows, and a threat on law about its own matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from risk.errors import KnowledgeError, PluginError
from risk.kernel.cited_articles import laws_named_in

from . import law_cases

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Install, Load

    from risk import MeasureTemplate

MEASURE = """
measure_templates:
  - id: moving.told
    violations: [{violations}]
    kind: 警示
    text: {text}
    {more}
"""


def measures(
    folder: Path, text: str, more: str = "", violations: str = "moving.trademark"
) -> tuple[MeasureTemplate, ...]:
    knowledge = law_cases.knowledge(folder)
    file = MEASURE.format(text=text, more=more, violations=violations)
    (folder / "data" / "measures.yaml").write_text(file, encoding="utf-8")
    return knowledge.measure_templates()


@pytest.mark.parametrize(
    "citation",
    [
        "《中华人民共和国商标法(2019修正)》第六十条",
        "《中华人民共和国商标法》第六十条第二款",
        "《商标法》第60条",
        "《商 标 法》第 六十 条",
        "《固体废物污染环境防治法》第一百一十二条、《商标法》第六十条",
    ],
)
def test_an_article_that_the_types_of_the_template_refer_to_is_a_ground(
    tmp_path: Path, citation: str
) -> None:
    assert measures(tmp_path, f"依据{citation}处罚侵权")


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        (
            "《中华人民共和国停车法》第九条",
            "《中华人民共和国停车法》 is no law that this department",
        ),
        ("《商标法》第六十条、《停车法》第九条", "《停车法》 is no law that this department"),
        ("《商标法实施条例》第六十条", "《商标法实施条例》 is no law that this department"),
        ("《商标法》第九千条", "no violation type refers to 《商标法》第九千条: add the reference"),
        ("《商标法》第六十条、第七条和《商标法》第九千条", "refers to 《商标法》第九千条"),
        ("《商标法》第六十条之一", "no violation type refers to 《商标法》第六十条之一"),
        ("《商标法》第0条", "no violation type refers to 《商标法》第0条"),
        (
            "《生态环境法典》第一千一百七十五条",
            "「罚」 threatens a penalty, but moving.trademark does not refer to 《生态环境法典》",
        ),
    ],
)
def test_another_article_is_no_ground_and_is_refused_with_its_line(
    tmp_path: Path, citation: str, said: str
) -> None:
    with pytest.raises(KnowledgeError, match=r"measures\.yaml line 6, .*text") as refused:
        measures(tmp_path, f"依据{citation}处罚侵权")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "basis", "said"),
    [
        (
            "讲明侵权的后果",
            "TM2019 9999",
            "no violation type refers to 《中华人民共和国商标法》第九千",
        ),
        ("处罚侵权", "TM2019 61", "or correct the article"),
        (
            "拘留侵权人",
            "CODE 1175",
            "moving.trademark does not refer to 《中华人民共和国生态环境法典》",
        ),
        (
            "曝光店主姓名",
            "CODE 1095",
            "「曝光店主姓名」 exposes a person to the public, but moving",
        ),
    ],
)
def test_a_basis_that_no_type_refers_to_or_that_is_about_another_matter_is_refused(
    tmp_path: Path, text: str, basis: str, said: str
) -> None:
    with pytest.raises(KnowledgeError, match=r"measures\.yaml line 7, .*basis") as refused:
        measures(tmp_path, text, f"basis: {basis}")
    assert said in str(refused.value)


def test_every_type_that_a_threat_is_meant_for_refers_to_its_article(tmp_path: Path) -> None:
    both = "moving.trademark, moving.hazardous_waste"
    with pytest.raises(KnowledgeError, match=r"moving\.hazardous_waste does not refer to"):
        measures(tmp_path, "处罚侵权", "basis: TM2019 60", both)
    text = "依据《商标法》第六十条、《生态环境法典》第一千一百七十五条处罚"
    assert measures(tmp_path, text, violations=both)


def test_a_duty_that_a_law_of_the_department_states_may_be_told(tmp_path: Path) -> None:
    assert measures(tmp_path, "产废单位应当如实记录", "basis: CODE 531")


def test_a_law_that_nobody_declares_may_not_even_be_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="《停车法》 is no law that this department declares"):
        measures(tmp_path, "讲解《停车法》的规定")
    assert measures(tmp_path, "讲解《商标法》第七条，发放《商标使用指南》和《行政处罚告知书》")


def test_a_template_with_a_strange_basis_is_not_blamed_for_what_is_wrong_above(
    tmp_path: Path,
) -> None:
    law_cases.knowledge(tmp_path)
    path = tmp_path / "data" / "violation_types.yaml"
    broken = path.read_text(encoding="utf-8").replace("law: TM2019", "law: TM2018")
    (tmp_path / "data" / "measures.yaml").write_text(
        MEASURE.format(text="处罚侵权", more="basis: TM2019 60", violations="moving.trademark"),
        encoding="utf-8",
    )
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        law_cases.Knowledge.from_folder(tmp_path / "data").measure_templates()
    assert "TM2018" in str(refused.value)
    assert "refers to" not in str(refused.value)


def test_a_plugin_that_hands_over_a_measure_with_a_made_up_law_is_refused(
    install: Install, load: Load
) -> None:
    hook = """
from risk import MeasureTemplate


@hookimpl
def risk_measure_templates():
    yield MeasureTemplate(id="moving.told", violations=["moving.trademark"], kind="警示",
        text="依据《停车法》第九条处罚侵权")
"""
    install("moving", law_cases.CODE + hook, files=law_cases.files())
    with pytest.raises(PluginError, match=r"template moving\.told, field text: 《停车法》"):
        load().plugin("moving")


def test_only_titles_that_end_as_those_of_laws_or_that_have_an_article_are_laws() -> None:
    text = "《告知书》《洗消方法》《停车 条例（2020修正）》《道交法》和《门前三包》第三条，《自查清单》"
    assert list(laws_named_in(text)) == ["停车条例", "道交法", "门前三包"]
