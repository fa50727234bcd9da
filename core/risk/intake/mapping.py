"""From a frame to canonical rows: every row with its outcome, its reason and what was unreadable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from risk.model.adapter import Adapter
from risk.model.case import CASE_COLUMNS, COLUMN_NAMES

from .engine import RECORD
from .masking import mask, shown_date, shown_words

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

# 行政处罚法 came into force on 1996-10-01; a decision dated before it is a slip of the pen.
EARLIEST = dt.date(1996, 10, 1)
OUTCOMES = ("case", "rejected", "excluded")
_IBIS_TYPES = {
    "text": "string",
    "timestamp": "timestamp(6)",
    "date": "date",
    "float": "float64",
    "integer": "int64",
    "boolean": "boolean",
}
# Shown as they are; masked where an adapter takes them from what somebody typed.
_FREE_TEXT = ("behaviour", "district", "place", "industry")
RAW = "raw_"
BROKEN_CHARACTER = "\ufffd"


def canonical(
    frame: Frame, adapter: Adapter, today: dt.date, stage: Callable[[ir.Table], ir.Table]
) -> ir.Table:
    """The frame's rows in its order: the canonical columns, `outcome`, `reason`, `detail`, `unreadable`.

    `unreadable` names the optional columns, joined by 、, whose cell was filled but could not be
    read; such a value is null and the row stays a case. `stage` makes a step's columns be computed
    before the next step uses them.
    """
    parts = stage(frame.steps.select(frame.table, _parts(frame, adapter), stage))
    bounded = stage(_bounded(parts, _verbatim(adapter), today))
    return _judged(stage(bounded.mutate(fault=_fault(bounded, today))), today)


def _parts(frame: Frame, adapter: Adapter) -> dict[str, Any]:
    """All values, the texts they were read from, and the adapter's own rules."""
    import ibis

    # An engine without an order of rows carries their numbers along.
    parts: dict[str, Any] = {RECORD: frame.table[RECORD]} if RECORD in frame.table.columns else {}
    for column in CASE_COLUMNS:
        kind = _IBIS_TYPES[column.type]
        expression = adapter.columns.get(column.name)
        value = ibis.null(kind) if expression is None else expression.build(frame)
        parts[column.name] = value.cast(kind)
        raw = getattr(expression, "raw", None)
        text = None if raw is None else raw(frame)
        if text is not None:
            parts[f"{RAW}{column.name}"] = text
    parts["excluded"] = _first_rule(frame, adapter.excludes)
    parts["refused"] = _first_rule(frame, adapter.rejects)
    return parts


def _verbatim(adapter: Adapter) -> list[str]:
    """The columns that hold what somebody typed, in which a plate or a number may stand."""
    return [
        name
        for name in _FREE_TEXT
        if getattr(adapter.columns.get(name), "verbatim", name in adapter.columns)
    ]


def _bounded(parts: ir.Table, verbatim: Iterable[str], today: dt.date) -> ir.Table:
    """Free text masked, and times that lie out of range taken for unreadable."""
    import ibis

    moment = parts.occurred_at
    in_range = moment.date().between(ibis.literal(EARLIEST), ibis.literal(_tomorrow(today)))
    masked = {name: mask(parts[name].nullif("")) for name in verbatim}
    return parts.mutate(occurred_at=in_range.ifelse(moment, ibis.null("timestamp(6)")), **masked)


def _judged(parts: ir.Table, today: dt.date) -> ir.Table:
    import ibis

    excluded = parts.excluded.notnull()
    return parts.select(
        *COLUMN_NAMES,
        *([RECORD] if RECORD in parts.columns else []),
        outcome=ibis.cases(
            (excluded, "excluded"), (parts.fault.notnull(), "rejected"), else_="case"
        ),
        reason=ibis.coalesce(parts.excluded, parts.fault),
        detail=excluded.ifelse(ibis.null("string"), _detail(parts, today)),
        unreadable=_unreadable(parts),
    )


def _fault(parts: ir.Table, today: dt.date) -> ir.StringValue:
    """Why a row cannot be a case; null where it can."""
    import ibis

    raw_type, raw_day = _raw(parts, "violation"), _raw(parts, "decided_on")
    no_type, no_date = parts.violation.isnull(), parts.decided_on.isnull()
    broken = parts.case_id.contains(BROKEN_CHARACTER) | raw_type.contains(BROKEN_CHARACTER)
    reason: ir.StringValue = ibis.cases(
        (parts.refused.notnull(), parts.refused),
        (parts.case_id.isnull(), "case_id missing"),
        (broken.fill_null(False), "broken characters"),
        (no_type & raw_type.isnull(), "violation missing"),
        (no_type, "unclassified"),
        (no_date & raw_day.isnull(), "decided_on missing"),
        (no_date, "decided_on unreadable"),
        (_out_of_range(parts, today), "decided_on out of range"),
        else_=ibis.null("string"),
    )
    return reason


def _detail(parts: ir.Table, today: dt.date) -> ir.StringValue:
    """What may be shown of the cell at fault."""
    import ibis

    raw_type, raw_day = _raw(parts, "violation"), _raw(parts, "decided_on")
    detail: ir.StringValue = ibis.cases(
        (parts.violation.isnull() & raw_type.notnull(), shown_words(raw_type)),
        (parts.violation.isnull(), ibis.null("string")),
        (_out_of_range(parts, today), parts.decided_on.cast("string")),
        (parts.decided_on.isnull() & raw_day.notnull(), shown_date(raw_day)),
        else_=ibis.null("string"),
    )
    return detail


def _raw(parts: ir.Table, name: str) -> ir.StringValue:
    """The text that a column was read from; null where the adapter reads it from none."""
    import ibis

    there = f"{RAW}{name}" in parts.columns
    text: ir.StringValue = parts[f"{RAW}{name}"] if there else ibis.null("string")
    return text


def _out_of_range(parts: ir.Table, today: dt.date) -> ir.BooleanValue:
    import ibis

    inside = parts.decided_on.between(ibis.literal(EARLIEST), ibis.literal(_tomorrow(today)))
    outside: ir.BooleanValue = ~inside
    return outside


def _unreadable(parts: ir.Table) -> ir.StringValue:
    import ibis

    lost = {
        column.name: parts[f"{RAW}{column.name}"].notnull() & parts[column.name].isnull()
        for column in CASE_COLUMNS
        if not column.required and f"{RAW}{column.name}" in parts.columns
    }
    listed = ibis.literal("")
    for name, gone in lost.items():
        listed = listed + gone.ifelse(f"、{name}", "")
    # Nearly all rows have nothing to list; asking first spares them the joining of texts.
    some = (
        ibis.cases(*((gone, True) for gone in lost.values()), else_=False)
        if lost
        else ibis.literal(False)
    )
    named: ir.StringValue = some.ifelse(listed.substr(1), ibis.null("string"))
    return named


def _first_rule(frame: Frame, rules: Any) -> Any:
    import ibis

    branches = [(rule.build(frame).fill_null(False), name) for name, rule in rules.items()]
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")


def _tomorrow(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=1)
