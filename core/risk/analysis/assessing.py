"""From a candidate to a risk point: graded, with grounds, causes and measures."""

from __future__ import annotations

from collections.abc import Sequence

from risk.model.department import Department
from risk.model.measure import MeasureTemplate
from risk.model.point import Candidate, RiskPoint

from .grading import grade
from .measures import Proposal, propose
from .thresholds import Thresholds


def assess(
    candidate: Candidate,
    thresholds: Thresholds,
    templates: Sequence[MeasureTemplate],
    department: Department,
) -> RiskPoint:
    """The risk point that a candidate makes."""
    graded = grade(candidate, thresholds)
    proposal = propose(candidate, graded, templates, department)
    return RiskPoint(
        id=candidate.id,
        violation=candidate.violation,
        scope=candidate.scope,
        figures=candidate.figures,
        title=f"{candidate.scope.label} {candidate.violation.name}",
        grade=graded.grade,
        grounds=graded.grounds,
        notes=graded.notes,
        causes=proposal.causes,
        measures=proposal.measures,
        responsible_unit=_responsible(proposal, department),
    )


def _responsible(proposal: Proposal, department: Department) -> str:
    """Who carries out the measures; the department's own unit where there are none."""
    units = dict.fromkeys(measure.responsible_unit for measure in proposal.measures)
    return "、".join(units) or department.unit
