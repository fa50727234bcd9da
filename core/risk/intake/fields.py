"""Fields of a record that stand under one heading here and under several there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .column import Column, all_answers

if TYPE_CHECKING:
    from .frame import Frame


def first_there(*columns: Column) -> Column:
    """The first of the columns whose headings are in the file; null where none is."""

    def chosen(frame: Frame) -> Column | None:
        for column in columns:
            if all(frame.has(names) for names in column.reads):
                return column
        return None

    def make(frame: Frame) -> Any:
        import ibis

        column = chosen(frame)
        return ibis.null() if column is None else column.make(frame)

    def told(frame: Frame) -> Any:
        column = chosen(frame)
        return column.raw(frame) if column and column.raw else None

    return Column((), make, told, answers=all_answers(columns))


def together(first: Column, second: Column) -> Column:
    """Legal kinds of two columns, joined by 、; where one says nothing, those of the other."""

    def make(frame: Frame) -> Any:
        import ibis

        one, two = first.make(frame), second.make(frame).cast("string")
        return ibis.cases(
            (two.nullif("").isnull(), ibis.coalesce(one, two)),
            (one.nullif("").isnull(), two),
            (one.contains(two), one),
            else_=one + "、" + two,
        )

    return Column(first.reads, make, first.raw, answers=all_answers((first, second)))
