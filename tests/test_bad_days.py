"""What comes in on a bad day ends in one plain line or in a correct result, and nothing is lost."""

from __future__ import annotations

import codecs
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from risk.cli import main

from .police_files import GOOD, HEADINGS, account, line, read, risk, rows, says_plainly, text


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
        "police_export misses 案件编号/决定书编号/处罚决定书编号/行政处罚决定书编号,"
        " 罚款金额/处罚金额/罚款数额/罚款(元)/罚款(万元);",
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
        for part in range(40):
            file.write(template.replace("{0}", str(part)))
    assert account(risk(folder, folder / "big.csv", "--json")) == (
        400_000,
        280_000,
        120_000,
        0,
        0,
    )
    assert rows(folder, "SELECT count(*), min(line), max(line) FROM rejects") == [
        (120_000, 2, 399_994)
    ]
