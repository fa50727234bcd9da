"""No name, plate, identity or telephone number gets past the mapping, wherever it stands."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyarrow.parquet as pq
import pytest

from risk.cli import main
from risk.errors import RiskError

from .personal_files import write_police_export, write_record

WRITERS = {"police_export": write_police_export, "double_publicity": write_record}


class Risk(Protocol):
    """Exit status and all that a run says, on both ways out, the engine's own words among it."""

    def __call__(self, *words: str | Path) -> tuple[int, str]: ...


def arguments(folder: Path, *words: str | Path) -> list[str]:
    verbose = ["--verbose"] if "--verbose" in words else []
    rest = [str(word) for word in words if word != "--verbose"]
    return [*verbose, "run", "--plugin", "traffic", "--db", str(folder / "risk.db"), *rest]


@pytest.fixture
def apart(folder: Path) -> Risk:
    """A run in a process of its own."""

    def run(*words: str | Path) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "risk", *arguments(folder, *words)],
            capture_output=True,
            env=os.environ | {"PYTHONUTF8": "1"},
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).decode()

    return run


@pytest.fixture
def within(folder: Path, capfd: pytest.CaptureFixture[str]) -> Risk:
    """A run in this process, which saves the start of another."""

    def run(*words: str | Path) -> tuple[int, str]:
        try:
            main(arguments(folder, *words), prog_name="risk")
        except SystemExit as end:
            status = end.code
        except RiskError:
            traceback.print_exc()
            status = 1
        assert isinstance(status, int)
        return status, "".join(capfd.readouterr())

    return run


def left_behind(folder: Path, *but: Path) -> Iterator[tuple[str, str]]:
    """Every file beneath the folder as text, Parquet files also cell by cell."""
    for path in folder.rglob("*"):
        if path.is_file() and path not in but:
            yield path.name, path.read_bytes().decode(errors="replace")
            if path.suffix == ".parquet":
                cells = "\n".join(map(repr, pq.read_table(path).to_pylist()))
                yield f"cells of {path.name}", cells


def seen(secrets: Iterable[str], texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each secret that stands in one of the texts, with the text's name."""
    listed = list(texts)
    return [(secret, name) for secret in secrets for name, text in listed if secret in text]


@pytest.mark.parametrize(
    ("adapter", "options", "way"),
    [
        ("police_export", ["--verbose", "--json"], "apart"),
        ("double_publicity", ["--verbose"], "within"),
    ],
)
def test_a_run_keeps_and_says_nothing_personal(
    folder: Path, request: pytest.FixtureRequest, adapter: str, options: list[str], way: str
) -> None:
    source = folder / f"{adapter}.csv"
    secrets = WRITERS[adapter](source)
    risk: Risk = request.getfixturevalue(way)
    status, said = risk(source, *options)
    assert status == 0, said
    assert adapter in said
    texts = [("what it said", said), *left_behind(folder, source)]
    assert {"risk.db", "rows.parquet", "cells of rows.parquet"} <= {name for name, _ in texts}
    assert seen(secrets, texts) == []


@pytest.mark.parametrize(
    ("adapter", "fault", "way"),
    [
        ("police_export", "headings", "within"),
        ("double_publicity", "dates", "within"),
        ("police_export", "quotes", "within"),
        ("double_publicity", "bytes", "apart"),
    ],
)
def test_a_run_that_fails_says_and_keeps_nothing_personal(
    folder: Path, request: pytest.FixtureRequest, adapter: str, fault: str, way: str
) -> None:
    risk: Risk = request.getfixturevalue(way)
    source = folder / f"{adapter}.csv"
    secrets = WRITERS[adapter](source)
    text = source.read_text(encoding="utf-8")
    headings, _, rows = text.partition("\n")
    if fault == "headings":
        text = rows
    elif fault == "dates":
        text = text.replace("2026-", "x2026-")
    elif fault == "quotes":
        text = headings + "\n" + "\n".join(f'"{row}' for row in rows.split("\n"))
    source.write_bytes(text.encode("utf-16")[:-1] if fault == "bytes" else text.encode())
    words = ("--verbose", source, *(("--encoding", "utf-8") if fault == "bytes" else ()))
    status, said = risk(*words)
    assert status == 1, said
    assert "Traceback" in said
    assert seen(secrets, [("what it said", said), *left_behind(folder, source)]) == []
