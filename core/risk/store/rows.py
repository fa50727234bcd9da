"""What the models say, as rows of the tables."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from risk.model.law import Law, LegalReference, cite
from risk.model.point import Figures, RiskPoint
from risk.model.ranking import Ranking
from risk.model.result import Concern, RankingEntry, RunResult, SourceAccount
from risk.model.violation import ViolationType

from .digest import digest

Row = dict[str, Any]


def moment(time: dt.datetime) -> str:
    """`time` as UTC text that sorts as time does; a time without a zone is local."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_json(content: object) -> str:
    """`content` as JSON text that a person can read."""
    return json.dumps(content, ensure_ascii=False)


def figures_digest(figures: Figures) -> str:
    """By which an override knows whether the evidence is still the one it was made on."""
    return digest(figures.model_dump(mode="json"))


def run_row(result: RunResult, run: str) -> Row:
    """The line of the run log, without the counts of points."""
    return {
        "id": run,
        "department": result.department.id,
        "plugin_version": result.plugin_version,
        "policy": result.policy,
        "engine": result.engine,
        "started_at": moment(result.started_at),
        "finished_at": moment(result.finished_at),
        "rows_read": sum(source.rows for source in result.sources),
        "cases": sum(source.cases for source in result.sources),
        "rejected": sum(source.rejected for source in result.sources),
        "excluded": sum(source.excluded for source in result.sources),
        "duplicates": sum(source.duplicates for source in result.sources),
        "signals": sum(source.signals for source in result.sources),
        "since": result.since and result.since.isoformat(),
        "until": result.until and result.until.isoformat(),
        "superseded": result.superseded,
        "distribution": result.distribution,
        "remarks": as_json([remark.chinese for remark in result.remarks]),
    }


def source_row(source: SourceAccount, run: str) -> Row:
    """One file read in `run`."""
    return {"run": run, "partition": source.key, **_account(source)}


def partition_row(partition: SourceAccount, department: str) -> Row:
    """One member of the department's case store."""
    return {"department": department, "key": partition.key, **_account(partition)}


def _account(source: SourceAccount) -> Row:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "adapter": source.adapter,
        "position": source.position,
        "rows": source.rows,
        "cases": source.cases,
        "rejected": source.rejected,
        "excluded": source.excluded,
        "duplicates": source.duplicates,
        "encoding": source.encoding,
        "header_line": source.header_line,
        "sample": int(source.sample),
        "unreadable": as_json(source.unreadable),
        "kind": source.kind,
        "signals": source.signals,
    }


def law_rows(laws: Sequence[Law], department: str) -> Iterator[Row]:
    """The versions of laws that the department's catalogue knows, with what follows each."""
    titles = {law.key: law.title for law in laws}
    for law in laws:
        repeal, ends = law.repealed_by, law.in_force_to
        yield {
            "department": department,
            **law.model_dump(include={"key", "title", "dates_verified", "note"}),
            "version_date": law.version_date.isoformat(),
            "in_force_from": law.in_force_from.isoformat(),
            "in_force_to": ends and ends.isoformat(),
            "replaced_by": law.replaced_by or None,
            "repealed_by": repeal and repeal.law,
            "repealing_article": repeal and repeal.article,
            "repeal_citation": repeal and cite(titles[repeal.law], repeal.article),
        }


def violation_row(violation: ViolationType) -> Row:
    """One entry of the catalogue."""
    exemption = violation.exemption
    return {
        **violation.model_dump(
            include={"id", "name", "name_en", "agency", "subject", "procedure", "hearing_possible"}
        ),
        "department": violation.department,
        "order_first": violation.order_first,
        "no_explicit_rule": violation.no_explicit_rule,
        "severe_penalties": "、".join(violation.severe_penalties),
        "coercive_measures": "、".join(violation.coercive_measures),
        "exemption": exemption and exemption.listed,
        "exemption_condition": exemption and exemption.condition,
        "exemption_source": exemption and exemption.source,
        "exemption_verified": exemption and exemption.verified,
        "exemption_first_within_months": exemption and exemption.first_within_months,
        "exemption_if_corrected": exemption and exemption.if_corrected,
        "exemption_if_no_harm": exemption and exemption.if_no_harm,
    }


def topic_rows(violation: ViolationType) -> Iterator[Row]:
    """The matters that the violation type shares with other departments."""
    for topic in dict.fromkeys(violation.shared_topics):
        yield {"violation": violation.id, "topic": topic}


