"""Cells that whoever reads values alone takes for empty: formulas never reckoned, and errors."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from risk.errors import InputError
from risk.spreadsheet.cells import Cells, sheet_cells
from risk.spreadsheet.parts import sheet_parts

from .listing import listed

UNRECKONED: Final = "a formula that has no value yet"
ERROR: Final = "an error in the place of a value"


def refuse_cells_without_value(path: Path, titles: Collection[str]) -> None:
    """Raise InputError where cells of the sheets `titles` hold a formula without a value, or an error.

    It names the first five of each. What is no workbook at all is said by whoever reads it.
    """
    found = {ERROR: Cells(), UNRECKONED: Cells()}
    for title, part in sheet_parts(path).items():
        if title in titles:
            seen = sheet_cells(path, part)
            found[UNRECKONED] += _of_sheet(title, seen.unreckoned)
            found[ERROR] += _of_sheet(title, seen.errors)
    faults = [
        f"{path.name}: {listed(cells.first, cells.count)}"
        f" {'hold' if cells.count > 1 else 'holds'} {what}."
        for what, cells in found.items()
        if cells
    ]
    if faults:
        raise InputError(
            "\n".join(faults),
            "Type the value, or open the file in a spreadsheet program and save it there.",
        )


def _of_sheet(title: str, cells: Cells) -> Cells:
    return Cells(tuple(f"{title}!{name}" for name in cells.names))
