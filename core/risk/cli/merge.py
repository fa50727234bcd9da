"""risk merge: departments' databases into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from risk.model.plural import counted

from .points import DATABASE

if TYPE_CHECKING:
    from risk.store.joining import OverrideChange
    from risk.store.offers import Offer, Outcome

_EFFECTS = {
    "added": "override taken over",
    "replaced": "override replaced by a later one",
    "withdrawn": "override withdrawn",
    "ended": "override ended, its evidence changed",
}


@click.command()
@click.argument("target", type=DATABASE)
@click.argument("sources", metavar="FROM...", type=DATABASE, nargs=-1, required=True)
@click.option(
    "--force", is_flag=True, help="Let an older result replace a newer one, and a sample real data."
)
def merge(target: Path, sources: tuple[Path, ...], force: bool) -> None:
    """Merge departments' databases FROM... into TARGET, which is made if need be.

    Each department is taken over in its newest result, one of real data before any of a made-up
    sample. Of grades set by hand, or set back, on the same figures the latest counts, whichever
    database it comes from; what changed is said. Doing it again changes nothing. A file that is
    damaged, foreign or contradicts itself is refused before anything is written.
    """
    from risk.store.merge import merge as merge_databases

    report = merge_databases(target, sources, force)
    for outcome in report.outcomes:
        click.echo(f"{_named(outcome.offer)}: {_said(outcome, target, force)}")
    for change in report.changes:
        click.echo(f"{_EFFECTS[change.effect]}: {_now(change)}")
    for conflict in report.conflicts:
        click.echo(
            f"overrides in conflict: {conflict.title} ({conflict.risk_point}), of which one is from "
            f"{conflict.source}: {_act(conflict.earlier)}; {_act(conflict.later)}: the later counts"
        )
    click.echo(
        f"Nothing new: {target} is as it was."
        if report.untouched
        else f"{counted(report.runs, 'run')} and {counted(report.records, 'record')} of overrides added"
        f" to {target}."
    )


def _named(offer: Offer) -> str:
    made_up = "" if offer.age.real else " (made-up sample)"
    return f"{offer.department} from {offer.source}{made_up}"


def _said(outcome: Outcome, target: Path, force: bool) -> str:
    rival = outcome.rival
    if rival is None:
        return "added"
    if outcome.verdict == "same":
        return "already there"
    other = _beside(rival, outcome.offer)
    if outcome.verdict == "left_out":
        mended = rival.source == target and not force
        return f"left out, {rival.source} has {other}{' (take it with --force)' if mended else ''}"
    return f"took the place of {other}{' by --force' if outcome.verdict == 'forced' else ''}"


def _beside(rival: Offer, offer: Offer) -> str:
    """What a result is beside another of its department."""
    if rival.age.real != offer.age.real:
        return "real data" if rival.age.real else "a made-up sample"
    return "a newer result" if rival.age > offer.age else "an older result"


def _now(change: OverrideChange) -> str:
    decided = f", decided by {' and '.join(change.persons)}" if change.persons else ""
    shown = f"now {change.grade}" if change.grade else "no risk point any more"
    return f"{change.title} ({change.risk_point}): {shown}{decided}"


def _act(record: dict[str, Any]) -> str:
    what = record["grade"] or "withdrawn"
    return f"{what} by {record['by']} on {record['made_at'][:10]}"
