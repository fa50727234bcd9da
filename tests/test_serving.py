from __future__ import annotations

import signal
import socket
import sqlite3
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

from risk.store.write import write_run

from .serving import refused, serving
from .store_cases import make_result


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "risk.db"
    write_run(path, make_result())
    return path


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_the_server_starts_serves_the_view_and_ends_with_ctrl_c(db: Path) -> None:
    with serving(db) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}/risk/{quote('风险点清单')}", timeout=20) as page:
            assert "金水区花园路机动车违法停车" in page.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_a_run_shows_on_a_server_that_is_running(db: Path) -> None:
    with serving(db) as (_, address):

        def titles() -> str:
            where = f"{address}/risk/risk_points.json?_shape=array"
            with urllib.request.urlopen(where, timeout=20) as answer:
                return str(answer.read().decode("unicode_escape"))

        assert "嵩山路" not in titles()
        write_run(db, make_result("urban", ("嵩山路",)))
        assert "嵩山路" in titles()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), 200),
        (("--no-sql",), 403),
        (("--host", "0.0.0.0"), 403),
        (("--host", "0.0.0.0", "--sql"), 200),
    ],
)
def test_sql_is_on_for_this_machine_alone_unless_asked_otherwise(
    db: Path, options: tuple[str, ...], expected: int
) -> None:
    with serving(db, *options) as (_, address):
        here = address.replace("0.0.0.0", "127.0.0.1")
        assert status(f"{here}/risk?sql=select+1") == expected
        assert status(f"{here}/risk.json?sql=select+1") == expected
        assert status(f"{here}/risk/risk_points?_where=1") == expected
        assert status(f"{here}/risk/risk_points") == 200


def test_a_port_in_use_is_said_in_one_line(db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refused(db, "--port", port) == (
            f"risk: Port {port} on 127.0.0.1 is in use by another program. "
            "Choose another with --port, or --port 0 for any that is free."
        )


def test_an_address_of_another_machine_is_said_in_one_line(db: Path) -> None:
    assert refused(db, "--host", "192.0.2.1").startswith("risk: Cannot listen on 192.0.2.1 port")


def test_a_missing_database_is_said_in_one_line(tmp_path: Path) -> None:
    line = refused(tmp_path / "none.db", "--port", 0)
    assert line.startswith(f"risk: {tmp_path / 'none.db'}: there is no such database.")
    assert "risk run" in line


def test_a_database_of_a_newer_schema_is_said_in_one_line(db: Path) -> None:
    conn = sqlite3.connect(db)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    line = refused(db, "--port", 0)
    assert "a newer version of risk made this database" in line
    assert line.endswith("Update risk: pip install --upgrade city-risk.")
