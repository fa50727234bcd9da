"""Files that the traffic plugin reads, what it says of them, and what the database then holds."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from click.testing import CliRunner, Result

from risk.cli import main

HEADINGS = (
    "决定书编号,当事人,证件号码,违法时间,违法地点,违法行为,强制措施类型,处罚种类,罚款金额,"
    "适用程序,处罚时间,当事人类型,处理状态"
)
ROW = "{number},样例甲,,2026-03-05 08:15:00,花园路,{words},,罚款,{fine},简易,{day},个人,已办结"


def line(
    number: object, day: str = "2026-03-06", fine: str = "200", words: str = "违法停车"
) -> str:
    return ROW.format(number=number, day=day, fine=fine, words=words)


def text(*lines: str) -> str:
    return "\n".join((HEADINGS, *lines)) + "\n"


GOOD = text(*(line(f"A{number}") for number in range(20)))


def risk(folder: Path, *arguments: str | Path, database: str = "risk.db") -> Result:
    words = ["run", "--plugin", "traffic", "--db", str(folder / database), *map(str, arguments)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def read(folder: Path, content: str | bytes, name: str = "export.csv", *more: str) -> Result:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return risk(folder, path, "--json", *more)


def account(result: Result) -> tuple[int, int, int, int, int]:
    assert result.exit_code == 0, result.stderr
    run = json.loads(result.stdout)["runs"][0]
    names = ("rows_read", "cases", "rejected", "excluded", "duplicates")
    rows, *parts = (run[name] for name in names)
    assert rows == sum(parts)
    return (rows, *parts)


def says_plainly(result: Result, *words: str) -> None:
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "risk.db")) as connection:
        return connection.execute(sql).fetchall()


def dump(folder: Path, name: str = "risk.db", *tables: str) -> dict[str, list[str]]:
    """All rows of all tables but the run log, or of those named without what says which run."""
    with contextlib.closing(sqlite3.connect(folder / name)) as connection:
        names: list[str] = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        chosen = tables or [n for n in names if n not in ("runs", "sources")]
        dumped = {}
        for table in chosen:
            columns: list[str] = [
                row[1]
                for row in connection.execute(f"PRAGMA table_info('{table}')")
                if not tables or row[1] not in ("run", "version", "digest")
            ]
            listed = ", ".join(f'"{column}"' for column in columns)
            dumped[table] = sorted(map(repr, connection.execute(f'SELECT {listed} FROM "{table}"')))
        return dumped
