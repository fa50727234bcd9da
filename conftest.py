"""What the tests of the kernel and of every department share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import ibis.expr.types as ir
import pytest
from ibis.backends.duckdb import Backend


@pytest.fixture(scope="session", autouse=True)
def _each_expression_is_compiled_once() -> Iterator[None]:
    """Equal expressions become SQL once in a process: that takes nearly half of a small run.

    Nothing goes untested by it: each expression is made anew, and each query is run.
    """
    compile_ = Backend.compile

    @lru_cache(maxsize=2000)
    def sql_of(backend: Backend, operation: Any, limit: int | None) -> str:
        sql: str = compile_(backend, operation.to_expr(), limit=limit)
        return sql

    def compiled(
        self: Backend, expression: ir.Expr, /, *, limit: int | None = None, params: None = None
    ) -> str:
        assert params is None
        return sql_of(self, expression.op(), limit)

    with pytest.MonkeyPatch.context() as patch:
        # Tables of the same name and columns are equal in whichever run's engine they are.
        patch.setattr(Backend, "db_identity", "any")
        patch.setattr(Backend, "compile", compiled)
        yield
