"""What a run has to say beside its figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from risk.analysis.sentences import stray_days
from risk.kernel.policy import load_policy, strange_agencies, strange_departments
from risk.model.plural import counted
from risk.model.policy import Policy
from risk.model.result import Remark, RunResult


def remarks(
    result: RunResult, department: str, policy: Policy, file: Path | None
) -> Iterator[Remark]:
    """Yield what the result and the policy, where it is not the one that ships, give reason to say."""
    if file is not None:
        yield from strange_departments(file, department)
        yield from strange_agencies(file, department, result.violation_types)
        yield from _of_a_borrowed_id(policy, file)
    yield from _of_the_same_name(result)
    yield from _without_cases(result)
    yield from _stray_dates(result)


def _of_a_borrowed_id(policy: Policy, file: Path) -> Iterator[Remark]:
    """An edited copy of the policy that ships; the run log would name the one and mean the other."""
    shipped = load_policy()
    if policy.id == shipped.id and policy.model_dump() != shipped.model_dump():
        yield Remark(
            f"{file.name}: this policy calls itself {policy.id}, but is not the one that ships under"
            " that id. Give it an id of its own, so that the run log tells them apart.",
            f"{file.name}：该政策文件的 id 为 {policy.id}，但内容与随附的同名政策不同；"
            "请改用自己的 id，以便运行记录能够区分。",
            warning=True,
        )


def _of_the_same_name(result: RunResult) -> Iterator[Remark]:
    """A corrected export adds to the one before it, of which a row that was taken out stays."""
    asked = {source.key for source in result.sources}
    earlier = {partition.name for partition in result.partitions if partition.key not in asked}
    for source in result.sources:
        if source.key in result.fresh and source.name in earlier:
            yield Remark(
                f"{source.name}: an earlier run read a file of this name with other content; what"
                " that one held stays counted, also where this one lacks it. To start over, run"
                " again with --replace and name all source files.",
                f"{source.name}：以前的运行读取过同名但内容不同的文件，其中的记录仍然计入，本次文件中"
                "已没有的也不例外；需要重新开始时，请使用 --replace 并给出全部来源文件。",
            )


def _without_cases(result: RunResult) -> Iterator[Remark]:
    """Where there are signals only, an empty list alone would pass for good news."""
    if any(partition.kind == "cases" for partition in result.partitions):
        return
    kept = sum(partition.signals for partition in result.partitions)
    yield Remark(
        "No case of this department is stored, so there is no risk point yet;"
        f" {counted(kept, 'signal')} kept, which a run that reads cases shows beside its points.",
        f"本部门尚无案件，因此没有风险点；已保存群众诉求{kept}件，读取案件后与风险点并列显示。",
    )


def _stray_dates(result: RunResult) -> Iterator[Remark]:
    """Dates that are probably mistyped; the notes of the points name them."""
    figures = [point.figures for point in result.points if point.scope.kind == "city"]
    if strays := sum(bool(stray_days(each)) for each in figures):
        types = f"{counted(strays, 'violation type')} {'has' if strays == 1 else 'have'}"
        yield Remark(
            f"{types} cases dated long before or after all others; check their dates (risk explain"
            " shows them). They did not move the twelve months judged.",
            f"{strays}类违法行为有案件的决定日期与其余案件相隔较久，可能误记，请核对；近12个月不因此移动。",
            warning=True,
        )
