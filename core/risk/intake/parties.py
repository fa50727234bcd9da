"""One spelling for the names and numbers of a party, from which its pseudonym is made."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from .folding import WIDE, half_width

if TYPE_CHECKING:
    import ibis.expr.types as ir


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
