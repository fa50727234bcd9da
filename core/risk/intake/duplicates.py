"""Cases that came more than once: which record stands and which are duplicates.

A record that repeats an earlier one is a duplicate. One with the same number and other content is
taken for a correction: the last content stands, and the records before it are duplicates. So a
snapshot read twice changes nothing, and a later export corrects an earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from risk.model.case import COLUMN_NAMES

from .engine import RECORD, Engine
from .partitions import Partition

if TYPE_CHECKING:
    import ibis.expr.types as ir

REPEATED = "repeated"
CORRECTED = "corrected by a later record"
_SCHEMA = pa.schema(
    [
        ("position", pa.int32()),
        (RECORD, pa.int64()),
        ("reason", pa.string()),
        ("kept_position", pa.int32()),
        ("kept_record", pa.int64()),
    ]
)
# Above any number of records in one file, so that position and record make one ordered number.
_STRIDE = 1 << 40


def resolve(engine: Engine, partitions: Sequence[Partition], fresh: frozenset[str]) -> pa.Table:
    """The dropped records of all partitions: position, record, reason and which record stands.

    Only numbers that occur in fresh partitions are looked at; what earlier runs found is read from
    their files, and the fresh partitions' files are written. Partitions are in order of position.
    """
    new = [partition for partition in partitions if partition.key in fresh]
    if new:
        found = _dropped(engine, partitions, new)
        last = new[-1]
        for partition in new:
            pq.write_table(
                found if partition is last else _SCHEMA.empty_table(), partition.dropped_file
            )
    return pa.concat_tables(pq.read_table(part.dropped_file) for part in partitions).cast(_SCHEMA)


def standing(engine: Engine, partitions: Sequence[Partition], dropped: pa.Table) -> ir.Table:
    """The cases that stand: accepted and no duplicates, with position and record."""
    files = {partition.position: partition.rows_file for partition in partitions}
    rows = engine.canonical(files)
    cases = rows.filter(rows.outcome == "case")
    if dropped.num_rows == 0:
        return cases
    gone = engine.upload("dropped", dropped.select(["position", RECORD]))
    return cases.anti_join(gone, ["position", RECORD])


def _dropped(engine: Engine, partitions: Sequence[Partition], new: list[Partition]) -> pa.Table:
    old = [partition for partition in partitions if partition not in new]
    fresh = _numbers(engine, new)
    counts = fresh.group_by("case_id").aggregate(times=fresh.count())
    several = counts.filter(counts.times > 1).select("case_id")
    if old:
        earlier = _numbers(engine, old)
        several = several.union(
            fresh.semi_join(earlier, "case_id").select("case_id"), distinct=True
        )
    numbers = engine.keep("repeated_numbers", several)
    if engine.fetch(numbers.count().as_table()).column(0)[0].as_py() == 0:
        return _SCHEMA.empty_table()
    rows = engine.canonical({part.position: part.rows_file for part in partitions})
    cases = rows.filter(rows.outcome == "case").semi_join(numbers, "case_id")
    return engine.fetch(_judged(cases)).cast(_SCHEMA)


def _numbers(engine: Engine, partitions: Sequence[Partition]) -> ir.Table:
    rows = engine.canonical({part.position: part.rows_file for part in partitions})
    return rows.filter(rows.outcome == "case").select("case_id")


def _judged(cases: ir.Table) -> ir.Table:
    import ibis

    content = ibis.literal("")
    for name in COLUMN_NAMES:
        content = content + "\x1f" + cases[name].cast("string").fill_null("\x1e")
    rows = cases.select(
        "case_id",
        "position",
        RECORD,
        place=cases.position.cast("int64") * _STRIDE + cases[RECORD],
        content=content,
    )
    in_order = ibis.window(group_by="case_id", order_by="place")
    changed = rows.mutate(turn=(rows.content != rows.content.lag().over(in_order)).fill_null(True))
    whole = ibis.window(group_by="case_id")
    stands = changed.turn.ifelse(changed.place, ibis.null("int64")).max().over(whole)
    last = changed.mutate(stands=stands)
    of_standing = (last.place == last.stands).ifelse(last.content, ibis.null("string"))
    kept = of_standing.max().over(whole)
    marked = last.mutate(same=last.content == kept)
    gone = marked.filter(marked.place != marked.stands)
    return gone.select(
        position=gone.position,
        record=gone[RECORD],
        reason=gone.same.ifelse(REPEATED, CORRECTED),
        kept_position=(gone.stands // _STRIDE).cast("int32"),
        kept_record=(gone.stands % _STRIDE).cast("int64"),
    ).order_by("position", "record")
