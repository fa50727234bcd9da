"""Cells of penalties and coercion of which a table knows a part only, or that say it was not done."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from risk import columns as c
from risk.intake.double_publicity import PENALTY_WORDS
from risk.model.case import COERCIVE_KINDS, COMPULSORY_KINDS, PENALTY_KINDS

from .column_cases import HEADING, UNREADABLE, read

PLUGINS = Path(__file__).parents[1] / "plugins"
KINDS = {*PENALTY_KINDS, *COERCIVE_KINDS, *COMPULSORY_KINDS}


def _tables() -> dict[str, Mapping[str, str]]:
    """Each department's tables of words for penalties, coercive measures and enforcement."""
    tables: dict[str, Mapping[str, str]] = {"双公示": PENALTY_WORDS}
    for file in sorted(PLUGINS.glob("*/src/*/data/*_terms.yaml")):
        terms = yaml.safe_load(file.read_text(encoding="utf-8")).get("terms", {})
        nested = {name: each for name, each in terms.items() if isinstance(each, dict)}
        for name, table in {**nested, "": terms}.items():
            kinds = {kind for kind in table.values() if isinstance(kind, str)}
            if kinds and kinds <= KINDS:
                tables[f"{file.parts[-5]}/{file.stem}{name and '.'}{name}"] = table
    return tables


TABLES = _tables()
PENALTIES = {name: table for name, table in TABLES.items() if {*table.values()} & {*PENALTY_KINDS}}


def kinds_of(table: Mapping[str, str], *words: str) -> str:
    """The kinds of the words, in the table's order."""
    return "、".join(
        kind for kind in dict.fromkeys(table.values()) if kind in map(table.get, words)
    )


def test_the_tables_of_all_departments_are_looked_at() -> None:
    assert len(TABLES) == 12
    assert len(PENALTIES) == 5


@pytest.mark.parametrize("name", TABLES)
def test_no_two_words_of_a_table_make_each_other_doubtful(name: str) -> None:
    table = TABLES[name]
    cells = {f"{one}、{two}": (one, two) for one, two in pairwise([*table, next(iter(table))])}
    # A word may hold a shorter one, so that more is found than the two.
    expected = {cell: kinds_of(table, *(word for word in table if word in cell)) for cell in cells}
    assert read(c.kinds(HEADING, table), cells, "penalties") == expected


TRAFFIC = TABLES["traffic/penalty_terms"]
MEASURES = TABLES["traffic/coercive_terms"]


def test_a_kind_that_the_table_does_not_know_makes_the_whole_cell_unknown() -> None:
    table = {"罚款": "罚款", "警告": "警告", "行政拘留": "行政拘留"}
    further = (
        "拘留", "拘 留", "吊销", "没收", "通报批评", "暂扣驾照", "降低资质等级", "限制开展生产经营活动", "停产停业",
        "责令关闭", "限制从业", "终身禁止从事食品生产经营", "扣留车辆", "强制拆除", "其他", "其他行政处罚", "限期出境",
    )  # fmt: skip
    cells = [f"罚款、{word}" for word in further] + [f"{word}；警告，罚款" for word in further]
    assert read(c.kinds(HEADING, table), cells, "penalties") == dict.fromkeys(cells, UNREADABLE)


KNOWN = {
    "罚款200元": "罚款",
    "处以罚款人民币贰佰元整": "罚款",
    "警告，并处罚款（2000.00元）": "警告、罚款",
    "罚款0.5万元": "罚款",
    "逾期未改正，罚款": "罚款",
    "责令停止违法行为、限期改正；罚款": "罚款",
    "罚款（未缴纳）、记12分": "罚款",
    "罚款、批评教育": "罚款",
    "罚款，吊销机动车驾驶证，五年内不得重新取得机动车驾驶证": "罚款、吊销许可证件",
    "吊销机动车驾驶证且终生不得重新申领": "吊销许可证件",
    "罚款5万元，吊销驾驶证，3年内不得申请": "罚款、吊销许可证件",
    "其他-责令限期改正、警告": "警告",
}


def test_amounts_joining_words_and_what_led_to_it_leave_a_cell_known() -> None:
    assert read(c.kinds(HEADING, TRAFFIC), KNOWN, "penalties") == KNOWN


NOT_DONE = (
    "未扣留机动车", "不予扣留车辆", "已解除扣留车辆", "无需拖移机动车", "拟扣留机动车", "没有扣留驾驶证",
    "扣留机动车（未执行）", "扣留机动车：无", "应予扣留机动车", "可扣留机动车", "申请扣留车辆",
)  # fmt: skip
NOT_PENALISED = (
    "未吊销驾驶证", "免予罚款", "不予行政拘留", "罚款（撤销）", "建议吊销驾驶证", "罚款：0元；警告",
    "警告；没收违法所得：无", "拟罚款",
)  # fmt: skip


def test_a_deed_that_was_not_done_or_was_taken_back_is_unknown_and_never_none() -> None:
    for table, cells in ((MEASURES, NOT_DONE), (TRAFFIC, NOT_PENALISED)):
        column = c.kinds(HEADING, table, empty_means_none=True)
        assert read(column, cells, "penalties") == dict.fromkeys(cells, UNREADABLE)


def test_a_fine_beside_a_measure_leaves_the_measure_known() -> None:
    cells = {"扣留机动车，罚款200元": "扣押财物", "采取行政强制措施：扣留机动车": "扣押财物"}
    assert read(c.kinds(HEADING, MEASURES), cells, "coercive_measures") == cells
    further = ("扣留机动车、查封", "扣留机动车、限制人身自由", "扣留机动车并强制报废")
    assert read(c.kinds(HEADING, MEASURES), further, "coercive_measures") == dict.fromkeys(
        further, UNREADABLE
    )
