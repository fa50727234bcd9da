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
        return column.raw_in(frame) if column else None

    return Column((), make, told, answers=all_answers(columns))


def together(first: Column, second: Column) -> Column:
    """Legal kinds of two columns, joined by 、; where one says nothing, those of the other.

    Null, and counted as unreadable, where one of them is filled and cannot be read.
    """

    def make(frame: Frame) -> Any:
        import ibis

        one, two = first.make(frame), second.make(frame).cast("string")
        return ibis.cases(
            (_is_unread(first, frame) | _is_unread(second, frame), ibis.null("string")),
            (two.nullif("").isnull(), ibis.coalesce(one, two)),
            (one.nullif("").isnull(), two),
            (one.contains(two), one),
            else_=one + "、" + two,
        )

    def told(frame: Frame) -> Any:
        import ibis

        return ibis.coalesce(*(raw for each in (first, second) for raw in _raw_of(each, frame)))

    return Column(first.reads, make, told, answers=all_answers((first, second)))


def _is_unread(column: Column, frame: Frame) -> Any:
    import ibis

    there = [raw.notnull() for raw in _raw_of(column, frame)]
    return there[0] & column.make(frame).isnull() if there else ibis.literal(False)


def _raw_of(column: Column, frame: Frame) -> list[Any]:
    """The text that the column is read from, if there is any."""
    raw = column.raw_in(frame)
    return [] if raw is None else [raw]
