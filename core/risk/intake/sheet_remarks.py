"""What a run has to say of a sheet whose cells do not all hold a value of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from risk.model.result import Remark
from risk.spreadsheet.cells import Area, Cells

from .source import Source


def remarks_of_cells(source: Source, header_row: int) -> Iterator[Remark]:
    """Warnings of errors, and of cells merged over several rows below the headings.

    Of a number merged over several rows there is one of its own: it is not read for each of them.
    """
    if errors := source.cells.errors:
        yield Remark(
            f"{source.name}: errors in the place of values count as unreadable: {errors},"
            f" {errors.count:,} in all. Mend them and run again.",
            f"{source.name}：{errors.count}个单元格是错误值（{errors}），按无法识读计；请更正后重新运行。",
            warning=True,
        )
    areas = [
        area for area in source.cells.merged if area.top > header_row and area.bottom > area.top
    ]
    numbers = [area for area in areas if area.left - source.first_column == source.number_column]
    if numbers:
        yield _of_numbers(source.name, _named(numbers))
    if merged := _named(area for area in areas if area not in numbers):
        yield Remark(
            f"{source.name}: {merged} are merged over several rows and were read as if each of the"
            " rows held the value. Where it is a sum for all of them, part the cells and run again.",
            f"{source.name}：{merged} 是跨行合并的单元格，已按其中每一行都有该值读取；"
            "如是几行的合计数，请拆分后重新运行。",
            warning=True,
        )


def _of_numbers(name: str, areas: Cells) -> Remark:
    return Remark(
        f"{name}: a number merged over several rows ({areas}) counts for the first of them alone; the"
        " others have none and are rejected. Where they are cases of their own, part the cells and"
        " give each its number; where they are one case, write it in one row. Then run again.",
        f"{name}：{areas} 是跨行合并的编号，只有其中第一行按该编号读取，其余各行没有编号，未被采用；"
        "如各行是不同案件，请拆分单元格并填写各自的编号；如是同一案件，请并为一行后重新运行。",
        warning=True,
    )


def _named(areas: Iterable[Area]) -> Cells:
    return Cells(tuple(area.name for area in areas))
