"""risk topics: one matter under several departments, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from .points import DATABASE, aligned


@click.command()
@click.argument("topic", required=False)
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def topics(topic: str | None, db: Path, as_json: bool) -> None:
    """Lay the points of several departments on one TOPIC, or on every one, side by side.

    A topic is what catalogues name as shared, such as 油烟 or 占道. Where the gravest grades of the
    departments differ, it says so, for them to be reconciled.
    """
    import json

    from risk.store import topics as store

    found = store.topics(db) if topic is None else [store.topic(db, topic)]
    if as_json:
        click.echo(json.dumps(found if topic is None else found[0], ensure_ascii=False))
        return
    if not found:
        click.echo("No topic has points of several departments.", err=True)
    for row in found:
        for line in _lines(row):
            click.echo(line)


def _lines(topic: dict[str, Any]) -> Iterator[str]:
    differing = [
        what
        for name, what in (("grades_differ", "等级不一"), ("measures_differ", "措施类别不一"))
        if topic[name]
    ]
    mark = f"（{'，'.join(differing)}）" if differing else ""
    yield f"{topic['topic']}  {len(topic['departments'])}个部门{mark}"
    for department in topic["departments"]:
        kinds = "、".join(department["measure_kinds"]) or "无"
        yield f"  {department['name']}  最高{department['grade']}  措施：{kinds}"
        rows = [
            (point["grade"], point["cases"], "、".join(point["measure_kinds"]), point["title"],
             point["id"])
            for point in department["points"]
        ]  # fmt: skip
        yield from (f"    {line}" for line in aligned(rows, right=(1,)))
