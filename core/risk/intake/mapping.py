"""From a frame to canonical rows: every row with its outcome, its reason and what was unreadable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from risk.model.adapter import Adapter, Expression
from risk.model.case import NOT_ALL_KNOWN
from risk.model.column import CanonicalColumn
from risk.model.kind import KINDS, Kind

from .building import built_column, built_rule
from .covering import without_people
from .engine import RECORD
from .masking import mask, shown_date, shown_words
from .states import shown_state, unknown_words

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Dialect, Frame

# 行政处罚法 came into force on 1996-10-01; a decision dated before it is a slip of the pen, and a
# signal as old bears on no decision.
EARLIEST = dt.date(1996, 10, 1)
# Shown as they are; masked where an adapter takes them from what somebody typed.
_FREE_TEXT = ("behaviour", "district", "place", "industry", "channel")
# No place and no channel has a longer name, in characters; what a citizen wrote may.
_LONGEST_NAME = 60
RAW = "raw_"
_UNKNOWN = "unknown_"
# Days of 1982 to 2036, with or without a time, as a spreadsheet counts them from the end of 1899.
_DAY_NUMBER = r"^[34]\d{4}(?:\.\d+)?$"
BROKEN_CHARACTER = "\ufffd"


def canonical(
    frame: Frame,
    adapter: Adapter,
    today: dt.date,
    stage: Callable[[ir.Table], ir.Table],
    types: Collection[str] | None = None,
) -> ir.Table:
    """The frame's rows in its order: the canonical columns, `outcome`, `reason`, `detail`, `unreadable`.

    The columns are those of the adapter's kind; an accepted row's outcome is case or signal.
    `unreadable` names the optional columns, joined by 、, whose cell was filled but could not be
    read, or not all of it; the row is accepted. Headings beneath which a rule met a word that
    it does not know stand there too, each with = and the word as far as that may be shown. `stage`
    makes a step's columns be computed before the next step uses them. `types` are the ids of the
    catalogue's violation types, where they are known.
    """
    kind = KINDS[adapter.kind]
    unknown = unknown_words(frame, adapter)
    values = _parts(frame, adapter, types)
    values |= {f"{_UNKNOWN}{number}": each.word for number, each in enumerate(unknown)}
    parts = stage(frame.steps.select(frame.table, values, stage))
    bounded = stage(_bounded(parts, adapter, today))
    faulted = stage(bounded.mutate(fault=_fault(bounded, kind, today)))
    shown_type = _shown_type(faulted, adapter, frame.dialect)
    return _judged(faulted, kind, shown_type, today, [each.heading for each in unknown])


def columns_read(frame: Frame, adapter: Adapter) -> frozenset[int]:
    """The positions of the columns of the frame that `canonical` reads."""
    unknown_words(frame, adapter)
    _parts(frame, adapter, None)
    return frozenset(frame.asked)


def _parts(frame: Frame, adapter: Adapter, types: Collection[str] | None) -> dict[str, Any]:
    """All values, the texts they were read from, and the adapter's own rules."""
    # An engine without an order of rows carries their numbers along.
    parts: dict[str, Any] = {RECORD: frame.table[RECORD]} if RECORD in frame.table.columns else {}
    for column in KINDS[adapter.kind].columns:
        built = built_column(frame, adapter, column, types)
        parts[column.name] = built.value
        if built.raw is not None:
            parts[f"{RAW}{column.name}"] = built.raw
    parts["excluded"] = _first_rule(frame, adapter, adapter.excludes)
    parts["refused"] = _first_rule(frame, adapter, adapter.rejects)
    typed = [name for name in (*_verbatim(adapter), f"{RAW}violation") if name in parts]
    return parts | without_people(frame, adapter, {name: parts[name] for name in typed})


def _verbatim(adapter: Adapter) -> list[str]:
    """The columns that hold what somebody typed, in which a plate or a number may stand."""
    return [
        name
        for name in _FREE_TEXT
        if getattr(adapter.columns.get(name), "verbatim", name in adapter.columns)
    ]


def _bounded(parts: ir.Table, adapter: Adapter, today: dt.date) -> ir.Table:
    """Free text masked, and a signal's never longer than a name; impossible times unreadable."""
    import ibis

    bounded: dict[str, Any] = {name: mask(parts[name].nullif("")) for name in _verbatim(adapter)}
    if adapter.kind == "signals":
        for name, text in bounded.items():
            bounded[name] = (text.length() <= _LONGEST_NAME).ifelse(text, ibis.null("string"))
    if "occurred_at" in adapter.columns:
        bounded |= _possible_time(parts, KINDS[adapter.kind], today)
    return parts.mutate(**bounded)


def _possible_time(parts: ir.Table, kind: Kind, today: dt.date) -> dict[str, ir.Value]:
    """The time of the act, null out of range or on a later day than the decision; and what it was.

    Nobody is punished for what is still to come. A row decided out of range is rejected anyhow.
    """
    import ibis

    moment, decided = parts.occurred_at, parts[kind.day]
    earliest, day = ibis.literal(EARLIEST), moment.date()
    possible = ibis.cases(
        ((day > decided) & (decided >= earliest), False),
        (day.between(earliest, ibis.literal(_tomorrow(today))), True),
        else_=False,
    )
    # Of a moment that was read at a glance no text is kept, and its loss counts as well.
    lost = possible.ifelse(ibis.null("string"), "")
    return {
        "occurred_at": possible.ifelse(moment, ibis.null("timestamp(6)")),
        f"{RAW}occurred_at": moment.isnull().ifelse(_raw(parts, "occurred_at"), lost),
    }


