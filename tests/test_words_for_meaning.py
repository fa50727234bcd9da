"""Words and what they mean: `lookup`, `kinds`, `flag`, `phrases` and `join`."""

from __future__ import annotations

import pytest

from risk import columns as c
from risk.errors import InputError, KnowledgeError

from .column_cases import HEADING, UNREADABLE, read

NOTHING = ("", " ", "　", "/", "-", "NULL")
PARTIES = {"个人": "自然人", "单位": "法人及非法人组织", "ABC公司": "个体工商户"}
PENALTIES = {
    "罚款": "罚款",
    "警告": "警告",
    "吊销驾驶证": "吊销许可证件",
    "暂扣驾驶证": "暂扣许可证件",
    "暂扣机动车驾驶证": "暂扣许可证件",
}


def test_a_word_is_looked_up_without_regard_to_blanks_width_and_case() -> None:
    expected = {
        "个人": "自然人",
        " 个 人 ": "自然人",
        "个　人": "自然人",
        "单位": "法人及非法人组织",
        "abc公司": "个体工商户",
        "ＡＢＣ公司": "个体工商户",
        "ａｂｃ 公司": "个体工商户",
    }
    assert read(c.lookup(HEADING, PARTIES), expected, "party_kind") == expected


def test_a_table_of_words_says_yes_or_no_and_of_other_words_nothing() -> None:
    words = {"是": True, "已改正": "true", "否": False, "未改正": "false"}
    expected = {"是": True, "已改正": True, "否": False, "未改正": False, "不详": UNREADABLE}
    assert read(c.yes_no(HEADING, words), expected, "corrected") == expected


def test_a_word_that_the_table_does_not_know_is_counted_and_never_likened() -> None:
    unknown = ("个人户", "个", "自然人", "1", "x" * 500)
    expected = dict.fromkeys(unknown, UNREADABLE) | dict.fromkeys(NOTHING)
    assert read(c.lookup(HEADING, PARTIES), expected, "party_kind") == expected


def test_a_partial_table_need_not_know_every_word() -> None:
    expected = {"个人": "自然人", "别的": None, "": None}
    assert read(c.lookup(HEADING, PARTIES, partial=True), expected, "party_kind") == expected


def test_a_code_may_stand_before_the_words_only_where_the_adapter_says_so() -> None:
    expected = {
        "1039 个人": "自然人",
        "1039个人": "自然人",
        "1039-个人": "自然人",
        "1039：个人": "自然人",
        "１０３９　个人": "自然人",
        "10394A个人": "自然人",
        "个人": "自然人",
        "10 个人": UNREADABLE,
        "1039": UNREADABLE,
    }
    assert read(c.lookup(HEADING, PARTIES, coded=True), expected, "party_kind") == expected
    plain = c.lookup(HEADING, PARTIES)
    assert read(plain, ["1039 个人"], "party_kind") == {"1039 个人": UNREADABLE}


def test_a_field_of_a_group_is_looked_up_and_may_be_absent() -> None:
    table = {"停": {"place": "路"}, "闯": {"place": "街", "behaviour": "红灯"}}
    column = c.lookup(HEADING, table, "behaviour", partial=True)
    assert read(column, ["停", "闯"], "behaviour") == {"停": None, "闯": "红灯"}


def test_kinds_are_found_in_a_cell_of_several_words_in_the_tables_order() -> None:
    expected = {
        "罚款": "罚款",
        "警告、罚款": "罚款、警告",
        "警告,罚款": "罚款、警告",
        "罚款；吊销驾驶证": "罚款、吊销许可证件",
        "并处罚款2000元": "罚款",
        "暂扣驾驶证、暂扣机动车驾驶证": "暂扣许可证件",
        "罚 款": "罚款",
        "拘留": UNREADABLE,
    }
    assert read(c.kinds(HEADING, PENALTIES), expected, "penalties") == expected


