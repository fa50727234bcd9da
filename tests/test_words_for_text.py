"""Texts and what is made of several columns: `text`, `constant`, `optional`, `first`, `joined`, `derived`."""

from __future__ import annotations

import pytest

from risk import columns as c
from risk.errors import InputError

from .column_cases import HEADING, read

BLANKS = (" ", "  ", "　", "\t", "\u00a0", "\u2003", " \t　", "\n", "\u200b", "\ufeff")


def test_a_text_is_the_cell_without_blanks_of_any_kind_at_its_ends() -> None:
    expected = {f"{blank}花园 路{blank}": "花园 路" for blank in BLANKS} | {"花园路": "花园路"}
    assert read(c.text(HEADING), expected, "industry") == expected


@pytest.mark.parametrize("word", ["", "/", "／", "-", "--", "—", "无", "NULL", "null", "N/A"])
def test_words_for_nothing_are_nothing_also_between_blanks(word: str) -> None:
    cells = (word, *(f"{blank}{word}{blank}" for blank in BLANKS))
    assert read(c.text(HEADING), cells, "industry") == dict.fromkeys(cells)


def test_an_adapter_may_say_itself_what_stands_for_nothing() -> None:
    expected = {"BLANKPLATE": None, "": None, "无": "无", "/": "/"}
    column = c.text(HEADING, nothing=("", "BLANKPLATE"))
    assert read(column, expected, "industry") == expected


def test_quotes_commas_and_rare_characters_stay_as_they_are() -> None:
    cells = (
        '他说"好"',
        "a,b;c|d",
        "𠮷野家",
        "ＡＢＣ",
        "O'Neill",
        "100%",
        "\\n",
        "{x}",
        "'; drop table",
    )
    assert read(c.text(HEADING), cells, "industry") == {cell: cell for cell in cells}


def test_a_constant_is_the_same_in_every_row() -> None:
    assert read(c.constant("简易"), ["a", ""], "procedure") == {"a": "简易", "": "简易"}
    assert read(c.constant(5000), ["a", ""], "fine_fen") == {"a": 5000, "": 5000}
    assert read(c.constant(True), ["a", ""], "corrected") == {"a": True, "": True}


def test_an_optional_column_is_unknown_where_its_heading_is_not_there() -> None:
    for column in (
        c.text("别的"),
        c.amount("别的"),
        c.kinds("别的", {"罚款": "罚款"}),
        c.date("别的"),
    ):
        assert read(c.optional(column), ["a"], "industry") == {"a": None}
    assert read(c.optional(c.text(HEADING)), ["a"], "industry") == {"a": "a"}


def test_a_column_that_is_not_optional_must_be_there() -> None:
    with pytest.raises(InputError, match="cells misses 别的"):
        read(c.text("别的"), ["a"], "industry")


def test_the_first_of_several_columns_that_says_something_counts() -> None:
    column = c.first(c.text("一"), c.optional(c.text("没有")), c.text("二"))
    expected = {("a", "b"): "a", ("", "b"): "b", ("/", "b"): "b", ("", ""): None}
    assert read(column, expected, "industry", ("一", "二")) == expected


def test_one_heading_of_several_alternatives_is_enough_and_the_first_named_goes_before() -> None:
    column = c.text(("甲", "乙"))
    assert read(column, ["a"], "industry", ("乙",)) == {"a": "a"}
    assert read(column, [("a", "b")], "industry", ("乙", "甲")) == {("a", "b"): "b"}


def test_headings_are_known_in_any_spelling() -> None:
    column = c.text("罚款金额(万元)")
    for heading in (
        "罚款金额（万元）",
        " 罚款金额 (万元) ",
        "罚款金额_万元",
        "\ufeff罚款金额(万元)：",
    ):
        assert read(column, ["a"], "industry", (heading,)) == {"a": "a"}


def test_texts_of_several_columns_are_joined_unless_the_first_is_empty() -> None:
    column = c.joined("一", "二", "三", separator="-")
    expected = {("a", "b", "c"): "a-b-c", ("a", "", "c"): "a--c", ("", "b", "c"): None}
    assert read(column, expected, "industry", ("一", "二", "三")) == expected


def test_the_first_part_of_a_joined_text_may_be_a_column_of_its_own() -> None:
    column = c.joined(c.text("一", nothing=("", "x")), "二")
    expected = {("a", "b"): "a b", ("x", "b"): None}
    assert read(column, expected, "industry", ("一", "二")) == expected


def test_an_expression_of_ones_own_works_on_the_raw_cell() -> None:
    column = c.derived(lambda frame: frame.column((HEADING,)).upper(), HEADING)
    assert read(column, ["abc"], "industry") == {"abc": "ABC"}


def test_rules_answer_false_for_an_empty_cell_and_combine() -> None:
    text = c.text(HEADING)
    rule = (text.isin("撤销", "作废") | text.matches("^退") | text.is_missing()) & ~text.isin(
        "退回"
    )
    expected = {"撤销": True, "作废": True, "退件": True, "退回": False, "办结": False, "": True}
    assert read(rule, expected, "corrected") == expected
    assert read(text.isin("a"), [""], "corrected") == {"": False}
    assert read(text.matches("a"), [""], "corrected") == {"": False}
