"""The values of an adapter's columns and rules over a frame, held to what may stand there.

What the vocabulary gives is known when the plugin loads. An expression of the author's own is only
known here: by its type, and where a column has a closed list, row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from risk.errors import MEND, PluginError, RiskError
from risk.model.adapter import Adapter, Expression
from risk.model.case import NOT_ALL_KNOWN
from risk.model.column import CanonicalColumn, ColumnType, Gives, given_by

from .choice import chosen, is_one_of
from .column import FLAG, OWN

if TYPE_CHECKING:
    from .frame import Frame

T = TypeVar("T")

_IBIS_TYPES: Final[Mapping[ColumnType, str]] = {
    "text": "string",
    "timestamp": "timestamp(6)",
    "date": "date",
    "float": "float64",
    "integer": "int64",
    "boolean": "boolean",
}
# How Ibis tells whether a value is of the type, or of one that becomes it in every row.
_IS_OF: Final[Mapping[ColumnType, Callable[[Any], bool]]] = {
    "text": lambda _: True,
    "timestamp": lambda of: of.is_timestamp() or of.is_date(),
    "date": lambda of: of.is_timestamp() or of.is_date(),
    "float": lambda of: of.is_numeric(),
    "integer": lambda of: of.is_integer(),
    "boolean": lambda of: of.is_boolean(),
}
# As much of an error as a reader takes in.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Built:
    """The value of a canonical column, and the text that was to be read; None where there is none."""

    value: Any
    raw: Any


def built_column(
    frame: Frame, adapter: Adapter, column: CanonicalColumn, types: Collection[str] | None
) -> Built:
    """What the adapter maps to the column, null where it maps nothing or what may not stand there.

    `types` are the ids of violation types that there are; None where they are not known.
    PluginError names adapter and column where the expression cannot be built.
    """
    import ibis

    of_type = _IBIS_TYPES[column.type]
    expression = adapter.columns.get(column.name)
    if expression is None:
        return Built(ibis.null(of_type), None)
    given = given_by(expression)

    where = f"adapter {adapter.name}, column {column.name}"

    def make() -> Built:
        value = expression.build(frame)
        if OWN <= given:
            _hold_to_type(value, column.type, given, where)
        raw = getattr(expression, "raw", None)
        text = None if raw is None else raw(frame)
        return _within_list(frame, column, given, Built(value.cast(of_type), text), types)

    return _plainly(where, make)


def built_rule(frame: Frame, adapter: Adapter, name: str, rule: Expression) -> Any:
    """Whether the rule holds, false where it does not tell; PluginError where it cannot be built."""

    where = f"adapter {adapter.name}, rule {name}"

    def make() -> Any:
        value = rule.build(frame)
        _hold_to_type(value, "boolean", FLAG, where)
        return value.fill_null(False)

    return _plainly(where, make)


def _hold_to_type(value: Any, wanted: ColumnType, given: frozenset[Gives], where: str) -> None:
    """Raise PluginError where a cast would fail in some row, or would change what the value means."""
    of = value.type()
    # Words are held to the column's list when the plugin loads.
    if not (of.is_null() or _IS_OF[wanted](of) or ("word" in given and of.is_string())):
        what = f"{where}: its expression gives {of} and not {_IBIS_TYPES[wanted]}"
        raise PluginError(what, MEND)


def _within_list(
    frame: Frame,
    column: CanonicalColumn,
    given: frozenset[Gives],
    built: Built,
    types: Collection[str] | None,
) -> Built:
    """The value where it is of the column's closed list, else null, with it as what was to be read.

    Asked only of what an expression of the author's own gives.
    """
    import ibis

    words = types if column.name == "violation" else column.words
    if not OWN <= given or column.type != "text" or not words:
        return built
    value = frame.once(("before the list", column.name), lambda: built.value)
    listed = ibis.cases((_is_listed(value, column, words), value), else_=ibis.null("string"))
    raw = value if built.raw is None else ibis.coalesce(built.raw, value)
    return Built(listed, raw)


def _is_listed(value: Any, column: CanonicalColumn, words: Collection[str]) -> Any:
    import ibis

    if not column.joined:
        return is_one_of(value, words)
    several = value.re_search(f"^{column.several}(?:、{NOT_ALL_KNOWN})?$")
    return chosen(value, dict.fromkeys((*words, ""), ibis.literal(True)), several)


def _plainly(where: str, make: Callable[[], T]) -> T:
    """What `make` gives; any exception but ours as one plain line that names adapter and place."""
    try:
        return make()
    except RiskError:
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"[:_LONGEST]
        raise PluginError(f"{where}: building its expression raises {said}", MEND) from error
