"""Copies of sources that are gone with the process, however that ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unnamed(folder: Path) -> Iterator[Path]:
    """An empty file in `folder` to be written and read by its path, for the length of the block.

    On Linux it has no name, so that a process that is killed leaves no names and plates behind.
    Elsewhere it has one, and only its owner may read it.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        path = Path(f"/proc/self/fd/{file.fileno()}")
        if path.exists():
            yield path
            return
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        yield Path(file.name)
