"""`risk catalogue`: a department's catalogue as a spreadsheet, and back."""

from __future__ import annotations

from pathlib import Path

import click

_PATH = click.Path(path_type=Path)


@click.group()
def catalogue() -> None:
    """Take a department's catalogue out as a spreadsheet and bring its changes back."""


@catalogue.command("export")
@click.argument("name")
@click.option("--format", "kind", type=click.Choice(["xlsx"]), default="xlsx", help="Always xlsx.")
@click.option("--to", type=_PATH, metavar="FILE", help="Where to write.  [default: NAME.xlsx]")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(name: str, kind: str, to: Path | None, force: bool) -> None:
    """Write the catalogue of the installed plugin NAME as a workbook for legal officers."""
    from risk.kernel.plugins import Kernel
    from risk.kernel.workbook.catalogue import export_catalogue

    target = to or Path(f"{name}.{kind}")
    counts = export_catalogue(Kernel.load().plugin(name), target, force)
    said = ", ".join(f"{title} {count}" for title, count in counts.items())
    click.echo(f"{target} is written: {said}.")


@catalogue.command("import")
@click.argument("name")
@click.argument("file", type=_PATH)
@click.option(
    "--into", type=_PATH, metavar="DIR", help="Write the files here, not in the plugin's data."
)
@click.option("--check", "dry", is_flag=True, help="Only say what is wrong or would change.")
def import_(name: str, file: Path, into: Path | None, dry: bool) -> None:
    """Bring what was changed in the workbook FILE into the YAML files of the plugin NAME.

    Only what was changed is written, and only if every cell is valid.
    """
    from risk.kernel.plugins import Kernel
    from risk.kernel.workbook.catalogue import import_catalogue

    done = import_catalogue(Kernel.load().plugin(name), file, into, dry)
    if not (done.cells or done.added or done.removed):
        click.echo("Nothing was changed in the workbook.")
    else:
        click.echo(
            f"Cells changed {done.cells}, rows added {done.added}, rows removed {done.removed}."
        )
    for path in done.files:
        click.echo(f"{'would be written' if dry else 'written'}: {path}")
