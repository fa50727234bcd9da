"""Sums of fines that somebody counted in the wrong unit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from risk.cli import main

from .personal_files import POLICE


def test_a_sum_beyond_what_a_float_holds_exactly_is_rounded_and_breaks_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    most = {**POLICE, "当事人": "样例甲", "罚款金额": "9999999999"}
    rows = [",".join({**most, "决定书编号": f"第{number}号"}.values()) for number in range(9_100)]
    export = tmp_path / "export.csv"
    export.write_text("\n".join([",".join(POLICE), *rows]), encoding="utf-8")
    words = ["run", "--plugin", "traffic", "--db", str(tmp_path / "risk.db"), str(export)]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "risk.db")) as connection:
        fines = connection.execute("SELECT max(fines) FROM evidence_monthly").fetchone()[0]
    assert fines == pytest.approx(9_100 * 9_999_999_999)
