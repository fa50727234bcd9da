"""One run of a department on a database at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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

    The operating system lets go of the lock when a process dies, however it dies.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_name(f"{folder.name}.lock"))
        with progress.step("waiting for another run on this database to end"):
            lock.acquire(timeout=patience)
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
        lock.release()
