"""Whether every measure can be proposed somewhere and every cause is answered wherever it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pydantic import ValidationError

from risk.analysis.measures import propose
from risk.analysis.thresholds import thresholds
from risk.kernel.plugins import Plugin
from risk.kernel.policy import load_policy
from risk.model.measure import Cause, Condition, MeasureTemplate
from risk.model.violation import ViolationType

from .check import Fault
from .made_up import MadeUp, Unmeetable, both, points


def templates(plugin: Plugin) -> Iterator[Fault]:
    """Templates that no point gets, or that are left with a blank."""
    bands = _bands(plugin)
    types = {violation.id: violation for violation in plugin.violation_types}
    for template in plugin.measure_templates:
        for name in template.violations:
            for what in _unfilled(plugin, template, types[name], bands):
                yield Fault(
                    f"measure template {template.id} for {name}",
                    what,
                    "See its `when`, its `text` and the `when` of the causes that it answers.",
                )


def causes(plugin: Plugin) -> Iterator[Fault]:
    """Causes that some point shows without a measure that answers them."""
    bands = _bands(plugin)
    for violation in plugin.violation_types:
        for cause in violation.causes:
            where = f"cause {cause.id} ({cause.side}) of {violation.id}"
            try:
                made = next(_unanswered(plugin, violation, cause, bands), None)
            except Unmeetable as error:
                yield Fault(where, f"it holds nowhere: {error}", "Correct its `when`.")
                continue
            if made is not None:
                label = made.candidate.scope.label
                what = f"no measure answers it at a point such as {label}"
                mend = f"Add {cause.id} to `answers` of a template that applies there."
                yield Fault(where, what, mend)


def wording(plugin: Plugin) -> Iterator[Fault]:
    """Measures that bind without a law, by the lists of the kernel that is installed now."""
    for template in plugin.measure_templates:
        try:
            MeasureTemplate.model_validate(template.model_dump())
        except ValidationError as error:
            for details in error.errors(include_url=False):
                field = ".".join(map(str, details["loc"]))
                what = str(details.get("ctx", {}).get("error", details["msg"]))
                mend = "docs/hooks.md says what a measure may not say."
                yield Fault(f"measure template {template.id}, field {field}", what, mend)


def _unfilled(
    plugin: Plugin, template: MeasureTemplate, violation: ViolationType, bands: tuple[str, ...]
) -> Iterator[str]:
    """Why the template is not proposed where it should be; nothing where it is."""
    own = {cause.id: cause for cause in violation.causes}
    answered = [own[name].when for name in template.answers if name in own]
    reasons = []
    for when in answered or [Condition()]:
        try:
            met = list(points(both(template.when, when), violation, plugin.department, bands))
        except Unmeetable as error:
            reasons.append(str(error))
            continue
        yield from _wrongly_filled(plugin, template, met)
        return
    yield f"no point gets it: {reasons[0]}"


def _wrongly_filled(plugin: Plugin, template: MeasureTemplate, met: list[MadeUp]) -> Iterator[str]:
    for made in met:
        try:
            proposal = propose(made.candidate, made.graded, (template,), made.department)
        except ValueError as error:
            yield str(error)
            return
        if not proposal.measures:
            yield f"it is not proposed at a point such as {made.candidate.scope.label}"
            return
        if set("{}") & set(proposal.measures[0].text):
            yield f"a blank is left: {proposal.measures[0].text}"
            return


def _unanswered(
    plugin: Plugin, violation: ViolationType, cause: Cause, bands: tuple[str, ...]
) -> Iterator[MadeUp]:
    answering = [
        template
        for template in plugin.measure_templates
        if violation.id in template.violations and cause.id in template.answers
    ]
    for made in points(cause.when, violation, plugin.department, bands):
        if not propose(made.candidate, made.graded, answering, made.department).measures:
            yield made


def _bands(plugin: Plugin) -> tuple[str, ...]:
    limits = thresholds(load_policy(), plugin.grading, plugin.name, dt.date.today())
    return tuple(band.name for band in limits.time_bands)
