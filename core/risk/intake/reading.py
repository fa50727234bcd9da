"""Reading one source into a partition: every line of it becomes a row or a broken line."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from risk.errors import InputError
from risk.model.kind import KINDS

from .companions import digests, read_companions
from .engine import BrokenLine, Engine, MalformedSource, Scan
from .frame import Frame
from .headings import Recognised, columns_by_heading
from .lines import LineMap
from .mapping import canonical
from .partitions import (
    CaseStore,
    Intake,
    Partition,
    line_table,
    partition_key,
    reading_of,
)
from .secret import mark_of
from .source import Source
from .sources import look_through
from .text_encoding import transcode
from .text_repair import repair
from .unnamed import unnamed

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Excel for Macintosh once ended its lines in a return alone.
_RETURNS = (("\r", "\n"),)
# Neither may stand in JSON but as blanks; one would part cells for the engine, one lines.
_CONTROLS = (("\r", " "), ("\x1f", " "))
# In these a cell that is empty and one that is not there look the same.
_WITHOUT_NULLS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read: with which engine, secret, edition of kernel and plugin, and today.

    `types` are the ids of the plugin's violation types; None where they are not known.
    """

    engine: Engine
    store: CaseStore
    secret: str
    version: str
    today: dt.date
    types: frozenset[str] | None = None
    built: dict[Hashable, ir.Table] = field(default_factory=dict, compare=False, repr=False)

    def key(
        self, source: Source, recognised: Recognised, companions: Mapping[str, str] | None = None
    ) -> str:
        """What names this way of reading the source, or that with such tables beside it."""
        adapter = recognised.adapter
        found = digests(source.path.parent, adapter) if companions is None else companions
        beside = ",".join(f"{name}={digest}" for name, digest in sorted(found.items()))
        return partition_key(
            source.sha256, adapter.name, self.version, self.secret, source.encoding, beside
        )

    def richer(
        self, source: Source, recognised: Recognised, partitions: Iterable[Partition]
    ) -> Partition | None:
        """The same reading of the same bytes, but with further tables beside them."""
        found = digests(source.path.parent, recognised.adapter)
        for part in partitions:
            beside = part.intake.companions
            if found.items() < beside.items() and reading_of(part.key) == self.key(
                source, recognised, beside
            ):
                return part
        return None

    def read(
        self, source: Source, recognised: Recognised, position: int, sample: bool
    ) -> Partition:
        """Map the source into a new partition; InputError where its rows cannot be told apart."""
        draft = self.store.scratch / "partition"
        draft.mkdir()
        header = source.head_lines[recognised.header_row]
        with unnamed(self.store.scratch) as copy, unnamed(self.store.scratch) as mended:
            body = self._body(source, header, copy)
            broken, gaps, written = self._write(source, recognised, body, draft, mended)
        if written == 0 and not broken:
            raise InputError(f"{source.name}: there are headings but no rows.", _elsewhere(source))
        kind = recognised.adapter.kind
        counts, unreadable, unknown = self._counts(draft, KINDS[kind].record)
        intake = Intake(
            name=source.name,
            sha256=source.sha256,
            adapter=recognised.adapter.name,
            rows=written + len(broken),
            rejected=counts.get("rejected", 0) + len(broken),
            excluded=counts.get("excluded", 0),
            encoding=source.encoding,
            header_line=header,
            first_line=header + 1,
            sample=sample,
            unreadable=unreadable,
            kind=kind,
            companions=digests(source.path.parent, recognised.adapter),
            keyed_by=mark_of(self.secret),
            unknown=unknown,
        )
        lines = line_table(broken, gaps)
        return self.store.settle(draft, self.key(source, recognised), position, intake, lines)

    def _body(self, source: Source, header: int, copy: Path) -> _Body:
        """The source's text as the engines can read it: its own, or `copy` made of it in UTF-8."""
        if source.format not in ("csv", "jsonl"):
            return _Body(None, header, 0, False)
        if source.format == "csv" and source.plain:
            return _Body(source.path, header, source.lines, source.stray)
        replaced = _RETURNS if source.returns else _CONTROLS if source.format == "jsonl" else ()
        transcode(source.path, source.encoding, copy, replaced)
        if source.wide or source.returns:
            seen = look_through(copy)
            return _Body(copy, header, seen.count, seen.stray)
        return _Body(copy, header, source.lines, source.stray)

    def _write(
        self, source: Source, recognised: Recognised, body: _Body, draft: Path, mended: Path
    ) -> tuple[list[BrokenLine], list[int], int]:
        """Write the rows; where lines do not add up, mend the text and write them again.

        To an engine a stray return ends a line, which may make up for one that was swallowed: then
        lines add up without being right, so the text is mended at once.
        """
        try:
            if source.format != "csv" or not body.stray:
                broken, gaps, written = self._write_rows(source, recognised, body, draft)
                if source.format != "csv" or written + len(broken) == body.lines - body.header:
                    return broken, gaps, written
        except MalformedSource:
            if source.format != "csv":
                raise _damaged(source) from None
        assert body.text is not None
        width = len(source.head[recognised.header_row])
        repaired = repair(body.text, body.header, width, source.delimiter, mended)
        left = _Body(mended, 0, look_through(mended).count, False)
        try:
            broken, _, written = self._write_rows(source, recognised, left, draft)
        except MalformedSource:
            raise _damaged(source) from None
        if written + len(broken) != left.lines:
            raise _damaged(source)
        # Lines that broke in the mended copy are counted there; bring them to the file's own.
        copied = np.array([line.line - 1 for line in broken], dtype=np.int64)
        originals = LineMap(body.header + 1, repaired.gaps).lines(copied)
        late = [
            BrokenLine(int(original), line.reason)
            for original, line in zip(originals, broken, strict=True)
        ]
        return [*repaired.broken, *late], repaired.gaps.tolist(), written

    def _write_rows(
        self, source: Source, recognised: Recognised, body: _Body, draft: Path
    ) -> tuple[list[BrokenLine], list[int], int]:
        scan = self.engine.scan(source, body.text, body.header, recognised.header_row)
        rows = self._rows(source, recognised, scan)
        written = self.engine.write(rows, draft / "rows.parquet")
        return self.engine.broken_lines(scan), self.engine.blank_lines(scan), written

    def _rows(self, source: Source, recognised: Recognised, scan: Scan) -> ir.Table:
        """The canonical rows of the scan; built once for sources that are laid out alike.

        Building takes longer than reading a small file, and many a department has one a month. An
        engine whose scans are tables of their own gets each built anew.
        """
        headings = source.head[recognised.header_row]
        folder, nulls = source.path.parent, source.format not in _WITHOUT_NULLS
        beside = tuple(sorted(digests(folder, recognised.adapter).items()))
        layout = (
            scan.table.op(), tuple(headings), recognised.adapter.name, beside, source.padded, nulls
        )  # fmt: skip
        if layout not in self.built:
            frame = Frame(
                source.name,
                scan.table,
                columns_by_heading(headings),
                self.engine.dialect,
                self.secret,
                read_companions(folder, recognised.adapter),
                source.padded,
                nulls,
            )
            self.built[layout] = canonical(
                frame, recognised.adapter, self.today, self.engine.stage, self.types
            )
        return self.built[layout]

    def _counts(
        self, draft: Path, record: str
    ) -> tuple[Mapping[str, int], dict[str, int], dict[str, dict[str, int]]]:
        """Rows by outcome; of the records, unreadable cells by column, and unknown words by heading."""
        rows = self.engine.canonical({0: draft / "rows.parquet"})
        tally = self.engine.fetch(
            rows.group_by("outcome", "unreadable").aggregate(rows=rows.count())
        )
        outcomes: Counter[str] = Counter()
        unreadable: Counter[str] = Counter()
        unknown: dict[str, Counter[str]] = {}
        for row in tally.to_pylist():
            outcomes[row["outcome"]] += row["rows"]
            if row["outcome"] == record and row["unreadable"]:
                for entry in row["unreadable"].split("、"):
                    name, of_a_rule, word = entry.partition("=")
                    unreadable[name] += row["rows"]
                    if of_a_rule:
                        unknown.setdefault(name, Counter())[word] += row["rows"]
        most_first = {name: dict(words.most_common()) for name, words in sorted(unknown.items())}
        return outcomes, dict(sorted(unreadable.items())), most_first


@dataclass(frozen=True, slots=True)
class _Body:
    """The UTF-8 text of a source, the line of its header, its lines and if returns are astray."""

    text: Path | None
    header: int
    lines: int
    stray: bool


def _elsewhere(source: Source) -> str:
    """Where the rows of a source without any may be."""
    if not source.unread:
        return "Export it again."
    return f"Rows are in {'、'.join(source.unread)}: name {source.path.name}::{source.unread[0]}."


def _damaged(source: Source) -> InputError:
    return InputError(
        f"{source.name}: the file is damaged; its rows cannot be told apart.",
        "Export it again, or save it from a spreadsheet program as XLSX.",
    )