def test_a_cell_that_says_none_is_none_and_an_empty_one_unknown_unless_it_is_always_filled() -> (
    None
):
    cells = ("无", "/", "-", "", "  ")
    none = dict.fromkeys(cells, "")
    unknown = none | {"": None, "  ": None}
    assert read(c.kinds(HEADING, PENALTIES), cells, "penalties") == unknown
    always = c.kinds(HEADING, PENALTIES, empty_means_none=True)
    assert read(always, cells, "penalties") == none


def test_a_flag_is_true_false_or_unknown() -> None:
    column = c.flag(HEADING, ("是", "有"), ("否", "无"))
    expected = {
        "是": True,
        "有": True,
        " 是 ": True,
        "否": False,
        "无": False,
        "": None,
        "不详": UNREADABLE,
        "是的": UNREADABLE,
    }
    assert read(column, expected, "corrected") == expected


def test_a_boolean_says_yes_or_no_also_where_yes_is_the_word_for_false() -> None:
    booleans = {"true": True, "false": False, "True": True, "FALSE": False, " true ": True}
    column = c.yes_no(HEADING, {"是": True, "否": False})
    assert read(column, booleans, "corrected") == booleans
    turned = {cell: not yes for cell, yes in booleans.items()}
    assert read(c.flag(HEADING, ("否",), ("是",)), turned, "corrected") == turned


def test_phrases_name_the_one_thing_that_a_text_holds() -> None:
    table = {"红灯": ("机动车闯红灯", "闯红灯信号"), "停车": ("违法停车", "ABC")}
    expected = {
        "机动车闯红灯案": "红灯",
        "某日机动车 闯　红灯": "红灯",
        "ａｂｃ": "停车",
        "违法停车": "停车",
        "机动车闯红灯并违法停车": UNREADABLE,
        "非机动车闯红灯": UNREADABLE,
        "非机动车闯红灯，机动车闯红灯": "红灯",
        "别的": UNREADABLE,
        "": None,
    }
    assert read(c.phrases((HEADING,), table), expected, "behaviour") == expected


def test_phrases_are_looked_for_in_all_columns_but_not_across_them() -> None:
    column = c.phrases(("一", "二"), {"红灯": ("闯红灯",)})
    expected = {
        ("案由", "闯红灯"): "红灯",
        ("闯红灯", ""): "红灯",
        ("闯", "红灯"): UNREADABLE,
        ("", "闯红灯"): "红灯",
    }
    assert read(column, expected, "behaviour", ("一", "二")) == expected


FINES = '\ufeffid,fine_amount\n4,115\n 5 ,"1,000.50"\n6,\n'


def test_a_small_table_beside_the_file_says_what_a_code_means() -> None:
    column = c.join("fines.csv", HEADING, "id", "fine_amount", unit="元")
    expected = {"4": 11_500, " 4 ": 11_500, "5": 100_050, "6": None, "99": None, "": None}
    assert read(column, expected, "fine_fen", beside={"fines.csv": FINES}) == expected
    words = c.join("fines.csv", HEADING, "id", "fine_amount")
    assert read(words, ["4"], "industry", beside={"fines.csv": FINES}) == {"4": "115"}


def test_without_its_table_a_joined_column_is_unknown() -> None:
    column = c.join("fines.csv", HEADING, "id", "fine_amount", unit="元")
    assert read(column, ["4"], "fine_fen") == {"4": None}


@pytest.mark.parametrize(
    ("table", "error", "words"),
    [
        ("id,fine_amount\n4,viel\n", KnowledgeError, "'viel' is no amount"),
        ("id,fine_amount\n" + "4,1\n" * 2001, InputError, "2001 rows are too many"),
        ("code,fine\n4,1\n", InputError, "fines.csv"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_name(
    table: str, error: type[Exception], words: str
) -> None:
    column = c.join("fines.csv", HEADING, "id", "fine_amount", unit="元")
    with pytest.raises(error, match=words):
        read(column, ["4"], "fine_fen", beside={"fines.csv": table})
