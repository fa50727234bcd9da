"""Rows that are withdrawn or undecided are excluded; words of which nobody knows are counted."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from risk import Adapter
from risk import columns as c
from risk.intake.naming import _COMPOUND, _SURNAMES
from risk.intake.states import _FIRST
from risk.kernel.naming import unlawful_answers
from risk.model.result import Remark

from .analysis_cases import engine
from .intake_cases import SMALL, Taken, take_in

WORDS = {"办结": "closed", "已撤销": "withdrawn", "未裁决": "open", "不予处罚": "unpunished"}
STATE = c.optional(c.state(("状态", "CJBJ"), WORDS))
RULED = SMALL.model_copy(
    update={
        "excludes": {"不再作数": STATE.isin("withdrawn"), "尚未决定": STATE.isin("open")},
    }
)
NAMES = (
    "王小明",
    "李四",
    "欧阳晓燕",
    "样A12345",
    "13900000000",
    "申正",
    "撤销王小明的处罚",
    "未详张三",
)


def taken(folder: Path, *states: str, heading: str = "状态", adapter: Adapter = RULED) -> Taken:
    rows = [f"{number},违法停车,2025-03-04,花园路,{said}" for number, said in enumerate(states)]
    text = "\n".join((f"案号,违法行为,处罚日期,地点,{heading}", *rows))
    (folder / "export.csv").write_text(text, encoding="utf-8")
    return take_in(engine(), folder / "risk.db", folder / "export.csv", adapters=(adapter,))


def remark(of: Taken) -> Remark:
    (said,) = of.collected.remarks
    return said


@pytest.mark.parametrize("heading", ["状态", "CJBJ"])
def test_a_word_that_no_table_knows_stays_a_case_and_the_run_warns(
    heading: str, tmp_path: Path
) -> None:
    states = ("办结", "已撤销", " 未 裁 决", "待复核", "待复核", "0", "", "/", "不予处罚")
    found = taken(tmp_path, *states, heading=heading)
    assert (found.account.cases, found.account.excluded) == (7, 2)
    assert found.account.adds_up and found.account.unreadable == {heading: 3}
    said = remark(found)
    assert said.warning and f"3 cells under {heading} " in said.text
    assert "(待复核 (2), 0 (1))" in said.text and f"“{heading}”一栏有3格" in said.chinese


def test_of_a_word_that_might_be_a_name_only_the_number_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path, *NAMES, "待复核")
    said = remark(found)
    assert "(待复核 (1); 8 not shown)" in said.text
    shown = "".join(map(str, (said.text, said.chinese, found.collected.partitions[0].intake)))
    rows = "".join(
        file.read_text(encoding="utf-8", errors="replace")
        for file in (tmp_path / "risk.db.cases").rglob("*.*")
        if file.is_file()
    )
    assert not [name for name in NAMES if name in shown + rows]


def test_of_many_words_the_commonest_are_told_and_where_the_whole_list_stands(
    tmp_path: Path,
) -> None:
    few = [f"待复{letter}" for letter in "核查办审定案结批"]
    further = [f"未复{letter}" for letter in "核查审"]
    found = taken(tmp_path, *few, *few, *further, "王小明")
    said = remark(found)
    (partition,) = found.collected.partitions
    file = partition.intake_file.relative_to(tmp_path).as_posix()
    assert f"; and 3 more words, all of which stand in {file}; 1 not shown" in said.text
    assert f"另有3种写法，全部见 {file}；" in said.chinese.replace("; ", "；")
    assert str(tmp_path) not in said.text + said.chinese
    assert not [word for word in further if word in said.text]
    whole = json.loads(partition.intake_file.read_text(encoding="utf-8"))["unknown"]["状态"]
    assert whole == dict.fromkeys(few, 2) | dict.fromkeys(further, 1) | {"": 1}


def test_no_word_that_may_be_shown_begins_as_a_name_does() -> None:
    assert not set(_FIRST) & {*_SURNAMES, *(name[0] for name in _COMPOUND.split("|"))}


def test_a_table_that_knows_every_word_gives_no_warning(tmp_path: Path) -> None:
    found = taken(tmp_path, "办结", "已撤销", "")
    assert found.collected.remarks == () and found.account.unreadable == {}


def test_only_the_rows_that_stay_are_counted(tmp_path: Path) -> None:
    other = c.optional(c.text("地点")).isin("花园路")
    adapter = RULED.model_copy(update={"excludes": {**RULED.excludes, "花园": other}})
    assert taken(tmp_path, "待复核", adapter=adapter).collected.remarks == ()


def test_an_unchanged_source_warns_again(tmp_path: Path) -> None:
    first = taken(tmp_path, "待复核")
    again = take_in(
        engine(),
        tmp_path / "risk.db",
        tmp_path / "export.csv",
        adapters=(RULED,),
        known=first.accounts,
    )
    assert remark(first) in again.collected.remarks


def test_a_state_is_one_of_four() -> None:
    slip = c.optional(c.state("状态", {"已撤销": "withdrown", "办结": "closed"}))
    adapter = SMALL.model_copy(update={"excludes": {"不作数": slip.isin("withdrawn")}})
    (misfit,) = unlawful_answers([adapter], object())
    assert misfit.what == (
        "adapter small, state: 'withdrown' is none of the legal values; did you mean withdrawn?"
        " (closed; withdrawn; open; unpunished)"
    )


@pytest.mark.parametrize(
    "plugin", ["traffic", "environment", "market_supervision", "urban_management"]
)
def test_every_department_knows_the_usual_words(plugin: str) -> None:
    words = import_module(f"risk_{plugin}")._knowledge.terms("status_terms", "state")
    usual = {
        "closed": "办结 已办结 结案 已结案 已处理 已裁决 已处罚 已缴款 已缴费 已执行 执行完毕 已决定 未缴款",
        "withdrawn": "撤销 撤案 已作废 撤销处罚 已撤销处罚 已撤销 作废 销案 无效 删除 已移送 移送公安",
        "open": "未处理 待处理 在办 办理中 未办结 未裁决 待裁决 未审核 调查中 退回 已退回",
    }
    said = {word: meaning for meaning, listed in usual.items() for word in listed.split()}
    assert {word: words.get(word) for word in said} == said
    kept = plugin in ("market_supervision", "urban_management")
    assert words["不予处罚"] == ("closed" if kept else "unpunished")


def test_the_traffic_polices_code_of_decision_excludes_what_is_undecided(tmp_path: Path) -> None:
    (police, *_) = import_module("risk_traffic").risk_adapters()
    head = "决定书编号,DSR,HPHM,WFSJ,WFDZ,wfms,CJBJ,CJSJ,罚款金额"
    line = "{0},甲,样A0000{0},2026-03-05 22:10,人民路,机动车违法停放,{1},2026-03-06,100"
    file = tmp_path / "export.csv"
    rows = (line.format(number, code) for number, code in enumerate(("1", "0", "未裁决", "2")))
    file.write_text("\n".join((head, *rows)), encoding="utf-8")
    found = take_in(engine(), tmp_path / "risk.db", file, adapters=(police,))
    assert (found.account.cases, found.account.excluded) == (2, 2)
    assert set(found.excluded["reason"].to_pylist()) == {"尚未裁决"}
    assert "1 cells under CJBJ" in remark(found).text
