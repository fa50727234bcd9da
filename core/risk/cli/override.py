"""risk override: a grade set by a person, with a reason and a second person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .points import DATABASE


@click.command()
@click.argument("point")
@click.option("--grade", type=click.Choice(["高", "中", "低"]), help="The grade to show instead.")
@click.option("--reason", help="Why; it is shown among the grounds.")
@click.option("--by", help="Who decides.")
@click.option("--second", help="Who has checked it: another person.")
@click.option("--withdraw", is_flag=True, help="Take the override back.")
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
def override(point: str, withdraw: bool, db: Path, **given: Any) -> None:
    """Set the grade of POINT (an id, the beginning of one, or a title) by hand.

    The override is recorded, and holds over further runs until the evidence changes.
    """
    from risk.store import overrides

    stated = [name for name, value in given.items() if value is not None]
    if withdraw and stated:
        raise click.UsageError(f"--withdraw takes no --{stated[0]}.")
    if not withdraw and len(stated) < len(given):
        missing = next(name for name in given if name not in stated)
        raise click.UsageError(f"--{missing} is missing (or --withdraw).")
    if withdraw:
        change = overrides.withdraw(db, point)
    else:
        change = overrides.override(db, point, **given)
    click.echo(f"{change.title} ({change.risk_point}): {change.before} -> {change.after}")
