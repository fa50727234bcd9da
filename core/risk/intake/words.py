"""Words of cells and what they mean in law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from risk.errors import PluginError

from .choice import chosen, is_one_of
from .column import FLAG, NOTHING, OWN, WORD, WORDS, Column, Heading, names_of, read, text
from .doubt import kinds_said
from .folding import fold, fold_text
from .phrasing import how_many, named, which

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
    _hold_to_texts("lookup", heading, table)
    numbers = _entry_numbers(heading, table, coded)
    answers = [entry if field is None else entry.get(field) for entry in table.values()]

    def make(frame: Frame) -> Any:
        # Several columns may ask the same table for different fields: the words are compared once.
        key = ("entry", numbers.reads, coded, tuple(table))
        return _of_number(frame.once(key, lambda: numbers.make(frame)), answers)

    texts = frozenset(answer for answer in answers if isinstance(answer, str))
    raw = None if partial else numbers.raw
    told = all(answer is None or isinstance(answer, str) for answer in answers)
    gives = WORD if told else OWN
    return Column(numbers.reads, make, raw, closed=True, answers=texts, gives=gives)


def _entry_numbers(heading: Heading, table: Mapping[str, Any], coded: bool) -> Column:
    """The number of the table's entry that the cell names."""

    def quick(cell: Any) -> Any:
        import ibis

        entries = {word: ibis.literal(number) for number, word in enumerate(table)}
        return chosen(cell, entries, ibis.null("int16"))

    def careful(frame: Frame, cell: Any) -> Any:
        import ibis

        entries = {fold(word): ibis.literal(number) for number, word in enumerate(table)}
        key = ("folded", names_of(heading), how)
        word = frame.once(key, lambda: fold_text(cell))
        if coded:
            word = frame.once((*key, "bare"), lambda: _without_code(word))
        return chosen(word, entries, ibis.null("int16"))

    how = ("entries", tuple(table), coded)
    return read(heading, how, quick, careful)


def _without_code(word: Any) -> Any:
    # Han characters sort after all ASCII ones: only a word with a code before it is cut.
    return (word < "~").ifelse(word.re_replace(r"^[0-9A-Z]{3,6}[-:]?", ""), word)


def _of_number(number: Any, answers: list[Any]) -> Any:
    """The answer with that number: one branch for each run of equal answers."""
    import ibis

    branches = [
        (number < past, ibis.null("string") if said is None else ibis.literal(said))
        for said, past in _runs(answers)
    ]
    return ibis.cases(*branches, else_=ibis.null("string"))


def _runs(answers: list[Any]) -> list[tuple[Any, int]]:
    """Each run of equal answers with the number just past its end."""
    runs: list[tuple[Any, int]] = []
    for past, said in enumerate(answers, 1):
        if runs and runs[-1][0] == said:
            runs.pop()
        runs.append((said, past))
    return runs


def kinds(heading: Heading, table: Mapping[str, str], *, empty_means_none: bool = False) -> Column:
    """Legal kinds found in a cell of one or more words, joined by 、 in the table's order.

    不明 stands last where the cell tells of more than the table knows (`罚款、查验`): what is certain
    counts, and the rest is not taken for nothing. Null where nothing is certain: the cell names none
    of the words, or takes back what it names (`未扣留机动车`, `罚款（撤销）`). Both are counted.

    With `empty_means_none` an empty text is `''` (none, and known to be none) and not null; use
    it only where the file's maker always fills the column. A null of a file that tells it from an
    empty text (JSON lines, Parquet, SQLite) stays unknown.
    """
    _hold_to_texts("kinds", heading, table)
    nothing = tuple(filter(None, NOTHING))
    key = ("kinds", tuple(table.items()))

    def quick(cell: Any) -> Any:
        import ibis

        # One known word alone is by far the commonest cell; looking for all words costs more.
        words = {word: ibis.literal(kind) for word, kind in table.items()}
        return chosen(cell, words | dict.fromkeys(nothing, ibis.literal("")), ibis.null("string"))

    def careful(frame: Frame, cell: Any) -> Any:
        import ibis

        said = (key, "said", names_of(heading))
        listed = kinds_said(cell, table, lambda make: frame.once(said, make))
        return ibis.cases(
            (cell.isnull(), _none(frame, heading) if empty_means_none else ibis.null("string")),
            (is_one_of(cell, nothing), ibis.literal("")),
            else_=listed,
        )

    column = read(heading, key, quick, careful, ("",))
    return replace(column, answers=frozenset(table.values()), gives=WORDS)


