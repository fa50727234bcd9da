"""SQLite's faults in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from risk.errors import StoreError

_UNCHANGED: Final = "Nothing was changed."
_FAULTS: Final = {
    "SQLITE_BUSY": (
        "another program has been writing to it for a minute.",
        "Try again when it has finished.",
    ),
    "SQLITE_FULL": ("there is no room left on the disk.", f"{_UNCHANGED} Make room and try again."),
    "SQLITE_IOERR": (
        "the disk does not take or give the data (full, or faulty).",
        f"{_UNCHANGED} Make room or check the disk, then try again.",
    ),
    "SQLITE_READONLY": (
        "the file or its folder may not be written.",
        "Change the permission, or name another file with --db.",
    ),
    "SQLITE_CANTOPEN": (
        "the file cannot be opened or made.",
        "Check the permissions of the file and its folder, or name another with --db.",
    ),
    "SQLITE_NOTADB": ("this is not a SQLite database.", "Name another file with --db."),
    "SQLITE_CORRUPT": (
        "the file is damaged.",
        "Take it from the backup, or make it again with risk run.",
    ),
    "SQLITE_CONSTRAINT": (
        "the result contradicts itself and was not written:",
        "This is a fault of the plugin or of risk; report it.",
    ),
}


@contextmanager
def plain_faults(path: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's errors about `path` into a StoreError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(path, error) from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}.", "Check the disk.") from error


def _plain(path: Path, error: sqlite3.Error) -> StoreError:
    name: str = getattr(error, "sqlite_errorname", None) or ""
    for prefix, (what, remedy) in _FAULTS.items():
        if name.startswith(prefix):
            detail = f" {error}." if what.endswith(":") else ""
            return StoreError(f"{path}: {what}{detail}", remedy)
    return StoreError(f"{path}: the database refuses: {error}.", "Report this.")
