"""risk serve as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from risk.cli import main

from .processes import environment

_RISK = "import sys; from risk.cli import main; main(sys.argv[1:])"


def command(db: Path, *options: object) -> list[str]:
    return [sys.executable, "-c", _RISK, "serve", "--db", str(db), *map(str, options)]


@contextmanager
def serving(db: Path, *options: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port and the address that it gives, without the slash at its end."""
    process = subprocess.Popen(
        command(db, "--port", 0, *options), env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().split()[0].rstrip("/")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def refused(db: Path, *options: object) -> str:
    """The one line by which risk serve says why it does not start."""
    with mock.patch("uvicorn.Server.run", side_effect=AssertionError("it serves")):
        done = CliRunner().invoke(main, ["serve", "--db", str(db), *map(str, options)])
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    return line
