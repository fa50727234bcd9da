"""risk merge: departments' databases into one."""

from __future__ import annotations

from pathlib import Path

import click

from .points import DATABASE

_SAID = {
    "added": "added",
    "replaced": "replaced by the newer result",
    "same": "already there",
    "older": "left out: the target's result is newer (take it with --force)",
}


@click.command()
@click.argument("target", type=DATABASE)
@click.argument("sources", metavar="FROM...", type=DATABASE, nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Let an older result replace a newer one.")
def merge(target: Path, sources: tuple[Path, ...], force: bool) -> None:
    """Merge departments' databases FROM... into TARGET, which is made if need be.

    Each department is taken over in its newest result; doing it again changes nothing. A damaged
    or foreign file is refused before anything is written.
    """
    from risk.store.merge import merge as merge_databases

    report = merge_databases(target, sources, force)
    for outcome in report.outcomes:
        click.echo(f"{outcome.department} from {outcome.source}: {_SAID[outcome.verdict]}")
    click.echo(f"{report.runs} runs added to the log of {target}.")
