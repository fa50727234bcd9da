"""The rows of the sheets, from the YAML files as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .book import SheetRow
from .cells import plain, shown
from .tables import FILE, NUMBER, OWNER, Table

# The parsed values of the files of a data folder, by name.
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: the entry that it shows, the file it stands in, and its cells."""

    file: str
    entry: dict[str, Any]
    cells: dict[str, str]


def rows(table: Table, values: Values) -> Iterator[Row]:
    """The rows of a sheet, in the order of the files and their entries."""
    for file in files_of(table, values):
        for entry in values[file][table.key]:
            if not table.inner:
                yield Row(file, entry, _cells(table, entry, {FILE: file}))
                continue
            inner = entry.get(table.inner)
            for number, part in enumerate([inner] if isinstance(inner, dict) else inner or (), 1):
                owner = {OWNER: str(entry["id"]), NUMBER: str(number)}
                yield Row(file, part, _cells(table, part, owner))


def files_of(table: Table, values: Values) -> list[str]:
    """The files in which entries of the table stand."""
    return [file for file in values if file.removesuffix(".yaml").partition("/")[0] == table.stem]


def cells_of(table: Table, row: SheetRow) -> dict[str, str]:
    """The cells of a row of the workbook, without what spreadsheet programs add to them."""
    return {column.heading: plain(column, row.cells[column.heading]) for column in table.columns}


def identity(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What a row is known by."""
    return tuple(cells[heading] for heading in table.identity)


def value_at(entry: Mapping[str, Any], field: tuple[str | int, ...]) -> Any:
    """What an entry says in a field, within its groups; None where it says nothing."""
    value: Any = entry
    for step in field:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _cells(table: Table, entry: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
    return {
        column.heading: shown(column, value_at(entry, column.field))
        if column.field
        else known[column.heading]
        for column in table.columns
    }
