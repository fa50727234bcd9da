"""risk override: a grade set by a person, with a reason and a second person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .points import DATABASE


@click.command()
@click.argument("point")
@click.option("--grade", type=click.Choice(["高", "中", "低"]), help="The grade to show instead.")
@click.option("--withdraw", is_flag=True, help="Take the override back, so that the rules decide.")
@click.option("--reason", help="Why; it is recorded, and shown among the grounds.")
@click.option("--by", help="Who decides.")
@click.option("--second", help="Who has checked it: another person.")
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
def override(point: str, grade: Any, withdraw: bool, db: Path, **stated: Any) -> None:
    """Set the grade of POINT (an id, the beginning of one, or a title) by hand, or take that back.

    Both need a reason and two persons. The override is recorded, and holds over further runs until
    the evidence changes or it is withdrawn.
    """
    from risk.store import overrides

    if withdraw == (grade is not None):
        raise click.UsageError("Give either --grade or --withdraw.")
    missing = [f"--{name}" for name, value in stated.items() if value is None]
    if missing:
        raise click.UsageError(
            f"{', '.join(missing)} missing: a grade is changed, or changed back, with a reason "
            "and by two persons."
        )
    if withdraw:
        change = overrides.withdraw(db, point, **stated)
    else:
        change = overrides.override(db, point, grade, **stated)
    click.echo(f"{change.title} ({change.risk_point}): {change.before} -> {change.after}")
