"""risk explain: why a risk point has its grade."""

from __future__ import annotations

from pathlib import Path

import click

from .points import DATABASE


@click.command()
@click.argument("point")
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def explain(point: str, db: Path, as_json: bool) -> None:
    """Say why POINT (an id, the beginning of one, or a title) has its grade."""
    import json

    from risk.store import read

    from .explanation import lines

    found = read.explain(db, point)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in lines(found):
        click.echo(line)
