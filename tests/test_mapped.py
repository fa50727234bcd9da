"""What must not stand in a column is refused when the plugin loads, before any file is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from risk import columns as c
from risk.errors import PluginError
from risk.kernel.mapped import wrongly_mapped

from .intake_cases import SMALL

if TYPE_CHECKING:
    from conftest import Install, Load

FIRM = c.pseudonym("单位名称")


def told(name: str, column: object) -> list[str]:
    """What the loader says of the small adapter with the column mapped so."""
    adapter = SMALL.model_copy(update={"columns": {**SMALL.columns, name: column}})
    return [misfit.what for misfit in wrongly_mapped([adapter])]


@pytest.mark.parametrize(
    "column",
    [
        c.text("单位名称"),
        c.optional(c.text("单位名称")),
        c.joined("单位名称", "证件号码"),
        c.found("事实", "(.+)公司"),
        c.without("单位名称", "公司"),
        c.digest("单位名称"),
        c.road("单位名称"),
        c.document_number("证件号码"),
        c.lookup("单位名称", {"甲": "乙"}),
        c.integer("证件号码"),
        c.join("firms.csv", "单位名称", "name", "code"),
        c.constant("某单位"),
        c.derived(lambda frame: FIRM.build(frame), "单位名称"),
        c.Column(FIRM.reads, FIRM.make, told_by=FIRM.told_by),
        c.first(FIRM, c.text("单位名称")),
        c.first(c.text("单位名称"), FIRM),
        c.optional(c.first(FIRM, c.derived(FIRM.make, "单位名称"))),
        object(),
    ],
)
def test_a_party_that_is_no_pseudonym_is_refused(column: object) -> None:
    (what,) = told("party", column)
    assert what == (
        "adapter small, column party: holds pseudonyms and nothing else, or names get into the"
        " database; write c.pseudonym(…)"
    )


@pytest.mark.parametrize(
    "column",
    [
        FIRM,
        c.optional(FIRM),
        FIRM.shown_as(c.constant("某单位")),
        c.first(FIRM, c.optional(c.pseudonym("法定代表人"))),
        c.pseudonym(c.derived(lambda frame: frame.column(("单位名称",)).upper(), "单位名称")),
    ],
)
def test_a_pseudonym_in_whatever_way_is_taken_as_the_party(column: c.Column) -> None:
    assert told("party", column) == []


PLUGIN = """
from risk import Adapter, Cause, Department, ViolationType, columns as c, hookimpl

@hookimpl
def risk_department():
    return Department(id="wells", name="水井", name_en="Wells", unit="市水井队")

@hookimpl
def risk_violation_types():
    return [ViolationType(id="wells.dug", name="凿井", name_en="Dug", agency="水井", subject="both",
        procedure="ordinary", hearing_possible=True, causes=[
            Cause(id="slow", side="机关", text="办理慢"), Cause(id="greed", side="相对人", text="趋利")])]

@hookimpl
def risk_adapters():
    yield Adapter(name="system", title="办案系统", columns={{
        "case_id": c.text("案号"), "violation": c.lookup("案由", {{"凿井": "wells.dug"}}),
        "decided_on": c.date("日期"), {columns}
    }}, {rules})
