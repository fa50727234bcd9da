"""One wording for one thing: what is verified, and what an article does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from risk.cli import main
from risk.kernel.workbook.tables import TABLES
from risk.model.legal_words import NO, ROLES, UNVERIFIED, VERIFIED, YES
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
