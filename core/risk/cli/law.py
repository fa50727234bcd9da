"""risk law: which risk points cite an article that has changed or is about to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from .points import DATABASE


@click.command()
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Seen from this day instead of today.",
)
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
@click.option("--department", help="Only this department, by its id or Chinese title.")
@click.option("--all-types", is_flag=True, help="Violation types without risk points too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def law(
    day: dt.datetime | None, db: Path, department: str | None, all_types: bool, as_json: bool
) -> None:
    """List the risk points that cite an article repealed, amended or about to change.

    What is still to come stands first, the nearest day at the top. A fine is compared by the range
    in the catalogue alone: by its upper end, then by its lower.
    """
    import json

    from risk.store.law import changes

    from .law_changes import follows, lines

    seen_from = day.date() if day else dt.date.today()
    found = changes(db, seen_from, department, all_types)
    if as_json:
        rows = [{**row, "follows": follows(row)} for row in found]
        click.echo(json.dumps({"on": seen_from.isoformat(), "changes": rows}, ensure_ascii=False))
        return
    if not found:
        click.echo("No article that is cited has changed or is known to change.", err=True)
    for line in lines(found):
        click.echo(line)
