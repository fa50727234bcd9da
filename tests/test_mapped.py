"""What must not stand in a column is refused when the plugin loads, before any file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from risk import columns as c
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
