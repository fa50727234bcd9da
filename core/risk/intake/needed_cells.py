"""Which cells without a value of their own bear on the records of a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from risk.model.adapter import Adapter
from risk.model.kind import KINDS
from risk.spreadsheet.cells import Cells, place_of

from .cell_errors import MERGED
from .frame import Dialect, Frame
from .headings import Recognised, columns_by_heading
from .mapping import columns_read

if TYPE_CHECKING:
    import pyarrow as pa

    from .source import Source


def with_needed_cells(source: Source, recognised: Recognised, dialect: Dialect) -> Source:
    """The source with those of its sheet's cells alone that bear on what the adapter reads of it.

    They stand below the headings, in columns that the adapter reads. Which these are its
    expressions tell when they are built, which takes a moment: clean sheets are spared it.
    """
    cells = source.cells.below(recognised.header_row)
    if not cells:
        return replace(source, cells=cells)
    row, adapter = source.head[recognised.header_row], recognised.adapter
    kind = KINDS[adapter.kind]
    read = columns_read(_frame(source, row, dialect), adapter)
    return replace(
        source,
        cells=cells.within({column + source.first_column for column in read}),
        keys=tuple(
            _columns_of(name, adapter, _frame(source, row, dialect))
            for name in (kind.number, kind.day)
        ),
    )


def unreckoned_in_records(source: Source, table: pa.Table) -> Cells:
    """The formulas without a value that may stand in a record: not those of a row of totals.

    A row is no record, whatever its formulas would say, where nothing stands in the columns of the
    number or in those of the day. `table` has the values of merged cells in all their rows.
    """
    unreckoned = source.cells.unreckoned
    places = [place for name in unreckoned.names if (place := place_of(name))]
    if not places:
        return unreckoned
    height = max(table.num_rows, *(row + 1 for row, _ in places))
    may_be = np.ones(height, bool)
    for columns in source.keys:
        may_be &= _is_said(table, columns, source.first_column, places, height)
    bottoms = {(area.top, area.left): area.bottom for area in source.cells.merged}
    return unreckoned.where(
        lambda row, column: bool(may_be[row : bottoms.get((row, column), row) + 1].any())
    )


def _columns_of(name: str, adapter: Adapter, frame: Frame) -> frozenset[int]:
    adapter.columns[name].build(frame)
    return frozenset(frame.asked)


def _frame(source: Source, headings: tuple[str, ...], dialect: Dialect) -> Frame:
    """A frame without rows, of which only is asked what an adapter reads."""
    import ibis

    schema = {f"c{position}": "string" for position in range(len(headings))}
    table = ibis.table(schema, name="headings")
    return Frame(source.name, table, columns_by_heading(headings), dialect, "")


def _is_said(
    table: pa.Table,
    columns: Iterable[int],
    first_column: int,
    places: Iterable[tuple[int, int]],
    height: int,
) -> np.ndarray:
    """For each row whether one of the columns may say something; true where there are none."""
    import pyarrow.compute as pc

    own = list(columns)
    if not own:
        return np.ones(height, bool)
    filled = np.zeros(height, bool)
    cells = (pc.fill_null(pc.not_equal(table.column(column), MERGED), False) for column in own)
    filled[: table.num_rows] = reduce(pc.or_, cells).to_numpy()
    filled[[row for row, column in places if column - first_column in own]] = True
    return filled
