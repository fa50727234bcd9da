"""The hooks by which a department's plugin answers the kernel.

A plugin is a package with an entry point in the group `risk` whose name is the department's id.
Hooks take no arguments and return frozen models; the kernel asks each plugin separately, so the
order of plugins has no meaning. Nothing heavy is imported here: a plugin imports `hookimpl` first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:
    from risk.model.adapter import Adapter
    from risk.model.department import Department
    from risk.model.measure import MeasureTemplate
    from risk.model.ranking import Grading
    from risk.model.violation import ViolationType

PROJECT: Final = "risk"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def risk_department() -> Department:  # type: ignore[empty-body]
    """Say who this is. Required.

    The department's `id` is the name of the entry point; every violation type's id begins with
    it and a dot. `unit` is the responsible unit that published lists name.

    ```python
    from risk import Department, hookimpl


    @hookimpl
    def risk_department() -> Department:
        return Department(
            id="water", name="水利", name_en="Water Resources", unit="市水利综合行政执法支队"
        )
    ```
    """


@hookspec
def risk_violation_types() -> Iterable[ViolationType]:  # type: ignore[empty-body]
    """Give the kinds of violation that this department finds.

    Ids are `department.name` and unique; each type has causes on both sides and says for every
    article since when it is in force and how it was checked. Usually the types stand in YAML
    files, which legal officers keep:

    ```python
    from collections.abc import Iterable

    from risk import Knowledge, ViolationType, hookimpl

    _knowledge = Knowledge(__name__)


    @hookimpl
    def risk_violation_types() -> Iterable[ViolationType]:
        return _knowledge.violation_types()
    ```
    """


@hookspec
def risk_adapters() -> Iterable[Adapter]:  # type: ignore[empty-body]
    """Give the adapters for the export files that this department can read.

    An adapter maps canonical columns to column expressions; it reads nothing itself, and names
    are unique within the plugin. One with `kind="signals"` reads complaints or messages, which are
    no cases. Asking for the adapters must not import Ibis or DuckDB, which the expressions of
    `risk.columns` see to.

    ```python
    from collections.abc import Iterable

    from risk import Adapter, columns, hookimpl

    CODES = {"W01": "water.illegal_intake", "W02": "water.sand_mining"}


    @hookimpl
    def risk_adapters() -> Iterable[Adapter]:
        yield Adapter(
            name="case_system",
            title="水行政执法办案系统导出表",
            columns={
                "case_id": columns.text("案号"),
                "violation": columns.lookup("案由代码", CODES),
                "decided_on": columns.date("决定日期"),
                "district": columns.text("区县"),
            },
            excludes={"撤案": columns.text("状态").isin("撤案")},
        )
    ```
    """


@hookspec
def risk_measure_templates() -> Iterable[MeasureTemplate]:  # type: ignore[empty-body]
    """Give the control measures that this department proposes, as texts with named blanks.

    Ids are unique; `violations` are ids of this plugin's violation types and `answers` ids of
    their causes. A text that threatens, orders or charges cites its legal basis.

    ```python
    from collections.abc import Iterable

    from risk import Condition, MeasureTemplate, hookimpl


    @hookimpl
    def risk_measure_templates() -> Iterable[MeasureTemplate]:
        yield MeasureTemplate(
            id="water.intake_guidance",
            violations=("water.illegal_intake",),
            kind="辅导",
            text="上门辅导{industry}用水户办理取水许可，近十二个月相关案件{recent_cases}件",
            answers=("unaware_of_permit",),
            when=Condition(scope=("industry",)),
        )
    ```
    """


@hookspec
def risk_grading() -> Grading:  # type: ignore[empty-body]
    """Give this department's own thresholds and rankings, where they differ from the policy's.

    Only data, and only of this department: an entry carries its dates and its source, a ranking
    counts violation types of this plugin.

    ```python
    from risk import Grading, Ranking, hookimpl


    @hookimpl
    def risk_grading() -> Grading:
        return Grading(
            rankings=(
                Ranking(
                    id="ten_busiest_reaches",
                    title="十大非法采砂河段",
                    violations=("water.sand_mining",),
                ),
            )
        )
    ```
    """
