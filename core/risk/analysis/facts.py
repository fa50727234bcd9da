"""What each decided case says that grading turns on, as expressions over the canonical columns.

Every question has three answers: yes, no, and unknown where the file does not say. Unknown is
counted on its own and never taken for no. Null stands for it: SQL's `and` and `or` are those of
three-valued logic.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from risk.model.case import NOT_ALL_KNOWN

from .governing import Amounts, Governing, is_one_of
from .thresholds import Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLAGS = ("major", "coercive", "compulsory", "summary", "slight")
_FINE = "罚款"
_CONFISCATION = "没收"
# The penalties that summary procedure allows (行政处罚法 art 51), alone or together.
_SUMMARY_PENALTIES = ("", "警告", _FINE, f"警告、{_FINE}", f"{_FINE}、警告")
_PERHAPS_ALONE = tuple(f"{said}、{NOT_ALL_KNOWN}" for said in _SUMMARY_PENALTIES if said)


def facts(cases: ir.Table, thresholds: Thresholds) -> ir.Table:
    """One row a case: scope columns, `time_band`, `month`, and per flag yes or no, and `*_unknown`.

    `month` counts months since year 0 (year x 12 + month - 1), of the date of decision.
    """
    answers = {
        "major": _major(cases, thresholds),
        "coercive": _any_kind(cases.coercive_measures, thresholds.coercive_measures.kinds),
        "compulsory": _any_kind(
            cases.compulsory_enforcement, thresholds.compulsory_enforcement.kinds
        ),
        "summary": _summary(cases, thresholds),
        "slight": cases.guided & cases.corrected & ~cases.harm,
    }
    flags: dict[str, Any] = {}
    for name, answer in answers.items():
        flags[name] = answer.fill_null(False)
        flags[f"{name}_unknown"] = answer.isnull()
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
    """The name of the policy's time band in which the moment lies; null without a time of day."""
    import ibis

    turns = _turns_of_day(thresholds)
    by_hour = all(minute % 60 == 0 for minute, _ in turns)
    clock = moment.hour() if by_hour else moment.hour() * 60 + moment.minute()
    ends = [minute // 60 if by_hour else minute for minute, _ in turns[1:]]
    names = [ibis.null("string") if name is None else ibis.literal(name) for _, name in turns]
    branches = [(clock < end, name) for end, name in zip(ends, names, strict=False)]
    named: ir.StringValue = ibis.cases(
        (moment.isnull() | ~has_time(moment), ibis.null("string")), *branches, else_=names[-1]
    )
    return named


def has_time(moment: ir.TimestampValue) -> ir.BooleanValue:
    """Whether the time of day is known: a day without one stands as its midnight."""
    known: ir.BooleanValue = (moment.hour() != 0) | (moment != moment.date().cast("timestamp(6)"))
    return known


def _turns_of_day(thresholds: Thresholds) -> list[tuple[int, str | None]]:
    """From which minute of the day on which band lasts, from midnight; None where there is none."""
    bands = thresholds.time_bands
    bounds = sorted({0, *(minute for band in bands for minute in band.minutes)})
    return [(at, next((band.name for band in bands if band.holds(at)), None)) for at in bounds]


def _major(cases: ir.Table, thresholds: Thresholds) -> ir.BooleanValue:
    """A kind that is major by itself, or an amount, fined or confiscated, that makes it so."""
    governing = Governing(cases, thresholds)
    entries = thresholds.major_penalty
    by_kind = governing.told(
        entries,
        lambda entry: entry.kinds,
        lambda kinds: _any_kind(cases.penalties, kinds),
        "boolean",
    )
    limits = governing.amounts(entries)
    fined = _reached(cases.fine_fen, _FINE, cases, limits)
    confiscated = _reached(cases.confiscated_fen, _CONFISCATION, cases, limits)
    answer: ir.BooleanValue = by_kind | fined | confiscated
    return answer


def _reached(
    amount: ir.IntegerValue, kind: str, cases: ir.Table, limits: Amounts
) -> ir.BooleanValue:
    """Whether the amount reaches the party's limit; no where there was no such penalty at all."""
    import ibis

    none = amount.isnull() & ~_any_of(cases.penalties, (kind, NOT_ALL_KNOWN))
    answer: ir.BooleanValue = ibis.cases(
        (none, ibis.literal(False)),
        (cases.party_kind.notnull(), amount >= limits.own),
        (amount >= limits.most, ibis.literal(True)),
        (amount < limits.least, ibis.literal(False)),
        else_=ibis.null("boolean"),
    )
    return answer


def _summary(cases: ir.Table, thresholds: Thresholds) -> ir.BooleanValue:
    """Decided by summary procedure, with a warning or a fine within the limit of its own date."""
    import ibis

    fine = cases.fine_fen
    limits = Governing(cases, thresholds).amounts(thresholds.summary_fine)
    within = ibis.cases(
        (~is_one_of(cases.penalties, _SUMMARY_PENALTIES + _PERHAPS_ALONE), ibis.literal(False)),
        (fine.isnull() & ~_any_of(cases.penalties, (_FINE, NOT_ALL_KNOWN)), ibis.literal(True)),
        (cases.party_kind.notnull(), fine <= limits.own),
        (fine <= limits.least, ibis.literal(True)),
        (fine > limits.most, ibis.literal(False)),
        else_=ibis.null("boolean"),
    )
    answer: ir.BooleanValue = (cases.procedure == "简易") & within
    return answer


def _any_kind(column: ir.StringValue, kinds: Sequence[str]) -> ir.BooleanValue:
    """Whether one of the kinds stands in the column; null where it may be among those not known."""
    import ibis

    rest = column.contains(NOT_ALL_KNOWN).ifelse(ibis.null("boolean"), False)
    answer: ir.BooleanValue = _any_of(column, kinds) | rest
    return answer


def _any_of(column: ir.StringValue, kinds: Sequence[str]) -> ir.BooleanValue:
    """Whether one of the kinds stands in the column; null where the column is unknown."""
    import ibis

    return reduce(or_, (column.contains(kind) for kind in kinds), ibis.literal(False))
