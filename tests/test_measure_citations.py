"""A measure is published: an article that it cites and nobody has verified says so in its text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from risk import Cause, LegalReference, MeasureTemplate, ViolationType
from risk.kernel.measure_citations import marked_templates
from risk.model.measure import fill

if TYPE_CHECKING:
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
from risk import (
    Cause, Department, LegalReference, MeasureTemplate, ViolationType, hookimpl,
)


@hookimpl
def risk_department():
    return Department(id="water", name="水利", name_en="Water", unit="水利局")


@hookimpl
def risk_violation_types():
    causes = [Cause(id=s, side=s2, text="原因") for s, s2 in (("a", "机关"), ("b", "相对人"))]
    reference = LegalReference(role="punishes", law_key="WATER", law="中华人民共和国水法",
        article="69", in_force_from="2016-07-02", verified="unverified")
    yield ViolationType(id="water.intake", name="取水", name_en="Intake", agency="水利",
        subject="both", procedure="ordinary", hearing_possible=True, causes=causes,
        legal_references=[reference])


@hookimpl
def risk_measure_templates():
    yield MeasureTemplate(id="water.told", violations=["water.intake"], kind="警示",
        text="讲明处罚的后果", basis="{WATER}")
""",
    )
    (template,) = load().plugin("water").measure_templates
    assert fill(template, {}) == f"讲明处罚的后果（依据：{WATER}【未核实】）"
