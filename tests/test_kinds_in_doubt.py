"""Cells of penalties and coercion of which a table knows a part only, or that say it was not done."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from risk import columns as c
from risk.intake.double_publicity import PENALTY_WORDS
from risk.intake.fields import together
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
    """The kinds of the words and of those that they hold, in the table's order."""
    held = {kind for part, kind in table.items() if any(part in word for word in words)}
    return "、".join(kind for kind in dict.fromkeys(table.values()) if kind in held)


def test_the_tables_of_all_departments_are_looked_at() -> None:
    assert len(TABLES) == 12
    assert len(PENALTIES) == 5


@pytest.mark.parametrize("name", TABLES)
def test_no_two_words_of_a_table_make_each_other_doubtful(name: str) -> None:
    table = TABLES[name]
    cells = {f"{one}、{two}": (one, two) for one, two in pairwise([*table, next(iter(table))])}
    expected = {cell: kinds_of(table, *words) for cell, words in cells.items()}
    assert read(c.kinds(HEADING, table), cells, "penalties") == expected


TRAFFIC = TABLES["traffic/penalty_terms"]
MEASURES = TABLES["traffic/coercive_terms"]


def test_a_kind_that_the_table_does_not_know_leaves_the_known_ones_known() -> None:
    table = {"罚款": "罚款", "警告": "警告", "行政拘留": "行政拘留"}
    further = (
        "拘留", "拘 留", "吊销", "没收", "通报批评", "暂扣驾照", "降低资质等级", "限制开展生产经营活动", "停产停业",
        "责令关闭", "限制从业", "终身禁止从事食品生产经营", "扣留车辆", "强制拆除", "其他", "其他行政处罚", "限期出境",
        "取消从业资格", "撤销许可", "移送公安机关行政拘留", "不予行政拘留",
    )  # fmt: skip
    cells = {f"罚款、{word}": "罚款、不明" for word in further if not word.startswith("不")}
    cells |= {f"罚款，{word}": "罚款、不明" for word in further}
    cells |= {f"{word}；警告，罚款": "罚款、警告、不明" for word in further}
    assert read(c.kinds(HEADING, table), cells, "penalties") == cells


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
    "吊销驾驶证（五年），已申请行政复议": "吊销许可证件",
    "罚款，当事人未申辩": "罚款",
    "无证驾驶，行政拘留": "行政拘留",
    "未随车携带驾驶证，警告": "警告",
    "罚款200元（未交款），可以申请行政复议": "罚款",
}


def test_amounts_joining_words_and_what_led_to_it_leave_a_cell_known() -> None:
    assert read(c.kinds(HEADING, TRAFFIC), KNOWN, "penalties") == KNOWN


IN_PART = {
    "扣留机动车、称重": "扣押财物",
    "扣留机动车、检测酒精": "扣押财物、不明",
    "扣留机动车;检测": "扣押财物、不明",
    "扣留机动车/限制人身自由": "扣押财物、不明",
    "扣留机动车并强制报废": "扣押财物、不明",
    "扣留机动车、先行登记保存": "扣押财物、不明",
    "扣留机动车，未拖移": "扣押财物、不明",
    "扣留机动车；未扣留驾驶证，拖移机动车": "扣押财物、不明",
    "未拖移机动车。扣留驾驶证": "扣押财物、不明",
    "扣留机动车，未采取其他强制措施": "扣押财物",
    "扣留机动车，罚款200元": "扣押财物",
    "采取行政强制措施：扣留机动车": "扣押财物",
    "扣留无牌机动车": UNREADABLE,
    "扣留机动车（无牌）": "扣押财物",
    "因未年检扣留机动车": "扣押财物",
    "未戴头盔,扣留非机动车": "扣押财物",
    "检验体内酒精，未超标": "其他行政强制措施",
    "未检验血液": UNREADABLE,
    "扣留机动车，当事人拒不签字": "扣押财物",
    "拖移机动车，不收费": "其他行政强制措施",
    "扣留机动车（已发还）": "扣押财物",
    "发还扣留机动车": UNREADABLE,
    "扣留机动车1辆、扣留行驶证": "扣押财物",
    "约束至酒醒、检验血液": "其他行政强制措施、限制公民人身自由",
}
PENALISED_IN_PART = {
    "吊销驾驶证，终身不得从事客运": "吊销许可证件、不明",
    "罚款、移送拘留": "罚款、不明",
    "罚款，移交公安机关处行政拘留": "罚款、不明",
    "罚款200元；不予行政拘留": "罚款、不明",
    "警告；没收违法所得：无": "警告、不明",
    "罚款：0；警告": "警告、不明",
    "罚款：-；警告": "警告、不明",
    "吊销驾驶证：0。罚款": "罚款、不明",
}


