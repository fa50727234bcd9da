"""Source files: what kind a file is, its digest and its first rows."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from risk.errors import InputError
from risk.model.adapter import Format

from .text_encoding import check_encoding, detect_encoding

HEAD_ROWS = 12
_HEAD_BYTES = 1 << 18
_BLOCK = 1 << 22
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
    the physical line on which each of them ends.
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
    head_lines: tuple[int, ...] = ()

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
    digest, _ = _digest(path)
    if selection:
        digest = hashlib.sha256(f"{digest}::{selection}".encode()).hexdigest()
    source = Source(path, kind, digest, path.stat().st_size, selection.strip())
    if kind == "sqlite":
        return replace(source, head=_sqlite_head(source))
    if kind == "parquet":
        return replace(source, head=_parquet_head(path))
    return replace(source, head=_sheet_head(source))


def _check_readable(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{path}: there is no such file.", "Check the path.")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder.", "Name the files in it.")
    try:
        if path.stat().st_size == 0:
            raise InputError(f"{path.name}: the file is empty.", "Export it again.")
        path.open("rb").close()
    except OSError as error:
        raise InputError(f"{path.name}: cannot be opened ({error.strerror}).", "") from error


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
            f"{path.name}: this is an old Excel file (.xls).", "Save it as .xlsx or CSV first."
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


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 of the bytes, and the number of lines up to the last that is not blank."""
    digest = hashlib.sha256()
    lines = pending = 0
    open_line = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            text = block.rstrip()
            if text:
                lines += pending + text.count(b"\n")
                pending = 0
                open_line = True
            pending += block[len(text) :].count(b"\n")
    return digest.hexdigest(), lines + open_line


def count_lines(path: Path) -> int:
    """The number of lines of a file up to the last that is not blank."""
    return _digest(path)[1]


def _open_text(path: Path, kind: Format, encoding: str | None) -> Source:
    code = check_encoding(path, encoding) if encoding else detect_encoding(path)
    digest, lines = _digest(path)
    with path.open("rb") as file:
        head = _decode_head(path, file.read(_HEAD_BYTES), code)
    source = Source(path, kind, digest, path.stat().st_size, encoding=code, lines=lines)
    if kind == "jsonl":
        return replace(source, head=(_json_keys(path, head),), head_lines=(0,))
    delimiter = _delimiter(head)
    rows: list[tuple[str, ...]] = []
    ends: list[int] = []
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(tuple(row))
            ends.append(reader.line_num)
            if len(rows) == HEAD_ROWS:
                break
    except csv.Error as error:
        raise InputError(
            f"{path.name}: line {reader.line_num} cannot be read ({error}).", "Export it again."
        ) from error
    return replace(source, delimiter=delimiter, head=tuple(rows), head_lines=tuple(ends))


def _decode_head(path: Path, block: bytes, encoding: str) -> str:
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(block)
    if "\x00" in text:
        raise InputError(f"{path.name}: this is no text file.", "Export it again as CSV or XLSX.")
    return text


def _delimiter(head: str) -> str:
    lines = [line for line in head.splitlines()[:HEAD_ROWS] if line.strip()]
    return max(",\t;|", key=lambda char: max((line.count(char) for line in lines), default=0))


def _json_keys(path: Path, head: str) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for line in head.splitlines()[:1000]:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            keys.update(dict.fromkeys(record))
    if not keys:
        raise InputError(f"{path.name}: no line is a JSON object.", "Write one object a line.")
    return tuple(keys)


def _sqlite_head(source: Source) -> tuple[tuple[str, ...], ...]:
    if not source.selection:
        raise InputError(
            f"{source.path.name}: which table of the database?",
            f"Write {source.path.name}::TABLE, or a query after the two colons.",
        )
    connection = sqlite3.connect(f"{source.path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        cursor = connection.execute(f"select * from ({sqlite_query(source)}) limit 0")
        return (tuple(column[0] for column in cursor.description),)
    except sqlite3.Error as error:
        raise InputError(
            f"{source.path.name}: {source.selection!r} cannot be read ({error}).",
            "Name a table of the database, or write a select statement.",
        ) from error
    finally:
        connection.close()


def sqlite_query(source: Source) -> str:
    """The select statement that a SQLite source stands for."""
    if source.selection.lower().startswith(("select ", "with ")):
        return source.selection
    table = source.selection.replace('"', '""')
    return f'select * from "{table}"'


def _parquet_head(path: Path) -> tuple[tuple[str, ...], ...]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return (tuple(pq.read_schema(path).names),)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{path.name}: the Parquet file is damaged or cut off.", "Export it again."
        ) from error


def _sheet_head(source: Source) -> tuple[tuple[str, ...], ...]:
    from .sheets import read_sheet

    table = read_sheet(source, rows=HEAD_ROWS)
    columns = [column.to_pylist() for column in table.columns]
    return tuple(tuple(cell or "" for cell in row) for row in zip(*columns, strict=True))
