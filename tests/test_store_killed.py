"""Killed at any moment, what writes leaves the old result or the new."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from risk.store.write import write_run

from .processes import environment
from .store_cases import make_result

_KILLED = """
import sys
from pathlib import Path
from risk.store.write import write_run
from store_cases import make_account, make_result, make_rows
results = [
    make_result(cases=cases, accounts=(make_account(rejected=rows),),
                rejects=make_rows("p1", f"reason {cases}", rows))
    for cases, rows in ((1, 20_000), (2, 15_000))
]
print("ready", flush=True)
while True:
    for result in results:
        write_run(Path(sys.argv[1]), result)
    print("round", flush=True)
"""


def test_killed_at_any_moment_the_database_holds_the_old_result_or_the_new(db: Path) -> None:
    write_run(db, make_result(cases=1, places=()))
    dice = random.Random(6)
    seen: list[tuple[int, int]] = []
    lasts = _seconds_of_a_round(_KILLED, db)
    # On a busy machine many kills in turn may find one state: more of them, never fewer than ten.
    while len(seen) < 10 or (len(set(seen)) == 1 and len(seen) < 80):
        _kill(_KILLED, db, after=dice.uniform(0, 1.5 * lasts))
        seen.append(_state_after_kill(db))
    assert len(set(seen)) > 1, "no kill fell into or after a write"
    assert write_run(db, make_result()).run
    assert [file.name for file in db.parent.iterdir()] == ["risk.db"]


_SWITCHING = """
import sys
from pathlib import Path
from risk.store.opening import writing
print("ready", flush=True)
while True:
    with writing(Path(sys.argv[1])):
        pass
"""


def test_killed_while_it_changes_its_journal_the_database_can_be_read_only(db: Path) -> None:
    write_run(db, make_result(cases=1, places=()))
    dice = random.Random(7)
    for _ in range(12):
        _kill(_SWITCHING, db, after=dice.uniform(0, 0.1))
        assert _state_after_kill(db) == (1, 2)


@contextmanager
def _killed(code: str, db: Path) -> Iterator[IO[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(db)], env=environment(), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield process.stdout
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _seconds_of_a_round(code: str, db: Path) -> float:
    with _killed(code, db) as said:
        began = time.monotonic()
        said.readline()
        return time.monotonic() - began


def _kill(code: str, db: Path, after: float) -> None:
    with _killed(code, db):
        time.sleep(after)


def _state_after_kill(db: Path) -> tuple[int, int]:
    # Read only, as Datasette does: what a killed run leaves must need no repair.
    conn = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    ((cases,),) = conn.execute("SELECT DISTINCT cases FROM risk_points").fetchall()
    ((evidence,),) = conn.execute("SELECT DISTINCT cases FROM evidence_monthly").fetchall()
    (rejects,) = conn.execute("SELECT count(*) FROM rejects").fetchone()
    conn.close()
    assert cases == evidence
    assert (cases, rejects) in {(1, 2), (1, 20_000), (2, 15_000)}
    return cases, rejects
