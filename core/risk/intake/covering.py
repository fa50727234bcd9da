"""The people whom a row names, covered in that row's own texts.

A name has no shape by which it could be known; the row that it stands in knows it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

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
# What stands between the names of several people in one cell; a blank may also stand within one.
_SIGNS: Final = "、,，;；/／&|｜+。:：()（）0-9\x1f"
_BETWEEN: Final = f"[{_SIGNS}]+"
_BETWEEN_ALL: Final = f"[{_SIGNS}{BLANK}]+"
_AND: Final = "和与及"
_HINTS: Final = (*BLANKS, *"\t、,，;；/／&|｜+。:：(（", *_AND)
# Of several in a cell only what may be a person's name is covered singly.
_HAN: Final = r"[\x{3007}\x{3400}-\x{9fff}\x{20000}-\x{323af}]"
_NAME: Final = f"^{_HAN}{{2,4}}$|^{_HAN}+[·•・](?:{_HAN}|[·•・]){{1,14}}$"
# 和 stands in names too: 李和平 is one person.
_JOINED: Final = f"^{_HAN}{{2,3}}(?:[{_AND}]{_HAN}{{2,3}})+$"
_NOBODY: Final = f"^(?:{NOBODY})$"


def without_people(
    frame: Frame, adapter: Adapter, texts: Mapping[str, ir.StringValue]
) -> dict[str, ir.StringValue]:
    """The texts with the names and numbers of their own row's people covered.

    These are the party's, those beneath the headings of the adapter's `people` and those beneath
    headings that speak of people. A name may be set apart (样 例 甲), or be one of several in its
    cell. Where a name is set apart in a text, that text is given without its blanks.
    """
    import ibis

    cells = [frame.column(headings) for headings in _headings(frame, adapter)]
    if not cells:
        return dict(texts)
    edge = ibis.literal(_EDGE)
    kept = {name: _kept(frame, ("to cover", name), text) for name, text in texts.items()}
    whole = _kept(frame, "texts", edge.join(list(kept.values())))
    joined = _kept(frame, "people", edge.join(cells))
    # Nearly no row names anybody: plain looks at its cells as they stand leave the rest to those
    # that may. A look costs a tenth of a pattern.
    may = _kept(frame, "may name people", _may_name(whole, joined, cells))
    asked = _kept(
        frame, "people asked for", may.ifelse(ibis.array(cells), ibis.null("array<string>"))
    )
    named = _kept(frame, "people named", _named(asked, joined, whole))
    who = _kept(frame, "pattern of people", _pattern(named))
    return {name: _covered(frame, name, text, who) for name, text in kept.items()}


def _headings(frame: Frame, adapter: Adapter) -> list[tuple[str, ...]]:
    """The headings of the columns that name the row's people, or give numbers of theirs."""
    told_by = getattr(adapter.columns.get("party"), "told_by", ())
    party = [names for column in told_by for names in column.reads]
    speaking = [(heading,) for heading in frame.positions if names_people(heading)]
    found: dict[int, tuple[str, ...]] = {}
    for headings in (*party, *adapter.people, *speaking):
        position = frame.position(headings)
        if position is not None:
            found.setdefault(position, headings)
    return list(found.values())


def _kept(frame: Frame, key: Hashable, value: Any) -> Any:
    return frame.once(key, lambda: value)


def _may_name(whole: Any, joined: Any, cells: Sequence[Any]) -> Any:
    """Whether the texts hold a cell, or a cell may hold more than a name without blanks."""
    import ibis

    return ibis.cases(
        (_holds_one(whole, cells), True),
        (reduce(or_, map(joined.contains, _HINTS)), True),
        (_has_blank(whole), _holds_one(closed_up(whole), cells).fill_null(False)),
        else_=False,
    )


def _holds_one(text: Any, cells: Sequence[Any]) -> Any:
    return reduce(or_, (text.contains(cell) for cell in cells))


def _has_blank(text: Any) -> Any:
    # Three plain looks cost less than a pattern.
    return reduce(or_, map(text.contains, BLANKS))


def _named(cells: Any, joined: Any, whole: Any) -> Any:
    """The names and numbers without blanks that the texts hold, sorted; null where none is asked for."""
    import ibis

    tight = closed_up(whole)
    split = joined.re_split(_BETWEEN).map(closed_up)
    joined_names = split.filter(lambda name: name.re_search(_JOINED)).join("、").fill_null("")
    pairs = joined_names.re_split(f"[、{_AND}]")
    single = split.concat(joined.re_split(_BETWEEN_ALL), pairs)
    all_names = cells.map(closed_up).concat(single.filter(lambda name: name.re_search(_NAME)))
    held = all_names.filter(lambda name: _tells(name) & tight.contains(name))
    return cells.isnull().ifelse(ibis.null("array<string>"), held.sort())


def _tells(name: Any) -> Any:
    """Whether the name or number is long enough, and somebody's."""
    least = (name > "~").ifelse(_SHORTEST_NAME, _SHORTEST_NUMBER)
    return (name.length() >= least) & ~name.re_search(_NOBODY)


def _pattern(names: Any) -> Any:
    """What matches any of the sorted names, a longer one (张三丰) before its beginning (张三)."""
    last = names.length() - 1
    longest_first = names.map(lambda _, index: names[last - index])
    # Every sign stands for itself between \Q and \E.
    quoted = longest_first.map(lambda name: r"\Q" + name.replace(r"\E", r"\E\\E\Q") + r"\E")
    return quoted.join("|").nullif("")


def _covered(frame: Frame, name: str, text: Any, who: Any) -> Any:
    """The text covered where its row is named; steps are kept, for none to be written out in the next."""
    import ibis

    none = ibis.null("string")
    plain = who.isnull().ifelse(none, text.re_replace(who, COVER))
    plain = _kept(frame, ("covered", name), plain)
    closed = _kept(frame, ("closed up", name), _has_blank(plain).ifelse(closed_up(plain), none))
    apart = closed.re_search(who).fill_null(False)
    return ibis.cases((who.isnull(), text), (apart, closed.re_replace(who, COVER)), else_=plain)
