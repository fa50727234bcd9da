"""What comes in on a bad day ends in one plain line or in a correct result, and nothing is lost."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from risk.cli import main
from risk.kernel.policy import DEFAULT

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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    return tmp_path


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


def test_a_truncated_file_loses_its_last_row_and_says_so(folder: Path) -> None:
    assert account(read(folder, GOOD[:-40])) == (20, 19, 1, 0, 0)
    assert rows(folder, "SELECT line, reason FROM rejects") == [
        (21, "broken line: missing columns")
    ]


def test_an_unclosed_quote_costs_its_own_line_only(folder: Path) -> None:
    broken = GOOD.replace("A3,样例甲", 'A3,"样例甲')
    assert account(read(folder, broken)) == (20, 19, 1, 0, 0)
    assert rows(folder, "SELECT line, reason FROM rejects") == [(5, "broken line: quotes")]


def test_a_cell_over_two_lines_is_one_row_and_later_lines_keep_their_numbers(folder: Path) -> None:
    wrapped = GOOD.replace("A3,样例甲", 'A3,"样例\n甲"').replace("A9,样", ",样")
    assert account(read(folder, wrapped)) == (20, 19, 1, 0, 0)
    assert rows(folder, "SELECT line, reason FROM rejects") == [(12, "case_id missing")]


def test_blank_lines_are_no_rows(folder: Path) -> None:
    assert account(read(folder, GOOD.replace("\nA5", "\n\n\nA5") + "\n\n")) == (20, 20, 0, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_a_file_is_found_out(folder: Path, encoding: str) -> None:
    assert account(read(folder, GOOD.encode(encoding))) == (20, 20, 0, 0, 0)


def test_an_encoding_that_is_stated_wrongly_ends_in_one_line(folder: Path) -> None:
    says_plainly(read(folder, GOOD, "export.csv", "--encoding", "latin-1"), "export.csv")


def test_an_encoding_that_nobody_knows_is_refused(folder: Path) -> None:
    says_plainly(read(folder, GOOD, "export.csv", "--encoding", "klingon"), "klingon")


def test_headings_in_the_third_row_are_found(folder: Path) -> None:
    titled = "江州市执法案件\n2026年3月导出\n" + GOOD.replace("A7,样", ",样")
    assert account(read(folder, titled)) == (20, 19, 1, 0, 0)
    assert rows(folder, "SELECT line FROM rejects") == [(11,)]


@pytest.mark.parametrize("content", ["", "\n\n\n", HEADINGS + "\n"])
def test_a_file_without_rows_is_refused(folder: Path, content: str) -> None:
    says_plainly(read(folder, content), "export.csv")
    assert not (folder / "risk.db").exists()


def test_a_missing_column_is_named_for_every_adapter(folder: Path) -> None:
    says_plainly(
        read(folder, GOOD.replace("违法行为", "备注", 1)),
        "police_export misses 违法行为",
        "nyc_parking misses",
        "double_publicity misses",
    )


def test_of_many_missing_headings_a_few_are_named_as_the_file_would_spell_them(
    folder: Path,
) -> None:
    said = read(folder, "决定书文号,名称\nA1,样例\n")
    says_plainly(said, "police_export misses 决定书编号/…, 违法行为/…, 违法时间/… and 4 more")
    assert len(said.stderr) < 700


def test_of_the_nearest_adapter_every_spelling_of_a_missing_heading_is_named(folder: Path) -> None:
    said = read(folder, GOOD.replace("罚款金额", "金额", 1).replace("决定书编号", "编号", 1))
    says_plainly(
        said,
        "police_export misses 案件编号/决定书编号/处罚决定书编号/行政处罚决定书编号, 罚款金额/处罚金额;",
    )


def test_a_binary_file_is_refused(folder: Path) -> None:
    says_plainly(read(folder, bytes(range(256)) * 50), "export.csv")


@pytest.mark.parametrize("name", ["export.xlsx", "export.parquet"])
def test_a_damaged_workbook_or_parquet_file_is_refused(folder: Path, name: str) -> None:
    magic = b"PK\x03\x04" if name.endswith("xlsx") else b"PAR1"
    says_plainly(read(folder, magic + b"damaged" * 30, name), name)


def test_an_old_excel_file_is_refused_with_a_remedy(folder: Path) -> None:
    old = codecs.decode("d0cf11e0a1b11ae1", "hex") + bytes(600)
    says_plainly(read(folder, old, "export.xls"), "export.xls", ".xlsx")


def test_a_missing_file_a_folder_and_an_unknown_adapter_are_refused(folder: Path) -> None:
    says_plainly(risk(folder, folder / "nowhere.csv"), "nowhere.csv")
    says_plainly(risk(folder, folder), "folder")
    says_plainly(read(folder, GOOD, "export.csv", "--adapter", "nobody"), "nobody")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--all", "--without", "trafic"], 1, "no plugin 'trafic'. Installed are: environment, "),
        (["--all", "--plugin", "traffic"], 2, "leave out either --all or --plugin"),
        (["--plugin", "traffic", "--without", "environment"], 2, "--without leaves"),
        ([], 2, "Name a department with --plugin"),
    ],
)
def test_plugins_that_are_named_wrongly_are_refused_with_the_remedy(
    folder: Path, words: list[str], status: int, said: str
) -> None:
    done = CliRunner().invoke(main, ["run", "--db", str(folder / "risk.db"), *words])
    assert done.exit_code == status
    assert said in done.stderr
    assert list(folder.iterdir()) == []


def test_dates_of_1900_and_of_the_future_are_rejected(folder: Path) -> None:
    content = GOOD + line("B1", day="1900-01-01") + "\n" + line("B2", day="2999-01-01") + "\n"
    assert account(read(folder, content)) == (22, 20, 2, 0, 0)
    assert rows(folder, "SELECT DISTINCT reason FROM rejects") == [("decided_on out of range",)]


def test_a_fine_in_chinese_numerals_is_read(folder: Path) -> None:
    assert account(read(folder, text(line("A1", fine="二百元")))) == (1, 1, 0, 0, 0)
    assert rows(folder, "SELECT DISTINCT fines FROM evidence_monthly") == [(200.0,)]


def test_a_fine_that_cannot_be_read_is_counted_and_not_guessed(folder: Path) -> None:
    result = read(folder, text(line("A1", fine="见决定书")))
    assert account(result) == (1, 1, 0, 0, 0)
    source = json.loads(result.stdout)["runs"][0]["sources"][0]
    assert source["unreadable"]["fine_fen"] == 1


def test_an_unknown_violation_is_unclassified_and_its_wording_kept(folder: Path) -> None:
    assert account(read(folder, GOOD + line("B1", words="夜间鸣笛扰民") + "\n"))[2] == 1
    assert rows(folder, "SELECT reason, detail FROM rejects") == [("unclassified", "夜间鸣笛扰民")]


def test_a_number_that_comes_again_with_other_content_is_a_correction(folder: Path) -> None:
    assert account(read(folder, GOOD + line("A4", fine="100") + "\n")) == (21, 20, 0, 0, 1)
    assert rows(folder, "SELECT line, reason FROM duplicates") == [
        (6, "corrected by a later record")
    ]


def test_a_later_file_corrects_an_earlier_one_and_the_earlier_changes_nothing_again(
    folder: Path,
) -> None:
    read(folder, GOOD)
    later = read(folder, text(line("A4", fine="100"), line("N1")), "later.csv")
    assert account(later) == (2, 2, 0, 0, 0)
    assert json.loads(later.stdout)["runs"][0]["superseded"] == 1
    before = _dump(folder)
    account(risk(folder, folder / "export.csv", "--json"))
    assert _dump(folder) == before


def test_the_same_sources_twice_change_nothing_but_the_run_log(folder: Path) -> None:
    read(folder, GOOD)
    before = _dump(folder)
    assert account(read(folder, GOOD)) == (20, 20, 0, 0, 0)
    assert _dump(folder) == before
    assert rows(folder, "SELECT count(*) FROM runs") == [(2,)]


def test_the_reasons_stand_beneath_each_file_and_again_when_nothing_is_new(folder: Path) -> None:
    first, second = folder / "first.csv", folder / "second.csv"
    first.write_text(GOOD + line("B1", words="夜间鸣笛扰民") + "\n", encoding="utf-8")
    undecided = line("C1").replace("已办结", "未裁决")
    second.write_text(text(line("C0"), line("C0"), undecided), encoding="utf-8")
    expected = [
        "  first.csv [police_export, utf-8]: 21 rows = 20 cases + 1 rejected + 0 excluded + 0 duplicates",
        "    rejected: unclassified 1, e.g. line 22; says 夜间鸣笛扰民 (1)",
        "  second.csv [police_export, utf-8]: 3 rows = 1 cases + 0 rejected + 1 excluded + 1 duplicates",
        "    excluded: 尚未裁决 1, e.g. line 4",
        "    duplicate: repeated 1, e.g. line 3",
    ]
    assert risk(folder, first, second).stdout.splitlines()[2:7] == expected
    again = risk(folder, first).stdout.splitlines()
    assert again[2:5] == [
        *expected[:2],
        "  note: first.csv: read by an earlier run and unchanged since.",
    ]


def test_two_files_in_one_run_give_what_two_runs_give(folder: Path) -> None:
    first, second = folder / "first.csv", folder / "second.csv"
    first.write_text(GOOD, encoding="utf-8")
    second.write_text(text(line("A4", fine="100"), line("N1")), encoding="utf-8")
    risk(folder, first, second, "--json", database="together.db")
    risk(folder, first, "--json")
    risk(folder, second, "--json")
    assert _dump(folder, "risk.db", "risk_points") == _dump(folder, "together.db", "risk_points")


def test_the_made_up_sample_never_joins_real_cases(folder: Path) -> None:
    read(folder, GOOD)
    says_plainly(risk(folder), "sample")


def test_real_cases_take_the_place_of_the_sample(folder: Path) -> None:
    sample = json.loads(risk(folder, "--json").stdout)["runs"][0]
    (said,) = json.loads(read(folder, GOOD).stdout)["runs"][0]["remarks"]
    assert said.startswith(f"The made-up sample's {sample['cases']:,} cases were left out")
    assert rows(folder, "SELECT sum(cases) FROM risk_points WHERE id = violation") == [(20,)]


def test_sources_read_with_another_secret_are_warned_of_until_they_are_read_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(folder, GOOD)
    monkeypatch.setenv("RISK_SECRET_FILE", str(folder / "mistyped"))
    (said,) = warnings(read(folder, text(line("N1")), "more.csv"))
    assert said.startswith("1 of the department's sources were read with another secret")
    assert warnings(risk(folder, folder / "more.csv", "--replace", "--json")) == []


def test_an_edited_policy_under_the_shipped_ones_id_is_warned_of(folder: Path) -> None:
    package, *steps = DEFAULT
    shipped = files(package).joinpath(*steps).read_text("utf-8")
    (folder / "same.yaml").write_text(f"# 抄本\n{shipped}", encoding="utf-8")
    (folder / "edited.yaml").write_text(shipped.replace("cases: 30", "cases: 31"), "utf-8")
    assert warnings(read(folder, GOOD, "export.csv", "--policy", str(folder / "same.yaml"))) == []
    (said,) = warnings(read(folder, GOOD, "export.csv", "--policy", str(folder / "edited.yaml")))
    assert said.startswith("edited.yaml: this policy calls itself zhengzhou-2019, but is not")


def warnings(result: Result) -> list[str]:
    told: list[str] = json.loads(result.stdout)["runs"][0]["warnings"]
    return told


def test_a_third_of_rubbish_is_all_accounted_for(folder: Path) -> None:
    chance = random.Random(7)
    rubbish = ("", "x", "2026-13-45", "二〇二六", "99999999999", "NULL", "1900-01-01")
    with (folder / "big.csv").open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        block = [
            line("{0}-" + str(number), day=chance.choice(rubbish))
            if number % 10 < 3
            else line("{0}-" + str(number))
            for number in range(10_000)
        ]
        template = "\n".join(block) + "\n"
        for part in range(100):
            file.write(template.replace("{0}", str(part)))
    assert account(risk(folder, folder / "big.csv", "--json")) == (
        1_000_000,
        700_000,
        300_000,
        0,
        0,
    )
    assert rows(folder, "SELECT count(*), min(line), max(line) FROM rejects") == [
        (300_000, 2, 999_994)
    ]


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
    before = _dump(folder), sorted(folder.rglob("*"))
    says_plainly(risk(folder, folder / "export.csv", "--replace"), "unclassified")
    assert (_dump(folder), sorted(folder.rglob("*"))) == before


def test_a_database_of_a_newer_schema_is_left_alone(folder: Path) -> None:
    read(folder, GOOD)
    with contextlib.closing(sqlite3.connect(folder / "risk.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " SELECT migration_set, 'm999_of_tomorrow', applied_at FROM _sqlite_migrations LIMIT 1"
        )
    before = (folder / "risk.db").read_bytes()
    says_plainly(read(folder, GOOD, "more.csv"), "risk.db")
    assert (folder / "risk.db").read_bytes() == before


def test_a_full_disk_leaves_the_old_result(folder: Path) -> None:
    read(folder, GOOD)
    before = _dump(folder)
    more = text(*(line(f"M{number}-{random.random()}") for number in range(60_000)))
    (folder / "more.csv").write_text(more, encoding="utf-8")
    limit = (
        "import resource, signal, runpy, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "sys.argv = ['risk', *sys.argv[1:]]; runpy.run_module('risk', run_name='__main__')"
    )
    done = _subprocess(folder, ["-c", limit], "more.csv")
    _, errors = done.communicate(timeout=120)
    assert done.returncode == 1
    assert errors.count("\n") == 1, errors
    assert _dump(folder) == before


def test_killed_at_any_moment_the_old_result_or_the_new_is_there(folder: Path) -> None:
    read(folder, GOOD)
    more = text(*(line(f"M{number}") for number in range(30_000)))
    (folder / "more.csv").write_text(more, encoding="utf-8")
    city = "SELECT cases FROM risk_points WHERE id = 'traffic.illegal_parking'"
    for pause in (0.8, 1.6, 2.2, 2.8, 3.4):
        run = _subprocess(folder, ["-m", "risk"], "more.csv")
        time.sleep(pause)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert rows(folder, city) in ([(20,)], [(30_020,)])
        assert rows(folder, "PRAGMA integrity_check") == [("ok",)]
    assert account(risk(folder, folder / "more.csv", "--json"))[:2] == (30_000, 30_000)
    assert rows(folder, city) == [(30_020,)]


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


def test_ctrl_c_while_it_reads_ends_a_run_in_one_plain_line(folder: Path) -> None:
    read(folder, GOOD)
    before = _dump(folder)
    more = text(*(line(f"M{number}") for number in range(60_000)))
    (folder / "more.csv").write_text(more, encoding="utf-8")
    soon = "threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()"
    run = _subprocess(folder, ["-c", _in_reading(soon)], "more.csv")
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (1, "risk: interrupted; the database is as it was.\n")
    assert _dump(folder) == before


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


def _dump(folder: Path, name: str = "risk.db", *tables: str) -> dict[str, list[str]]:
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
