"""Which of the listed points each case lies beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from risk.model.point import RiskPoint, ScopeKind

from .cells import SCOPE_COLUMNS
from .identify import Counter

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Uploader(Counter, Protocol):
    """A counter that can be told a small table."""

    def upload(self, name: str, rows: pa.Table) -> ir.Table:
        """A small table made known."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The points of one kind: a table of their numbers, violation types and scope texts."""

    table: ir.Table
    texts: Mapping[str, Sequence[str]]

    @classmethod
    def told(
        cls,
        kind: ScopeKind,
        members: Sequence[tuple[int, RiskPoint]],
        engine: Uploader,
        upload: str,
    ) -> Keys:
        """The points, which the engine knows as `upload` from now on."""
        # A place may lack its district; an empty text stands for it, since null equals nothing.
        texts = {
            name: [getattr(point.scope, name) or "" for _, point in members]
            for name in SCOPE_COLUMNS[kind]
        }
        columns = {f"of_{name}": pa.array(values, pa.string()) for name, values in texts.items()}
        columns["of_violation"] = pa.array([point.violation.id for _, point in members])
        columns["point"] = pa.array([number for number, _ in members], pa.int32())
        return cls(engine.upload(upload, pa.table(columns)), texts)

    def alike(self, rows: ir.Table) -> list[ir.BooleanValue]:
        """When a case lies beneath a point."""
        scope = [rows[name].fill_null("") == self.table[f"of_{name}"] for name in self.texts]
        return [rows.violation == self.table.of_violation, *scope]


def beneath_points(
    rows: ir.Table, points: Sequence[RiskPoint], engine: Uploader, upload: str
) -> list[ir.Table]:
    """For each kind of scope, each case with the number of every point that it lies beneath.

    `rows` have `time_band`; `upload` begins the names of the tables that tell the engine of the
    points. One table a kind: an engine would keep what all of them read in memory, were they one.
    """
    return [beneath(rows, keys) for keys in keys_of(points, engine, upload).values()]


def keys_of(points: Sequence[RiskPoint], engine: Uploader, upload: str) -> dict[ScopeKind, Keys]:
    """The points of each kind of scope, told to the engine."""
    members: dict[ScopeKind, list[tuple[int, RiskPoint]]] = {}
    for number, point in enumerate(points):
        members.setdefault(point.scope.kind, []).append((number, point))
    return {
        kind: Keys.told(kind, numbered, engine, f"{upload}_{kind}")
        for kind, numbered in members.items()
    }


def beneath(rows: ir.Table, keys: Keys) -> ir.Table:
    """The cases beneath one of the points, each with its number in `point`."""
    for name, texts in keys.texts.items():
        # Most rows fall out by one text alone, before all of them are compared.
        if all(texts):
            rows = rows.filter(rows[name].isin(sorted(set(texts))))
    joined = rows.join(keys.table, keys.alike(rows))
    return joined.select(*rows.columns, "point")


def with_ids(table: pa.Table, points: Sequence[RiskPoint]) -> pa.Table:
    """The table with the points' ids in the stead of their numbers."""
    ids = pa.array([point.id for point in points], pa.string())
    named = ids.take(table["point"].combine_chunks())
    return table.drop_columns("point").add_column(0, "risk_point", named)
