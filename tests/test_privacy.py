"""No name, plate, identity or telephone number gets past the mapping, wherever it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from .personal_files import write_police_export, write_record

WRITERS = {"police_export": write_police_export, "double_publicity": write_record}


def risk(folder: Path, *words: str | Path) -> tuple[int, str]:
    """Exit status and all that a run in a process of its own says, on both ways out."""
    run = ["run", "--plugin", "traffic", "--db", folder / "risk.db"]
    verbose = ["--verbose"] if "--verbose" in words else []
    rest = [word for word in words if word != "--verbose"]
    done = subprocess.run(
        [sys.executable, "-m", "risk", *map(str, (*verbose, *run, *rest))],
        capture_output=True,
        env=os.environ | {"RISK_SECRET_FILE": str(folder / "secret"), "PYTHONUTF8": "1"},
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


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
    ("adapter", "options"),
    [("police_export", ["--verbose", "--json"]), ("double_publicity", ["--verbose"])],
)
def test_a_run_keeps_and_says_nothing_personal(
    tmp_path: Path, adapter: str, options: list[str]
) -> None:
    source = tmp_path / f"{adapter}.csv"
    secrets = WRITERS[adapter](source)
    status, said = risk(tmp_path, source, *options)
    assert status == 0, said
    assert adapter in said
    texts = [("what it said", said), *left_behind(tmp_path, source)]
    assert {"risk.db", "rows.parquet", "cells of rows.parquet"} <= {name for name, _ in texts}
    assert seen(secrets, texts) == []


@pytest.mark.parametrize(
    ("adapter", "fault"),
    [
        ("police_export", "headings"),
        ("double_publicity", "dates"),
        ("police_export", "quotes"),
        ("double_publicity", "bytes"),
    ],
)
def test_a_run_that_fails_says_and_keeps_nothing_personal(
    tmp_path: Path, adapter: str, fault: str
) -> None:
    source = tmp_path / f"{adapter}.csv"
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
    arguments = ("--verbose", source, *(("--encoding", "utf-8") if fault == "bytes" else ()))
    status, said = risk(tmp_path, *arguments)
    assert status == 1, said
    assert "Traceback" in said
    assert seen(secrets, [("what it said", said), *left_behind(tmp_path, source)]) == []
