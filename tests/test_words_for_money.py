"""Amounts of money: `amount`, `amount_after` and the plain amounts of a table of fines."""

from __future__ import annotations

from importlib import import_module

import ibis
import pytest

from risk import Adapter
from risk import columns as c
from risk.errors import KnowledgeError
from risk.intake.amounts import fen
from risk.intake.duckdb_engine import DuckDBDialect
from risk.intake.frame import Frame
from risk.intake.headings import columns_by_heading

from .column_cases import HEADING, UNREADABLE, read

DEPARTMENTS = ("traffic", "environment", "market_supervision", "urban_management")
YUAN = 100
IN_YUAN = {
    "200": 200,
    "200.00": 200,
    " 200 ": 200,
    "　200　": 200,
    "0": 0,
    "200.5": 200.5,
    "0.01": 0.01,
    "200元": 200,
    "200 元": 200,
    "200元整": 200,
    "￥200": 200,
    "¥200.00元": 200,
    "人民币200元": 200,
    "罚款200元": 200,
    "罚 款 200 元": 200,
    "罚　款　200　元": 200,
    "人 民 币 200元": 200,
    "RMB 200": 200,
    "1,000.50": 1000.5,
    "1，000元": 1000,
    "12,345,678": 12_345_678,
    "２００": 200,
    "１，０００．５０元": 1000.5,
    "0.2万元": 2000,
    "0.2万": 2000,
    "3 万元": 30_000,
    "200块": 200,
    "100000000": 100_000_000,
    "9999999999": 9_999_999_999,
}
IN_WORDS = {
    "贰佰元整": 200,
    "贰 佰 元 整": 200,
    "贰佰圆整": 200,
    "贰佰元正": 200,
    "人民币贰佰元整": 200,
    "壹仟零伍拾元": 1050,
    "壹仟零伍元整": 1005,
    "伍万元整": 50_000,
    "壹万贰仟叁佰肆拾伍元整": 12_345,
    "拾万元": 100_000,
    "二百元": 200,
    "两百元": 200,
    "二百": 200,
    "十元": 10,
    "十五元": 15,
    "五十元": 50,
    "一百零五元": 105,
    "一百一十元": 110,
    "一百一十五元": 115,
    "两千元": 2000,
    "三万": 30_000,
    "一万零五百元": 10_500,
    "一万二千五百元": 12_500,
    "二十万元": 200_000,
    "一百二十万元": 1_200_000,
    "九千九百九十九万元": 99_990_000,
    "零元": 0,
}
NO_AMOUNT = (
    "-200",
    "－200",
    "(200)",
    "200-500",
    "200元以下",
    "200,元500",
    "12,5",
    "1,0元",
    "见决定书",
    "二〇二六",
    "五六元",
    "百千元",
    "五十三百元",
    "一千二元",
    "一万二元",
    "二百五元",
    "元",
    "万元",
    "整",
    "nan",
    "inf",
    "0x10",
    "1.2.3",
    ".",
    "贰佰元伍角",
    "17900000000",
    "17900000000元",
    "99001219900101001",
    "999999999999",
    "1000000万元",
    "九九九九九九九九九九九九九九九九九九九元",
    "99999999999999999999",
)
NOTHING = ("", " ", "　", "\u00a0", "/", "／", "-", "--", "—", "无", "NULL", "null", "N/A")


def test_amounts_in_figures_are_read_to_the_fen() -> None:
    expected = {cell: round(yuan * YUAN) for cell, yuan in IN_YUAN.items()}
    assert read(c.amount(HEADING), expected, "fine_fen") == expected


def test_amounts_in_chinese_numerals_are_read() -> None:
    expected = {cell: yuan * YUAN for cell, yuan in IN_WORDS.items()}
    assert read(c.amount(HEADING), expected, "fine_fen") == expected


def test_what_is_no_amount_is_counted_and_never_guessed() -> None:
    expected = dict.fromkeys(NO_AMOUNT, UNREADABLE)
    assert read(c.amount(HEADING), expected, "fine_fen") == expected


def test_an_empty_amount_is_unknown_and_not_unreadable() -> None:
    expected = dict.fromkeys(NOTHING)
    assert read(c.amount(HEADING), expected, "fine_fen") == expected


def test_the_unit_of_the_column_holds_for_cells_that_name_none() -> None:
    expected = {
        "0.2": 2000,
        "0.2万": 2000,
        "0.2万元": 2000,
        "0.000001": 0.01,
        "2000元": 2000,
        "贰仟元整": 2000,
        "二": 20_000,
        "三万": 30_000,
        "1,000": 10_000_000,
        "999999": 9_999_990_000,
    }
    assert read(c.amount(HEADING, unit="万元"), expected, "fine_fen") == {
        cell: round(yuan * YUAN) for cell, yuan in expected.items()
    }


def test_where_nobody_states_the_unit_only_cells_that_name_theirs_are_read() -> None:
    expected = {
        "2000元": 200_000,
        "0.2万元": 200_000,
        "贰仟元整": 200_000,
        "三万": 3_000_000,
        "2000": UNREADABLE,
        "0.2": UNREADABLE,
        "2,000": UNREADABLE,
        "贰仟": UNREADABLE,
        "": None,
    }
    assert read(c.amount(HEADING, unit=None), expected, "fine_fen") == expected


