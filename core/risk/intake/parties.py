"""Who the party of a case is: told by a pseudonym alone, and covered where else it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from .folding import WIDE, half_width
from .masking import COVER

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .column import Column
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


def party_texts(expression: object, frame: Frame) -> list[Any]:
    """The names and numbers from which a row's pseudonym is made; null where too short to tell."""
    told_by: tuple[Column, ...] = getattr(expression, "told_by", ())
    texts = (part.make(frame).cast("string") for part in told_by)
    return [
        _kept(frame, ("party text", number), _if_telling(text)) for number, text in enumerate(texts)
    ]


def without_party(frame: Frame, name: str, text: Any, parties: Sequence[Any]) -> Any:
    """The text of the column `name` with the names and numbers of its own row's party covered.

    A name has no shape by which it could be known; the row that it stands in knows it.
    """
    for number, party in enumerate(parties):
        # Each covering is a step: written into each other they would be computed over and over.
        text = _kept(frame, ("to cover", name, number), text)
        text = text.contains(party).ifelse(text.replace(party, COVER), text)
    return text


def _if_telling(text: ir.StringValue) -> ir.StringValue:
    import ibis

    least = (text > "~").ifelse(_SHORTEST_NAME, _SHORTEST_NUMBER)
    told: ir.StringValue = (text.length() >= least).ifelse(text, ibis.null("string"))
    return told


def _kept(frame: Frame, key: Hashable, value: Any) -> Any:
    return frame.once(key, lambda: value)
