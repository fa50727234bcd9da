"""Ids that their own sheet no longer has, though rows of other sheets still go by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .book import Sheet, SheetRow
from .rows import Row, Values, cells_of, rows
from .tables import BY_TITLE, LAWS, TABLES, TYPES, Table


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """One such id: the row that has another in its place, if there is one, and who names it.

    `named` are the rows that name it, by the sheet and heading under which they do.
    """

    table: Table
    id: str
    renamed: SheetRow | None
    named: Mapping[tuple[str, str], list[SheetRow]]

    @property
    def place(self) -> tuple[str, str, SheetRow]:
        """Sheet, heading and row of where it is best mended."""
        if self.renamed:
            return self.table.title, self.table.identity[0], self.renamed
        ((title, heading), (first, *_)), *_ = self.named.items()
        return title, heading, first

    @property
    def what(self) -> str:
        """What is wrong with it and how it is mended, in words."""
        titles = "、".join(dict.fromkeys(title for title, _ in self.named))
        if self.renamed:
            return (
                f"was {self.id!r}, which rows of {titles} still name: "
                "write it again, or change it there too"
            )
        return (
            f"the sheet {self.table.title} no longer has {self.id!r}: put its row back, "
            f"or take out every row of {titles} that names it"
        )


def left_behind(old: Values, sheets: Mapping[str, Sheet]) -> Iterator[LeftBehind]:
    """Yield the laws and violation types of the files that only other sheets still name."""
    for table in (BY_TITLE[LAWS], BY_TITLE[TYPES]):
        (heading,) = table.identity
        before = {row.cells[heading]: row for row in rows(table, old)}
        there = {cells_of(table, row)[heading]: row for row in sheets[table.title].rows}
        fresh = [row for name, row in there.items() if name not in before]
        for name in (name for name in before if name not in there):
            if named := _naming(table.title, name, sheets):
                yield LeftBehind(table, name, _renamed(before[name], fresh), named)


def _naming(
    title: str, name: str, sheets: Mapping[str, Sheet]
) -> dict[tuple[str, str], list[SheetRow]]:
    named: dict[tuple[str, str], list[SheetRow]] = {}
    for table in TABLES:
        for column in table.columns:
            if column.from_sheet != title:
                continue
            for row in sheets[table.title].rows:
                if name in cells_of(table, row)[column.heading].split("\n"):
                    named.setdefault((table.title, column.heading), []).append(row)
    return named


def _renamed(before: Row, fresh: list[SheetRow]) -> SheetRow | None:
    """The new row that says the same as the old one, for the most part and in its name."""
    alike = [row for row in fresh if row.cells["名称"].strip() == before.cells["名称"]]
    return max(
        alike,
        key=lambda row: sum(row.cells[name] == cell for name, cell in before.cells.items()),
        default=None,
    )
