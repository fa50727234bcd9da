"""What officers changed in the sheets, brought into the values of the YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from risk.kernel.reading import Complaints, nearest
from risk.model.plural import counted

from .book import Sheet, SheetRow
from .cells import meant, plain
from .left_behind import left_behind
from .rows import Row, Values, cells_of, files_of, identity, rows
from .tables import BY_TITLE, FILE, NUMBER, OWNER, TABLES, TYPES, Table
from .tree import Entry, copied, put


@dataclass
class Changed:
    """The new values of the files, where in the workbook each entry stands, and a tally."""

    values: dict[str, Any]
    places: dict[int, tuple[Table, SheetRow]] = field(default_factory=dict)
    cells: int = 0
    added: int = 0
    removed: int = 0


class Changes:
    """Compares the sheets with the files; complains, by sheet and cell, of what cannot be meant."""

    def __init__(self, values: Values, sheets: Mapping[str, Sheet], name: str) -> None:
        self._old = values
        self._sheets = sheets
        self._name = name
        self.complaints = Complaints()
        self.changed = Changed({file: copied(value) for file, value in values.items()})
        self._owners: dict[str, Entry] = {}

    def made(self) -> Changed:
        """The changes as far as they can be meant; `complaints` has the cells that cannot."""
        for gone in left_behind(self._old, self._sheets):
            title, heading, row = gone.place
            self.complaints.add(self.where(BY_TITLE[title], row, heading), gone.what)
            self.complaints.refuse(gone.id)
        for table in TABLES:
            self._compare(table)
        return self.changed

    def where(self, table: Table, row: SheetRow, heading: str) -> str:
        """Say workbook, sheet and cell."""
        return place_of(self._name, self._sheets[table.title], table, row, heading)

    def _compare(self, table: Table) -> None:
        standing = {identity(table, row.cells): row for row in rows(table, self._old)}
        fresh = {id(old.entry): new for old, new in self._twins(table)}
        seen: dict[tuple[str, ...], int] = {}
        stray = self._stray(table)
        for row in self._sheets[table.title].rows:
            if row.number in stray:
                continue
            cells = cells_of(table, row)
            known = identity(table, cells)
            if known in seen and cells[table.identity[-1]]:
                what = f"{known[-1]} stands in row {seen[known]} already"
                self.complaints.add(self.where(table, row, table.identity[-1]), what)
                continue
            seen[known] = row.number
            old = standing.pop(known, None)
            if old is not None:
                entry = fresh[id(old.entry)]
                self._change(table, row, cells, old, entry)
            else:
                added = self._add(table, row, cells)
                if added is None:
                    continue
                entry = added
            self.changed.places[id(entry)] = (table, row)
            if table.title == TYPES:
                self._owners[cells[table.identity[0]]] = entry
        # A stray row may be one that seems to be gone: its absence is no further fault.
        for old in () if stray else standing.values():
            self._remove(table, old, fresh[id(old.entry)])

    def _stray(self, table: Table) -> set[int]:
        """The numbers of the rows under a type that the sheet of types has not, and complain."""
        stray: dict[str, list[SheetRow]] = {}
        if table.inner:
            for row in self._sheets[table.title].rows:
                owner = cells_of(table, row)[OWNER]
                if owner not in self._owners:
                    stray.setdefault(owner, []).append(row)
        for owner, (first, *others) in stray.items():
            if self.complaints.explain(owner):
                continue
            more = (
                f" (and so in {counted(len(others), 'more row')} of this sheet)" if others else ""
            )
            self.complaints.add(self.where(table, first, OWNER), f"{self._no_owner(owner)}{more}")
        return {row.number for rows in stray.values() for row in rows}

    def _no_owner(self, owner: str) -> str:
        if not owner:
            return f"is empty: write which 编号 of the sheet {TYPES} the row belongs to"
        return f"the sheet {TYPES} has no {owner!r}{nearest(owner, self._owners)}"

    def _twins(self, table: Table) -> list[tuple[Row, Entry]]:
        """Each row of the files with the entry that is to become it."""
        pairs = []
        for file in files_of(table, self._old):
            before = self._old[file][table.key]
            after = {e.origin: e for e in self.changed.values[file][table.key]}
            for index, entry in enumerate(before):
                pairs += self._inner_twins(table, file, entry, after.get(index))
        return pairs

    def _inner_twins(
        self, table: Table, file: str, before: dict[str, Any], after: Entry | None
    ) -> list[tuple[Row, Entry]]:
        if not table.inner:
            return [] if after is None else [(Row(file, before, {}), after)]
        old = before.get(table.inner)
        if not old:
            return []
        # What lies under a removed type goes with it.
        new = copied(old) if after is None else after[table.inner]
        if isinstance(old, dict):
            return [(Row(file, old, {}), new)]
        return [(Row(file, o, {}), n) for o, n in zip(old, new, strict=True)]

    def _change(
        self, table: Table, row: SheetRow, cells: dict[str, str], old: Row, entry: Entry
    ) -> None:
        for column in table.columns:
            cell = cells[column.heading]
            if cell == plain(column, old.cells[column.heading]):
                continue
            if column.heading == FILE:
                what = f"an entry is not moved between files: write {old.file} again"
                self.complaints.add(self.where(table, row, FILE), what)
                continue
            self._set(table, row, entry, column.heading, cell)
            self.changed.cells += 1

    def _set(self, table: Table, row: SheetRow, entry: Entry, heading: str, cell: str) -> None:
        column = table.column(heading)
        assert column is not None
        try:
            put(entry, column.field, meant(column, cell))
        except ValueError as error:
            self.complaints.add(self.where(table, row, heading), str(error))

    def _add(self, table: Table, row: SheetRow, cells: dict[str, str]) -> Entry | None:
        if cells.get(NUMBER):
            what = f"{cells[OWNER]} has no entry {cells[NUMBER]}: leave it empty for a new one"
            self.complaints.add(self.where(table, row, NUMBER), what)
            return None
        entry = Entry()
        for column in table.columns:
            if column.field and cells[column.heading]:
                self._set(table, row, entry, column.heading, cells[column.heading])
        if table.inner and table.single:
            self._owners[cells[OWNER]][table.inner] = entry
        elif table.inner:
            self._owners[cells[OWNER]].setdefault(table.inner, []).append(entry)
        else:
            file = self._file_for(table, row, cells)
            self.changed.values[file][table.key].append(entry)
        self.changed.added += 1
        return entry

    def _file_for(self, table: Table, row: SheetRow, cells: dict[str, str]) -> str:
        """The file for a new row; any, after complaining, where none is named."""
        files = files_of(table, self._old)
        named = cells.get(FILE) or (files[0] if len(files) == 1 else "")
        if named in files:
            return named
        self.complaints.add(self.where(table, row, FILE), f"must be {'、'.join(files)}")
        return files[0]

    def _remove(self, table: Table, old: Row, entry: Entry) -> None:
        self.changed.removed += 1
        if not table.inner:
            listed = self.changed.values[old.file][table.key]
            listed[:] = [other for other in listed if other is not entry]
            return
        owner = self._owners.get(old.cells[OWNER])
        if owner is None:
            return
        if table.single:
            owner.pop(table.inner, None)
            return
        left = [other for other in owner[table.inner] if other is not entry]
        if left:
            owner[table.inner] = left
        else:
            del owner[table.inner]


def place_of(name: str, sheet: Sheet, table: Table, row: SheetRow, heading: str) -> str:
    """Say workbook, sheet, cell and heading."""
    return f"{name}: sheet {table.title} cell {sheet.letters[heading]}{row.number} ({heading})"
