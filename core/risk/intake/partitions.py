"""The case store: canonical rows as Parquet beside the database, one partition a source file.

Which partitions belong is decided by the database alone; a folder it does not list is the rest of
a run that was broken off, and goes at the next run.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from risk.errors import StoreError
from risk.model.kind import KindName

from .engine import BrokenLine
from .lines import LineMap

# Raised when the canonical form changes, or what cells mean, so that no partition of an older one is
# taken for new.
FORM = 4
# A partition that the database lists stands until the one that takes its place is listed instead.
_ANEW = "-anew"


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading one source gave: counts of rows by outcome and how the file was written.

    `companions` are the digests of the tables that lay beside it, by name; `keyed_by` is the mark
    of the secret that keyed its pseudonyms; `unknown` counts, by heading, the words that a rule did
    not know, those that may not be shown as an empty one.
    """

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
    kind: KindName = "cases"
    companions: dict[str, str] = field(default_factory=dict)
    keyed_by: str = ""
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)


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

    @property
    def intake_file(self) -> Path:
        """What reading the source gave, its unknown words among it, as JSON."""
        return self.folder / "intake.json"

    def line_map(self) -> LineMap:
        """Where each record stands in the source."""
        gaps = pq.read_table(self.folder / "lines.parquet", columns=["line"])["line"]
        return LineMap(self.intake.first_line, gaps.to_numpy())

    def broken_lines(self) -> list[BrokenLine]:
        """The source's lines that were no records."""
        table = pq.read_table(self.folder / "lines.parquet")
        rows = table.filter(pa.compute.is_valid(table["reason"])).to_pylist()
        return [BrokenLine(row["line"], row["reason"]) for row in rows]


def partition_key(sha256: str, *how: str) -> str:
    """What names a reading: the same only for the same bytes read in the same way."""
    digest = hashlib.sha256("|".join((str(FORM), *how)).encode()).hexdigest()
    return f"{sha256[:16]}-{digest[:8]}"


def reading_of(key: str) -> str:
    """The reading that a partition of this name came from, which may have been made anew."""
    return key.removesuffix(_ANEW)


class CaseStore:
    """The folder of one department's partitions beside a database."""

    def __init__(self, database: Path, department: str) -> None:
        self.folder = database.with_name(f"{database.name}.cases") / department
        self.scratch = self.folder / ".scratch"

    def prepare(self, members: Iterable[str]) -> None:
        """Make the folder, and remove what a broken-off run left behind."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._keep_only(set(members))
        # Copies in it hold names and plates: nobody else on this machine may look.
        self.scratch.mkdir(mode=0o700)

    def undo(self, members: Iterable[str]) -> None:
        """Remove what a refused run has made; `members` are the partitions that the database lists."""
        if self.folder.exists():
            self._keep_only(set(members))
            with suppress(OSError):
                self.folder.rmdir()

    def _keep_only(self, members: Container[str]) -> None:
        for entry in list(self.folder.iterdir()):
            if entry.is_dir() and entry.name not in members:
                shutil.rmtree(entry)

    @contextmanager
    def plain_faults(self) -> Iterator[None]:
        """Turn the file system's errors into a StoreError with a remedy."""
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{error.filename or self.folder}: cannot be read or written"
                f" ({error.strerror or error}).",
                "Check permissions and free disk space, or choose another --db.",
            ) from error

    def open(self, key: str, position: int, source: str) -> Partition:
        """A partition that the database lists; StoreError where its files are gone or damaged."""
        folder = self.folder / key
        try:
            intake = Intake(**json.loads((folder / "intake.json").read_text(encoding="utf-8")))
            for name in ("rows", "lines", "dropped"):
                pq.read_metadata(folder / f"{name}.parquet")
        except (OSError, ValueError, TypeError, pa.ArrowException) as error:
            raise StoreError(
                f"{folder}: the stored cases of {source} are missing or damaged.",
                "Run again with --replace and name all source files of the department.",
            ) from error
        return Partition(key, position, folder, intake)

    def settle(
        self, draft: Path, key: str, position: int, intake: Intake, lines: pa.Table
    ) -> Partition:
        """Move a drafted partition into its place, whole; it is named `key`, or so made anew."""
        pq.write_table(lines, draft / "lines.parquet")
        text = json.dumps(asdict(intake), ensure_ascii=False, indent=1)
        (draft / "intake.json").write_text(text, encoding="utf-8")
        name = f"{key}{_ANEW}" if (self.folder / key).exists() else key
        os.replace(draft, self.folder / name)
        return Partition(name, position, self.folder / name, intake)

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
