"""Whole and decimal numbers: `integer` and `number`."""

from __future__ import annotations

from risk import columns as c

from .column_cases import HEADING, UNREADABLE, read

NO_NUMBER = (
    "x",
    "1.2.3",
    "1_000",
    "0x10",
    "nan",
    "inf",
    "-inf",
    "--1",
    "12米",
    "二",
    "1 2",
    ".",
    "12,5",
)
NOTHING = ("", " ", "　", "/", "-", "无", "null")


def test_whole_numbers_are_read_also_as_spreadsheets_write_them() -> None:
    expected = {
        "12": 12,
        " 12 ": 12,
        "0": 0,
        "-3": -3,
        "+3": 3,
        "007": 7,
        "1,234": 1234,
        "1，234": 1234,
        "１２": 12,
        "12.0": 12,
        "12.00": 12,
        "9223372036854775807": 2**63 - 1,
    }
    assert read(c.integer(HEADING), expected, "fine_fen") == expected


def test_what_is_no_whole_number_is_counted_and_never_rounded() -> None:
    cells = (*NO_NUMBER, "1.5", "1e3", "9223372036854775808")
    assert read(c.integer(HEADING), cells, "fine_fen") == dict.fromkeys(cells, UNREADABLE)


def test_decimal_numbers_are_read() -> None:
    expected = {
        "34.7466": 34.7466,
        " 34.7466 ": 34.7466,
        "-34": -34.0,
        "+34.5": 34.5,
        "３４．７５": 34.75,
        ".5": 0.5,
        "5.": 5.0,
        "1,234.5": 1234.5,
        "3.47466e1": 34.7466,
        "1E-2": 0.01,
    }
    assert read(c.number(HEADING), expected, "lat") == expected


def test_what_is_no_number_is_counted() -> None:
    cells = (*NO_NUMBER, "34°44′", "1e999")
    assert read(c.number(HEADING), cells, "lat") == dict.fromkeys(cells, UNREADABLE)


def test_an_empty_number_is_unknown_and_not_unreadable() -> None:
    assert read(c.integer(HEADING), NOTHING, "fine_fen") == dict.fromkeys(NOTHING)
    assert read(c.number(HEADING), NOTHING, "lat") == dict.fromkeys(NOTHING)
