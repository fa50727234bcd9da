"""risk points: the graded list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

DATABASE = click.Path(dir_okay=True, path_type=Path)
_HEADINGS = ("等级", "案件", "近期", "部门", "风险点", "编号")
_CONCERN = "社会关注度"


@click.command()
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
@click.option("--department", help="Only this department, by its id or Chinese title.")
@click.option("--grade", type=click.Choice(["高", "中", "低"]), help="Only this grade.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def points(db: Path, department: str | None, grade: str | None, as_json: bool) -> None:
    """List the risk points, the gravest first."""
    import json

    from risk.store import read

    found = read.points(db, department, grade)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    if not found:
        click.echo("No risk point fits.", err=True)
        return
    for line in _table(found):
        click.echo(line)
    if any(point["sample"] for point in found):
        click.echo("（示例） rests on sample data that is made up.", err=True)


def aligned(rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> Iterable[str]:
    """Give `rows` as lines of aligned columns; a Chinese character takes two places.

    Columns in `right` are set to the right. Nothing is cut off.
    """
    from rich.cells import cell_len

    cells = [["" if value is None else str(value) for value in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - cell_len(cell))
            padded.append(blank + cell if place in right else cell + blank)
        yield "  ".join(padded).rstrip()


def _table(found: Sequence[dict[str, Any]]) -> Iterable[str]:
    """The points a line each, with a column for signals where any point has some."""
    rows = [_HEADINGS, *map(_line, found)]
    if all(point["signals"] is None for point in found):
        return aligned(rows, right=(1, 2))
    concern = [_CONCERN, *(point["recent_signals"] for point in found)]
    rows = [(*row[:3], signals, *row[3:]) for row, signals in zip(rows, concern, strict=True)]
    return aligned(rows, right=(1, 2, 3))


def _line(point: dict[str, Any]) -> tuple[object, ...]:
    title = f"{point['title']}{'（示例）' if point['sample'] else ''}"
    return (
        point["grade"],
        point["cases"],
        point["recent_cases"],
        point["department_name"],
        title,
        point["id"],
    )
