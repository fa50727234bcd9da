"""Arrow columns in the four types that SQLite keeps: text, whole number, fraction, nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from risk.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa


def plain(table: pa.Table, columns: tuple[str, ...], name: str) -> pa.Table:
    """`table` with exactly `columns`, those it lacks empty, times as text.

    Raises StoreError where it has a further column: what has no place may not be shown either.
    """
    import pyarrow as pa

    unknown = sorted(set(table.column_names) - set(columns))
    if unknown:
        raise StoreError(
            f"{name}: the database has no place for the column {', '.join(unknown)}.",
            "This is a fault of risk; report it.",
        )
    present = set(table.column_names)
    empty = pa.nulls(table.num_rows, pa.string())
    return pa.table(
        {
            column: _plain(table.column(column), f"{name}.{column}") if column in present else empty
            for column in columns
        }
    )


def _plain(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types

    kind = column.type
    if types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type), name)
    if types.is_boolean(kind) or types.is_integer(kind):
        return column.cast(pa.int64())
    if types.is_decimal(kind):
        return column.cast(pa.int64() if kind.scale == 0 else pa.float64())
    if types.is_floating(kind):
        return column.cast(pa.float64())
    if types.is_date(kind):
        return pc.strftime(column, format="%Y-%m-%d")
    if types.is_timestamp(kind):
        # Whole seconds: with a finer unit, strftime writes the fraction too.
        seconds = column.cast(pa.timestamp("s", tz=kind.tz), safe=False)
        text = pc.strftime(seconds, format="%Y-%m-%d %H:%M:%S")
        # A day without a time of day is kept as its midnight.
        return pc.replace_substring_regex(text, " 00:00:00$", "")
    if types.is_null(kind) or kind in (pa.string(), pa.large_string(), pa.string_view()):
        return column.cast(pa.string())
    raise StoreError(f"{name}: a column of type {kind} cannot be stored.", "Report this.")
