"""What spreadsheets write in the place of a value, in their own files and in what they export."""

from __future__ import annotations

from typing import Any, Final

from .choice import is_one_of

# By the names that the reader of workbooks gives them.
BY_NAME: Final = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}
# Of no spreadsheet: a cell that is merged with one in another column, whose value is not its own.
MERGED: Final = "#合并单元格"
_ERRORS: Final = (*BY_NAME.values(), MERGED, "#SPILL!", "#CALC!", "#BLOCKED!", "#FIELD!", "#BUSY!")


def without_error(cell: Any) -> Any:
    """The text, null where it is an error."""
    import ibis

    return _as_error(cell, ibis.null("string"), cell)


def error_in(cell: Any) -> Any:
    """The error that the text is; else null."""
    import ibis

    return _as_error(cell, cell, ibis.null("string"))


def _as_error(cell: Any, error: Any, other: Any) -> Any:
    """`error` where the cell is one, else `other`."""
    # Hardly a text begins so: one look spares it the comparing.
    return cell.startswith("#").ifelse(is_one_of(cell, _ERRORS).ifelse(error, other), other)