def test_what_is_certain_counts_beside_what_is_not() -> None:
    assert read(c.kinds(HEADING, MEASURES), IN_PART, "coercive_measures") == IN_PART
    assert read(c.kinds(HEADING, TRAFFIC), PENALISED_IN_PART, "penalties") == PENALISED_IN_PART


NOT_DONE = (
    "未扣留机动车", "不予扣留车辆", "已解除扣留车辆", "无需拖移机动车", "拟扣留机动车", "没有扣留驾驶证",
    "扣留机动车（未执行）", "扣留机动车，未执行", "扣留机动车：无", "应予扣留机动车", "可扣留机动车", "申请扣留车辆",
    "☑扣留机动车 □拖移机动车", "扣留机动车[ ]", "扣留机动车（×）", "扣留机动车-无", "扣留机动车/无", "扣留机动车0辆",
    "如不改正，扣留机动车", "请求扣留机动车", "拖移机动车失败", "扣留机动车（误）", "扣留机动车审批表", "扣留机动车N",
    "未扣留机动车、扣留驾驶证", "未扣留机动车，扣留驾驶证", "拟扣留机动车，拖移机动车", "先行登记保存", "检查",
)  # fmt: skip
NOT_PENALISED = (
    "未吊销驾驶证", "免予罚款", "不予行政拘留", "罚款（撤销）", "建议吊销驾驶证", "罚款：0元；警告", "拟罚款",
    "□罚款☑警告", "警告[√] 罚款[ ]", "罚款：0", "罚款0.00", "罚款金额0", "零元罚款", "罚款：-", "罚款-无",
    "罚款改为警告", "曾因醉驾被吊销驾驶证，本次罚款", "警告或者罚款", "罚款被驳回", "罚款？",
    "罚款，吊销驾驶证，已撤销", "移送行政拘留", "拟罚款，吊销驾驶证", "未采取强制措施",
)  # fmt: skip


def test_a_deed_that_was_not_done_or_was_taken_back_is_unknown_and_never_none() -> None:
    for table, cells in ((MEASURES, NOT_DONE), (TRAFFIC, NOT_PENALISED)):
        column = c.kinds(HEADING, table, empty_means_none=True)
        expected = dict.fromkeys(cells, UNREADABLE) | {"罚款：0元；警告": "警告、不明"}
        assert read(column, cells, "penalties") == {cell: expected[cell] for cell in cells}


def test_a_cell_that_says_that_nothing_was_taken_says_none() -> None:
    cells = ("未采取强制措施", "无强制措施", "未采取任何行政强制措施", "没有采取措施", "未采取")
    column = c.kinds(HEADING, MEASURES)
    assert read(column, cells, "coercive_measures") == dict.fromkeys(cells, "")


def test_kinds_of_two_columns_are_joined_and_doubt_about_either_stays() -> None:
    cells = {
        ("罚款", "警告"): "罚款、警告",
        ("罚款", "罚款"): "罚款",
        ("罚款、查验、扣车", "警告"): "罚款、警告、不明",
        ("罚款", "开除"): "罚款、不明",
        ("开除", "警告、禁入"): "警告、不明",
        ("开除", "开除"): UNREADABLE,
        ("罚款", ""): "罚款",
        ("", "警告"): "警告",
    }
    table = {"罚款": "罚款", "警告": "警告"}
    column = together(c.kinds("栏一", table), c.optional(c.kinds("栏二", table)))
    assert read(column, cells, "penalties", ("栏一", "栏二")) == cells
