"""`risk run`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from risk.kernel.plugins import Kernel, Plugin
    from risk.run import Report

_DATE = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--plugin", "names", multiple=True, metavar="NAME", help="Department; may repeat.")
@click.option("--all", "every", is_flag=True, help="Run every installed plugin.")
@click.option("--without", multiple=True, metavar="NAME", help="With --all: leave this one out.")
@click.option("--adapter", metavar="NAME", help="Read with this adapter instead of recognising.")
@click.option("--encoding", metavar="NAME", help="Read text in this encoding, not the detected.")
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    default="risk.db",
    show_default=True,
    help="The SQLite database to write.",
)
@click.option(
    "--since",
    type=_DATE,
    metavar="DATE",
    help="Analyse what was decided (a signal: received) from this day on.",
)
@click.option(
    "--until",
    type=_DATE,
    metavar="DATE",
    help="Analyse what was decided (a signal: received) up to this day.",
)
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Grade by this policy file instead of zhengzhou-2019.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What does the counting.",
)
@click.option("--replace", is_flag=True, help="Forget the department's earlier sources first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def run(
    sources: tuple[str, ...],
    names: tuple[str, ...],
    every: bool,
    without: tuple[str, ...],
    adapter: str | None,
    encoding: str | None,
    db: Path,
    since: dt.datetime | None,
    until: dt.datetime | None,
    policy: Path | None,
    engine: str,
    replace: bool,
    as_json: bool,
) -> None:
    """Read SOURCEs, grade the risk points in them and write the database.

    A SOURCE is a CSV, TSV, XLSX, Parquet or JSON-lines file, FILE.xlsx::SHEET (else the first
    sheet is read) or FILE.db::TABLE. Without one the sample that the plugin ships is read. A
    further file adds to those of earlier runs. Complaints are read as signals: shown beside the
    points as 社会关注度, never counted as cases.
    """
    from risk.kernel.plugins import Kernel, need_installed
    from risk.kernel.printing import printing_to_stderr
    from risk.progress import Silent, progress_for_terminal
    from risk.run import Request
    from risk.run import run as run_plugin

    if every and names:
        raise click.UsageError("--all runs every plugin: leave out either --all or --plugin.")
    if not every and not names:
        raise click.UsageError("Name a department with --plugin, or use --all.")
    if without and not every:
        raise click.UsageError("--without leaves a plugin out of --all: use them together.")
    if sources and (every or len(names) > 1):
        raise click.UsageError("SOURCEs belong to one department: use one --plugin.")
    request = Request(
        database=db,
        today=dt.date.today(),
        sources=sources,
        adapter=adapter,
        encoding=encoding,
        since=since.date() if since else None,
        until=until.date() if until else None,
        policy=policy,
        engine=engine,
        replace=replace,
    )
    need_installed(without)
    kernel = Kernel.load(without)
    chosen = _all_of(kernel) if every else [kernel.plugin(name) for name in dict.fromkeys(names)]
    progress = Silent() if as_json else progress_for_terminal()
    reports: list[Report] = []
    for plugin in chosen:
        with printing_to_stderr():
            report = run_plugin(plugin, request, progress)
        reports.append(report)
        if not as_json:
            from .run_summary import summary

            click.echo(summary(report, db))
    if as_json:
        from .run_summary import document

        click.echo(document(reports, db))


def _all_of(kernel: Kernel) -> list[Plugin]:
    """Every plugin; an installed one that is broken stops the run, since a list lacking it misleads."""
    for failure in kernel.failures:
        kernel.plugin(failure.name)
    if not kernel.plugins:
        from risk.errors import PluginError

        raise PluginError(
            "No plugin is installed.", "Install one, e.g. pip install city-risk-traffic."
        )
    return list(kernel.plugins)
