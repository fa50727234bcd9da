"""A run that is refused, killed or not alone leaves the old result or the new."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .police_files import GOOD, account, dump, line, read, risk, rows, says_plainly, text


def test_a_path_that_cannot_be_written_is_said_plainly(folder: Path) -> None:
    (folder / "file").write_text("no folder", encoding="utf-8")
    (folder / "export.csv").write_text(GOOD, encoding="utf-8")
    says_plainly(risk(folder, folder / "export.csv", database="file/risk.db"), "file")


@pytest.mark.parametrize("database", ["README.md", "some", "nofolder/risk.db"])
def test_a_place_where_no_database_can_be_is_refused_and_nothing_made_there(
    folder: Path, database: str
) -> None:
    (folder / "README.md").write_text("no database", encoding="utf-8")
    (folder / "some").mkdir()
    (folder / "export.csv").write_text(GOOD, encoding="utf-8")
    before = sorted(folder.rglob("*"))
    says_plainly(risk(folder, folder / "export.csv", database=database), database.split("/")[0])
    assert sorted(folder.rglob("*")) == before


def test_a_run_that_is_refused_after_reading_leaves_nothing_behind(folder: Path) -> None:
    (folder / "secret").write_text("s" * 32, encoding="ascii")
    wrong = text(line("A1", words="夜间鸣笛扰民"))
    says_plainly(read(folder, wrong), "unclassified")
    assert sorted(path.name for path in folder.iterdir()) == ["export.csv", "secret"]
    read(folder, GOOD, "good.csv")
    before = dump(folder), sorted(folder.rglob("*"))
    says_plainly(risk(folder, folder / "export.csv", "--replace"), "unclassified")
    assert (dump(folder), sorted(folder.rglob("*"))) == before


def test_a_database_of_a_newer_schema_is_left_alone(with_good: Path) -> None:
    with contextlib.closing(sqlite3.connect(with_good / "risk.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " SELECT migration_set, 'm999_of_tomorrow', applied_at FROM _sqlite_migrations LIMIT 1"
        )
    before = (with_good / "risk.db").read_bytes()
    says_plainly(read(with_good, GOOD, "more.csv"), "risk.db")
    assert (with_good / "risk.db").read_bytes() == before


def test_a_full_disk_leaves_the_old_result(with_good: Path) -> None:
    before = dump(with_good)
    more = text(*(line(f"M{number}-{random.random()}") for number in range(60_000)))
    (with_good / "more.csv").write_text(more, encoding="utf-8")
    limit = (
        "import resource, signal, runpy, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "sys.argv = ['risk', *sys.argv[1:]]; runpy.run_module('risk', run_name='__main__')"
    )
    done = _subprocess(with_good, ["-c", limit], "more.csv")
    _, errors = done.communicate(timeout=120)
    assert done.returncode == 1
    assert errors.count("\n") == 1, errors
    assert dump(with_good) == before


def test_killed_at_any_moment_the_old_result_or_the_new_is_there(with_good: Path) -> None:
    more = text(*(line(f"M{number}") for number in range(30_000)))
    (with_good / "more.csv").write_text(more, encoding="utf-8")
    city = "SELECT cases FROM risk_points WHERE id = 'traffic.illegal_parking'"
    for pause in (0.8, 1.6, 2.2, 2.8, 3.4):
        run = _subprocess(with_good, ["-m", "risk"], "more.csv")
        time.sleep(pause)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert rows(with_good, city) in ([(20,)], [(30_020,)])
        assert rows(with_good, "PRAGMA integrity_check") == [("ok",)]
    assert account(risk(with_good, with_good / "more.csv", "--json"))[:2] == (30_000, 30_000)
    assert rows(with_good, city) == [(30_020,)]


def test_killed_while_it_reads_a_run_leaves_no_copy_of_the_source_behind(folder: Path) -> None:
    (folder / "more.csv").write_bytes(GOOD.encode("gb18030"))
    run = _subprocess(
        folder, ["-c", _in_reading("os.kill(os.getpid(), signal.SIGKILL)")], "more.csv"
    )
    run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert (folder / "risk.db.cases/traffic/.scratch").exists()
    assert not [path for path in left if "样例甲".encode() in path.read_bytes()]


def test_ctrl_c_while_it_reads_ends_a_run_in_one_plain_line(with_good: Path) -> None:
    before = dump(with_good)
    more = text(*(line(f"M{number}") for number in range(200_000)))
    (with_good / "more.csv").write_text(more, encoding="utf-8")
    soon = "threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()"
    run = _subprocess(with_good, ["-c", _in_reading(soon)], "more.csv")
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (1, "risk: interrupted; the database is as it was.\n")
    assert dump(with_good) == before


def _in_reading(done: str) -> str:
    """A script for `python -c` that is `risk`, but does something where it begins to write rows."""
    return f"""
import os, runpy, signal, sys, threading
from risk.intake.duckdb_engine import DuckDBEngine
write = DuckDBEngine.write
def writing(self, rows, file):
    {done}
    return write(self, rows, file)
DuckDBEngine.write = writing
# What a shell starts in the background, as these tests may be, ignores it.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ['risk', *sys.argv[1:]]
runpy.run_module('risk', run_name='__main__')
"""


def test_two_runs_at_once_end_in_the_result_of_both(folder: Path) -> None:
    for name in ("one", "two"):
        content = text(*(line(f"{name}{number}") for number in range(2_000)))
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    runs = [_subprocess(folder, ["-m", "risk"], f"{name}.csv") for name in ("one", "two")]
    for run in runs:
        _, errors = run.communicate(timeout=120)
        assert run.returncode == 0, errors
    total = "SELECT cases FROM risk_points WHERE id = 'traffic.illegal_parking'"
    assert rows(folder, total) == [(4_000,)]


def _subprocess(folder: Path, how: list[str], source: str) -> subprocess.Popen[str]:
    words = ["run", "--plugin", "traffic", "--db", str(folder / "risk.db"), str(folder / source)]
    return subprocess.Popen(
        [sys.executable, *how, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"RISK_SECRET_FILE": str(folder / "secret")},
    )
