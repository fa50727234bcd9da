"""What a sheet shows in cells that hold no value of their own: errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from .cell_errors import BY_NAME

if TYPE_CHECKING:
    import pyarrow as pa


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


def _with_words(cells: pa.ChunkedArray, words: Mapping[int, str]) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = sorted(words)
    mask = np.zeros(len(cells), bool)
    mask[rows] = True
    replacing = pa.array([words[row] for row in rows], pa.string())
    return pc.replace_with_mask(cells, pa.array(mask), replacing)


def is_filled(table: pa.Table) -> np.ndarray:
    """For each row whether any cell has a value."""
    import pyarrow.compute as pc

    filled: np.ndarray = reduce(pc.or_, map(pc.is_valid, table.columns)).to_numpy()
    return filled


def _replaced(table: pa.Table, column: int, cells: pa.ChunkedArray) -> pa.Table:
    return table.set_column(column, table.column_names[column], cells)
