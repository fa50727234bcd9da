"""The SQL by which DuckDB reads a source as text columns c0, c1, …, in the file's order."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from risk.errors import InputError

from .headings import fold_heading
from .source import Source
from .table_head import sqlite_query

_MOST_BYTES = 4_000_000
# Of a text at a time and thread; DuckDB's own 32 MB are no faster.
_BUFFER = 8_000_000


def csv_rows(text: Path, delimiter: str, width: int, skip_lines: int, number: int) -> str:
    """The records of a CSV text; those that are none go to the table `broken_NUMBER`."""
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(width))
    return (
        f"select * from read_csv({quoted(literal(text))}, columns={{{columns}}}, auto_detect=false,"
        f" header=false, skip={skip_lines}, delim={quoted(delimiter)}, quote='\"',"
        f" escape='\"', max_line_size={_MOST_BYTES}, buffer_size={_BUFFER}, store_rejects=true,"
        f" rejects_table='broken_{number}', rejects_scan='broken_scan_{number}')"
    )


def json_lines(text: Path) -> str:
    """The lines of a text, each with its number and whether a JSON object stands on it."""
    # The unit separator is a control character, which a copy of JSON lines never holds.
    return (
        "select row_number() over () as number, line,"
        " case when json_valid(line) then json_type(line) = 'OBJECT' else false end as whole"
        f" from read_csv({quoted(literal(text))}, columns={{'line': 'VARCHAR'}}, auto_detect=false,"
        f" header=false, delim='\x1f', quote='', escape='', max_line_size={_MOST_BYTES})"
    )


def json_rows(source: Source, text: Path) -> str:
    """The objects of a JSON-lines text, one column a key."""
    cells = ", ".join(
        f"{_json_cell(key)} as c{position}" for position, key in enumerate(source.head[0])
    )
    return f"select {cells} from ({json_lines(text)}) where whole"


def parquet_rows(source: Source) -> str:
    """The rows of a Parquet file; times are written to the second, 1.0 is written 1."""
    schema = pq.read_schema(source.path)
    cells = ", ".join(
        f"{_parquet_cell(schema.field(position))} as c{position}" for position in range(len(schema))
    )
    return f"select {cells} from read_parquet({quoted(literal(source.path))})"


def sqlite_rows(source: Source) -> pa.Table:
    """All columns as text, through ADBC: Arrow batches without a Python object per cell."""
    import adbc_driver_manager
    from adbc_driver_sqlite import dbapi

    columns = ", ".join(
        f"{_sqlite_cell(_named(name))} as c{position}"
        for position, name in enumerate(source.head[0])
    )
    try:
        with (
            dbapi.connect(f"{source.path.absolute().as_uri()}?mode=ro") as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select {columns} from ({sqlite_query(source)})")
            table: pa.Table = cursor.fetch_arrow_table()
    except adbc_driver_manager.Error as error:
        raise InputError(
            f"{source.name}: the table cannot be read ({type(error).__name__}).",
            "Check the database with another program.",
        ) from None
    # A column without any value comes back without a type.
    texts = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    return pa.table({name: _valid(texts[name]) for name in texts.column_names})


def literal(path: Path) -> str:
    """A path that DuckDB takes as it stands: it would look for other files by `*`, `?` and `[`."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _json_cell(key: str) -> str:
    if not fold_heading(key):
        return "cast(null as varchar)"
    path = quoted('$."' + key.replace('"', '\\"') + '"')
    text = f"json_extract_string(line, {path})"
    whole = f"json_type(line, {path}) = 'DOUBLE' and {text} similar to '-?[0-9]+[.]0'"
    return f"case when {whole} then split_part({text}, '.', 1) else {text} end"


def _sqlite_cell(name: str) -> str:
    whole = f"typeof({name}) = 'real' and {name} = cast({name} as integer)"
    return f"cast(case when {whole} then cast({name} as integer) else {name} end as text)"


# So far are China's clocks ahead of UTC, in microseconds.
_BEIJING = 8 * 3_600_000_000


def _parquet_cell(field: pa.Field) -> str:
    name = _named(field.name)
    if pa.types.is_timestamp(field.type):
        # An instant is shown by China's clocks, whatever zone it was written in.
        local = name if field.type.tz is None else f"make_timestamp(epoch_us({name}) + {_BEIJING})"
        return f"cast(date_trunc('second', {local}) as varchar)"
    if pa.types.is_floating(field.type):
        # A table with gaps holds whole numbers as 1.0, also those of cases and codes.
        whole = f"{name} = trunc({name}) and abs({name}) < 1e15"
        return (
            f"case when {whole} then cast(cast({name} as bigint) as varchar)"
            f" else cast({name} as varchar) end"
        )
    if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
        # Older writers do not say of a text that it is one.
        return f"try(decode({name}))"
    return f"cast({name} as varchar)"


def _valid(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts with U+FFFD for what is no UTF-8: SQLite keeps any bytes as text."""
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        cells = texts.cast(pa.binary()).to_pylist()
        decoded = [None if cell is None else cell.decode(errors="replace") for cell in cells]
        return pa.chunked_array([pa.array(decoded, pa.string())])
    return texts


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
