"""One wording for one thing: what is verified, and what an article does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from risk.cli import main
from risk.kernel.workbook.tables import TABLES
from risk.model.legal_words import NO, ROLES, UNVERIFIED, VERIFIED, YES, fine_range
from risk.store.opening import reading

if TYPE_CHECKING:
    from conftest import Sample

CORE = Path(__file__).parents[1] / "core/risk"


@pytest.mark.parametrize(
    ("view", "heading", "words"),
    [
        ("法律依据", "核实", set(VERIFIED.values())),
        ("法律依据", "作用", set(ROLES.values())),
        ("定级理由", "核实", {YES, NO}),
        ("免罚情形", "核实", {YES, NO}),
        ("法律版本", "日期核实", {YES, NO}),
    ],
)
def test_the_views_say_what_is_verified_in_the_same_words(
    view: str, heading: str, words: set[str], sample: Sample
) -> None:
    with reading(sample.db) as conn:
        said = {row[heading] for row in conn.execute(f"SELECT DISTINCT {heading} FROM {view}")}
    assert said and said <= words


def test_the_workbook_and_the_commands_say_it_in_the_words_of_the_views(sample: Sample) -> None:
    sheet = {(t.title, c.heading): c for t in TABLES for c in t.columns}
    assert sheet["法律依据", "核实"].words == VERIFIED
    assert sheet["法律依据", "作用"].words == ROLES
    assert ("法律", f"日期{YES}") in sheet and ("免罚", YES) in sheet
    explained = CliRunner().invoke(
        main, ["explain", "traffic.illegal_parking", "--db", str(sample.db)]
    )
    assert UNVERIFIED in explained.output and UNVERIFIED == f"【{NO}】"


def test_no_other_word_for_it_stands_in_the_kernel() -> None:
    others = re.compile("未核对|已核对|已阅读|已人工核对|免责")
    files = [path for path in CORE.rglob("*") if path.suffix in (".py", ".html", ".yaml", ".txt")]
    assert len(files) > 100
    assert [path.name for path in files if others.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("fine", "said"),
    [
        ((20, 200, ""), "20至200元"),
        ((0.5, 3.0, ""), "0.5至3元"),
        ((200_000.0, 1_000_000.0, ""), "200,000至1,000,000元"),
        ((1_234_567.0, 1_234_567.0, ""), "1,234,567元"),
        ((5000, None, ""), "5,000元以上"),
        ((0, 500, ""), "500元以下"),
        ((0.01, 0.05, "总投资额"), "总投资额的1%至5%"),
        ((0.07, 0.29, "造价"), "造价的7%至29%"),
        ((0.5, 3, "货值金额"), "货值金额的50%至3倍"),
        ((2, 10, "货值金额"), "货值金额的2至10倍"),
        ((0, 1, "造价"), "造价的1倍以下"),
        ((2, 2, "保险费"), "保险费的2倍"),
        ((0.05, None, "造价"), "造价的5%以上"),
        ((1000, 5000, "元/平方米"), "每平方米1,000至5,000元"),
        ((0.5, 0.5, "元/平方米"), "每平方米0.5元"),
        ((None, None, ""), ""),
    ],
)
def test_a_fine_is_worded_as_laws_word_it(
    fine: tuple[float | None, float | None, str], said: str
) -> None:
    assert fine_range(*fine) == said


def test_the_commands_and_the_view_word_a_fine_alike(sample: Sample) -> None:
    with reading(sample.db) as conn:
        (row,) = conn.execute(
            "SELECT DISTINCT 罚款 FROM 法律依据 WHERE 计罚基数 <> '' AND 条文 LIKE '%第九十八条%'"
        )
    assert row["罚款"] == "投保最低责任限额应缴纳的保险费的2倍"
    said = CliRunner().invoke(main, ["explain", "traffic.no_cali", "--db", str(sample.db)])
    assert f"罚款{row['罚款']}" in said.output