@pytest.mark.parametrize(("unit", "factor"), [("分", 1), ("角", 10), ("元", 100)])
def test_a_column_may_count_in_any_unit(unit: str, factor: int) -> None:
    assert read(c.amount(HEADING, unit=unit), ["250"], "fine_fen") == {"250": 250 * factor}


def test_a_unit_that_is_none_of_money_is_refused_at_once() -> None:
    with pytest.raises(KnowledgeError, match="'亿元' is no unit of money"):
        c.amount(HEADING, unit="亿元")


def test_the_first_amount_after_a_word_is_read() -> None:
    expected = {
        "罚款2000元": 2000,
        "警告，并处罚款人民币贰仟元整": 2000,
        "罚款人民币 2,000.00 元": 2000,
        "处罚款：200元；没收违法所得500元": 200,
        "罚款２００元，没收100元": 200,
        "罚款0.2万元": 2000,
        "罚款壹万贰仟元整（¥12000.00）": 12_000,
        "罚款人民币（大写）贰仟元整（￥2000.00）": 2000,
        "罚款金额为200元": 200,
        "罚款两千元": 2000,
        "罚款50圆": 50,
        "处 罚 款 200 元": 200,
        "罚　款　人民 币　贰 佰 元 整": 200,
        "罚款 金 额 为 2000 元": 2000,
        "予以罚款，没收3000元": None,
        "免予罚款。退还保证金2000元": None,
        "处以200元罚款": None,
        "罚款2000": None,
        "警告": None,
        "": None,
    }
    assert read(c.amount_after("罚款", HEADING), expected, "fine_fen") == {
        cell: None if yuan is None else yuan * YUAN for cell, yuan in expected.items()
    }


@pytest.mark.parametrize(
    ("told", "unit", "expected"),
    [("115", "元", 11_500), (" 1,000.50 ", "元", 100_050), ("0.2", "万元", 200_000)],
)
def test_a_plain_amount_of_a_table_is_read_in_fen(told: str, unit: str, expected: int) -> None:
    assert fen(told, unit) == expected


@pytest.mark.parametrize("told", ["", "x", "二百", "NaN", "Infinity"])
def test_a_table_of_fines_may_hold_numbers_only(told: str) -> None:
    with pytest.raises(KnowledgeError, match="no amount"):
        fen(told, "元")


@pytest.mark.parametrize(
    ("heading", "fen"),
    [
        ("罚款金额", 20_000),
        ("罚款金额（元）", 20_000),
        ("罚款金额(元)", 20_000),
        ("处罚金额（单位：元）", 20_000),
        ("罚款金额（万元）", 200_000_000),
        ("处罚金额 (万元)", 200_000_000),
        ("罚款金额（单位：万元）", 200_000_000),
    ],
)
@pytest.mark.parametrize("unit", ["元", "万元", None])
def test_the_unit_in_a_heading_is_that_of_its_amounts_whatever_the_adapter_says(
    heading: str, fen: int, unit: str | None
) -> None:
    column = c.amount(("罚款金额", "处罚金额"), unit)
    plain = {"元": 20_000, "万元": 200_000_000, None: UNREADABLE}[unit]
    expected = {"200": plain if heading == "罚款金额" else fen, "3元": 300, "不详": UNREADABLE}
    assert read(column, expected, "fine_fen", (heading,)) == expected


def test_a_heading_that_says_its_unit_goes_before_one_that_does_not() -> None:
    column = c.amount("罚款金额")
    said = {("7", "0.02"): 20_000}
    assert read(column, said, "fine_fen", ("罚款金额", "罚款金额(万元)")) == said


def test_an_adapter_that_mistakes_the_unit_of_its_own_heading_does_not_multiply_the_fine() -> None:
    column = c.amount("罚款金额（万元）", unit="元")
    assert read(column, ["2"], "fine_fen", ("罚款金额(万元)",)) == {"2": 2_000_000}


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_chinese_export_knows_every_usual_heading_of_the_fine(department: str) -> None:
    adapters = list(import_module(f"risk_{department}").risk_adapters())
    chinese = [
        one
        for one in adapters
        if one.kind == "cases" and (one.sample or one.name == "double_publicity")
    ]
    assert len(chinese) == 2
    headings = (*c.FINE, "罚款数额（元）", "处罚金额（万元）")
    unknown = [
        (adapter.name, heading)
        for adapter in chinese
        for heading in headings
        if 0 not in asked_under(heading, adapter)
    ]
    assert unknown == []


def asked_under(heading: str, adapter: Adapter) -> set[int]:
    """The columns that the fine is read from in a file that has but this heading."""
    table = ibis.table({"c0": "string"}, name="headings")
    frame = Frame("", table, columns_by_heading([heading]), DuckDBDialect(), "")
    adapter.columns["fine_fen"].build(frame)
    return frame.asked
