"""Source files: what kind a file is, its digest and its first rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from risk.errors import InputError
from risk.model.adapter import Format

from .table_head import parquet_head, sheet_head, sqlite_head
from .text_encoding import check_encoding, detect_encoding, samples
from .text_head import delimiter_of, first_rows, json_keys, read_head

_BLOCK = 1 << 22
# A line of tabs may be a row of empty cells; one of other blanks never is.
_BLANKS = b" \n\r\x0b\x0c"
_SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its kind, how its text is written and what its first rows say.

    `selection` is the table, query or sheet after `::`. `lines` counts the physical lines up to
    the last that is not blank (text files only); `head` holds the first rows as text, `head_lines`
    the physical line or sheet row on which each of them ends, 0 where names of columns are no row.
    `returns` says that a carriage return alone ends a line, `stray` that some stand elsewhere than
    before a newline, `padded` that a cell may have tabs or newlines at its ends.
    """

    path: Path
    format: Format
    sha256: str
    size: int
    selection: str = ""
    encoding: str = ""
    delimiter: str = ","
    lines: int = 0
    head: tuple[tuple[str, ...], ...] = ()
    head_lines: tuple[int, ...] = (0,)
    returns: bool = False
    stray: bool = False
    padded: bool = True

    @property
    def wide(self) -> bool:
        """Whether a character takes two or four bytes, so that bytes do not show its lines."""
        return self.encoding.startswith(("utf-16", "utf-32"))

    @property
    def plain(self) -> bool:
        """Whether an engine can read the text as it lies there."""
        return self.encoding in ("utf-8", "utf-8-sig") and not self.returns

    @property
    def name(self) -> str:
        """What messages and the database call the source: the file's name, never its folder."""
        return f"{self.path.name}::{self.selection}" if self.selection else self.path.name


def open_source(place: str, encoding: str | None = None) -> Source:
    """Look at a file without reading its rows: `FILE`, or `FILE.db::TABLE or query`.

    Raises InputError (what, where, how to mend) for a file that is missing, empty, cut off or of
    no kind that can be read.
    """
    file, _, selection = place.partition("::")
    path = Path(file)
    _check_readable(path)
    kind = _kind(path)
    if kind == "csv" or kind == "jsonl":
        return _open_text(path, kind, encoding)
    digest = look_through(path).sha256
    if selection:
        digest = hashlib.sha256(f"{digest}::{selection}".encode()).hexdigest()
    source = Source(path, kind, digest, path.stat().st_size, selection.strip())
    if kind == "sqlite":
        return replace(source, head=sqlite_head(source))
    if kind == "parquet":
        return replace(source, head=parquet_head(path))
    rows = sheet_head(source)
    return replace(source, head=rows, head_lines=tuple(range(1, len(rows) + 1)))


def _check_readable(path: Path) -> None:
    try:
        if not path.exists():
            raise InputError(f"{path}: there is no such file.", "Check the path.")
        if path.is_dir():
            raise InputError(f"{path}: this is a folder.", "Name the files in it.")
        if path.stat().st_size == 0:
            raise InputError(f"{path.name}: the file is empty.", "Export it again.")
        path.open("rb").close()
    except OSError as error:
        raise InputError(
            f"{path.name}: cannot be opened ({error.strerror}).", "Check the path and permissions."
        ) from error


def _kind(path: Path) -> Format:
    kind = _SUFFIXES.get(path.suffix.lower())
    with path.open("rb") as file:
        magic = file.read(16)
    if magic.startswith(b"SQLite format 3"):
        return "sqlite"
    if magic.startswith(b"PAR1"):
        return "parquet"
    if magic.startswith(b"PK\x03\x04"):
        return "xlsx"
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{path.name}: this is an old Excel file (.xls) or one locked with a password.",
            "Save it as .xlsx without a password, or as CSV.",
        )
    if kind in ("sqlite", "parquet", "xlsx"):
        raise InputError(
            f"{path.name}: this is no {kind} file, or it is cut off at the start.",
            "Export it again.",
        )
    if kind is None:
        raise InputError(
            f"{path.name}: files ending in {path.suffix or 'nothing'} are not known.",
            f"Known are {', '.join(sorted(_SUFFIXES))}.",
        )
    return kind


@dataclass(frozen=True, slots=True)
class Bytes:
    """What one pass over a file's bytes tells.

    `lines` counts the lines up to the last that is not blank; `tabs` says that there are tabs,
    `stray` that there are carriage returns with no newline behind them.
    """

    sha256: str
    lines: int
    tabs: bool
    stray: bool


def look_through(path: Path) -> Bytes:
    """The digest of a file and what its lines are like."""
    digest = hashlib.sha256()
    lines = pending = returns = pairs = 0
    open_line = tabs = cut = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            tabs = tabs or b"\t" in block
            if found := block.count(b"\r"):
                returns += found
                pairs += block.count(b"\r\n")
            pairs += cut and block.startswith(b"\n")
            cut = block.endswith(b"\r")
            text = block.rstrip(_BLANKS)
            if text:
                lines += pending + text.count(b"\n")
                pending = 0
                open_line = True
            pending += block[len(text) :].count(b"\n")
    return Bytes(digest.hexdigest(), lines + open_line, tabs, returns != pairs)


def _open_text(path: Path, kind: Format, encoding: str | None) -> Source:
    code = check_encoding(path, encoding) if encoding else detect_encoding(path)
    head, returns = read_head(path, code)
    if not head.strip():
        raise InputError(f"{path.name}: the file is empty.", "Export it again.")
    seen = look_through(path)
    source = Source(
        path,
        kind,
        seen.sha256,
        path.stat().st_size,
        encoding=code,
        lines=seen.lines,
        returns=returns,
        stray=seen.stray,
    )
    if kind == "jsonl":
        further = () if source.wide else samples(path)[1:]
        texts = [head, *(sample.decode(code, errors="replace") for sample in further)]
        return replace(source, head=(json_keys(path, texts),))
    delimiter = delimiter_of(head)
    rows, ends = first_rows(head, delimiter)
    padded = source.wide or (seen.tabs and delimiter != "\t")
    return replace(source, delimiter=delimiter, head=rows, head_lines=ends, padded=padded)
