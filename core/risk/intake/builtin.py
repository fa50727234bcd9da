"""Functions that DuckDB and Spark both build in under one name and that Ibis has slower or not.

Measured: Ibis's own `strip` costs 1.4 times a whole map step, the builtin `trim` next to nothing.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt


@ibis.udf.scalar.builtin
def trim(text: str) -> str:  # type: ignore[empty-body]
    """The text without blanks at both ends."""


@ibis.udf.scalar.builtin
def translate(text: str, before: str, after: str) -> str:  # type: ignore[empty-body]
    """The text with each character of `before` replaced by its partner in `after`, or dropped."""


@ibis.udf.scalar.builtin
def left(text: str, length: int) -> str:  # type: ignore[empty-body]
    """The first `length` characters."""


@ibis.udf.scalar.builtin(signature=((dt.string, dt.string, dt.string, dt.string), dt.string))
def concat_ws(separator, first, second, third):  # type: ignore[no-untyped-def]
    """The texts that are not null, joined."""