def _none(frame: Frame, heading: Heading) -> Any:
    """The empty text where the cell holds one; null where the file tells that it has no value."""
    import ibis

    if not frame.nulls:
        return ibis.literal("")
    return frame.column(names_of(heading)).isnull().ifelse(ibis.null("string"), "")


def flag(heading: Heading, true: tuple[str, ...], false: tuple[str, ...]) -> Column:
    """True, false, or null (unknown) for any other word; a typed boolean says 是 or 否."""
    _hold_to_texts("flag", heading, (*true, *false))
    # Under a heading such as 是否未改正, 是 is the word for false, and a boolean true is too.
    turned = "是" in false or "否" in true
    typed = {"true": not turned, "false": turned}
    # Programs that write CSV spell a boolean in other ways than those with types of their own.
    spelt = {case(word): yes for word, yes in typed.items() for case in (str, str.title, str.upper)}
    words = dict.fromkeys(true, True) | dict.fromkeys(false, False)

    def said(cell: Any, words: Mapping[str, bool]) -> Any:
        import ibis

        answers = {word: ibis.literal(answer) for word, answer in words.items()}
        return chosen(cell, answers, ibis.null("boolean"))

    column = read(
        heading,
        ("flag", true, false),
        lambda cell: said(cell, words),
        lambda _, cell: said(cell, spelt | words),
        ("",),
    )
    return replace(column, gives=FLAG)


def yes_no(heading: Heading, words: Mapping[str, object]) -> Column:
    """True or false as a table of words says it, null (unknown) for any other word."""
    yes = tuple(word for word, said in words.items() if said in (True, "true"))
    column = flag(heading, yes, tuple(word for word in words if word not in yes))
    return replace(column, answers=frozenset(str(said).lower() for said in words.values()))


def document_number(heading: Heading) -> Column:
    """The number of a document, its year in 〔〕 in whatever square brackets it was typed."""
    source = text(heading)

    def make(frame: Frame) -> Any:
        from .builtin import translate

        return translate(source.make(frame), "[]［］【】", "〔〕〔〕〔〕")

    return replace(source, make=make)


def phrases(
    headings: tuple[Heading, ...],
    table: Mapping[str, tuple[str, ...]],
    *,
    partial: bool = False,
) -> Column:
    """The one key of `table` whose phrases the cells hold, by `named`; null where none or several do.

    With `partial` the table is not meant to know every cell, as with `lookup`.
    """
    _hold_to_texts("phrases", headings[0], table)
    given: Mapping[str, object] = table
    for key, words in given.items():
        if isinstance(words, str):
            what = f"phrases({_shown(headings[0])}): the phrases of {key!r} must be a tuple"
            raise PluginError(what, f"Write ({words!r},).")
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
        hits = named(said, table)
        return (how_many(hits) == 1).ifelse(which(hits), ibis.null("string"))

    reads = tuple(part.reads[0] for part in parts)
    raw = None if partial else parts[0].make
    return Column(reads, make, raw, answers=frozenset(table), gives=WORD)


def _hold_to_texts(word: str, heading: Heading, said: Iterable[object]) -> None:
    """PluginError where what cells are compared with is no text: no cell would ever be that."""
    for one in said:
        if not isinstance(one, str):
            what = f"{word}({_shown(heading)}): {one!r} in its table is no text, as all cells are"
            raise PluginError(what, f"Write {str(one)!r}.")


def _shown(heading: Heading) -> str:
    return repr(names_of(heading)[0])
