"""`risk plugins`: every installed plugin, and every broken one with its error and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from risk.kernel.plugins import Failure, Kernel, Plugin

_HEADINGS = ("PLUGIN", "DEPARTMENT", "VERSION", "VIOLATION TYPES", "ADAPTERS")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def plugins(context: click.Context, as_json: bool) -> None:
    """List the installed plugins, and the broken ones with error and remedy."""
    from risk.kernel.plugins import INSTALL, Kernel

    kernel = Kernel.load()
    if as_json:
        import json

        click.echo(json.dumps(_document(kernel), ensure_ascii=False, indent=2))
    else:
        for line in _report(kernel):
            click.echo(line)
    if not kernel.plugins and not kernel.failures:
        click.echo(f"No department's plugin is installed. {INSTALL}", err=True)
        context.exit(1)


def _report(kernel: Kernel) -> Iterable[str]:
    from .points import aligned

    if kernel.plugins:
        yield from aligned([_HEADINGS, *map(_row, kernel.plugins)])
    for failure in kernel.failures:
        yield ""
        yield f"BROKEN {failure.name} ({failure.distribution} {failure.version}): {failure.error}"
        yield f"       {failure.remedy}"


def _row(plugin: Plugin) -> tuple[object, ...]:
    return (
        plugin.name,
        plugin.department.name,
        plugin.version,
        len(plugin.violation_types),
        ", ".join(adapter.name for adapter in plugin.adapters) or "-",
    )


def _document(kernel: Kernel) -> dict[str, Any]:
    return {
        "plugins": [_entry(plugin) for plugin in kernel.plugins],
        "failures": [_failure(failure) for failure in kernel.failures],
    }


def _entry(plugin: Plugin) -> dict[str, Any]:
    return {
        "name": plugin.name,
        "department": plugin.department.id,
        "name_zh": plugin.department.name,
        "version": plugin.version,
        "distribution": plugin.distribution,
        "adapters": [{"name": a.name, "title": a.title, "kind": a.kind} for a in plugin.adapters],
        "violation_types": [violation.id for violation in plugin.violation_types],
    }


def _failure(failure: Failure) -> dict[str, str]:
    return {
        "name": failure.name,
        "distribution": failure.distribution,
        "version": failure.version,
        "error": failure.error,
        "remedy": failure.remedy,
    }
