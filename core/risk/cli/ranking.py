"""risk ranking: a department's named list of places, such as 十大贴条路段."""

from __future__ import annotations

from pathlib import Path

import click

from .points import DATABASE, aligned


@click.command()
@click.argument("name", required=False)
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def ranking(name: str | None, db: Path, as_json: bool) -> None:
    """Show the ranking NAME (its title or id), or list the rankings there are."""
    import json

    from risk.store import read

    if name is None:
        known = read.rankings(db)
        if as_json:
            click.echo(json.dumps(known, ensure_ascii=False))
            return
        for row in known:
            click.echo(f"{row['title']}  {row['department_name']}  {row['id']}")
        if not known:
            click.echo("The database holds no rankings.", err=True)
        return
    found = read.ranking(db, name)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"{found['title']} ({found['department_name']})")
    lines = [
        (entry["rank"], entry["cases"], entry["grade"], entry["district"], entry["scope"])
        for entry in found["entries"]
    ]
    for line in aligned([("名次", "案件", "等级", "区县", "范围"), *lines], right=(0, 1)):
        click.echo(line)
