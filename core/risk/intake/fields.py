"""Fields of a record that stand under one heading here and under several there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from risk.model.case import NOT_ALL_KNOWN

from .column import WORDS, Column, all_answers, all_given

if TYPE_CHECKING:
    from .frame import Frame

_REST = f"、{NOT_ALL_KNOWN}"


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

    return Column((), make, told, answers=all_answers(columns), gives=all_given(columns))


def together(first: Column, second: Column) -> Column:
    """Legal kinds of two columns, joined by 、; where one says nothing, those of the other.

    不明 stands last, and is counted, where one of them says more than is known or cannot be read;
    null where that is so and nothing is known.
    """

    def make(frame: Frame) -> Any:
        one, two = first.make(frame), second.make(frame).cast("string")
        in_doubt = _is_in_doubt(first, one, frame) | _is_in_doubt(second, two, frame)
        listed = _both(one.replace(_REST, ""), two.replace(_REST, ""))
        return in_doubt.ifelse(listed.nullif("") + _REST, listed)

    def told(frame: Frame) -> Any:
        import ibis

        return ibis.coalesce(*(raw for each in (first, second) for raw in _raw_of(each, frame)))

    both = (first, second)
    return Column(first.reads, make, told, answers=all_answers(both), gives=all_given(both) | WORDS)


def _both(one: Any, two: Any) -> Any:
    import ibis

    return ibis.cases(
        (two.nullif("").isnull(), ibis.coalesce(one, two)),
        (one.nullif("").isnull(), two),
        (one.contains(two), one),
        else_=one + "、" + two,
    )


def _is_in_doubt(column: Column, kinds: Any, frame: Frame) -> Any:
    import ibis

    there = [raw.notnull() & kinds.isnull() for raw in _raw_of(column, frame)]
    unread = there[0] if there else ibis.literal(False)
    return unread | kinds.endswith(_REST).fill_null(False)


def _raw_of(column: Column, frame: Frame) -> list[Any]:
    """The text that the column is read from, if there is any."""
    raw = column.raw_in(frame)
    return [] if raw is None else [raw]
