"""`risk new-plugin`: a small complete plugin for a department that has none."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from risk import __version__


@click.command("new-plugin")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=".",
    metavar="DIR",
    help="Where to make the plugin's folder NAME.  [default: here]",
)
def new_plugin(name: str, into: Path) -> None:
    """Write a small complete plugin for the department NAME, e.g. fire_safety.

    It installs, runs on a made-up sample and passes its own tests as it is written.
    """
    from risk.kernel.scaffold.writing import write_plugin

    folder = write_plugin(name, into, __version__)
    click.echo(f"{folder} is written. Next:")
    click.echo(f"  pip install -e {shlex.quote(str(folder))}")
    click.echo(f"  risk check {name}")
    click.echo(f"  risk run --plugin {name} --db {name}.db")
