"""Small tables that lie beside a source, such as a list of fines by code."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

from risk.errors import InputError
from risk.model.adapter import Adapter

from .text_encoding import detect_encoding

# They become branches of one expression: fit for code tables, not for data.
MOST_ROWS = 2000


def companions_of(adapter: Adapter) -> tuple[str, ...]:
    """The files that an adapter would like to find beside its source."""
    names = (name for column in adapter.columns.values() for name in column.companions)
    return tuple(dict.fromkeys(names))


def read_companions(folder: Path, adapter: Adapter) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """The rows of each companion that is there; InputError for one that is no small CSV table."""
    return {
        name: _read(folder / name) for name in companions_of(adapter) if (folder / name).is_file()
    }


def missing_companions(folder: Path, adapter: Adapter) -> tuple[str, ...]:
    """The companions that are not there; the columns made from them are unknown."""
    return tuple(name for name in companions_of(adapter) if not (folder / name).is_file())


def digests(folder: Path, adapter: Adapter) -> dict[str, str]:
    """The digest of each companion that is there, by its name."""
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in companions_of(adapter)
        if (folder / name).is_file()
    }


def unknown_without(name: str, adapter: Adapter) -> tuple[str, ...]:
    """The canonical columns that are unknown where the companion `name` is not there."""
    return tuple(column for column, made in adapter.columns.items() if name in made.companions)


def _read(path: Path) -> tuple[Mapping[str, str], ...]:
    try:
        with path.open(encoding=detect_encoding(path), newline="") as file:
            rows = tuple(
                {key.strip(): value.strip() for key, value in row.items() if key and value}
                for row in csv.DictReader(file)
            )
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path.name}: this table beside the source cannot be read.", "Save it as UTF-8 CSV."
        ) from error
    if len(rows) > MOST_ROWS:
        raise InputError(
            f"{path.name}: {len(rows)} rows are too many for a table of codes.",
            f"Keep it under {MOST_ROWS} rows.",
        )
    return rows
