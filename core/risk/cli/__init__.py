"""The command line: one module a command, whose body imports what it needs."""

from __future__ import annotations

import gc
import os
import sys

import click

from risk import __version__
from risk.errors import RiskError

from .catalogue import catalogue
from .check import check
from .explain import explain
from .law import law
from .merge import merge
from .new_plugin import new_plugin
from .override import override
from .plugins import plugins
from .points import points
from .ranking import ranking
from .run import run
from .serve import serve
from .topics import topics


class _Plainly(click.Group):
    """A group whose commands end a RiskError in one plain line and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a traceback only with --verbose."""
        try:
            return super().invoke(ctx)
        except RiskError as error:
            if ctx.params.get("verbose"):
                raise
            click.echo(f"risk: {error}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("risk: interrupted; the database is as it was.", err=True)
            sys.exit(1)


@click.group(cls=_Plainly)
@click.option("--verbose", is_flag=True, help="Show a traceback with an error.")
@click.version_option(__version__, prog_name="risk")
def main(verbose: bool) -> None:
    """Risk points of violation: found in closed cases, graded, explained, merged and shown."""
    # Expressions and models are many small objects that live to the end: to look for garbage among
    # them as often as Python does of itself takes a tenth of a run.
    gc.set_threshold(50_000, 20, 50)
    # What Arrow frees in a pool of its own nobody else can use; Arrow asks once, when it is imported.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


for _command in (
    plugins,
    run,
    points,
    explain,
    law,
    ranking,
    topics,
    override,
    merge,
    serve,
    new_plugin,
    check,
    catalogue,
):
    main.add_command(_command)
