"""Progress of long work: a bar on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

_INTERVAL = 0.2


class Progress(Protocol):
    """Shows how far a step is."""

    @contextmanager
    def step(self, title: str, percent: Callable[[], float] | None = None) -> Iterator[None]:
        """Show `title` while the block runs; `percent` tells how far it is (below 0: unknown)."""
        yield


class Silent:
    """No progress at all: for pipes, tests and --json."""

    @contextmanager
    def step(self, title: str, percent: Callable[[], float] | None = None) -> Iterator[None]:
        """Run the block."""
        yield


class Bar:
    """A bar on the terminal's standard error."""

    @contextmanager
    def step(self, title: str, percent: Callable[[], float] | None = None) -> Iterator[None]:
        """Show the bar until the block ends."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True) as bars:
            task = bars.add_task(title, total=100 if percent else None)
            done = threading.Event()

            def watch() -> None:
                while percent and not done.wait(_INTERVAL):
                    bars.update(task, completed=max(percent(), 0))

            watcher = threading.Thread(target=watch, daemon=True)
            watcher.start()
            try:
                yield
            finally:
                done.set()
                watcher.join()


def progress_for_terminal() -> Progress:
    """A bar where standard error is a terminal, else silence."""
    return Bar() if sys.stderr.isatty() else Silent()
