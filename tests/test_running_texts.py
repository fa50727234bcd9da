"""Words of the vocabulary for running texts, and numbers for records that have none."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from risk import Adapter
from risk import columns as c
from risk.intake.engine import Engine
from risk.intake.engines import open_engine
from risk.progress import Silent

from .intake_cases import TYPES, Taken, take_in

DOLLARS = r"\$ ?([0-9][0-9., ]*[0-9](?: million)?)(?:[^0-9]|$)"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine("duckdb", tmp_path / "scratch", Silent())
    yield opened
    opened.close()


def texts(
    engine: Engine, folder: Path, said: Sequence[str], **columns: c.Column
) -> tuple[list[dict[str, Any]], Taken]:
    """The cases made of texts, in their order; where nothing else is said, one of each."""
    file = folder / "texts.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        table = csv.writer(target)
        table.writerow(("no", "day", "text"))
        table.writerows((f"n{number:03d}", "2025-03-04", text) for number, text in enumerate(said))
    usual: Mapping[str, c.Column] = {
        "case_id": c.text("no"),
        "violation": c.constant("traffic.red_light"),
        "decided_on": c.date("day"),
    }
    adapter = Adapter(name="texts", title="检验用的文字", columns={**usual, **columns})
    taken = take_in(engine, folder / "risk.db", file, adapters=(adapter,))
    return taken.canonical, taken


def test_the_first_fitting_pattern_decides_and_no_hit_is_unknown(
    engine: Engine, tmp_path: Path
) -> None:
    place = c.found("text", r"in (Ware|North Ware)", r"of (Lee)")
    said = ["works of Lee in Ware", "a firm of Lee", "in North Ware", "nowhere"]
    cases, _ = texts(engine, tmp_path, said, place=place)
    assert [case["place"] for case in cases] == ["Ware", "Lee", "North Ware", None]


@pytest.mark.parametrize(
    ("said", "cents"),
    [
        ("a $12,345 penalty", 1_234_500),
        ("a $12.345 penalty", 1_234_500),
        ("a $53, 938 penalty", 5_393_800),
        ("a $9,222.50 penalty", 922_250),
        ("pays $2.9 million", 290_000_000),
        ("no money", None),
    ],
)
def test_amounts_in_running_text_are_read_as_they_say(
    engine: Engine, tmp_path: Path, said: str, cents: int | None
) -> None:
    cases, _ = texts(engine, tmp_path, [said], fine_fen=c.amount_found("text", DOLLARS))
    assert [case["fine_fen"] for case in cases] == [cents]


def test_a_record_is_known_again_when_only_its_figures_were_corrected(
    engine: Engine, tmp_path: Path
) -> None:
    said = ["Acme paid $30.000.", "Acme paid $30,000.", "Acme paid $30,000 late."]
    number = c.digest("day", c.without("text", "[^A-Za-z]"))
    fine = c.amount_found("text", r"\$([0-9.,]*[0-9])")
    cases, taken = texts(engine, tmp_path, said, case_id=number, fine_fen=fine, place=c.text("no"))
    assert len(cases) == 2
    assert all(len(case["case_id"]) == 16 for case in cases)
    assert taken.duplicates["reason"].to_pylist() == ["corrected by a later record"]


def test_a_text_in_which_names_stand_is_shown_by_another_column(
    engine: Engine, tmp_path: Path
) -> None:
    kind = c.phrases(("text",), {name: (word,) for word, name in TYPES.items()})
    shown = kind.shown_as(c.first(c.found("text", "(air|water)"), c.constant("unnamed")))
    said = ["违法停车", "Jane Doe fouled the air", "Jane Doe sang"]
    _, taken = texts(engine, tmp_path, said, violation=shown)
    assert taken.rejected["reason"].to_pylist() == ["unclassified"] * 2
    assert taken.rejected["detail"].to_pylist() == ["air", "unnamed"]


def test_a_table_of_phrases_that_need_not_know_every_cell_counts_none_as_unreadable(
    engine: Engine, tmp_path: Path
) -> None:
    words = {"洗车": ("car wash",)}
    said = ["a car wash", "a bakery"]
    whole, strict = texts(engine, tmp_path, said, industry=c.phrases(("text",), words))
    assert strict.account.unreadable == {"industry": 1}
    (tmp_path / "again").mkdir()
    lax = c.phrases(("text",), words, partial=True)
    again, partial = texts(engine, tmp_path / "again", said, industry=lax)
    assert partial.account.unreadable == {}
    assert again == whole
