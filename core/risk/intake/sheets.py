"""Spreadsheets as Arrow tables of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from risk.errors import InputError

from .needed_cells import unreckoned_in_records
from .shown_cells import with_errors, with_merged, with_percents

if TYPE_CHECKING:
    import pyarrow as pa

    from .source import Source


def read_sheet(source: Source) -> pa.Table:
    """All cells of a sheet as text columns c0, c1, …, blank rows included.

    Merged cells say in each of their rows what they show, and percentages are written with their
    sign. Raises InputError for formulas of records that have no value and would pass for empty cells.
    """
    table, first_column = _read(source, None)
    table = with_percents(table, source.cells.percents, first_column)
    table = with_merged(table, source.cells.merged, first_column, source.number_column)
    if lost := unreckoned_in_records(source, table):
        raise InputError(
            f"{source.name}: {lost} {'hold' if lost.count > 1 else 'holds'} a formula that has no"
            " value yet.",
            "Open the file in a spreadsheet program, save it there and run again.",
        )
    return table


def first_rows_of_sheet(source: Source, rows: int) -> tuple[pa.Table, int]:
    """The first rows of a sheet as `read_sheet` gives them, but for merged cells, and their first column.

    The column is the sheet's own number, from 0.
    """
    return _read(source, rows)


def _read(source: Source, rows: int | None) -> tuple[pa.Table, int]:
    """The cells as text, and the sheet's number, from 0, of the first column that has any.

    The sheet is the one named after `::`, else the first. Raises InputError for a damaged
    workbook or an unknown sheet. fastexcel reads into Arrow without a Python object per cell.
    """
    import fastexcel
    import pyarrow as pa

    try:
        workbook = fastexcel.read_excel(str(source.path))
        sheet = workbook.load_sheet(
            source.selection or 0,
            header_row=None,
            skip_rows=0,
            n_rows=rows,
            dtypes="string",
        )
        batch, unread = sheet.to_arrow_with_errors()
        columns = sheet.available_columns()
    except fastexcel.SheetNotFoundError:
        raise InputError(
            f"{source.path.name}: there is no sheet called {source.selection!r}.",
            f"It has {'、'.join(workbook.sheet_names)}.",
        ) from None
    except fastexcel.FastExcelError as error:
        raise InputError(
            f"{source.path.name}: the workbook is damaged or cut off.",
            "Export it again, or open it in a spreadsheet program and save it again.",
        ) from error
    table = pa.Table.from_batches([batch])
    if table.num_columns == 0:
        raise InputError(f"{source.path.name}: the sheet is empty.", "Name another after '::'.")
    table = table.rename_columns([f"c{position}" for position in range(table.num_columns)])
    return with_errors(table, unread.errors if unread else ()), columns[0].absolute_index
