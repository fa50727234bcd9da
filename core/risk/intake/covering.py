"""The people whom a row names, covered in that row's own texts.

A name has no shape by which it could be known; the row that it stands in knows it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

from .column import Column
from .column import text as text_of
from .folding import BLANK, closed_up
from .frame import BLANKS
from .masking import COVER
from .people import NOBODY, names_people

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from risk.model.adapter import Adapter

    from .frame import Frame

# Shorter ones, such as a running number in the column of identity numbers, stand in any address.
_SHORTEST_NAME: Final = 2
_SHORTEST_NUMBER: Final = 6
# Between the texts of a row, so that no name is found across two of them.
_EDGE: Final = "\x1f"
# What stands between the names of several people in one cell.
_BETWEEN: Final = f"[、,，;；/／&|｜+。:：()（）0-9{BLANK}{_EDGE}]+"
_SIGNS_BETWEEN: Final = (*BLANKS, *"、,，;；/／&|｜+。:：(（")
# Of several in a cell only what may be a person's name is covered singly.
_HAN_NAME: Final = (
    r"^[\x{3400}-\x{9fff}]{2,4}$|^[\x{3400}-\x{9fff}]+[·•・][\x{3400}-\x{9fff}·•・]{1,14}$"
)
_NOBODY: Final = f"^(?:{NOBODY})$"


@dataclass(frozen=True, slots=True)
class _People:
    """Who is named: whole cells, and a pattern for the single names of cells with several."""

    cells: Sequence[Any]
    singly: Any


def without_people(
    frame: Frame, adapter: Adapter, texts: Mapping[str, ir.StringValue]
) -> dict[str, ir.StringValue]:
    """The texts with the names and numbers of their own row's people covered.

    These are the party's, those beneath the headings of the adapter's `people` and those beneath
    headings that speak of people. A name may be set apart (样 例 甲), or be one of several in its
    cell. Where a name is set apart in a text, that text is given without its blanks.
    """
    import ibis

    said = [column.make(frame).cast("string") for column in _columns(frame, adapter)]
    if not said:
        return dict(texts)
    kept = {name: _kept(frame, ("to cover", name), text) for name, text in texts.items()}
    whole = _kept(frame, "texts", ibis.literal(_EDGE).join(list(kept.values())))
    joined = _kept(frame, "people", ibis.literal(_EDGE).join(said))
    people = _People(
        [_kept(frame, ("person", number), _if_telling(one)) for number, one in enumerate(said)],
        _kept(frame, "named singly", _named_singly(joined, whole)),
    )
    # Nearly no row names anybody; one question about all its texts leaves covering to those that do.
    named = _kept(frame, "names people", _names_one(whole, people).fill_null(False))
    return {name: _covered(frame, name, text, named, people) for name, text in kept.items()}


def _columns(frame: Frame, adapter: Adapter) -> list[Column]:
    """The columns that name the row's people, or give numbers of theirs."""
    told_by: tuple[Column, ...] = getattr(adapter.columns.get("party"), "told_by", ())
    known = {frame.position(names) for column in told_by for names in column.reads}
    columns = list(told_by)
    speaking = ((heading,) for heading in frame.positions if names_people(heading))
    for headings in (*adapter.people, *speaking):
        position = frame.position(headings)
        if position is not None and position not in known:
            known.add(position)
            columns.append(text_of(headings))
    return columns


def _kept(frame: Frame, key: Hashable, value: Any) -> Any:
    return frame.once(key, lambda: value)


def _if_telling(cell: Any) -> Any:
    """The name or number without blanks in it; null where it is too short to tell."""
    import ibis

    least = (cell > "~").ifelse(_SHORTEST_NAME, _SHORTEST_NUMBER)
    told = (cell.length() >= least).ifelse(cell, ibis.null("string"))
    spaced = (told > "~").ifelse(_has_blank(told), False)
    return spaced.ifelse(closed_up(told), told)


def _has_blank(text: Any) -> Any:
    # Three plain looks cost less than a pattern.
    return reduce(or_, map(text.contains, BLANKS))


def _named_singly(joined: Any, whole: Any) -> Any:
    """A pattern for names that stand in one cell with others and that the texts hold, else null."""
    import ibis

    tight = _has_blank(whole).ifelse(closed_up(whole), whole)
    single = joined.re_split(_BETWEEN).filter(
        lambda name: tight.contains(name) & name.re_search(_HAN_NAME) & ~name.re_search(_NOBODY)
    )
    # Any sign stands for one that would mean something in a pattern.
    pattern = single.join("|").re_replace(r"[^|\x{3400}-\x{9fff}]", ".")
    # Plain looks cost less than a pattern.
    several = reduce(or_, map(joined.contains, _SIGNS_BETWEEN))
    return several.ifelse(pattern.nullif(""), ibis.null("string"))


def _names_one(whole: Any, people: _People) -> Any:
    """Whether the texts name any of the people."""
    import ibis

    return ibis.cases(
        (_holds_one(whole, people.cells), True),
        (people.singly.notnull(), True),
        (_has_blank(whole), _holds_one(closed_up(whole), people.cells)),
        else_=False,
    )


def _holds_one(text: Any, cells: Sequence[Any]) -> Any:
    return reduce(or_, (text.contains(cell) for cell in cells))


def _covered(frame: Frame, name: str, text: Any, named: Any, people: _People) -> Any:
    """The text covered where its row is named; steps are kept, for none to be written out in the next."""
    import ibis

    none = ibis.null("string")
    plain = _kept(frame, ("covered", name), named.ifelse(_replaced(text, people), none))
    closed = _kept(frame, ("closed up", name), _has_blank(plain).ifelse(closed_up(plain), none))
    apart = _holds_one(closed, people.cells) | closed.re_search(people.singly)
    return ibis.cases((~named, text), (apart, _replaced(closed, people)), else_=plain)


def _replaced(text: Any, people: _People) -> Any:
    import ibis

    singly = people.singly
    covered = singly.isnull().ifelse(text, text.re_replace(singly, COVER))
    for cell in people.cells:
        name = cell.re_search(_NOBODY).ifelse(ibis.null("string"), cell)
        covered = covered.replace(name.fill_null(COVER), COVER)
    return covered
