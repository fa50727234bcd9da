"""Functions that DuckDB and Spark both build in under one name and that Ibis has slower or not."""

from __future__ import annotations

import ibis


@ibis.udf.scalar.builtin
def translate(text: str, before: str, after: str) -> str:
    """The text with each character of `before` replaced by its partner in `after`, or dropped."""


@ibis.udf.scalar.builtin
def left(text: str, length: int) -> str:
    """The first `length` characters."""


@ibis.udf.scalar.builtin
def right(text: str, length: int) -> str:
    """The last `length` characters."""


@ibis.udf.scalar.builtin(name="hash")
def fingerprint(text: str) -> int:
    """A whole number that equal texts share, and few others; each engine has its own."""
