"""Days and times: `date`, `timestamp`, `minutes` and `at`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from risk import columns as c

from .analysis_cases import engine
from .column_cases import HEADING, UNREADABLE, read
from .intake_cases import HEADINGS, SMALL, TODAY, collecting, row

DAY = dt.datetime(2025, 3, 4)
MORNING = dt.datetime(2025, 3, 4, 8, 15)
TO_THE_SECOND = dt.datetime(2025, 3, 4, 8, 15, 30)
DAYS = {
    "2025-03-04": DAY,
    "2025-3-4": DAY,
    " 2025-03-04 ": DAY,
    "　2025-03-04　": DAY,
    "2025/03/04": DAY,
    "2025/3/4": DAY,
    "2025年03月04日": DAY,
    "2025年3月4日": DAY,
    "2025.03.04": DAY,
    "2025.3.4": DAY,
    "20250304": DAY,
    "2024-02-29": dt.datetime(2024, 2, 29),
}
TIMES = {
    "2025-03-04 08:15:30": TO_THE_SECOND,
    "2025-3-4 8:15:30": TO_THE_SECOND,
    "2025-03-04 08:15": MORNING,
    "2025/03/04 08:15:30": TO_THE_SECOND,
    "2025/3/4 8:15": MORNING,
    "2025-03-04T08:15:30": TO_THE_SECOND,
    "2025-03-04 08:15:30.0": TO_THE_SECOND,
    "2025-03-04 08:15:30.000": TO_THE_SECOND,
    "2025-03-04T08:15:30.123+08:00": TO_THE_SECOND,
    "2025-03-04T08:15:30+0800": TO_THE_SECOND,
    "2025-03-04 08:15:30+08": TO_THE_SECOND,
    "2025年03月04日08时15分": MORNING,
    "2025年3月4日 8时15分": MORNING,
    "2025年3月4日 8:15": MORNING,
    "20250304081530": TO_THE_SECOND,
    "2025-03-04 00:00:00": DAY,
    "2025-03-04 23:59:59": dt.datetime(2025, 3, 4, 23, 59, 59),
}
IMPOSSIBLE = (
    "2025-02-30",
    "2023-02-29",
    "2025-13-01",
    "2025-00-10",
    "2025-04-31",
    "2025年2月30日",
    "20250230",
    "2025030",
    "202503045",
    "2025-03",
    "2025",
    "03/04/2025",
    "25-03-04x",
    "2025-03-04-05",
    "2025-03-04 24:00",
    "2025-03-04 08:60",
    "2025-03-04 08:15:60",
    "二〇二五年三月四日",
    "昨天",
    "0",
    "45720",
    "2025-03-04T08:15:30Z",
    "2025-03-04T08:15:30+00:00",
    "2025-03-04 08:15:30.",
    "２０２５－０２－３０",
)
NOTHING = ("", " ", "　", "/", "-", "无", "NULL")


def days(expected: dict[str, dt.datetime]) -> dict[str, dt.datetime]:
    return {cell: moment.replace(hour=0, minute=0, second=0) for cell, moment in expected.items()}


def test_days_are_read_in_all_forms_usual_in_china_with_or_without_a_time() -> None:
    expected = days(DAYS | TIMES)
    assert read(c.date(HEADING), expected, "occurred_at") == expected


def test_times_are_read_in_all_forms_usual_in_china() -> None:
    assert read(c.timestamp(HEADING), TIMES, "occurred_at") == TIMES


def test_a_day_without_a_time_is_its_midnight() -> None:
    assert read(c.timestamp(HEADING), DAYS, "occurred_at") == days(DAYS)


def test_impossible_days_and_times_are_counted_and_never_moved_to_another_day() -> None:
    expected = dict.fromkeys(IMPOSSIBLE, UNREADABLE)
    assert read(c.date(HEADING), IMPOSSIBLE, "occurred_at") == expected
    assert read(c.timestamp(HEADING), IMPOSSIBLE, "occurred_at") == expected


def test_an_empty_day_is_unknown_and_not_unreadable() -> None:
    assert read(c.date(HEADING), NOTHING, "occurred_at") == dict.fromkeys(NOTHING)
    assert read(c.timestamp(HEADING), NOTHING, "occurred_at") == dict.fromkeys(NOTHING)


def test_full_width_days_and_times_are_read() -> None:
    expected = {
        "２０２５－０３－０４　０８：１５": MORNING,
        "２０２５年３月４日８时１５分": MORNING,
    }
    assert read(c.timestamp(HEADING), expected, "occurred_at") == expected
    assert read(c.date(HEADING), expected, "occurred_at") == days(expected)


def test_formats_that_an_adapter_states_are_the_only_ones() -> None:
    american = c.date(HEADING, "%m/%d/%Y", "%m-%d-%Y")
    expected = {
        "03/04/2025": DAY,
        "3-4-2025": DAY,
        "2025-03-04": UNREADABLE,
        "13/04/2025": UNREADABLE,
    }
    assert read(american, expected, "occurred_at") == expected


def test_minutes_after_midnight_are_read_from_clocks_of_both_kinds() -> None:
    expected = {
        "0915A": 9 * 60 + 15,
        "0130P": 13 * 60 + 30,
        "0130p": 13 * 60 + 30,
        "1200A": 0,
        "1230P": 12 * 60 + 30,
        "0030A": 30,
        "9:15": 9 * 60 + 15,
        "09:15": 9 * 60 + 15,
        "09:15:30": 9 * 60 + 15,
        "00:00": 0,
        "23:59": 23 * 60 + 59,
        " 9:15 ": 9 * 60 + 15,
        "24:00": UNREADABLE,
        "9:60": UNREADABLE,
        "1330P": UNREADABLE,
        "0975A": UNREADABLE,
        "0915": UNREADABLE,
        "0915X": UNREADABLE,
        "915A": UNREADABLE,
        ".240P": UNREADABLE,
        "": None,
        "/": None,
    }
    assert read(c.minutes(HEADING), expected, "fine_fen") == expected


def test_a_day_and_minutes_make_a_moment_only_together() -> None:
    moment = c.at(c.date("日"), c.minutes("时"))
    expected = {
        ("2025-03-04", "0815A"): MORNING,
        ("2025-03-04", "1200A"): DAY,
        ("2025-12-31", "11:59"): dt.datetime(2025, 12, 31, 11, 59),
        ("2025-03-04", ""): None,
        ("2025-03-04", "9999P"): UNREADABLE,
        ("2025-02-30", "0815A"): UNREADABLE,
        ("", ""): None,
    }
    assert read(moment, expected, "occurred_at", ("日", "时")) == expected


def test_times_before_the_law_and_in_the_future_are_unreadable() -> None:
    expected = {
        "1996-09-30 10:00": UNREADABLE,
        "1996-10-01 10:00": dt.datetime(1996, 10, 1, 10),
        "2999-01-01 00:00": UNREADABLE,
        "1900-01-01 00:00": UNREADABLE,
    }
    assert read(c.timestamp(HEADING), expected, "occurred_at") == expected


def test_an_act_after_its_decision_has_no_known_time_and_the_row_stays_a_case(
    tmp_path: Path,
) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    later = tomorrow + dt.timedelta(days=1)
    rows = {
        ("2025-03-04", "2025-03-04 23:59:00"): "occurred",
        ("2025-03-04", "2025-03-05 00:00:00"): "unreadable",
        ("2025-03-04", "2052-03-04 10:00:00"): "unreadable",
        (f"{tomorrow}", f"{tomorrow} 10:00:00"): "occurred",
        (f"{TODAY}", f"{tomorrow} 10:00:00"): "unreadable",
        ("1996-10-01", "1996-09-30 10:00:00"): "unreadable",
        ("1996-10-01", "1996-10-01 10:00:00"): "occurred",
        ("2025-03-04", ""): "unknown",
        ("1905-03-04", "2025-03-04 10:00:00"): "rejected",
        (f"{later}", "2025-03-04 10:00:00"): "rejected",
        ("", "2025-03-04 10:00:00"): "rejected",
    }
    cells = [
        ",".join((*row(number, 处罚日期=decided), acted))
        for number, (decided, acted) in enumerate(rows)
    ]
    export = tmp_path / "export.csv"
    export.write_text("\n".join((",".join((*HEADINGS, "时间")), *cells)), encoding="utf-8")
    columns = {**SMALL.columns, "occurred_at": c.timestamp("时间")}
    adapter = SMALL.model_copy(update={"columns": columns})
    with collecting(engine(), tmp_path / "risk.db", export, adapters=(adapter,)) as collected:
        (part,) = collected.partitions
        found = pq.read_table(part.rows_file).to_pylist()

    def became(values: dict[str, Any]) -> str:
        if values["outcome"] == "rejected":
            return "rejected" if values["occurred_at"] else "rejected, time lost"
        if values["unreadable"] == "occurred_at":
            return "unreadable" if values["occurred_at"] is None else "counted, but kept"
        return "occurred" if values["occurred_at"] else "unknown"

    assert {key: became(values) for key, values in zip(rows, found, strict=True)} == rows
    assert part.intake.unreadable == {"occurred_at": 4}
