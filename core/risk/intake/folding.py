"""One spelling for texts that are compared."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000"
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + " "
_USUAL = ("０１２３４５６７８９（）　", "0123456789() ")
_WIDE_RARE = "！-＇＊-／：-～"
# Full-width letters, digits, signs and blanks, for use between the brackets of a pattern.
WIDE = f"{_WIDE[0]}-{_WIDE[-2]}\u3000"
# Blanks of every width, likewise.
BLANK = "\\s\u00a0\u2000-\u200b\u202f\u3000\ufeff"


def fold(text: str) -> str:
    """One text as `fold_text` makes it of a column."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def fold_text(cell: ir.StringValue) -> ir.StringValue:
    """The text in half width and upper case without any blanks: for comparing, not for showing.

    Most cells need nothing; one look finds out, and only the others are rewritten.
    """
    bare = half_width(cell).upper()
    for blank in " \t\n\r\x0b\x0c":
        bare = bare.replace(blank, "")
    value: ir.StringValue = cell.re_search(rf"[a-z\s{WIDE}]").ifelse(bare, cell)
    return value


def half_width(cell: ir.StringValue) -> ir.StringValue:
    """Full-width letters, digits, signs and blanks in half width."""
    import ibis

    from .builtin import translate

    # The time that translating takes grows with the table.
    value: ir.StringValue = ibis.cases(
        (~cell.re_search(f"[{WIDE}]"), cell),
        (~cell.re_search(f"[{_WIDE_RARE}]"), translate(cell, *_USUAL)),
        else_=translate(cell, _WIDE, _NARROW),
    )
    return value


def closed_up(cell: ir.StringValue) -> ir.StringValue:
    """The text without any blanks."""
    value: ir.StringValue = cell.re_replace(f"[{BLANK}]+", "")
    return value
