"""What a run has to say of a sheet whose cells do not all hold a value of their own."""

from __future__ import annotations

from collections.abc import Iterator

from risk.model.result import Remark
from risk.spreadsheet.cells import named

from .source import Source


def remarks_of_cells(source: Source, header_row: int) -> Iterator[Remark]:
    """Warnings of errors, and of cells merged over several rows below the headings."""
    if errors := source.cells.errors:
        yield Remark(
            f"{source.name}: errors in the place of values count as unreadable: {errors},"
            f" {errors.count:,} in all. Mend them and run again.",
            f"{source.name}：{errors.count}个单元格是错误值（{errors}），按无法识读计；请更正后重新运行。",
            warning=True,
        )
    merged = named(
        area.name
        for area in source.cells.merged
        if area.top > header_row and area.bottom > area.top
    )
    if merged:
        yield Remark(
            f"{source.name}: {merged} are merged over several rows and were read as if each of the"
            " rows held the value. Where it is a sum for all of them, part the cells and run again.",
            f"{source.name}：{merged} 是跨行合并的单元格，已按其中每一行都有该值读取；"
            "如是几行的合计数，请拆分后重新运行。",
            warning=True,
        )
