"""The account of every row: what became of it, where it stands and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from risk.model.kind import CASES
from risk.model.result import SourceAccount

from .engine import RECORD, Engine
from .partitions import Partition

ACCOUNT_SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("source", pa.string()),
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("detail", pa.string()),
    ]
)


def accounts(partitions: Sequence[Partition], dropped: pa.Table) -> tuple[SourceAccount, ...]:
    """One account a partition; its rows are its records, rejected, excluded and duplicates."""
    return tuple(_account(partition, dropped) for partition in partitions)


def _account(partition: Partition, dropped: pa.Table) -> SourceAccount:
    intake = partition.intake
    duplicates = int(pc.sum(pc.equal(dropped["position"], partition.position)).as_py() or 0)
    records = intake.rows - intake.rejected - intake.excluded - duplicates
    return SourceAccount(
        name=intake.name,
        sha256=intake.sha256,
        adapter=intake.adapter,
        key=partition.key,
        position=partition.position,
        rows=intake.rows,
        cases=records if intake.kind == "cases" else 0,
        rejected=intake.rejected,
        excluded=intake.excluded,
        duplicates=duplicates,
        encoding=intake.encoding,
        header_line=intake.header_line,
        sample=intake.sample,
        unreadable=dict(intake.unreadable),
        kind=intake.kind,
        signals=records if intake.kind == "signals" else 0,
    )


def rows_with_outcome(engine: Engine, partitions: Sequence[Partition], outcome: str) -> pa.Table:
    """Key, source, line, reason and detail of the rows with that outcome, in the sources' order.

    For `rejected` the broken lines are among them.
    """
    tables = [ACCOUNT_SCHEMA.empty_table()]
    for partition in partitions:
        if not getattr(partition.intake, outcome):
            continue
        rows = engine.canonical({partition.position: partition.rows_file})
        chosen = rows.filter(rows.outcome == outcome).select(RECORD, "reason", "detail")
        found = engine.fetch(chosen)
        lines = partition.line_map().lines(found[RECORD].to_numpy().astype(np.int64))
        table = _table(partition, lines, found["reason"], found["detail"])
        if outcome == "rejected":
            table = pa.concat_tables([table, _broken(partition)])
        tables.append(table.sort_by("line"))
    return pa.concat_tables(tables)


def duplicate_rows(partitions: Sequence[Partition], dropped: pa.Table) -> pa.Table:
    """Key, source, line, reason, and in detail the record that stands, for every dropped row."""
    tables = [ACCOUNT_SCHEMA.empty_table()]
    maps = {partition.position: partition for partition in partitions}
    for position, partition in maps.items():
        mine = dropped.filter(pc.equal(dropped["position"], position))
        if mine.num_rows == 0:
            continue
        lines = partition.line_map().lines(mine[RECORD].to_numpy())
        details = np.empty(mine.num_rows, dtype=object)
        kept_position = mine["kept_position"].to_numpy()
        for kept in np.unique(kept_position):
            chosen = kept_position == kept
            records = mine["kept_record"].to_numpy()[chosen]
            standing = maps[int(kept)]
            details[chosen] = np.char.add(
                f"{standing.intake.name}:", standing.line_map().lines(records).astype(str)
            )
        table = _table(partition, lines, mine["reason"], pa.array(details, pa.string()))
        tables.append(table.sort_by("line"))
    return pa.concat_tables(tables)


def cases_of(
    engine: Engine, keys: pa.Table, partitions: Sequence[Partition], columns: Sequence[str]
) -> pa.Table:
    """The rows of `keys` in their order, with some columns of the case that each of them names.

    `keys` name cases by `position` and `record`; in their stead come `source` and `line`. All
    records are searched: a filter among them would have the engine read every file from its
    beginning.
    """
    of_cases = [partition for partition in partitions if partition.intake.kind == CASES.name]
    files = {partition.position: partition.rows_file for partition in of_cases}
    wanted = engine.upload("wanted", keys.select(["position", RECORD]))
    every = engine.canonical(files).select("position", RECORD, *columns)
    found = engine.fetch(every.semi_join(wanted, ["position", RECORD]))
    numbered = keys.append_column("order", pa.array(range(keys.num_rows), pa.int64()))
    joined = numbered.join(found, ["position", RECORD]).sort_by("order")
    return with_source(joined.select([*keys.column_names, *columns]), partitions)


def with_source(rows: pa.Table, partitions: Sequence[Partition]) -> pa.Table:
    """Rows with `position` and `record`, with `source` and `line` in their stead."""
    names = np.empty(rows.num_rows, dtype=object)
    lines = np.zeros(rows.num_rows, dtype=np.int64)
    positions = rows["position"].to_numpy()
    records = rows[RECORD].to_numpy().astype(np.int64)
    for partition in partitions:
        mine = positions == partition.position
        if mine.any():
            names[mine] = partition.intake.name
            lines[mine] = partition.line_map().lines(records[mine])
    bare = rows.drop_columns(["position", RECORD])
    return bare.append_column("source", pa.array(names, pa.string())).append_column(
        "line", pa.array(lines)
    )


def _table(partition: Partition, lines: object, reason: object, detail: object) -> pa.Table:
    height = len(lines)  # type: ignore[arg-type]
    columns = [
        pa.repeat(partition.key, height),
        pa.repeat(partition.intake.name, height),
        pa.array(lines, pa.int64()),
        reason,
        detail,
    ]
    return pa.table(dict(zip(ACCOUNT_SCHEMA.names, columns, strict=True))).cast(ACCOUNT_SCHEMA)


def _broken(partition: Partition) -> pa.Table:
    broken = partition.broken_lines()
    return _table(
        partition,
        [line.line for line in broken],
        pa.array([line.reason for line in broken], pa.string()),
        pa.nulls(len(broken), pa.string()),
    )
