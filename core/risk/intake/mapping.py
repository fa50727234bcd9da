"""From a frame to canonical rows: every row with its outcome, its reason and what was unreadable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from risk.model.adapter import Adapter
from risk.model.case import CASE_COLUMNS, COLUMN_NAMES

from .engine import RECORD
from .masking import mask, shown_date, shown_words
from .parties import party_texts, without_party

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
    values = _parts(frame, adapter)
    while frame.pending:
        frame = frame.staged(stage)
        values = _parts(frame, adapter)
    parts = stage(frame.table.select(**values))
    return _judged(stage(_bounded(parts, _verbatim(adapter), today)), today)


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
        parts[f"{RAW}{column.name}"] = ibis.null("string") if text is None else text
    parts["excluded"] = _first_rule(frame, adapter.excludes)
    parts["refused"] = _first_rule(frame, adapter.rejects)
    if parties := party_texts(adapter.columns.get("party"), frame):
        for name in (*_verbatim(adapter), f"{RAW}violation"):
            if name in parts:
                parts[name] = without_party(parts[name], parties)
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
    masked = {name: mask(parts[name]).nullif("") for name in verbatim}
    return parts.mutate(occurred_at=in_range.ifelse(moment, ibis.null("timestamp(6)")), **masked)


def _judged(parts: ir.Table, today: dt.date) -> ir.Table:
    import ibis

    reason = _reason(parts, today)
    excluded = parts.excluded.notnull()
    return parts.select(
        *COLUMN_NAMES,
        *([RECORD] if RECORD in parts.columns else []),
        outcome=ibis.cases((excluded, "excluded"), (reason.notnull(), "rejected"), else_="case"),
        reason=ibis.coalesce(parts.excluded, reason),
        detail=excluded.ifelse(ibis.null("string"), _detail(parts, today)),
        unreadable=_unreadable(parts),
    )


def _reason(parts: ir.Table, today: dt.date) -> ir.StringValue:
    """Why a row cannot be a case; null where it can."""
    import ibis

    raw_type, raw_day = parts[f"{RAW}violation"], parts[f"{RAW}decided_on"]
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

    raw_type, raw_day = parts[f"{RAW}violation"], parts[f"{RAW}decided_on"]
    bad_date = parts.decided_on.isnull() | _out_of_range(parts, today)
    detail: ir.StringValue = ibis.cases(
        (parts.violation.isnull() & raw_type.notnull(), shown_words(raw_type)),
        (parts.violation.isnull(), ibis.null("string")),
        (bad_date & raw_day.notnull(), shown_date(raw_day)),
        else_=ibis.null("string"),
    )
    return detail


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
        if not column.required
    }
    listed = ibis.literal("")
    for name, gone in lost.items():
        listed = listed + gone.ifelse(f"、{name}", "")
    # Nearly all rows have nothing to list; asking first spares them the joining of texts.
    named: ir.StringValue = reduce(or_, lost.values()).ifelse(listed.substr(1), ibis.null("string"))
    return named


def _first_rule(frame: Frame, rules: Any) -> Any:
    import ibis

    branches = [(rule.build(frame).fill_null(False), name) for name, rule in rules.items()]
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")


def _tomorrow(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=1)
