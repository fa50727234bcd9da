"""Nothing that Datasette, the kernel or grading says in English is left without its Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from datasette.filters import Filters

from risk.intake import duckdb_engine, duplicates, mapping
from risk.model.kind import CASES, SIGNALS
from risk.store.dictionary import DICTIONARY
from risk.web import words
from risk.web.links import first_page

if TYPE_CHECKING:
    from conftest import Sample


def chinese(text: str) -> bool:
    return not any(character.isascii() and character.isalpha() for character in text)


def test_every_filter_of_datasette_has_a_word() -> None:
    assert set(words.OPERATORS) == {key for key, _, _ in Filters([]).lookups()}
    assert all(map(chinese, words.OPERATORS.values()))


def test_every_reason_for_which_the_kernel_turns_a_row_away_has_a_word() -> None:
    kinds = (CASES, SIGNALS)
    said = {fault for kind in kinds for fault in mapping.faults(kind)} | set(
        duckdb_engine._BROKEN.values()
    )
    assert len(said) > 10
    assert said | {duplicates.REPEATED, duplicates.CORRECTED, duplicates.TAKEN_BACK} <= set(
        words.REASONS
    )


def test_a_departments_own_reason_is_left_as_it_is() -> None:
    assert words.reason("尚未裁决") == "尚未裁决"


def test_every_figure_of_a_ground_has_a_word(sample: Sample) -> None:
    grounds = [ground for point in sample.result.points for ground in point.grounds]
    assert {name for ground in grounds for name in ground.figures} <= set(words.FIGURES)
    assert words.figures('{"cases": 5153, "q_value": 1e-05, "min_share": 1.0, "rank": null}') == (
        "案件 5,153；错误发现率 0.00001；标准：所占比例不低于 1；位次 无"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (5153, "5,153"),
        (20.0, "20"),
        (1234567.5, "1,234,567.5"),
        (0.05, "0.05"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_is_written_out_with_its_thousands_apart(value: float, shown: str) -> None:
    assert words.number(value) == shown


def test_what_sqlite_complains_of_is_said_in_chinese_where_there_is_a_word_for_it() -> None:
    assert words.complaint("no such column: 等级") == "没有这一列：等级"
    assert words.complaint('near "form": syntax error') == "语法有误，在 form 附近"
    assert words.complaint("database disk image is malformed") == ""


def test_every_table_and_column_has_a_short_chinese_name() -> None:
    for name, meaning in DICTIONARY.items():
        headings = meaning.headings
        assert list(headings) == list(meaning.columns), name
        for heading in (meaning.name, *headings.values()):
            assert chinese(heading) and 1 <= len(heading) <= 20, (name, heading)


def test_a_shorter_list_is_shown_from_its_first_page() -> None:
    assert first_page("/risk/a?_next=50&b=1&c=") == "/risk/a?b=1&c="
    assert first_page("/risk/a?_next=50") == "/risk/a"
