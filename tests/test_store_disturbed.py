"""Without room, without permission or in company, the database stays whole."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest

from risk.store.staging import BULK_ROWS
from risk.store.write import RunReceipt, write_run

from .processes import environment
from .store_cases import make_account, make_result, make_rows
from .stored import dump, one


def test_two_writers_at_once_both_get_in_one_after_the_other(db: Path) -> None:
    receipts: list[RunReceipt] = []

    def write(department: str) -> None:
        for cases in range(1, 6):
            receipts.append(write_run(db, make_result(department, cases=cases)))

    threads = [threading.Thread(target=write, args=(name,)) for name in ("traffic", "market")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 10
    assert one(db, "SELECT count(*) FROM runs") == (10,)
    assert one(db, "SELECT count(*), min(cases), max(cases) FROM risk_points") == (6, 5, 5)


def test_readers_go_on_reading_while_a_run_is_written(db: Path) -> None:
    write_run(db, make_result(cases=1))
    stop = threading.Event()
    faults: list[Exception] = []

    def look() -> None:
        conn = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True, timeout=0.5)
        while not stop.is_set():
            try:
                assert len(conn.execute("SELECT DISTINCT cases FROM risk_points").fetchall()) == 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                faults.append(error)
        conn.close()

    reader = threading.Thread(target=look)
    reader.start()
    many = BULK_ROWS + 1
    rejects = make_rows("p1", "no date", many)
    for cases in range(2, 6):
        accounts = (make_account(rejected=many),)
        write_run(db, make_result(cases=cases, accounts=accounts, rejects=rejects))
    stop.set()
    reader.join()
    assert faults == []


_FULL = """
import resource, sys
from pathlib import Path
from risk.errors import StoreError
from risk.store.write import write_run
from store_cases import make_account, make_result, make_rows
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
rows = int(sys.argv[2])
try:
    write_run(Path(sys.argv[1]), make_result(
        cases=2, accounts=(make_account(rejected=rows),), rejects=make_rows("p1", "x" * 200, rows)))
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("rows", [8_000, 50_000])
def test_a_full_disk_is_said_plainly_and_the_old_result_stays(db: Path, rows: int) -> None:
    write_run(db, make_result(cases=1))
    before = dump(db)
    said = subprocess.run(
        [sys.executable, "-c", _FULL, str(db), str(rows)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Nothing was changed" in said.stdout and "Traceback" not in said.stderr
    assert dump(db) == before
    assert [file.name for file in db.parent.iterdir()] == ["risk.db"]


_READ_ONLY = """
import os, sys
from pathlib import Path
import risk.store.migrations, pyarrow.compute
from risk.errors import StoreError
from risk.store import read
from risk.store.write import write_run
from store_cases import make_result
if os.geteuid() == 0:  # root may write anywhere
    os.setuid(65534)
path = Path(sys.argv[1])
print(len(read.points(path)))
for target in (path, path.with_name("other.db")):
    try:
        write_run(target, make_result(cases=9))
    except StoreError as error:
        print(error)
"""


@pytest.fixture
def locked() -> Any:
    # Not under tmp_path, which another user may not enter.
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_read_only_folder_can_be_read_but_writing_is_refused(locked: Path, journal: str) -> None:
    db = locked / "risk.db"
    write_run(db, make_result())
    conn = sqlite3.connect(db)
    conn.execute(f"PRAGMA journal_mode = {journal}")
    conn.close()
    before = db.read_bytes()
    db.chmod(0o444)
    locked.chmod(0o555)
    said = subprocess.run(
        [sys.executable, "-c", _READ_ONLY, str(db)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    first, *refusals = said.stdout.splitlines()
    assert first == "3"
    assert len(refusals) == 2
    assert all("permission" in line and "--db" in line for line in refusals)
    assert db.read_bytes() == before
