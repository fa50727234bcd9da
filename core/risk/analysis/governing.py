"""Which dated entry of the policy governs each case: by its day of decision and its agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from risk.model.policy import Limit

from .thresholds import L, Thresholds

if TYPE_CHECKING:
    import ibis.expr.types as ir

V = TypeVar("V")
_FIRM = "法人及非法人组织"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Amounts:
    """An amount in 分 as it stands for each case; null where no entry governs it.

    `own` is that of the case's party, if its kind is known; `least` and `most` bound it if not.
    """

    own: Any
    least: Any
    most: Any


@dataclass(frozen=True, slots=True)
class _Span(Generic[V]):
    """A time in which the entries for an agency say the same."""

    since: dt.date
    until: dt.date | None
    agency: str | None
    value: V

    def goes_on_in(self, other: _Span[V]) -> bool:
        return (
            self.until is not None
            and self.until + _DAY == other.since
            and (self.agency, self.value) == (other.agency, other.value)
        )


@dataclass(frozen=True, slots=True)
class Governing:
    """The entries that govern the cases of a table."""

    cases: ir.Table
    thresholds: Thresholds

    def amounts(self, entries: Sequence[Limit]) -> Amounts:
        """The amounts of the governing entries."""

        def pair(entry: Limit) -> tuple[float, float]:
            return entry.individual, entry.organisation

        def own(amounts: tuple[float, float]) -> Any:
            person, firm = amounts
            if person == firm:
                return _fen(person)
            return (self.cases.party_kind == _FIRM).ifelse(_fen(firm), _fen(person))

        return Amounts(
            own=self.told(entries, pair, own, "int64"),
            least=self.told(entries, lambda entry: min(pair(entry)), _fen, "int64"),
            most=self.told(entries, lambda entry: max(pair(entry)), _fen, "int64"),
        )

    def told(
        self,
        entries: Sequence[L],
        of: Callable[[L], V],
        expressed: Callable[[V], Any],
        kind: str,
    ) -> Any:
        """What the governing entry says, `expressed`; null, which is unknown, where there is none."""
        import ibis

        spans = [
            _Span(entry.in_force_from, entry.in_force_to, entry.agency, of(entry))
            for entry in entries
        ]
        branches = [(self._within(span), expressed(span.value)) for span in _merged(spans)]
        return ibis.cases(*branches, else_=ibis.null(kind))

    def _within(self, span: _Span[V]) -> ir.BooleanValue:
        import ibis

        day = self.cases.decided_on
        conditions = [day >= ibis.literal(span.since)]
        if span.until is not None:
            conditions.append(day <= ibis.literal(span.until))
        if span.agency is not None:
            conditions.append(self._is_of(span.agency))
        within: ir.BooleanValue = reduce(and_, conditions)
        return within

    def _is_of(self, agency: str) -> Any:
        """Whether a case is the agency's; asked of whichever types are the fewer."""
        import ibis

        own = self.thresholds.violations_of.get(agency, ())
        others = [
            violation
            for other, violations in self.thresholds.violations_of.items()
            for violation in violations
            if other != agency
        ]
        if not own:
            return ibis.literal(False)
        if not others:
            return ibis.literal(True)
        few = is_one_of(self.cases.violation, min(own, others, key=len))
        return few if len(own) <= len(others) else ~few


def is_one_of(column: ir.StringValue, words: Sequence[str]) -> ir.BooleanValue:
    """Whether a text is one of the words; not by `isin`: of five words DuckDB makes a join."""
    return reduce(or_, (column == word for word in words))


def _merged(spans: Sequence[_Span[V]]) -> list[_Span[V]]:
    """The spans, of which those that follow each other and say the same are one."""
    merged: list[_Span[V]] = []
    for span in spans:
        if merged and merged[-1].goes_on_in(span):
            before = merged.pop()
            span = _Span(before.since, span.until, span.agency, span.value)
        merged.append(span)
    return merged


def _fen(yuan: float) -> Any:
    import ibis

    return ibis.literal(round(yuan * 100), "int64")
