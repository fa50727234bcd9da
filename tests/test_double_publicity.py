"""The 双公示 record of a penalty: both versions, under codes and headings, as importers meet it."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from risk import LegalReference, double_publicity
from risk.errors import InputError
from risk.intake.headings import columns_by_heading, missing_headings
from risk.intake.masking import COVER

from .analysis_cases import engine, violation
from .intake_cases import Taken, take_in

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT.parent / "shared" / "data" / "schema" / "cn_double_publicity_penalty_fields.csv"
STALL = violation("urban.stall", phrases=("占道经营",))
# The one type that cites law: without it a basis could name none.
SIGN = violation(
    "urban.sign",
    name="违法设置户外广告",
    legal_references=(
        LegalReference(
            role="punishes",
            law_key="CITY",
            law="江州市城市管理条例",
            article="20",
            in_force_from="2010-01-01",
            verified="unverified",
        ),
    ),
)
AMOUNTS = ("fine_fen", "confiscated_fen")
NULLS = ("", "/", "无")
NEW = {
    "CF_XDR_MC": "样例商贸有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": "91990100MA00000001",
    "CF_XDR_GSZC": "990100000000001",
    "CF_XDR_ZZJG": "MA0000000",
    "CF_XDR_SWDJ": "990100000000002",
    "CF_XDR_SYDW": "",
    "CF_XDR_SHZZ": "",
    "CF_FRDB": "样例甲",
    "CF_FR_ZJLX": "身份证",
    "CF_FR_ZJHM": "99001219900101001X",
    "CF_XDR_ZJLX": "",
    "CF_XDR_ZJHM": "",
    "CF_WSH": "江城罚〔2025〕1号",
    "CF_WFXW": "占道摆摊",
    "CF_SY": "在花园路占道经营",
    "CF_YJ": "《江州市城市管理条例》",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款2000元",
    "CF_NR_FK": "0.2",
    "CF_NR_WFFF": "0.05",
    "CF_NR_ZKDX": "",
    "CF_JDRQ": "2025-03-04",
    "CF_YXQ": "2099-12-31",
    "CF_GSJZQ": "2026-03-04",
    "CF_CFJG": "江州市城市管理局",
    "CF_CFJGDM": "11990100000000001F",
    "CF_SJLY": "江州市城市管理局",
    "CF_SJLYDM": "11990100000000001F",
    "BZ": "",
}
OLD = {
    "CF_WSH": "江城罚字[2016]第1号",
    "CF_CFMC": "占道摆摊",
    "CF_CFLB1": "警告",
    "CF_CFLB2": "罚款",
    "CF_SY": "在花园路占道经营",
    "CF_YJ": "《江州市城市管理条例》",
    "CF_XDR": "样例商贸有限公司",
    "CF_XDR_SHXYM": "/",
    "CF_XDR_ZDM": "00000000-1",
    "CF_XDR_GSDJ": "无",
    "CF_XDR_SFZ": "",
    "CF_FR": "样例甲",
    "CF_JG": "警告，并处罚款人民币贰仟元整",
    "CF_JDRQ": "2016/3/4",
    "CF_XZJG": "江州市城市管理局",
    "CF_ZT": "0",
    "SJC": "2016-03-05 10:00:00",
}
HEADED = {
    "行政处罚决定书文号": "江城罚〔2025〕1号",
    "行政相对人名称": "样例商贸有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": "91990100MA00000001",
    "违法行为类型": "占道摆摊",
    "违法事实": "在花园路占道经营",
    "处罚类别": "罚款",
    "处罚内容": "罚款",
    "罚款金额(万元)": "0.2",
    "处罚决定日期": "2025-03-04",
    "处罚机关": "江州市城市管理局",
}
# Spellings that real importers meet, of the heading that each has in HEADED.
ALIASES = {
    "行政处罚决定书文号": (
        "处罚决定书文号 行政处罚决定文书号 行政处罚决定文号 处罚决定文号 行政处罚文书号"
        " 行政处罚决定书号 处罚决定书号 处罚文书书号 文号 案号 行政处罚决定书文号： CF_WSH"
    ),
    "行政相对人名称": (
        "行政相对人 当事人 当事人名称 被处罚人 被处罚单位 被处罚当事人名称 被罚当事人名称 处罚对象"
        " 企业名称 单位名称 公司名称 纳税人名称 违规主体名称 当事人："
    ),
    "处罚类别": "处罚类别1 处罚类别2 处罚种类 处罚类型",
    "违法行为类型": "违法行为名称 案件名称 处罚名称",
    "违法事实": "主要违法事实 处罚事由",
    "处罚内容": "处罚结果 行政处罚内容",
    "处罚决定日期": "处罚日期 做出处罚的日期 作出行政处罚决定日期 处罚决定书签发日期",
    "处罚机关": "作出处罚决定的部门 作出行政处罚决定机关名称 行政执法机关名称",
    "罚款金额(万元)": "罚款金额（万元） 处罚金额（万元） 罚款金额_万元 罚款（万元）",
    "行政相对人代码_1(统一社会信用代码)": (
        "行政相对人代码_1\u3000(统一社会信用代码) 行政相对人代码-1（统一社会信用代码）"
        " 行政相对人代码＿1（统一社会信用代码） 行政相对人代码＿1 统一社会信用代码"
        " 行政相对人代码_1(统一社会信用代码)："
    ),
}

OPTIONAL = ("行政相对人代码_1(统一社会信用代码)", "处罚内容", "罚款金额(万元)")
ADAPTER = double_publicity([STALL, SIGN])

Record = Mapping[str, str]


def taken(*records: Record, without: Sequence[str] = ()) -> Taken:
    """The records, which have the same fields, as a file of theirs is read.

    Canonical columns that a test does not look at may be left out: amounts take most of the time.
    """
    kept = {name: made for name, made in ADAPTER.columns.items() if name not in without}
    adapter = ADAPTER.model_copy(update={"columns": kept})
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder, "record.csv")
        with export.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(records[0])
            writer.writerows(record.values() for record in records)
        return take_in(engine(), Path(folder, "risk.db"), export, adapters=(adapter,))


def cases(records: Iterable[Record], without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The canonical cases of records that differ in their numbers, in order."""
    found = taken(*records, without=without)
    assert found.refused == {}
    rows: list[dict[str, Any]] = sorted(found.cases.to_pylist(), key=lambda row: int(row["line"]))
    return rows


