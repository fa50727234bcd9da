"""What `risk run` says at its end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from risk.model.plural import counted
from risk.model.point import GRADE_RANK, Grade, RiskPoint
from risk.model.result import Concern, RunResult, SourceAccount
from risk.run import Report

_STRONGEST = 10
_REASONS = 5
_EXAMPLES = 3
_CONCERNS = 5


def summary(report: Report, database: Path) -> str:
    """Read, found, strongest points, next command: plain lines for a person."""
    return "\n".join(_lines(report, database))


def _lines(report: Report, database: Path) -> Iterator[str]:
    result = report.result
    made_up = " (made-up sample)" if any(source.sample for source in result.sources) else ""
    yield f"{result.department.name} ({result.department.id}) -> {database}{made_up}"
    yield "Read"
    for source in result.sources:
        yield from _source_lines(source)
        yield from _reason_lines(result, source)
    for remark in result.remarks:
        yield f"  {'warning' if remark.warning else 'note'}: {remark.text}"
    if result.superseded:
        cases = counted(result.superseded, "case")
        yield f"  {cases} of earlier files corrected or taken back by these"
    if result.points:
        yield from _found_lines(report)
    if result.concern_of_types:
        yield from _concern_lines(result)
    listed = ("points", "explain POINT") if result.points else ()
    yield "Next: " + "   ".join(f"risk {what} --db {database}" for what in (*listed, "serve"))


def _found_lines(report: Report) -> Iterator[str]:
    result = report.result
    listed = _as_published(report)
    grades = Counter(grade for grade, _ in listed)
    yield "Found"
    yield (
        f"  {counted(len(result.points), 'risk point')}: "
        + ", ".join(f"{grade} {grades[grade]}" for grade in ("高", "中", "低"))
        + f" (policy {result.policy})"
    )
    changes = report.receipt.points
    yield (
        f"  new {len(changes.new)}, changed {len(changes.changed)}, gone {len(changes.gone)};"
        f" run {report.receipt.run}"
    )
    for lapsed in report.receipt.lapsed:
        yield f"  the override of {lapsed} ended: its evidence changed"
    yield "Strongest"
    for grade, point in listed[:_STRONGEST]:
        words = "、".join(ground.clause.partition("）")[2] for ground in point.grounds)
        by_hand = "" if grade == point.grade else f"人工调整，按口径为{point.grade}："
        yield f"  {grade}  {point.title}  {point.figures.cases:,}件  [{by_hand}{words}]"


def _as_published(report: Report) -> list[tuple[Grade, RiskPoint]]:
    """The points with the grades that are shown, in the order of the published list."""
    overridden = report.receipt.overridden
    shown = [(overridden.get(point.id, point.grade), point) for point in report.result.points]
    return sorted(shown, key=lambda one: (-GRADE_RANK[one[0]], -one[1].figures.cases, one[1].id))


def _concern_lines(result: RunResult) -> Iterator[str]:
    names = {violation.id: violation.name for violation in result.violation_types}
    window = result.concern_of_types[0]
    yield (
        f"Public concern (社会关注度, {window.since:%Y-%m} to {window.until:%Y-%m};"
        " signals are no cases and change no grade)"
    )
    for concern in _most_concerning(result)[:_CONCERNS]:
        yield f"  {concern.recent:,}  {names[concern.about]}  ({concern.signals:,} in all)"


def _most_concerning(result: RunResult) -> list[Concern]:
    return sorted(
        result.concern_of_types,
        key=lambda concern: (-concern.recent, -concern.signals, concern.about),
    )


def _source_lines(source: SourceAccount) -> Iterator[str]:
    yield (
        f"  {source.name} [{source.adapter}{', ' + source.encoding if source.encoding else ''}]: "
        f"{source.rows:,} rows = {source.records:,} {source.kind} + {source.rejected:,} rejected"
        f" + {source.excluded:,} excluded + {source.duplicates:,} duplicates"
    )
    if source.header_line > 1:
        yield f"    headings found on line {source.header_line}"
    for name, count in source.unreadable.items():
        cells = counted(count, "cell")
        yield f"    {name}: {cells} could not be read, or only in part; the rest is unknown"


def _reason_lines(result: RunResult, source: SourceAccount) -> Iterator[str]:
    """Why rows of the source are no cases, and where they stand in it."""
    import pyarrow.compute as pc

    for title, every in (
        ("rejected", result.rejects),
        ("excluded", result.exclusions),
        ("duplicate", result.duplicates),
    ):
        table = every.filter(pc.equal(every["key"], source.key))
        reasons = Counter(table["reason"].to_pylist())
        for reason, count in reasons.most_common(_REASONS):
            yield f"    {title}: {reason} {count:,}{_where(table, reason, title == 'rejected')}"
        if rest := reasons.most_common()[_REASONS:]:
            further = ", ".join(f"{reason} {count:,}" for reason, count in rest)
            yield f"    {title}: further {further}"


def _where(table: Any, reason: str, with_cells: bool) -> str:
    """A few lines on which it happened, and the commonest of the cells at fault."""
    import pyarrow.compute as pc

    chosen = table.filter(pc.equal(table["reason"], reason))
    places = ", ".join(map(str, chosen["line"].slice(0, _EXAMPLES).to_pylist()))
    cells = Counter(cell for cell in chosen["detail"].to_pylist() if cell)
    said = ", ".join(f"{cell} ({times:,})" for cell, times in cells.most_common(_EXAMPLES))
    return f", e.g. line {places}" + (f"; says {said}" if said and with_cells else "")


def document(reports: Iterable[Report], database: Path) -> str:
    """The same as one JSON document."""
    runs = [_run(report) for report in reports]
    return json.dumps({"database": str(database), "runs": runs}, ensure_ascii=False, indent=2)


def _run(report: Report) -> dict[str, Any]:
    result, changes = report.result, report.receipt.points
    return {
        "run": report.receipt.run,
        "department": result.department.id,
        "policy": result.policy,
        "engine": result.engine,
        "rows_read": sum(source.rows for source in result.sources),
        "cases": sum(source.cases for source in result.sources),
        "signals": sum(source.signals for source in result.sources),
        "rejected": sum(source.rejected for source in result.sources),
        "excluded": sum(source.excluded for source in result.sources),
        "duplicates": sum(source.duplicates for source in result.sources),
        "superseded": result.superseded,
        "sources": [
            {
                name: getattr(source, name)
                for name in (
                    "name",
                    "sha256",
                    "adapter",
                    "kind",
                    "encoding",
                    "header_line",
                    "sample",
                    "rows",
                    "cases",
                    "signals",
                    "rejected",
                    "excluded",
                    "duplicates",
                    "unreadable",
                )
            }
            for source in result.sources
        ],
        "points": [
            {
                "id": point.id,
                "title": point.title,
                "grade": grade,
                "computed_grade": point.grade,
                "cases": point.figures.cases,
                "recent_cases": point.figures.frequency.cases,
                "grounds": [ground.clause for ground in point.grounds],
            }
            for grade, point in _as_published(report)
        ],
        "concern": [
            {
                "violation": concern.about,
                "signals": concern.signals,
                "recent_signals": concern.recent,
                "signals_from": concern.first.isoformat(),
                "signals_to": concern.last.isoformat(),
            }
            for concern in _most_concerning(result)
        ],
        "changes": {
            "new": list(changes.new),
            "changed": list(changes.changed),
            "gone": list(changes.gone),
        },
        "warnings": [remark.text for remark in result.remarks if remark.warning],
        "remarks": [remark.text for remark in result.remarks if not remark.warning],
    }
