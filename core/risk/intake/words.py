"""Words of cells and what they mean in law."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from .choice import chosen, is_one_of
from .column import NOTHING, Column, Heading, cell, names_of, text
from .folding import fold, fold_text

if TYPE_CHECKING:
    from .frame import Frame


def lookup(
    heading: Heading,
    table: Mapping[str, Any],
    field: str | None = None,
    *,
    coded: bool = False,
    partial: bool = False,
) -> Column:
    """What `table` says for the cell, compared without blanks and width; null if it says nothing.

    With `field`, the table's entries are groups of fields of which that one is taken. With
    `coded`, a code may stand before the words, as in `1039 机动车违反规定停放`. With `partial`
    the table is not meant to know every cell, so that what it does not know is not unreadable.
    """
    source = text(heading)

    def make(frame: Frame) -> Any:
        import ibis

        key = ("entry", source.reads, coded, tuple(table))
        entries = {word: ibis.literal(number) for number, word in enumerate(table)}
        folded_entries = {fold(word): number for word, number in entries.items()}
        unknown = ibis.null("int16")

        def plain() -> Any:
            return frame.once((*key, "plain"), lambda: chosen(source.make(frame), entries, unknown))

        def rest() -> Any:
            # Most cells are written as the table has them; only the others are folded.
            return fold_text(plain().isnull().ifelse(source.make(frame), ibis.null("string")))

        def bare() -> Any:
            word = frame.once((*key, "rest"), rest)
            # Han characters sort after all ASCII ones: only a word with a code before it is cut.
            return (word < "~").ifelse(word.re_replace(r"^[0-9A-Z]{3,6}[-:]?", ""), word)

        def number() -> Any:
            word = frame.once((*key, "bare"), bare) if coded else frame.once((*key, "rest"), rest)
            return ibis.coalesce(plain(), chosen(word, folded_entries, unknown))

        # Several columns may ask the same table for different fields: the words are compared once.
        entry_number = frame.once(key, number)
        answers = {
            position: ibis.literal(said)
            for position, entry in enumerate(table.values())
            if (said := entry if field is None else entry.get(field)) is not None
        }
        return chosen(entry_number, answers, ibis.null("string"))

    return Column(source.reads, make, None if partial else source.make)


def kinds(heading: Heading, table: Mapping[str, str], *, empty_means_none: bool = False) -> Column:
    """Legal kinds found in a cell of one or more words, joined by 、 in the table's order.

    With `empty_means_none` an empty cell is `''` (none, and known to be none) and not null; use
    it only where the file's maker always fills the column.
    """
    names = names_of(heading)

    def said(frame: Frame) -> Any:
        return cell(frame, names, ("",))

    def make(frame: Frame) -> Any:
        import ibis

        value = said(frame)
        nothing = is_one_of(value, filter(None, NOTHING))
        by_kind: dict[str, list[str]] = {}
        for word, kind in table.items():
            by_kind.setdefault(kind, []).append(word)
        found = ibis.literal("")
        for kind, words in by_kind.items():
            hit = value.contains(words[0])
            for word in words[1:]:
                hit = hit | value.contains(word)
            found = found + hit.ifelse(f"、{kind}", "")
        listed = found.substr(1)
        none = ibis.literal("") if empty_means_none else ibis.null("string")
        return ibis.cases(
            (value.isnull(), none),
            (nothing, ibis.literal("")),
            # One known word alone is by far the commonest cell; looking for all words costs more.
            *((value == word, ibis.literal(kind)) for word, kind in table.items()),
            (listed == "", ibis.null("string")),
            else_=listed,
        )

    return Column((names,), make, said)


def flag(heading: Heading, true: tuple[str, ...], false: tuple[str, ...]) -> Column:
    """True, false, or null (unknown) for any other word."""
    source = text(heading, nothing=("",))

    def make(frame: Frame) -> Any:
        import ibis

        yes = dict.fromkeys(true, ibis.literal(True))
        no = dict.fromkeys(false, ibis.literal(False))
        return chosen(source.make(frame), yes | no, ibis.null("boolean"))

    return Column(source.reads, make, source.make)


def phrases(headings: tuple[Heading, ...], table: Mapping[str, tuple[str, ...]]) -> Column:
    """The one key of `table` whose phrases the cells hold; null where none or several do.

    A phrase with 非 before it is another thing: 非机动车闯红灯 does not hold 机动车闯红灯.
    """
    parts = [text(heading) for heading in headings]

    def make(frame: Frame) -> Any:
        import ibis

        def joined() -> Any:
            whole = ibis.literal("")
            for part in parts:
                # A sign that folding leaves, so that no phrase is found across two cells.
                whole = whole + "\x1f" + part.make(frame).fill_null("")
            return fold_text(whole)

        said = frame.once(("phrases", tuple(part.reads for part in parts)), joined)
        hits = {}
        for key, words in table.items():
            hits[key] = reduce(or_, (_holds(said, fold(word)) for word in words))
        count = sum((hit.cast("int64") for hit in hits.values()), ibis.literal(0, "int64"))
        answer = ibis.cases(
            *((hit, ibis.literal(key)) for key, hit in hits.items()), else_=ibis.null("string")
        )
        return (count == 1).ifelse(answer, ibis.null("string"))

    return Column(tuple(part.reads[0] for part in parts), make, parts[0].make)


def folded(frame: Frame, source: Column) -> Any:
    """The folded text of a column."""
    return frame.once(("folded", source.reads), lambda: fold_text(source.make(frame)))


def _holds(said: Any, phrase: str) -> Any:
    return said.replace(f"非{phrase}", "").contains(phrase)
