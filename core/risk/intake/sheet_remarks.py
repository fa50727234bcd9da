"""What a run has to say of a sheet whose cells do not all hold a value of their own."""

from __future__ import annotations

from collections.abc import Iterator

from risk.model.result import Remark

from .source import Source


def remarks_of_cells(source: Source) -> Iterator[Remark]:
    """A warning of errors."""
    if errors := source.cells.errors:
        yield Remark(
            f"{source.name}: {errors.count:,} cells hold an error in the place of a value ({errors});"
            " they count as unreadable. Mend them and run again.",
            f"{source.name}：{errors.count}个单元格是错误值（{errors}），按无法识读计；请更正后重新运行。",
            warning=True,
        )
