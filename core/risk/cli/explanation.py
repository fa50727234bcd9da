"""What stands behind a risk point, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from risk.model.handling import handling
from risk.model.legal_words import DATES_UNVERIFIED, ROLES, UNVERIFIED

from .legal import fine, remarks
from .points import aligned


def lines(point: dict[str, Any]) -> Iterator[str]:
    """The lines on a point as `read.explain` gives it: grounds, causes, measures, law, sources."""
    for part in _PARTS:
        yield from part(point)


def _head(point: dict[str, Any]) -> Iterator[str]:
    yield f"{point['title']}  {point['grade']}"
    yield f"编号 {point['id']}  版本 {point['version']}  责任单位 {point['responsible_unit']}"
    yield (
        f"案件 {point['cases']} 件（{point['period_from']} 至 {point['period_to']}），"
        f"其中 {point['recent_from']} 至 {point['recent_to']} {point['recent_cases']} 件"
    )
    if point["counted"]:
        yield f"{point['counted']}（运行时限定了日期），其余案件未计入"
    if point["signals"] is not None:
        yield (
            f"社会关注度 同期群众诉求 {point['recent_signals']} 件，共 {point['signals']} 件"
            f"（{point['signals_from']} 至 {point['signals_to']}）；诉求不是案件，不影响定级"
        )
    if point["sample"]:
        yield "依据中有示例数据，并非真实案件"


def _grounds(point: dict[str, Any]) -> Iterator[str]:
    yield from ("", "定级理由")
    for ground in point["grounds"]:
        mark = UNVERIFIED if ground["policy_verified"] == 0 else ""
        yield f"  {ground['grade']}  {ground['clause']}：{ground['statement']}"
        figures = ", ".join(f"{name}={value}" for name, value in ground["figures"].items())
        said = [
            figures,
            f"口径：{ground['policy_source']}{mark}" if ground["policy_source"] else "",
        ]
        if any(said):
            yield f"      {'；'.join(filter(None, said))}"
    if point["grade"] != point["computed_grade"]:
        yield f"  按口径计算为{point['computed_grade']}，经人工调整为{point['grade']}"
    for note in point["notes"]:
        yield f"  注：{note}"


def _overrides(point: dict[str, Any]) -> Iterator[str]:
    """What was changed by hand and back, also what no longer holds."""
    if point["overrides"]:
        yield from ("", "人工调整记录")
    for act in point["overrides"]:
        done = f"调整为{act['grade']}" if act["grade"] else "撤回调整"
        ended = (
            f"（{act['lapsed_at'][:10]} 失效：{act['lapse_reason']}）" if act["lapsed_at"] else ""
        )
        yield (
            f"  {act['made_at'][:10]}  {done}：{act['reason']}"
            f"（{act['by']}，复核 {act['second']}）{ended}"
        )


def _causes(point: dict[str, Any]) -> Iterator[str]:
    yield from ("", "成因")
    for cause in point["causes"]:
        yield f"  {cause['side']}：{cause['text']}"


def _measures(point: dict[str, Any]) -> Iterator[str]:
    yield from ("", "防控措施")
    for measure in point["measures"]:
        cause = f"（针对：{measure['cause']}）" if measure["cause"] else ""
        yield f"  {measure['kind']}：{measure['text']}{cause} {measure['responsible_unit']}"


def _references(point: dict[str, Any]) -> Iterator[str]:
    yield from ("", "法律依据")
    for reference in point["legal_references"]:
        ends = reference["in_force_to"]
        dates = f"{reference['in_force_from']} 起" + (f"，{ends} 止" if ends else "")
        mark = UNVERIFIED if reference["verified"] == "unverified" else ""
        mark += "" if reference["dates_verified"] else DATES_UNVERIFIED
        role, sum_ = ROLES[reference["role"]], fine(reference)
        said = f"{reference['citation']}（{dates}）{sum_ and ' ' + sum_}{remarks(reference)}"
        yield f"  {role}：{said}{mark}"


def _terms(point: dict[str, Any]) -> Iterator[str]:
    """Order first, exemption and what other departments handle too."""
    said = [f"  {heading}：{text}" for heading, text in handling(point["violation"])]
    if point["topics"]:
        said.append(f"  跨部门事项：{'、'.join(point['topics'])}（见 risk topics）")
    if said:
        yield from ("", "处理", *said)


def _cases(point: dict[str, Any]) -> Iterator[str]:
    shown = point["cases_shown"]
    yield from ("", f"案件：最近 {len(shown)} 件，共 {point['cases']} 件")
    headings = ("决定日期", "案号", "区县", "地点", "程序", "罚款（元）", "来源", "行")
    lines = [
        (
            case["decided_on"],
            case["case_id"],
            case["district"],
            case["place"],
            case["procedure"],
            None if case["fine_fen"] is None else f"{case['fine_fen'] / 100:.15g}",
            case["source"],
            case["line"],
        )
        for case in shown
    ]
    if lines:
        yield from (f"  {line}" for line in aligned([headings, *lines], right=(5, 7)))


def _provenance(point: dict[str, Any]) -> Iterator[str]:
    run = point["run"]
    yield from ("", "来源")
    for source in point["sources"]:
        sample = "（示例数据）" if source["sample"] else ""
        yield (
            f"  {source['name']}{sample}  SHA-256 {source['sha256'][:12]}  {source['rows']} 行 = "
            f"{_records(source)} + {source['rejected']} 拒绝 + {source['excluded']} 排除 + "
            f"{source['duplicates']} 重复"
        )
    yield (
        f"  运行 {run['id']}  插件 {run['distribution']} {run['plugin_version']}  "
        f"口径 {run['policy']}  引擎 {run['engine']}"
    )


def _records(source: dict[str, Any]) -> str:
    if source["kind"] == "signals":
        return f"{source['signals']} 诉求"
    return f"{source['cases']} 案件"


_PARTS = (
    _head,
    _grounds,
    _overrides,
    _causes,
    _measures,
    _references,
    _terms,
    _cases,
    _provenance,
)