def _judged(
    parts: ir.Table,
    kind: Kind,
    shown_type: ir.StringValue,
    today: dt.date,
    unknown: Sequence[str],
) -> ir.Table:
    import ibis

    excluded = parts.excluded.notnull()
    return parts.select(
        *kind.names,
        *([RECORD] if RECORD in parts.columns else []),
        outcome=ibis.cases(
            (excluded, "excluded"), (parts.fault.notnull(), "rejected"), else_=kind.record
        ),
        reason=ibis.coalesce(parts.excluded, parts.fault),
        detail=excluded.ifelse(ibis.null("string"), _detail(parts, kind, shown_type, today)),
        unreadable=_unreadable(parts, kind, unknown),
    )


def faults(kind: Kind) -> tuple[str, ...]:
    """The faults for which a row cannot be a record of the kind, the first that holds being named."""
    return (
        f"{kind.number} missing",
        "broken characters",
        "violation missing",
        "unclassified",
        f"{kind.day} missing",
        f"{kind.day} unreadable",
        f"{kind.day} is a spreadsheet's number of a day: format the column as a date",
        f"{kind.day} out of range",
    )


def _fault(parts: ir.Table, kind: Kind, today: dt.date) -> ir.StringValue:
    """Why a row cannot be a record; null where it can."""
    import ibis

    number, day = parts[kind.number], parts[kind.day]
    raw_type, raw_day = _raw(parts, "violation"), _raw(parts, kind.day)
    no_type, no_date = parts.violation.isnull(), day.isnull()
    broken = number.contains(BROKEN_CHARACTER) | raw_type.contains(BROKEN_CHARACTER)
    *others, unreadable, counted, out_of_range = faults(kind)
    holds = (
        number.isnull(),
        broken.fill_null(False),
        no_type & raw_type.isnull(),
        no_type,
        no_date & raw_day.isnull(),
    )
    reason: ir.StringValue = ibis.cases(
        (parts.refused.notnull(), parts.refused),
        *zip(holds, others, strict=True),
        # Asked of the rows alone whose day cannot be read.
        (no_date, raw_day.re_search(_DAY_NUMBER).ifelse(counted, unreadable)),
        (_out_of_range(day, today), out_of_range),
        else_=ibis.null("string"),
    )
    return reason


def _detail(
    parts: ir.Table, kind: Kind, shown_type: ir.StringValue, today: dt.date
) -> ir.StringValue:
    """What may be shown of the cell at fault."""
    import ibis

    day, raw_day = parts[kind.day], _raw(parts, kind.day)
    detail: ir.StringValue = ibis.cases(
        (parts.violation.isnull(), shown_type),
        (_out_of_range(day, today), day.cast("string")),
        (day.isnull() & raw_day.notnull(), shown_date(raw_day)),
        else_=ibis.null("string"),
    )
    return detail


def _shown_type(parts: ir.Table, adapter: Adapter, dialect: Dialect) -> ir.StringValue:
    """What may be shown of an unknown violation: of a signal nothing but a word of a closed list."""
    import ibis

    closed = getattr(adapter.columns["violation"], "closed", False)
    if adapter.kind == "signals" and not closed:
        return ibis.null("string")
    raw = _raw(parts, "violation")
    return raw.notnull().ifelse(shown_words(raw, dialect), ibis.null("string"))


def _raw(parts: ir.Table, name: str) -> ir.StringValue:
    """The text that a column was read from; null where the adapter reads it from none."""
    import ibis

    there = f"{RAW}{name}" in parts.columns
    text: ir.StringValue = parts[f"{RAW}{name}"] if there else ibis.null("string")
    return text


def _out_of_range(day: ir.DateValue, today: dt.date) -> ir.BooleanValue:
    import ibis

    inside = day.between(ibis.literal(EARLIEST), ibis.literal(_tomorrow(today)))
    outside: ir.BooleanValue = ~inside
    return outside


def _unreadable(parts: ir.Table, kind: Kind, unknown: Sequence[str]) -> ir.StringValue:
    import ibis

    lost: list[tuple[Any, Any]] = [
        (parts[f"{RAW}{column.name}"].notnull() & _not_all_read(parts, column), f"、{column.name}")
        for column in kind.columns
        if not column.required and f"{RAW}{column.name}" in parts.columns
    ]
    for number, heading in enumerate(unknown):
        word = parts[f"{_UNKNOWN}{number}"]
        name = "".join(char for char in heading if char not in "、=")
        lost.append((word.notnull(), ibis.literal(f"、{name}=") + shown_state(word)))
    listed = ibis.literal("")
    for gone, name in lost:
        listed = listed + gone.ifelse(name, "")
    # Nearly all rows have nothing to list; asking first spares them the joining of texts.
    some = (
        ibis.cases(*((gone, True) for gone, _ in lost), else_=False)
        if lost
        else ibis.literal(False)
    )
    named: ir.StringValue = some.ifelse(listed.substr(1), ibis.null("string"))
    return named


def _not_all_read(parts: ir.Table, column: CanonicalColumn) -> ir.BooleanValue:
    value = parts[column.name]
    lost: ir.BooleanValue = value.isnull()
    return lost | value.endswith(NOT_ALL_KNOWN) if column.joined else lost


def _first_rule(frame: Frame, adapter: Adapter, rules: Mapping[str, Expression]) -> Any:
    import ibis

    branches = [(built_rule(frame, adapter, name, rule), name) for name, rule in rules.items()]
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")


def _tomorrow(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=1)
