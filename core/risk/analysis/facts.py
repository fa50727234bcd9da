"""What each decided case says that grading turns on, as expressions over the canonical columns.

Every question has three answers: yes, no, and unknown where the file does not say. Unknown is
counted on its own and never taken for no.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from risk.model.policy import Limit

from .thresholds import Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLAGS = ("major", "coercive", "compulsory", "summary", "slight")
_FINE = "罚款"


def facts(cases: ir.Table, thresholds: Thresholds) -> ir.Table:
    """One row a case: scope columns, `time_band`, `month`, and per flag 1/0 and `*_unknown` 1/0.

    `month` counts months since year 0 (year x 12 + month - 1), of the date of decision.
    """
    answers = {
        "major": _major(cases, thresholds),
        "coercive": _used(cases.coercive_measures, thresholds.coercive_measures.kinds),
        "compulsory": _used(
            cases.compulsory_enforcement, thresholds.compulsory_enforcement.kinds
        ),
        "summary": _summary(cases, thresholds),
        "slight": cases.guided & cases.corrected & ~cases.harm,
    }
    flags: dict[str, Any] = {}
    for name, answer in answers.items():
        flags[name] = answer.fill_null(False).cast("int8")
        flags[f"{name}_unknown"] = answer.isnull().cast("int8")
    return cases.select(
        "violation",
        "district",
        "place",
        "industry",
        "behaviour",
        "decided_on",
        month=month_number(cases.decided_on),
        time_band=time_band(cases.occurred_at, thresholds),
        **flags,
    )


def month_number(day: ir.DateValue) -> ir.IntegerValue:
    """Months since year 0."""
    number: ir.IntegerValue = (day.year() * 12 + day.month() - 1).cast("int32")
    return number


def time_band(moment: ir.TimestampValue, thresholds: Thresholds) -> ir.StringValue:
    """The name of the policy's time band in which the moment lies; null without a time."""
    import ibis

    minute = moment.hour() * 60 + moment.minute()
    branches = []
    for band in thresholds.time_bands:
        start, end = band.minutes
        inside = (minute >= start) & (minute < end)
        if end <= start:
            inside = (minute >= start) | (minute < end)
        branches.append((inside, ibis.literal(band.name)))
    named: ir.StringValue = ibis.cases(*branches, else_=ibis.null("string"))
    return named


def _major(cases: ir.Table, thresholds: Thresholds) -> ir.BooleanValue:
    import ibis

    entries = thresholds.major_penalty
    person, firm = _limits(cases.decided_on, entries)
    sums = [cases.fine_fen.fill_null(0), cases.confiscated_fen.fill_null(0)]
    highest = ibis.greatest(*sums)
    named = ibis.literal(False)
    for kind in dict.fromkeys(kind for entry in entries for kind in entry.kinds):
        named = named | cases.penalties.contains(kind).fill_null(False)
    fined_unknown = cases.fine_fen.isnull() & cases.penalties.contains(_FINE).fill_null(False)
    limit = _is_firm(cases).ifelse(firm, person)
    reached = ibis.cases(
        (cases.party_kind.notnull(), highest >= limit),
        (highest >= ibis.greatest(person, firm), ibis.literal(True)),
        (highest >= ibis.least(person, firm), ibis.null("boolean")),
        else_=ibis.literal(False),
    )
    # Three-valued or: any yes is yes; else any unknown is unknown.
    unknown = cases.penalties.isnull() | fined_unknown
    answer: ir.BooleanValue = ibis.cases(
        (named | reached.fill_null(False), ibis.literal(True)),
        (unknown | reached.isnull(), ibis.null("boolean")),
        else_=ibis.literal(False),
    )
    return answer


def _summary(cases: ir.Table, thresholds: Thresholds) -> ir.BooleanValue:
    """Decided by summary procedure, with a fine (if any) within the limit of its own date."""
    import ibis

    person, firm = _limits(cases.decided_on, thresholds.summary_fine)
    fine = cases.fine_fen
    warned_only = fine.isnull() & cases.penalties.notnull() & ~cases.penalties.contains(_FINE)
    within = ibis.cases(
        (warned_only, ibis.literal(True)),
        (fine.isnull(), ibis.null("boolean")),
        (cases.party_kind.notnull(), fine <= _is_firm(cases).ifelse(firm, person)),
        (fine <= ibis.least(person, firm), ibis.literal(True)),
        (fine <= ibis.greatest(person, firm), ibis.null("boolean")),
        else_=ibis.literal(False),
    )
    answer: ir.BooleanValue = ibis.cases(
        (cases.procedure.isnull(), ibis.null("boolean")),
        (cases.procedure != "简易", ibis.literal(False)),
        else_=within,
    )
    return answer


def _used(column: ir.StringValue, kinds: Sequence[str]) -> ir.BooleanValue:
    """Whether one of the counted kinds stands in the column; null where the column is unknown."""
    import ibis

    used = ibis.literal(False)
    for kind in kinds:
        used = used | column.contains(kind)
    answer: ir.BooleanValue = column.isnull().ifelse(ibis.null("boolean"), used)
    return answer


def _is_firm(cases: ir.Table) -> ir.BooleanValue:
    firm: ir.BooleanValue = cases.party_kind == "法人及非法人组织"
    return firm


def _limits(day: ir.DateValue, entries: Sequence[Limit]) -> tuple[Any, Any]:
    """The limits in 分 for a citizen and for an organisation on each case's day."""
    import ibis

    def of(attribute: str) -> Any:
        branches = []
        for entry in entries:
            holds = day >= ibis.literal(entry.in_force_from)
            if entry.in_force_to is not None:
                holds = holds & (day <= ibis.literal(entry.in_force_to))
            fen = round(getattr(entry, attribute) * 100)
            branches.append((holds, ibis.literal(fen, "int64")))
        # A date before every entry is judged by the oldest one, the nearest there is.
        oldest = min(entries, key=lambda entry: entry.in_force_from)
        rest = ibis.literal(round(getattr(oldest, attribute) * 100), "int64")
        return ibis.cases(*branches, else_=rest)

    return of("individual"), of("organisation")
