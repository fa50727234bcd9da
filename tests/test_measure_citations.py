"""A measure is published: an article that it cites and nobody has verified says so in its text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from risk import Cause, LegalReference, MeasureTemplate, ViolationType
from risk.errors import KnowledgeError, PluginError
from risk.kernel.measure_citations import marked_templates
from risk.model.measure import fill

from . import law_cases

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Install, Load

WATER = "《中华人民共和国水法》第六十九条"


def published(*references: tuple[str, str], text: str = "讲明后果", basis: str = WATER) -> str:
    """The text of a measure whose type refers to the articles given with how they are verified."""
    violation = ViolationType(
        id="water.intake",
        name="取水",
        name_en="Intake",
        agency="水利",
        subject="both",
        procedure="ordinary",
        hearing_possible=True,
        legal_references=tuple(reference(*one) for one in references),
        causes=(
            Cause(id="a", side="机关", text="办理慢"),
            Cause(id="b", side="相对人", text="趋利"),
        ),
    )
    template = MeasureTemplate(
        id="water.told", violations=(violation.id,), kind="警示", basis=basis, text=text
    )
    (marked,) = marked_templates([template], [violation])
    return fill(marked, {})


def reference(article: str, verified: Any) -> LegalReference:
    return LegalReference(
        role="punishes",
        law_key="WATER",
        law="中华人民共和国水法(2016修正)",
        law_short_names=("取水法",),
        article=article,
        in_force_from=dt.date(2016, 7, 2),
        verified=verified,
    )


@pytest.mark.parametrize(
    ("references", "sure"),
    [
        ([("69", "text")], True),
        ([("69(2款)", "eye")], True),
        ([("69", "text"), ("69(2款)", "unverified")], True),
        ([("69(1款)", "text"), ("69(2款)", "unverified")], False),
        ([("69", "text"), ("69", "unverified")], False),
        ([("69", "unverified")], False),
        ([("68", "text"), ("69之一", "text")], False),
        ([], False),
    ],
)
def test_the_basis_is_marked_unless_every_reference_to_its_article_is_verified(
    references: list[tuple[str, str]], sure: bool
) -> None:
    assert published(*references) == f"讲明后果（依据：{WATER}{'' if sure else '【未核实】'}）"


def test_articles_in_the_text_are_marked_each_once_and_behind_the_paragraph() -> None:
    text = f"参照{WATER}第二款、《取水法》第七十条和《水法》第七十一条【未核实】讲明"
    marked = f"参照{WATER}第二款、《取水法》第七十条【未核实】和《水法》第七十一条【未核实】讲明"
    assert published(("69", "text"), text=text, basis="") == marked
    short = "依照《水法》第六十九条和《取水法》第六十九条讲明"
    assert published(("69", "text"), text=short, basis="") == short


def test_what_a_plugin_hands_over_is_marked(install: Install, load: Load) -> None:
    install(
        "water",
        f"""
from risk import Cause, Department, MeasureTemplate, ViolationType, hookimpl


@hookimpl
def risk_department():
    return Department(id="water", name="水利", name_en="Water", unit="水利局")


@hookimpl
def risk_violation_types():
    causes = [Cause(id=s, side=s2, text="原因") for s, s2 in (("a", "机关"), ("b", "相对人"))]
    yield ViolationType(id="water.intake", name="取水", name_en="Intake", agency="水利",
        subject="both", procedure="ordinary", hearing_possible=True, causes=causes)


@hookimpl
def risk_measure_templates():
    yield MeasureTemplate(id="water.told", violations=["water.intake"], kind="警示",
        text="讲明处罚的后果", basis="{WATER}")
""",
    )
    (template,) = load().plugin("water").measure_templates
    assert fill(template, {}) == f"讲明处罚的后果（依据：{WATER}【未核实】）"


MEASURE = """
measure_templates:
  - id: moving.told
    violations: [moving.trademark]
    kind: 警示
    text: {text}
    {more}
"""


def measures(folder: Path, text: str, more: str = "") -> tuple[MeasureTemplate, ...]:
    knowledge = law_cases.knowledge(folder)
    file = MEASURE.format(text=text, more=more)
    (folder / "data" / "measures.yaml").write_text(file, encoding="utf-8")
    return knowledge.measure_templates()


@pytest.mark.parametrize(
    "citation",
    [
        "《中华人民共和国商标法(2019修正)》第六十条",
        "《中华人民共和国商标法》第六十条第二款",
        "《商标法》第60条",
        "《商 标 法》第 六十 条",
        "《停车法》第九条、《商标法》第六十条",
        "《中华人民共和国固体废物污染环境防治法》第一百一十二条",
    ],
)
def test_an_article_that_the_departments_types_refer_to_is_a_basis(
    tmp_path: Path, citation: str
) -> None:
    assert measures(tmp_path, f"依据{citation}处罚侵权")


@pytest.mark.parametrize(
    "citation",
    [
        "《中华人民共和国停车法》第九条",
        "《商标法》第九千条",
        "《商标法》第六十条之一",
        "《商标法》第0条",
        "《商标法实施条例》第六十条",
    ],
)
def test_a_made_up_article_is_no_basis_and_is_refused_with_its_line(
    tmp_path: Path, citation: str
) -> None:
    with pytest.raises(KnowledgeError, match=r"measures\.yaml line 6") as refused:
        measures(tmp_path, f"依据{citation}处罚侵权")
    assert "「罚」 threatens a penalty, and no violation type refers to" in str(refused.value)


def test_a_made_up_article_is_let_pass_where_the_text_binds_nobody_or_has_its_basis(
    tmp_path: Path,
) -> None:
    assert measures(tmp_path, "讲解《停车法》第九条的规定")
    assert measures(tmp_path, "依据《停车法》第九条处罚侵权", "basis: TM2019 60")


def test_a_plugin_that_hands_over_a_measure_with_a_made_up_article_is_refused(
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
    with pytest.raises(PluginError, match=r"measure template moving\.told, field text: 「罚」"):
        load().plugin("moving")
