"""One run of a department on a database at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from risk.errors import StoreError
from risk.progress import Progress

PATIENCE_SECONDS = 600


@contextmanager
def only_run(
    folder: Path, progress: Progress, patience: float = PATIENCE_SECONDS
) -> Iterator[None]:
    """Hold the department's case store; a second run waits, and gives up after `patience` seconds.

    The operating system lets go of the lock when a process dies, however it dies. Where the store is
    gone at the end, the lock and the folder of all stores go too.
    """
    lock = FileLock(folder.with_name(f"{folder.name}.lock"))
    try:
        try:
            _acquire(lock, folder.parent, 0)
        except Timeout:
            with progress.step("waiting for another run on this database to end"):
                _acquire(lock, folder.parent, patience)
    except Timeout:
        raise StoreError(
            f"{folder}: another run of this department is still working on this database.",
            "Wait until it has ended, then run again.",
        ) from None
    except OSError as error:
        raise StoreError(
            f"{folder}: the case store cannot be written ({error.strerror}).",
            "Check the folder's permissions and the free disk space, or choose another --db.",
        ) from error
    try:
        yield
    finally:
        # Whoever waits for the file that is removed finds out, and makes it anew.
        if not folder.exists():
            with suppress(OSError):
                os.unlink(lock.lock_file)
        lock.release()
        with suppress(OSError):
            folder.parent.rmdir()


def _acquire(lock: FileLock, folder: Path, patience: float) -> None:
    while not lock.is_locked:
        folder.mkdir(exist_ok=True)
        # A refused run may take the folder away just now.
        with suppress(FileNotFoundError):
            lock.acquire(timeout=patience)
