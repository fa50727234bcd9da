"""`risk check`: whether an installed plugin keeps its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from risk.checks.check import Outcome
    from risk.kernel.plugins import Failure


@click.command()
@click.argument("name")
@click.pass_context
def check(context: click.Context, name: str) -> None:
    """Check that the installed plugin NAME keeps its contract; fails if it does not.

    The same checks are a test of every plugin: `test_contract = risk.testing.contract(NAME)`.
    """
    from risk.checks.check import outcome_of
    from risk.checks.contract import CHECKS
    from risk.kernel.plugins import Kernel
    from risk.kernel.printing import printing_to_stderr

    kernel = Kernel.load()
    for failure in kernel.failures:
        if failure.name == name:
            click.echo("\n".join(_why_it_does_not_load(failure)))
            click.echo(f"risk: {name} does not load; nothing else was checked.", err=True)
            context.exit(1)
    plugin = kernel.plugin(name)
    failed = 0
    for one in CHECKS:
        with printing_to_stderr():
            outcome = outcome_of(one, plugin)
        failed += bool(outcome.faults)
        for line in _lines(outcome):
            click.echo(line)
    if failed:
        click.echo(f"risk: {name} fails {failed} of {len(CHECKS)} checks.", err=True)
        context.exit(1)


def _why_it_does_not_load(failure: Failure) -> Iterator[str]:
    from risk.errors import RiskError

    yield "FAIL  loads       the plugin answers its hooks"
    told = failure.exception
    for what in told.lines if isinstance(told, RiskError) else [failure.error]:
        yield f"      {what}"
    yield f"        mend: {failure.remedy}"


def _lines(outcome: Outcome) -> Iterator[str]:
    state = "FAIL" if outcome.faults else "skip" if outcome.skipped else "ok"
    yield f"{state:<5} {outcome.check.name:<11} {outcome.check.holds}"
    if outcome.skipped:
        yield f"      not checked: {outcome.skipped}"
    for fault in outcome.faults:
        yield f"      {fault.where}: {fault.what}"
        yield f"        mend: {fault.mend}"
