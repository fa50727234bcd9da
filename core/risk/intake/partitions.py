"""The case store: canonical rows as Parquet beside the database, one partition a source file.

Which partitions belong is decided by the database alone; a folder it does not list is the rest of
a run that was broken off, and goes at the next run.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from risk.errors import StoreError

from .engine import BrokenLine
from .lines import LineMap

# Raised when the canonical form changes, so that no partition of an older form is taken for new.
FORM = 1


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading one source gave: counts of rows by outcome and how the file was written."""

    name: str
    sha256: str
    adapter: str
    rows: int
    rejected: int
    excluded: int
    encoding: str = ""
    header_line: int = 1
    first_line: int = 1
    sample: bool = False
    unreadable: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Partition:
    """One source's canonical rows: `position` orders partitions by when they were added."""

    key: str
    position: int
    folder: Path
    intake: Intake

    @property
    def rows_file(self) -> Path:
        """The canonical rows, in the source's order."""
        return self.folder / "rows.parquet"

    @property
    def dropped_file(self) -> Path:
        """Rows of this and earlier partitions that this one's arrival made duplicates."""
        return self.folder / "dropped.parquet"

    def line_map(self) -> LineMap:
        """Where each record stands in the source."""
        gaps = pq.read_table(self.folder / "lines.parquet", columns=["line"])["line"]
        return LineMap(self.intake.first_line, gaps.to_numpy())

    def broken_lines(self) -> list[BrokenLine]:
        """The source's lines that were no records."""
        table = pq.read_table(self.folder / "lines.parquet")
        rows = table.filter(pa.compute.is_valid(table["reason"])).to_pylist()
        return [BrokenLine(row["line"], row["reason"]) for row in rows]


def partition_key(sha256: str, adapter: str, version: str, secret: str) -> str:
    """The partition's name: the same only for the same bytes read in the same way."""
    how = hashlib.sha256(f"{FORM}|{adapter}|{version}|{secret}".encode()).hexdigest()
    return f"{sha256[:16]}-{how[:8]}"


class CaseStore:
    """The folder of one department's partitions beside a database."""

    def __init__(self, database: Path, department: str) -> None:
        self.folder = database.with_name(f"{database.name}.cases") / department
        self.scratch = self.folder / ".scratch"

    def prepare(self, members: Iterable[str]) -> None:
        """Make the folder, and remove what a broken-off run left behind."""
        known = set(members)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for entry in list(self.folder.iterdir()):
                if entry.is_dir() and entry.name not in known:
                    shutil.rmtree(entry)
            self.scratch.mkdir()
        except OSError as error:
            raise StoreError(
                f"{self.folder}: the case store cannot be written ({error.strerror}).",
                "Check the folder's permissions and the free disk space, or choose another --db.",
            ) from error

    def open(self, key: str, position: int, name: str) -> Partition:
        """A partition that the database lists; StoreError where its files are gone or damaged."""
        folder = self.folder / key
        try:
            intake = Intake(**json.loads((folder / "intake.json").read_text(encoding="utf-8")))
            pq.read_metadata(folder / "rows.parquet")
            pq.read_metadata(folder / "lines.parquet")
        except (OSError, ValueError, TypeError, pa.ArrowException) as error:
            raise StoreError(
                f"{folder}: the stored cases of {name} are missing or damaged.",
                "Run again with --replace and name all source files of the department.",
            ) from error
        return Partition(key, position, folder, intake)

    def settle(
        self, draft: Path, key: str, position: int, intake: Intake, lines: pa.Table
    ) -> Partition:
        """Move a drafted partition into its place, whole."""
        pq.write_table(lines, draft / "lines.parquet")
        text = json.dumps(asdict(intake), ensure_ascii=False, indent=1)
        (draft / "intake.json").write_text(text, encoding="utf-8")
        folder = self.folder / key
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(draft, folder)
        return Partition(key, position, folder, intake)

    def clear_scratch(self) -> None:
        """Remove temporary copies: they hold what the sources hold."""
        shutil.rmtree(self.scratch, ignore_errors=True)


def line_table(broken: Iterable[BrokenLine], gaps: Iterable[int]) -> pa.Table:
    """Lines without a record, each with a reason if it is broken, in order."""
    reasons: dict[int, str | None] = dict.fromkeys(map(int, gaps))
    reasons.update({line.line: line.reason for line in broken})
    ordered = sorted(reasons.items())
    return pa.table(
        {
            "line": pa.array(np.array([line for line, _ in ordered], dtype=np.int64)),
            "reason": pa.array([reason for _, reason in ordered], pa.string()),
        }
    )