def case(record: Record, without: Sequence[str] = ()) -> dict[str, Any]:
    (only,) = cases([record], without)
    return only


def variants(record: Record, field: str, words: Sequence[str]) -> list[Record]:
    """The record once for each word, under numbers of their own."""
    (number,) = (name for name in record if name in ("CF_WSH", "行政处罚决定书文号"))
    return [{**record, number: f"第{index}号", field: word} for index, word in enumerate(words)]


def column(name: str, record: Record, field: str, words: Sequence[str]) -> list[Any]:
    """What a canonical column says for each word in a field."""
    others = [amount for amount in AMOUNTS if amount != name]
    return [row[name] for row in cases(variants(record, field, words), others)]


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What becomes of the record of 2018."""
    return case(NEW)


@pytest.fixture(scope="module")
def headed() -> dict[str, Any]:
    """What becomes of the same record under Chinese headings."""
    return case(HEADED)


def test_the_record_of_2018_is_read_under_its_field_codes(said: dict[str, Any]) -> None:
    assert said["case_id"] == "江城罚〔2025〕1号"
    assert said["violation"] == "urban.stall"
    assert said["decided_on"] == dt.date(2025, 3, 4)
    assert said["party_kind"] == "法人及非法人组织"
    assert said["penalties"] == "罚款"
    assert said["fine_fen"] == 200_000
    assert said["confiscated_fen"] == 50_000
    assert re.fullmatch("[0-9a-f]{16}", said["party"])


def test_the_record_of_2015_is_read_under_its_field_codes() -> None:
    said = case(OLD)
    assert said["case_id"] == "江城罚字〔2016〕第1号"
    assert said["violation"] == "urban.stall"
    assert said["decided_on"] == dt.date(2016, 3, 4)
    assert said["penalties"] == "警告、罚款"
    assert said["fine_fen"] == 200_000
    assert said["party_kind"] is None


def test_under_chinese_headings_the_record_says_the_same(
    said: dict[str, Any], headed: dict[str, Any]
) -> None:
    for name in ("case_id", "violation", "decided_on", "party_kind", "party", "fine_fen"):
        assert headed[name] == said[name], name


def test_every_spelling_of_a_heading_that_importers_meet_is_known(headed: dict[str, Any]) -> None:
    without = {**headed, **dict.fromkeys(AMOUNTS)}
    spellings = {heading: others.split(" ") for heading, others in ALIASES.items()}
    most = {heading: len(others) for heading, others in spellings.items()}
    for turn in range(max(most.values())):
        renamed = {
            others[turn % len(others)] if (others := spellings.get(name)) else name: cell
            for name, cell in HEADED.items()
        }
        assert missing_headings(ADAPTER, columns_by_heading(tuple(renamed))) == []
        # A file is known by the headings that it needs; the others have to be read.
        if turn < max(most[name] for name in OPTIONAL):
            amounts = () if turn < most["罚款金额(万元)"] else AMOUNTS
            assert case(renamed, amounts) == (without if amounts else headed), list(renamed)


def test_what_the_record_does_not_say_is_unknown(said: dict[str, Any]) -> None:
    unknown = ("occurred_at", "place", "district", "procedure", "coercive_measures", "corrected")
    assert {name: said[name] for name in unknown} == dict.fromkeys(unknown)


def test_a_decision_is_the_same_in_whatever_brackets_its_year_stands() -> None:
    numbers = [f"江城罚{open_}2025{close}7号" for open_, close in ("〔〕", "[]", "［］", "【】")]
    found = taken(*({**NEW, "CF_WSH": number} for number in numbers), without=AMOUNTS)
    assert found.cases["case_id"].to_pylist() == ["江城罚〔2025〕7号"]


def test_nulls_come_as_a_slash_as_nothing_or_as_the_word() -> None:
    for field, name in (("CF_NR_WFFF", "confiscated_fen"), ("CF_XDR_LB", "party_kind")):
        assert column(name, NEW, field, NULLS) == [None, None, None], field
    records = [{**NEW, "CF_WSH": null} for null in NULLS]
    assert set(taken(NEW, *records, without=AMOUNTS).refused.values()) == {"case_id missing"}


def test_the_party_is_known_by_its_first_code_that_is_there() -> None:
    codes = ("CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_XDR_ZZJG", "CF_XDR_ZJHM", "CF_XDR_MC")
    person = {**NEW, "CF_XDR_ZJHM": "99001219900101002X"}
    records = [
        {**person, "CF_WSH": f"第{index}号", **dict.fromkeys(codes[:index], NULLS[index % 3])}
        for index in range(len(codes) + 1)
    ]
    *parties, nobody = (row["party"] for row in cases(records, AMOUNTS))
    assert len(set(parties)) == len(codes)
    assert nobody is None


def test_amounts_are_in_ten_thousands_of_yuan_unless_the_cell_says_otherwise() -> None:
    words = {
        "0.2": 200_000,
        "0.000001": 1,
        "2000元": 200_000,
        "0.2万元": 200_000,
        "贰仟元整": 200_000,
    }
    assert column("fine_fen", NEW, "CF_NR_FK", tuple(words)) == list(words.values())
    assert column("confiscated_fen", NEW, "CF_NR_WFFF", tuple(words)) == list(words.values())


def test_an_empty_fine_is_taken_from_the_text_of_the_penalty() -> None:
    assert column("fine_fen", NEW, "CF_NR_FK", NULLS) == [200_000] * 3
    silent = {**NEW, "CF_NR": "警告"}
    assert column("fine_fen", silent, "CF_NR_FK", NULLS) == [None] * 3


def test_a_fine_whose_unit_nobody_states_is_never_guessed() -> None:
    for heading in ("罚款金额", "处罚金额", "罚款数额"):
        record = {
            heading if name == "罚款金额(万元)" else name: cell for name, cell in HEADED.items()
        }
        words = ("2000", "0.2", "2000元", "0.2万元", "")
        found = taken(*variants(record, heading, words))
        fines = [row["fine_fen"] for row in sorted(found.canonical, key=lambda row: row["case_id"])]
        assert fines == [None, None, 200_000, 200_000, None]
        assert found.account.unreadable == {"fine_fen": 2}
    told = variants({**record, "处罚内容": "罚款2000元"}, heading, words[:2])
    assert [row["fine_fen"] for row in cases(told)] == [200_000, 200_000]


def test_a_heading_may_state_yuan() -> None:
    record = {**HEADED, "罚款金额（元）": "2000"}
    del record["罚款金额(万元)"]
    assert case(record)["fine_fen"] == 200_000


def test_fine_and_confiscation_in_one_sum_is_neither() -> None:
    record = {
        "罚没金额（万元）" if name == "罚款金额(万元)" else name: c for name, c in HEADED.items()
    }
    said = case(record)
    assert (said["fine_fen"], said["confiscated_fen"]) == (None, None)


def test_several_kinds_in_one_field_are_all_read() -> None:
    words = {
        "警告、罚款": "警告、罚款",
        "罚款,没收违法所得": "罚款、没收违法所得",
        "罚款；没收违法所得、没收非法财物": "罚款、没收违法所得、没收非法财物",
        "暂扣或者吊销许可证": "暂扣许可证件、吊销许可证件",
        "责令停产停业": "责令停产停业",
        "行政拘留": "行政拘留",
        "通报批评": "通报批评",
        "其他-责令限期改正": None,
        "其他-暂扣车辆": None,
        "罚款、其他-暂扣车辆": "罚款、不明",
        "罚款、暂扣营业执照": "罚款、暂扣许可证件",
    }
    assert column("penalties", NEW, "CF_CFLB", tuple(words)) == list(words.values())


def test_both_columns_of_kinds_are_read() -> None:
    record = {**HEADED, "处罚类别2": ""}
    del record["处罚类别"]
    pairs = {
        ("警告", "罚款"): "警告、罚款",
        ("罚款", "警告"): "罚款、警告",
        ("罚款", "罚款"): "罚款",
        ("罚款", "/"): "罚款",
        ("罚款", ""): "罚款",
        ("", "警告"): "警告",
        ("/", "警告"): "警告",
        ("", ""): None,
        ("/", "/"): "",
        ("罚款", "扣留车辆"): "罚款、不明",
        ("未予罚款", ""): None,
    }
    records = [
        {**record, "行政处罚决定书文号": f"第{index}号", "处罚类别1": one, "处罚类别2": two}
        for index, (one, two) in enumerate(pairs)
    ]
    assert [row["penalties"] for row in cases(records, AMOUNTS)] == list(pairs.values())


def test_the_type_is_told_by_the_facts_where_its_field_does_not_and_never_guessed() -> None:
    rows = {
        ("占道摆摊", "别的"): "urban.stall",
        ("违反市容管理", "在花园路占道经营"): "urban.stall",
        ("/", "擅自违法设置户外广告"): "urban.sign",
        ("违反市容管理", "别的"): "unclassified",
        ("占道摆摊并违法设置户外广告", "别的"): "unclassified",
        ("/", "/"): "violation missing",
    }
    records = [
        {**NEW, "CF_WSH": f"第{index}号", "CF_WFXW": words, "CF_SY": facts}
        for index, (words, facts) in enumerate(rows)
    ]
    found = taken(*records, without=AMOUNTS)
    types = {int(row["line"]): row["violation"] for row in found.cases.to_pylist()}
    assert [(types | found.refused)[line] for line in range(2, len(rows) + 2)] == list(
        rows.values()
    )


def test_a_record_that_was_withdrawn_or_is_contested_is_excluded() -> None:
    states = ("0", "1", "2", "撤销", "异议", "正常", "")
    found = taken(*variants(OLD, "CF_ZT", states), without=AMOUNTS)
    assert found.excluded["line"].to_pylist() == [3, 4, 5, 6]
    assert found.account.cases == 3


def test_a_table_of_other_things_is_not_taken_for_such_a_record() -> None:
    with pytest.raises(InputError, match="double_publicity misses CF_CFJG"):
        taken({name: cell for name, cell in NEW.items() if name != "CF_CFJG"})


def _described() -> dict[str, bool]:
    """Each field code of the documentation, and whether it is used."""
    page = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z][^|]*) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    return {
        code: not said.startswith("not used")
        for fields, said in rows
        for code in re.findall(r"[A-Z]{2,}(?:_[A-Z0-9]+)*", fields)
    }


@pytest.mark.skipif(not SCHEMA.exists(), reason="the list of fields is not beside the project")
def test_every_field_of_the_standard_is_described_as_used_or_as_not_used() -> None:
    with SCHEMA.open(encoding="utf-8") as file:
        codes = [row["code"].split(" ")[0] for row in csv.DictReader(file)]
    assert set(codes) == set(NEW)
    assert [code for code in (*codes, *OLD) if code not in _described()] == []


# What must be empty for a field to matter, and what the field is changed to.
CODES = ("CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_XDR_ZZJG", "CF_XDR_ZJHM")
EMPTIED = {code: CODES[:place] for place, code in enumerate(CODES)} | {
    "CF_SY": ("CF_WFXW", "CF_CFMC"),
    "CF_NR": ("CF_NR_FK",),
    "CF_XDR_MC": CODES,
    "CF_XDR": ("CF_XDR_ZDM",),
    "CF_XDR_SFZ": ("CF_XDR_ZDM",),
}
CHANGED = {
    "CF_WFXW": "违法设置户外广告",
    "CF_CFMC": "违法设置户外广告",
    "CF_SY": "违法设置户外广告",
    "CF_YJ": "《江州市城市管理条例》第二十条",
    "CF_XDR_LB": "个体工商户",
    "CF_CFLB": "警告",
    "CF_CFLB1": "没收违法所得",
    "CF_CFLB2": "没收违法所得",
    "CF_NR": "罚款500元",
    "CF_JG": "罚款500元",
    "CF_NR_FK": "3",
    "CF_NR_WFFF": "3",
    "CF_JDRQ": "2024-01-01",
    "CF_ZT": "1",
}


@pytest.mark.parametrize("record", [NEW, OLD])
def test_a_field_matters_just_where_the_documentation_says_so(record: Record) -> None:
    fields = [name for name in record if name not in ("CF_WSH", "CF_CFJG", "CF_XZJG")]
    records: list[Record] = []
    for field in fields:
        emptied = {name: "" for name in EMPTIED.get(field, ()) if name in record}
        before = {**record, **emptied, "CF_WSH": f"{field}前"}
        changed = CHANGED.get(field, "9900000000")
        records += [before, {**before, "CF_WSH": f"{field}后", field: changed}]
    said = {
        row.pop("case_id"): {name: cell for name, cell in row.items() if name != "line"}
        for row in taken(*records).cases.to_pylist()
    }
    used = _described()
    assert {field: said[f"{field}前"] != said.get(f"{field}后") for field in fields} == {
        field: used[field] for field in fields
    }


def test_further_people_whom_a_record_names_are_covered_in_what_is_listed_of_it() -> None:
    facts = "经查，样例乙与99001219900101001X同在，样例甲自称存在其他问题"
    record = {**NEW, "CF_WFXW": "", "CF_SY": facts, "CF_YJ": ""}
    spelled = {"CF_FRDB": "法定代表人（负责人）", "CF_FR_ZJHM": "法定代表人身份证号"}
    renamed = {spelled.get(name, name): cell for name, cell in record.items()}
    for said in (record, renamed, {**renamed, "经营者姓名": "样例乙"}):
        (detail,) = taken(said, without=AMOUNTS).rejected["detail"].to_pylist()
        assert "样例甲" not in detail
        assert detail.endswith(f"{COVER}自称存在其他问题")
        assert ("样例乙" in detail) is ("经营者姓名" not in said)
