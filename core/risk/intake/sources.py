"""Source files: what kind a file is, its digest and its first rows."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from risk.errors import InputError
from risk.model.adapter import Format
from risk.spreadsheet.cells import SheetCells, sheet_cells

from .sheets_beside import other_sheets, own_part
from .source import Source
from .table_head import parquet_head, sheet_head, sqlite_head
from .text_encoding import check_encoding, detect_encoding, samples
from .text_head import delimiter_of, first_rows, json_keys, read_head

_BLOCK = 1 << 20
_NEWLINE = b"\n"[0]
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


def open_source(place: str, encoding: str | None = None) -> Source:
    """Look at a file without reading its rows: `FILE`, `FILE.xlsx::SHEET`, `FILE.db::TABLE or query`.

    Raises InputError (what, where, how to mend) for a file that is missing, empty, cut off or of
    no kind that can be read.
    """
    file, _, selection = place.partition("::")
    path = Path(file)
    _check_readable(path)
    kind = _kind(path)
    if kind == "csv" or kind == "jsonl":
        return _open_text(path, kind, encoding)
    digest = _sha256(path)
    if selection:
        digest = hashlib.sha256(f"{digest}::{selection}".encode()).hexdigest()
    source = Source(path, kind, digest, path.stat().st_size, selection.strip())
    if kind == "sqlite":
        return replace(source, head=sqlite_head(source))
    if kind == "parquet":
        return replace(source, head=parquet_head(path))
    rows, first_column = sheet_head(source)
    return replace(
        source,
        head=rows,
        first_column=first_column,
        head_lines=tuple(range(1, len(rows) + 1)),
        unread=other_sheets(source),
        cells=_cells(source),
    )


def _cells(source: Source) -> SheetCells:
    part = own_part(source)
    return SheetCells() if part is None else sheet_cells(source.path, part)


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


def _sha256(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Lines:
    """What a pass over a text's bytes tells of its lines.

    `count` is that of the lines up to the last that is not blank; `tabs` says that there are tabs,
    `stray` that there are carriage returns with no newline behind them.
    """

    count: int
    tabs: bool
    stray: bool


def look_through(path: Path) -> Lines:
    """What the lines of a file are like."""
    lines = pending = returns = pairs = 0
    open_line = tabs = cut = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            tabs = tabs or b"\t" in block
            if b"\r" in block:
                returns += block.count(b"\r")
                pairs += block.count(b"\r\n")
            pairs += cut and block.startswith(b"\n")
            cut = block.endswith(b"\r")
            text = block.rstrip(_BLANKS)
            if text:
                lines += pending + _newlines(text)
                pending = 0
                open_line = True
            pending += _newlines(block[len(text) :])
    return Lines(lines + open_line, tabs, returns != pairs)


def _newlines(block: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(block, dtype=np.uint8) == _NEWLINE))


def _open_text(path: Path, kind: Format, encoding: str | None) -> Source:
    code = check_encoding(path, encoding) if encoding else detect_encoding(path)
    head, returns = read_head(path, code)
    if not head.strip():
        raise InputError(f"{path.name}: the file is empty.", "Export it again.")
    # Hashing leaves the other core free.
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_sha256, path)
        seen = look_through(path)
    source = Source(
        path,
        kind,
        digest.result(),
        path.stat().st_size,
        encoding=code,
        lines=seen.count,
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
