"""Where plugins print: never among what a program reads from standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Final

_OUT: Final = 1
_ERROR: Final = 2


@contextmanager
def printing_to_stderr() -> Iterator[None]:
    """Send to standard error what is printed within, also by another library or a child process."""
    with redirect_stdout(sys.stderr), _descriptor_to_stderr():
        yield


@contextmanager
def _descriptor_to_stderr() -> Iterator[None]:
    _flush()
    try:
        kept = os.dup(_OUT)
    except OSError:  # standard output is closed: nothing can get into it
        yield
        return
    try:
        os.dup2(_ERROR, _OUT)
        yield
    finally:
        _flush()
        os.dup2(kept, _OUT)
        os.close(kept)


def _flush() -> None:
    # What a stream still holds goes to wherever the descriptor leads when it is written.
    if sys.__stdout__ is not None:
        sys.__stdout__.flush()
