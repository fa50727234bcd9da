"""What a sheet shows in cells that hold no such value: errors, merged cells and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from risk.spreadsheet.cells import Cells, place_of

from .cell_errors import BY_NAME, MERGED

if TYPE_CHECKING:
    import pyarrow as pa

    from risk.spreadsheet.cells import Area


def with_errors(table: pa.Table, errors: Iterable[Any]) -> pa.Table:
    """The table with `#N/A` and the like in the cells that fastexcel could not read as text."""
    by_column: dict[int, dict[int, str]] = {}
    for error in errors:
        row, column = error.position
        named = re.search(r"Error\((\w+)\)", error.detail)
        word = BY_NAME.get(named[1] if named else "", BY_NAME["Value"])
        by_column.setdefault(column, {})[row] = word
    for column, words in by_column.items():
        table = _replaced(table, column, _with_words(table.column(column), words))
    return table


def with_percents(table: pa.Table, percents: Cells, first_column: int) -> pa.Table:
    """The table with `150%` in the cells that hold 1.5 and show that.

    A percentage is no amount and no number of anything, so that no column can read it.
    """
    by_column: dict[int, dict[int, str]] = {}
    for row, column in filter(None, map(place_of, percents.names)):
        position = column - first_column
        if row < table.num_rows and 0 <= position < table.num_columns:
            number = table.column(position)[row].as_py()
            if number:
                by_column.setdefault(position, {})[row] = f"{float(number) * 100:g}%"
    for position, words in by_column.items():
        table = _replaced(table, position, _with_words(table.column(position), words))
    return table


def _with_words(cells: pa.ChunkedArray, words: Mapping[int, str]) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = sorted(words)
    mask = np.zeros(len(cells), bool)
    mask[rows] = True
    replacing = pa.array([words[row] for row in rows], pa.string())
    return pc.replace_with_mask(cells, pa.array(mask), replacing)


def with_merged(
    table: pa.Table, areas: Iterable[Area], first_column: int, number_column: int | None
) -> pa.Table:
    """The table with the value of merged cells in every row over which they stand.

    In their further columns stands a word that no column can read: a place merged with the
    district beside it is no district. So it does in the further rows of the column of the records'
    number: whether they are further parts of one case or cases of their own nobody can tell, and
    under one number the last of them would pass for a correction of the others. Rows that hold
    nothing of their own stay empty, since records that stand over two rows are one record each.
    `first_column` is the sheet's own number, from 0, of the table's first column.
    """
    filled = is_filled(table)
    origins: dict[int, np.ndarray] = {}
    covered: dict[int, np.ndarray] = {}
    for area in areas:
        left, right = area.left - first_column, area.right - first_column
        rows = slice(area.top, area.bottom + 1)
        if 0 <= left < table.num_columns and area.top < table.num_rows:
            origin = origins.setdefault(left, np.arange(table.num_rows))
            origin[rows] = np.where(filled[rows], area.top, origin[rows])
        if left == number_column:
            further = slice(area.top + 1, area.bottom + 1)
            covered.setdefault(left, np.zeros(table.num_rows, bool))[further] |= filled[further]
        for column in range(max(left + 1, 0), min(right + 1, table.num_columns)):
            covered.setdefault(column, np.zeros(table.num_rows, bool))[rows] |= filled[rows]
    for column, origin in origins.items():
        table = _replaced(table, column, table.column(column).take(origin))
    for column, hidden in covered.items():
        table = _replaced(table, column, _hidden(table.column(column), hidden))
    return table


def is_filled(table: pa.Table) -> np.ndarray:
    """For each row whether any cell has a value."""
    import pyarrow.compute as pc

    filled: np.ndarray = reduce(pc.or_, map(pc.is_valid, table.columns)).to_numpy()
    return filled


def _hidden(cells: pa.ChunkedArray, hidden: np.ndarray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(hidden), MERGED, cells)


def _replaced(table: pa.Table, column: int, cells: pa.ChunkedArray) -> pa.Table:
    return table.set_column(column, table.column_names[column], cells)
