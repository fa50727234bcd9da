"""What each decided case says that grading turns on, as expressions over the canonical columns.

Every question has three answers: yes, no, and unknown where the file does not say. Unknown is
counted on its own and never taken for no. Null stands for it: SQL's `and` and `or` are those of
three-valued logic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from risk.model.policy import Limit

from .thresholds import L, Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLAGS = ("major", "coercive", "compulsory", "summary", "slight")
_FINE = "罚款"
_CONFISCATION = "没收"
# The penalties that summary procedure allows (行政处罚法 art 51), alone or together.
_SUMMARY_PENALTIES = ("", "警告", _FINE, f"警告、{_FINE}", f"{_FINE}、警告")


def facts(cases: ir.Table, thresholds: Thresholds) -> ir.Table:
    """One row a case: scope columns, `time_band`, `month`, and per flag 1/0 and `*_unknown` 1/0.

    `month` counts months since year 0 (year x 12 + month - 1), of the date of decision.
    """
    answers = {
        "major": _major(cases, thresholds),
        "coercive": _any_of(cases.coercive_measures, thresholds.coercive_measures.kinds),
        "compulsory": _any_of(
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
    """A kind that is major by itself, or an amount, fined or confiscated, that makes it so."""
    governing = _Governing(cases, thresholds)
    entries = thresholds.major_penalty
    by_kind = governing.on_day(
        entries, lambda entry: _any_of(cases.penalties, entry.kinds), "boolean"
    )
    limits = governing.limits(entries)
    fined = _reached(cases.fine_fen, _FINE, cases, limits)
    confiscated = _reached(cases.confiscated_fen, _CONFISCATION, cases, limits)
    answer: ir.BooleanValue = by_kind | fined | confiscated
    return answer


def _reached(
    amount: ir.IntegerValue, kind: str, cases: ir.Table, limits: tuple[Any, Any]
) -> ir.BooleanValue:
    """Whether the amount reaches the party's limit; no where there was no such penalty at all."""
    import ibis

    person, firm = limits
    none = amount.isnull() & ~cases.penalties.contains(kind)
    answer: ir.BooleanValue = ibis.cases(
        (none, ibis.literal(False)),
        (cases.party_kind.notnull(), amount >= _is_firm(cases).ifelse(firm, person)),
        (amount >= ibis.greatest(person, firm), ibis.literal(True)),
        (amount < ibis.least(person, firm), ibis.literal(False)),
        else_=ibis.null("boolean"),
    )
    return answer


def _summary(cases: ir.Table, thresholds: Thresholds) -> ir.BooleanValue:
    """Decided by summary procedure, with a warning or a fine within the limit of its own date."""
    import ibis

    fine = cases.fine_fen
    person, firm = _Governing(cases, thresholds).limits(thresholds.summary_fine)
    within = ibis.cases(
        (~_is_one_of(cases.penalties, _SUMMARY_PENALTIES), ibis.literal(False)),
        (fine.isnull() & ~cases.penalties.contains(_FINE), ibis.literal(True)),
        (cases.party_kind.notnull(), fine <= _is_firm(cases).ifelse(firm, person)),
        (fine <= ibis.least(person, firm), ibis.literal(True)),
        (fine > ibis.greatest(person, firm), ibis.literal(False)),
        else_=ibis.null("boolean"),
    )
    answer: ir.BooleanValue = (cases.procedure == "简易") & within
    return answer


def _any_of(column: ir.StringValue, kinds: Sequence[str]) -> ir.BooleanValue:
    """Whether one of the kinds stands in the column; null where the column is unknown."""
    import ibis

    return reduce(or_, (column.contains(kind) for kind in kinds), ibis.literal(False))


def _is_one_of(column: ir.StringValue, words: Sequence[str]) -> ir.BooleanValue:
    # Not `isin`: of five words DuckDB makes a join.
    return reduce(or_, (column == word for word in words))


def _is_firm(cases: ir.Table) -> ir.BooleanValue:
    firm: ir.BooleanValue = cases.party_kind == "法人及非法人组织"
    return firm


def _fen(yuan: float) -> Any:
    import ibis

    return ibis.literal(round(yuan * 100), "int64")


@dataclass(frozen=True, slots=True)
class _Governing:
    """Which dated entry governs each case: by its day of decision and its agency."""

    cases: ir.Table
    thresholds: Thresholds

    def limits(self, entries: Sequence[Limit]) -> tuple[Any, Any]:
        """The limits in 分 for a citizen and for an organisation."""
        return (
            self.on_day(entries, lambda entry: _fen(entry.individual), "int64"),
            self.on_day(entries, lambda entry: _fen(entry.organisation), "int64"),
        )

    def on_day(self, entries: Sequence[L], value: Callable[[L], Any], kind: str) -> Any:
        """What the governing entry gives; null, which is unknown, where there is none."""
        import ibis

        branches = [(self._holds(entry), value(entry)) for entry in entries]
        return ibis.cases(*branches, else_=ibis.null(kind))

    def _holds(self, entry: Limit) -> ir.BooleanValue:
        import ibis

        day = self.cases.decided_on
        holds: ir.BooleanValue = day >= ibis.literal(entry.in_force_from)
        if entry.in_force_to is not None:
            holds = holds & (day <= ibis.literal(entry.in_force_to))
        if entry.agency is not None:
            own = self.thresholds.violations_of.get(entry.agency, ())
            holds = holds & (_is_one_of(self.cases.violation, own) if own else ibis.literal(False))
        return holds