"""


def test_a_plugin_that_takes_names_as_they_stand_does_not_load(
    install: Install, load: Load
) -> None:
    install("wells", PLUGIN.format(columns='"party": c.text("单位名称")', rules=""))
    (failure,) = load().failures
    assert failure.error.startswith("adapter system, column party: holds pseudonyms")
    assert failure.remedy.startswith("The plugin's author has to mend it.")


@pytest.mark.parametrize(
    ("name", "column", "why"),
    [
        (
            "procedure",
            c.text("程序"),
            "a closed list (简易 …); say which words mean which: c.lookup(",
        ),
        ("procedure", c.written("程序"), "closed list"),
        ("procedure", c.first(c.lookup("程序", {"当场": "简易"}), c.text("程序")), "closed list"),
        ("procedure", c.kinds("程序", {"当场": "简易", "听证": "听证"}), "c.lookup(heading"),
        ("violation", c.first(c.lookup("案由", {}), c.kinds("案由", {})), "c.lookup(heading"),
        ("party_kind", c.optional(c.text("类型")), "closed list (自然人 …)"),
        ("penalties", c.text("处罚种类"), "which: c.kinds(heading, {…: '警告'})"),
        (
            "coercive_measures",
            c.joined("措施", "措施2"),
            "c.kinds(heading, {…: '限制公民人身自由'})",
        ),
        ("compulsory_enforcement", c.found("内容", "(代履行)"), "closed list"),
        ("violation", c.text("案由"), "ids of violation types; say which words mean which"),
        ("violation", c.first(c.lookup("案由", {}), c.without("案由", "案")), "c.classified("),
        ("corrected", c.text("改正"), "true or false; say which words mean what: c.yes_no("),
        ("harm", c.integer("危害"), "true or false"),
        ("guided", c.first(c.flag("指导", ("是",), ()), c.text("指导")), "true or false"),
        ("fine_fen", c.number("罚款"), "money in 分; write c.amount(heading, unit='元')"),
        ("fine_fen", c.integer("罚款"), "money in 分"),
        ("fine_fen", c.text("罚款"), "money in 分"),
        ("fine_fen", c.constant("100"), "money in 分"),
        ("fine_fen", c.lookup("档次", {"轻": "100"}), "money in 分"),
        ("confiscated_fen", c.first(c.amount("没收"), c.number("没收")), "money in 分"),
        ("occurred_at", c.text("时间"), "moments; write c.timestamp(heading)"),
        ("decided_on", c.text("日期"), "moments; write c.date(heading)"),
        ("lat", c.text("纬度"), "numbers; write c.number(heading)"),
    ],
)
def test_what_a_file_says_does_not_reach_a_column_that_cannot_hold_it(
    name: str, column: c.Column, why: str
) -> None:
    (what,) = told(name, column)
    assert what.startswith(f"adapter small, column {name}: holds ") and why in what


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("procedure", c.constant("简易")),
        ("procedure", c.optional(c.lookup("程序", {"当场": "简易"}))),
        ("procedure", c.join("codes.csv", "程序", "code", "means")),
        ("penalties", c.first(c.kinds("种类", {}), c.lookup("种类", {}, partial=True))),
        ("party_kind", c.derived(lambda frame: frame.column(("类型",)), "类型")),
        ("violation", c.first(c.lookup("案由", {}), c.optional(c.phrases(("名称",), {})))),
        ("corrected", c.text("改正").isin("是") | c.text("改正").matches("^已")),
        ("harm", c.yes_no("危害", {"是": True})),
        ("harm", c.lookup("危害", {"有": "true"})),
        ("guided", c.constant(False)),
        ("fine_fen", c.first(c.amount("罚款"), c.amount_after("罚款", "内容"), c.constant(0))),
        ("fine_fen", c.amount_found("内容", "([0-9]+)元")),
        ("fine_fen", c.join("fines.csv", "代码", "code", "fine", unit="元")),
        ("occurred_at", c.at(c.date("日期"), c.minutes("时间"))),
        ("occurred_at", c.timestamp("时间", "%Y/%m/%d")),
        ("decided_on", c.date("日期", era="民国")),
        ("decided_on", c.constant("2025-03-04")),
        ("lon", c.number("经度")),
    ],
)
def test_what_a_column_can_hold_is_taken(name: str, column: c.Column) -> None:
    assert told(name, column) == []


@pytest.mark.parametrize(
    "rule", [c.text("状态"), c.lookup("状态", {}), c.amount("罚款"), c.date("日期")]
)
def test_a_rule_that_says_no_yes_or_no_is_refused(rule: c.Column) -> None:
    adapter = SMALL.model_copy(update={"excludes": {"撤销": rule}, "rejects": {"无": ~rule}})
    (misfit,) = wrongly_mapped([adapter])
    assert misfit.what == (
        "adapter small, rule 撤销 of excludes: says no yes or no; put .isin(…), .matches(…) or"
        " .is_missing() behind it"
    )


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda: c.lookup(("代码", "dm"), {1: "x"}),
            "lookup('代码'): 1 in its table is no text, as all cells are. Write '1'.",
        ),
        (lambda: c.lookup("代码", {None: "x"}), "lookup('代码'): None in its table"),
        (lambda: c.state("状态", {0: "closed"}), "lookup('状态'): 0 in its table"),
        (lambda: c.kinds("种类", {1: "罚款"}), "kinds('种类'): 1 in its table"),
        (lambda: c.yes_no("改正", {True: True}), "flag('改正'): True in its table"),
        (lambda: c.flag("改正", ("是",), (0,)), "flag('改正'): 0 in its table"),
        (lambda: c.phrases(("内容",), {1: ("堵",)}), "phrases('内容'): 1 in its table"),
        (
            lambda: c.phrases(("内容",), {"a": "堵塞"}),
            "phrases('内容'): the phrases of 'a' must be a tuple. Write ('堵塞',).",
        ),
    ],
)
def test_a_table_that_no_cell_could_match_is_refused(make: Callable[[], object], told: str) -> None:
    with pytest.raises(PluginError) as caught:
        make()
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("columns", "rules", "told"),
    [
        (
            '"place": c.text("地点")',
            'excludes={"撤销": c.text("状态") == "撤销"}',
            "Adapter: excludes rule 撤销 is False for every row, since == and != do not look at cells;"
            " write .isin('…') or ~….isin('…')",
        ),
        (
            '"place": "地点"',
            "",
            "Adapter: columns.place must be an expression of risk.columns, such as",
        ),
        ("", 'people=("联系",)', "people.1 must be a tuple such as ('a', 'b'), not '联系'"),
        ("", "people={}", "people must be a tuple such as ('a', 'b'), not {}"),
        ("", "excludes=None", "Adapter: excludes is None"),
    ],
)
def test_what_python_code_gets_wrong_is_said_in_its_own_words(
    columns: str, rules: str, told: str, install: Install, load: Load
) -> None:
    install("wells", PLUGIN.format(columns=columns, rules=rules))
    (failure,) = load().failures
    assert told in failure.error and "lines that begin with" not in failure.error
