"""Records that came more than once: which one stands and which are duplicates.

A record that repeats an earlier one is a duplicate. One with the same number and other content is
taken for a correction: the last content stands, and the records before it are duplicates. Where the
last record of a number is excluded (a decision withdrawn since), none stands. So a snapshot read
twice changes nothing, and a later export corrects an earlier one. Cases and signals are numbered
apart.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from risk.model.kind import CASES, KINDS, Kind

from .engine import RECORD, Engine
from .partitions import Partition

if TYPE_CHECKING:
    import ibis.expr.types as ir

REPEATED = "repeated"
CORRECTED = "corrected by a later record"
TAKEN_BACK = "taken back by a later record"
_SCHEMA = pa.schema(
    [
        ("position", pa.int32()),
        (RECORD, pa.int64()),
        ("reason", pa.string()),
        ("kept_position", pa.int32()),
        ("kept_record", pa.int64()),
    ]
)
_EXCLUDED = "excluded"
# Above any number of records in one file, so that position and record make one ordered number.
_STRIDE = 1 << 40
_READINGS = b"readings"


def resolve(engine: Engine, partitions: Sequence[Partition], fresh: frozenset[str]) -> pa.Table:
    """The dropped records of all partitions: position, record, reason and which record stands.

    Each comes once. Only numbers that occur in fresh partitions are looked at; what earlier runs
    found is read from their files, and the fresh partitions' files are written. Partitions are in
    order of position. Where an earlier run judged by a reading that another has replaced since, all
    is judged anew, and noted so that the next run need not.
    """
    for kind in KINDS.values():
        _note(engine, kind, partitions, fresh)
    found = [pq.read_table(part.dropped_file) for part in partitions]
    present = {part.key for part in partitions}
    if any(_judged_by(table) - present for table in found):
        found = [
            _dropped(engine, kind, of_kind, of_kind)
            for kind in KINDS.values()
            if (of_kind := _of(kind, partitions))
        ]
        _note_anew(pa.concat_tables(found), partitions, fresh)
    return _last_of_each(pa.concat_tables(table.cast(_SCHEMA) for table in found))


def standing(
    engine: Engine, partitions: Sequence[Partition], dropped: pa.Table, kind: Kind = CASES
) -> ir.Table | None:
    """The records of a kind that stand: accepted and no duplicates, with position and record.

    None where no source holds any of the kind.
    """
    partitions = _of(kind, partitions)
    if not partitions:
        return None
    rows = _rows(engine, partitions)
    records = rows.filter(rows.outcome == kind.record)
    if dropped.num_rows == 0:
        return records
    gone = engine.upload("dropped", dropped.select(["position", RECORD]))
    return records.anti_join(gone, ["position", RECORD])


def _of(kind: Kind, partitions: Sequence[Partition]) -> list[Partition]:
    return [partition for partition in partitions if partition.intake.kind == kind.name]


def _note(
    engine: Engine, kind: Kind, partitions: Sequence[Partition], fresh: frozenset[str]
) -> None:
    """Write the dropped records of a kind into the files of its fresh partitions."""
    of_kind = _of(kind, partitions)
    new = [partition for partition in of_kind if partition.key in fresh]
    if new:
        found = _dropped(engine, kind, of_kind, new)
        last = new[-1]
        for partition in new:
            table = found if partition is last else _SCHEMA.empty_table()
            pq.write_table(_judged_with(partitions, table), partition.dropped_file)


def _note_anew(found: pa.Table, partitions: Sequence[Partition], fresh: frozenset[str]) -> None:
    """Write all dropped records into the file of the last partition of an earlier run.

    Those of the others hold nothing then. It is written first, and each file whole or not at all:
    a run that is broken off leaves files that name a reading which is not there, or which together
    hold everything. A fresh partition may not hold it, since a broken-off run takes it away.
    """
    *others, last = [partition for partition in partitions if partition.key not in fresh]
    for partition in (last, *others):
        table = found if partition is last else _SCHEMA.empty_table()
        draft = partition.dropped_file.with_suffix(".draft")
        pq.write_table(_judged_with(partitions, table), draft)
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(draft, partition.dropped_file)


def _judged_with(partitions: Sequence[Partition], dropped: pa.Table) -> pa.Table:
    """The records to be noted, and the readings by which they were judged."""
    keys = ",".join(part.key for part in partitions)
    return dropped.replace_schema_metadata({_READINGS: keys.encode()})


def _last_of_each(dropped: pa.Table) -> pa.Table:
    """The table with each record once, as it was noted last.

    A record that was dropped is so again whenever its number comes once more.
    """
    positions = dropped["position"].to_numpy().astype(np.int64)
    places = positions * _STRIDE + dropped[RECORD].to_numpy()
    _, from_the_end = np.unique(places[::-1], return_index=True)
    if len(from_the_end) == dropped.num_rows:
        return dropped
    return dropped.take(pa.array(np.sort(dropped.num_rows - 1 - from_the_end)))


def _judged_by(dropped: pa.Table) -> set[str]:
    """The readings by which noted records were judged; one that nobody knows where that is not said."""
    noted = dropped.schema.metadata or {}
    return set(noted.get(_READINGS, b"").decode().split(","))


def _dropped(
    engine: Engine, kind: Kind, partitions: Sequence[Partition], new: list[Partition]
) -> pa.Table:
    old = [partition for partition in partitions if partition not in new]
    fresh = _told(engine, kind, new).select(kind.number)
    several = _several(fresh, kind.number)
    if old:
        earlier = _told(engine, kind, old).select(kind.number)
        several = several.union(
            fresh.semi_join(earlier, kind.number).select(kind.number), distinct=True
        )
    numbers = engine.keep("repeated_numbers", several)
    if engine.fetch(numbers.count().as_table()).column(0)[0].as_py() == 0:
        return _SCHEMA.empty_table()
    records = _told(engine, kind, partitions).semi_join(numbers, kind.number)
    return engine.fetch(_judged(records, kind)).cast(_SCHEMA)


def _several(records: ir.Table, number: str) -> ir.Table:
    """The numbers that occur more than once, and perhaps a few others.

    Fingerprints are counted in a third of the memory that the texts would take.
    """
    from .builtin import fingerprint

    marked = records.mutate(mark=fingerprint(records[number]))
    counts = marked.group_by("mark").aggregate(times=marked.count())
    often = counts.filter(counts.times > 1)
    return marked.semi_join(often, "mark").select(number).distinct()


def _rows(engine: Engine, partitions: Sequence[Partition]) -> ir.Table:
    return engine.canonical({part.position: part.rows_file for part in partitions})


def _told(engine: Engine, kind: Kind, partitions: Sequence[Partition]) -> ir.Table:
    """The numbered records that say what a number stands for: accepted, or excluded by a rule."""
    rows = _rows(engine, partitions)
    return rows.filter(rows.outcome.isin([kind.record, _EXCLUDED]) & rows[kind.number].notnull())


def _judged(records: ir.Table, kind: Kind) -> ir.Table:
    import ibis

    content = ibis.literal("")
    for name in kind.names:
        content = content + "\x1f" + records[name].cast("string").fill_null("\x1e")
    # All that an excluded record says of its number is that it is no case.
    excluded = records.outcome == _EXCLUDED
    content = excluded.ifelse(_EXCLUDED, content)
    rows = records.select(
        kind.number,
        "position",
        RECORD,
        place=records.position.cast("int64") * _STRIDE + records[RECORD],
        content=content,
    )
    in_order = ibis.window(group_by=kind.number, order_by="place")
    changed = rows.mutate(turn=(rows.content != rows.content.lag().over(in_order)).fill_null(True))
    whole = ibis.window(group_by=kind.number)
    stands = changed.turn.ifelse(changed.place, ibis.null("int64")).max().over(whole)
    last = changed.mutate(stands=stands)
    of_standing = (last.place == last.stands).ifelse(last.content, ibis.null("string"))
    kept = of_standing.max().over(whole)
    marked = last.mutate(kept=kept, same=last.content == kept)
    gone = marked.filter((marked.place != marked.stands) & (marked.content != _EXCLUDED))
    reason = ibis.cases(
        (gone.same, REPEATED), (gone.kept == _EXCLUDED, TAKEN_BACK), else_=CORRECTED
    )
    return gone.select(
        position=gone.position,
        record=gone[RECORD],
        reason=reason,
        kept_position=(gone.stands // _STRIDE).cast("int32"),
        kept_record=(gone.stands % _STRIDE).cast("int64"),
    ).order_by("position", "record")
