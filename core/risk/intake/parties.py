"""Who the party of a case is, and who else its row names: covered where else they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from .column import Column, text
from .folding import WIDE, closed_up, half_width
from .frame import BLANKS
from .masking import COVER

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from risk.model.adapter import Adapter

    from .frame import Frame

# Shorter ones, such as a running number in the column of identity numbers, stand in any address.
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 6

# Dots within names of several parts and behind the letter of a plate, and blanks: never telling.
_DROPPED = "·•・‧∙･\\s\u00a0\u200b\ufeff\u2002\u2003\u2009\u202f"
_DASHES = ".-—_"
_DASH = f"[{re.escape(_DASHES)}]"
# Radicals and compatibility forms, which come from copied PDF files, look like common characters.
_RADICALS = "\u2e80-\u2fdf\uf900-\ufaff"
_LOOSE = f"[a-z{_DROPPED}{WIDE}{_RADICALS}]|^.[A-Z]{_DASH}"
_WIDE_OR_RARE = f"[{WIDE}{_RADICALS}]|^.[A-Za-z]{_DASH}"
_RARE = f"[{_RADICALS}]|^.[A-Za-zＡ-Ｚａ-ｚ][{re.escape(_DASHES)}．－—＿]"
_DASHED_PLATE = rf"^[\x{{4e00}}-\x{{9fff}}][A-Z]{_DASH}+[0-9A-Z]{{4,}}"


def one_spelling(party: ir.StringValue) -> ir.StringValue:
    """The name or number of a party as all its usual spellings have it in common.

    Case, width, brackets, blanks and the dot of a plate do not matter; null if nothing is left.
    Nearly all cells need nothing, and each further look is left for the few that may need more.
    """
    import ibis

    plain = _tight(half_width(party))
    spelt: ir.StringValue = ibis.cases(
        (~party.re_search(_LOOSE), party),
        (~party.re_search(_WIDE_OR_RARE), _tight(party)),
        (~party.re_search(_RARE), plain),
        else_=_common(plain),
    )
    return spelt


def _tight(text: ir.StringValue) -> ir.StringValue:
    tight: ir.StringValue = text.upper().re_replace(f"[{_DROPPED}]", "").nullif("")
    return tight


def _common(text: ir.StringValue) -> ir.StringValue:
    """With common characters for radicals, and without what stands behind the letter of a plate."""
    from .builtin import translate

    usual = translate(text, *_like())
    common: ir.StringValue = usual.re_search(_DASHED_PLATE).ifelse(
        translate(usual, _DASHES, ""), usual
    )
    return common


@cache
def _like() -> tuple[str, str]:
    """Radicals and compatibility forms, and the common character that each of them stands for."""
    codes = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    usual = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in codes}
    usual = {
        form: char
        for form, char in usual.items()
        if form != char and len(char) == 1 and ord(char) < 0x10000
    }
    return "".join(usual), "".join(usual.values())


def people_named(adapter: Adapter, frame: Frame) -> list[Any]:
    """The names and numbers of a row's party and of its further people; null where too short to tell.

    They are those that its pseudonym is made of and those in the columns of `people` that are there.
    """
    told_by: tuple[Column, ...] = getattr(adapter.columns.get("party"), "told_by", ())
    columns = [
        *told_by,
        *(text(headings) for headings in adapter.people if frame.has(headings)),
    ]
    return [
        _kept(frame, ("person", number), _if_telling(column.make(frame).cast("string")))
        for number, column in enumerate(columns)
    ]


def without_people(frame: Frame, name: str, said: Any, people: Sequence[Any]) -> Any:
    """The text of the column `name` with the names and numbers of its own row's people covered.

    A name has no shape by which it could be known; the row that it stands in knows it.
    """
    import ibis

    text = _kept(frame, ("to cover", name), said)
    covered = _kept(frame, ("covered", name), _covered(text, people))
    # A name may be set apart: 样 例 甲. Where it is, the text is given without its blanks.
    spaced = _has_blank(covered).ifelse(closed_up(covered), ibis.null("string"))
    closed = _kept(frame, ("closed up", name), spaced)
    # Nearly no text names anybody; one question about all of them leaves covering to those that do.
    branches = ((closed.isnull(), covered), (_names_one(closed, people), _replaced(closed, people)))
    return ibis.cases(*branches, else_=covered)


def _covered(text: Any, people: Sequence[Any]) -> Any:
    import ibis

    branches = ((text.isnull(), text), (_names_one(text, people), _replaced(text, people)))
    return ibis.cases(*branches, else_=text)


def _replaced(text: Any, people: Sequence[Any]) -> Any:
    for person in people:
        text = text.replace(person.fill_null(COVER), COVER)
    return text


def _names_one(text: Any, people: Sequence[Any]) -> Any:
    return reduce(or_, (text.contains(person) for person in people))


def _has_blank(text: Any) -> Any:
    # Three plain looks cost less than a pattern.
    return reduce(or_, map(text.contains, BLANKS))


def _if_telling(said: ir.StringValue) -> ir.StringValue:
    import ibis

    least = (said > "~").ifelse(_SHORTEST_NAME, _SHORTEST_NUMBER)
    told = (said.length() >= least).ifelse(said, ibis.null("string"))
    spaced = (told > "~").ifelse(_has_blank(told), False)
    name: ir.StringValue = spaced.ifelse(closed_up(told), told)
    return name


def _kept(frame: Frame, key: Hashable, value: Any) -> Any:
    return frame.once(key, lambda: value)
