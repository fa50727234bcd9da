"""What a source is called in the database: enough to find it again, and nothing personal."""

from __future__ import annotations

from pathlib import Path

import pytest

from risk.intake.source import Source


def name(file: str, selection: str = "", kind: str = "csv") -> str:
    return Source(Path("/exports") / file, kind, "0" * 64, 1, selection).name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "file",
    [
        "导出 2026-01-31.csv",
        "20260131120000.csv",
        "tickets-0-10000000.csv",
        "新增abc2026.xlsx",
        "case_990179202601.db",
    ],
)
def test_a_file_keeps_its_name_with_days_counts_and_words(file: str) -> None:
    assert name(file) == file


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("当事人样AQ7X39.csv", "当事人〔已遮盖〕.csv"),
        ("样A·12345 罚单.csv", "〔已遮盖〕 罚单.csv"),
        ("99000019300110123X-案卷.xlsx", "〔已遮盖〕-案卷.xlsx"),
        ("电话17900001234.csv", "电话〔已遮盖〕.csv"),
        ("99990179MA00000001.csv", "〔已遮盖〕.csv"),
    ],
)
def test_plates_and_numbers_of_people_and_firms_in_a_files_name_are_covered(
    file: str, shown: str
) -> None:
    assert name(file) == shown


def test_a_table_or_sheet_is_named_and_a_query_goes_by_its_digest() -> None:
    assert name("a.db", "cases", "sqlite") == "a.db::cases"
    assert name("a.xlsx", "样A12345", "xlsx") == "a.xlsx::〔已遮盖〕"
    one, other = (
        name("a.db", f"select * from cases where 当事人 = '{who}'", "sqlite")
        for who in ("样例甲", "样例乙")
    )
    assert one != other
    assert one.startswith("a.db::query-")
    assert "样例" not in one + other
