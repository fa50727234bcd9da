"""risk serve: Datasette over the database."""

from __future__ import annotations

from pathlib import Path

import click

from .points import DATABASE


@click.command()
@click.option("--db", type=DATABASE, default="risk.db", show_default=True, help="The database.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port to listen on; 0 takes any free one.",
)
@click.option("--sql/--no-sql", default=None, help="Let visitors write SQL [default: only here].")
def serve(db: Path, host: str, port: int, sql: bool | None) -> None:
    """Show the database in the browser, until Ctrl-C."""
    from risk.web.server import serve as serve_database

    serve_database(db, host, port, sql, say=lambda url: click.echo(f"{url} (Ctrl-C ends it)"))