def reference_rows(violation: ViolationType) -> Iterator[Row]:
    """The legal references of one violation type, in the catalogue's order."""
    for position, reference in enumerate(violation.legal_references, 1):
        yield {"violation": violation.id, "position": position, **_reference(reference)}


def _reference(reference: LegalReference) -> Row:
    fine, ends = reference.fine, reference.in_force_to
    return {
        **reference.model_dump(include={"role", "law", "article", "verified", "note", "law_key"}),
        "in_force_from": reference.in_force_from.isoformat(),
        "in_force_to": ends and ends.isoformat(),
        "fine_min": fine and fine.min,
        "fine_max": fine and fine.max,
        "fine_basis": fine.basis if fine else "",
        "fine_note": fine.note if fine else "",
        "fine": fine.words if fine else "",
        "fine_order_first": int(fine.order_first) if fine else 0,
        "citation": reference.citation,
    }


def point_row(point: RiskPoint) -> Row:
    """A risk point as computed: without its version, run, status and digest."""
    scope, figures, recent = point.scope, point.figures, point.figures.frequency
    return {
        "id": point.id,
        "department": point.violation.department,
        "violation": point.violation.id,
        "title": point.title,
        "grade": point.grade,
        "grade_rank": point.grade_rank,
        "district": scope.district,
        "place": scope.place,
        "time_band": scope.time_band,
        "industry": scope.industry,
        "behaviour": scope.behaviour,
        "cases": figures.cases,
        "period_from": figures.first.isoformat(),
        "period_to": figures.last.isoformat(),
        "responsible_unit": point.responsible_unit,
        "recent_cases": recent.cases,
        "recent_from": recent.since.isoformat(),
        "recent_to": recent.until.isoformat(),
        "notes": as_json(point.notes),
        "scope": scope.kind,
        "computed_grade": point.grade,
        "figures": as_json(figures.model_dump(mode="json")),
        "figures_digest": figures_digest(figures),
    }


def ground_rows(point: RiskPoint) -> Iterator[Row]:
    """The grounds that fired, in order; position 0 is kept for an override."""
    for position, ground in enumerate(point.grounds, 1):
        yield {
            "risk_point": point.id,
            "clause": ground.clause,
            "grade": ground.grade,
            "statement": ground.statement,
            "figures": as_json(ground.figures),
            "policy_source": ground.policy_source,
            "policy_verified": int(ground.policy_verified),
            "position": position,
        }


def cause_rows(point: RiskPoint) -> Iterator[Row]:
    """The causes on both sides, in order."""
    for position, cause in enumerate(point.causes, 1):
        yield {
            "risk_point": point.id,
            "side": cause.side,
            "text": cause.text,
            "position": position,
        }


def point_law_rows(point: RiskPoint) -> Iterator[Row]:
    """Which law the point's cases fall under, the oldest first."""
    for position, law in enumerate(point.laws, 1):
        yield {
            "risk_point": point.id,
            **law.model_dump(),
            "citation": cite(law.law, law.article) if law.law else "",
            "position": position,
        }


def measure_rows(point: RiskPoint) -> Iterator[Row]:
    """The control measures, in order."""
    for position, measure in enumerate(point.measures, 1):
        yield {
            "risk_point": point.id,
            "kind": measure.kind,
            "text": measure.text,
            "cause": measure.cause,
            "responsible_unit": measure.responsible_unit,
            "template": measure.template,
            "position": position,
        }


def concern_row(concern: Concern) -> Row:
    """How many signals there are, without what they are about."""
    return {
        "signals": concern.signals,
        "recent": concern.recent,
        "first": concern.first.isoformat(),
        "last": concern.last.isoformat(),
    }


def ranking_row(ranking: Ranking, department: str) -> Row:
    """A named ranking; its id carries the department, for two may use the same word."""
    return {
        "id": f"{department}.{ranking.id}",
        "department": department,
        "title": ranking.title,
        "dimension": ranking.dimension,
        "length": ranking.length,
        "violations": "、".join(ranking.violations),
    }


def entry_rows(entries: tuple[RankingEntry, ...], department: str) -> Iterator[Row]:
    """The lines of the department's rankings, each counted from 1 in the order given."""
    positions: Counter[str] = Counter()
    for entry in entries:
        positions[entry.ranking] += 1
        yield {
            "ranking": f"{department}.{entry.ranking}",
            "rank": entry.rank,
            "district": entry.district,
            "scope": entry.scope,
            "cases": entry.cases,
            "risk_point": entry.risk_point,
            "position": positions[entry.ranking],
        }
