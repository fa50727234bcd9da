"""Spreadsheets as Arrow tables of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from risk.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

    from .source import Source


def read_sheet(source: Source, rows: int | None = None) -> pa.Table:
    """All cells of a sheet as text columns c0, c1, …, blank rows included.

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
        batch = sheet.to_arrow()
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
    return table.rename_columns([f"c{position}" for position in range(table.num_columns)])
