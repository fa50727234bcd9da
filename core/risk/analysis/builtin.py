"""An aggregate that DuckDB and Spark both build in and that Ibis lacks for Spark."""

from __future__ import annotations

import ibis


@ibis.udf.agg.builtin
def bit_or(bits: int) -> int:
    """All bits that are set in any of the numbers."""
