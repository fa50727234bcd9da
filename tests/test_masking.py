"""Personal data in free text: what is known by its shape, or by its own row, is covered."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from risk import columns as c
from risk.intake.masking import COVER

from .analysis_cases import engine
from .column_cases import HEADING, read
from .intake_cases import SMALL, Taken, csv_text, row, take_in

PARTY = c.pseudonym(c.optional(c.text("证件号码")), "当事人")

# Region 99, network 179 and province 样 do not exist.
NUMBERS = (
    "样A12345",
    "样A·12345",
    "样A.12345",
    "样A-12345",
    "样A 12345",
    "样 A12345",
    "样a12345",
    "样Ａ１２３４５",
    "样A·１２３４５",
    "样AD12345",
    "样A·D12345",
    "样A12345D",
    "样A1234挂",
    "样A1234学",
    "样A1234警",
    "WJ样1234X",
    "WJ样12345",
    "990012199001010017",
    "99001219900101001X",
    "99001219900101001x",
    "９９００１２１９９００１０１００１Ｘ",
    "990012 19900101 001X",
    "990012-19900101-0017",
    "990012900101001",
    "17912345678",
    "179-1234-5678",
    "179 1234 5678",
    "+8617912345678",
    "0999-12345678",
    "91990100MA00000001",
    "91990100ma00000001",
    "6299000000000000000",
)
HARMLESS = (
    "花园路",
    "花园路88号院3号楼",
    "G107国道",
    "107国道K712+300",
    "S103线",
    "花园路（农业路至东风路）",
    "BRT快速公交3号线",
    "2025-03-04",
    "样例广场",
    "A1234",
    "5TH AVE 120",
    "CBD内环",
)


def test_numbers_of_persons_plates_and_firms_are_covered_within_any_text() -> None:
    cells = {f"花园路{number}门前": number for number in NUMBERS}
    for cell, said in read(c.text(HEADING), cells, "industry").items():
        assert said.startswith("花园路"), cell
        assert COVER in said, cell
        assert said.endswith("门前"), cell
        rest = said.replace(COVER, "").removeprefix("花园路").removesuffix("门前")
        assert not any(char.isdigit() for char in rest), (cell, said)


def test_a_text_that_is_nothing_but_a_persons_number_says_nothing() -> None:
    cells = [number for number in NUMBERS if not number.startswith(("+", "WJ"))]
    assert read(c.text(HEADING), cells, "industry") == dict.fromkeys(cells)


def test_places_and_their_numbers_stay() -> None:
    assert read(c.text(HEADING), HARMLESS, "industry") == {cell: cell for cell in HARMLESS}


def take(folder: Path, rows: Iterable[tuple[str, str, str]], party: c.Column = PARTY) -> Taken:
    """What becomes of rows with these wordings, parties and places."""
    adapter = SMALL.model_copy(update={"columns": {**SMALL.columns, "party": party}})
    export = folder / "export.csv"
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("案号", "处罚日期", "违法行为", "当事人", "地点"))
        writer.writerows((number, "2025-03-04", *row) for number, row in enumerate(rows))
    return take_in(engine(), folder / "risk.db", export, adapters=(adapter,))


def test_the_party_of_a_row_is_covered_in_what_else_the_row_says(tmp_path: Path) -> None:
    expected = {
        ("样例甲", "样例甲门前"): f"{COVER}门前",
        ("样例甲", "花园路样例甲、样例甲门前"): f"花园路{COVER}、{COVER}门前",
        ("样例甲", "样例甲"): None,
        ("样例商贸有限公司", "花园路样例商贸有限公司"): f"花园路{COVER}",
        (" 样例甲　", "样例甲门前"): f"{COVER}门前",
        ("A12345", "花园路A12345号"): f"花园路{COVER}号",
        ("甲", "甲乙路"): "甲乙路",
        ("/", "花园路/农业路"): "花园路/农业路",
        ("12", "花园路12号"): "花园路12号",
        ("", "花园路"): "花园路",
        ("样例甲", "样例乙门前"): "样例乙门前",
    }
    taken = take(tmp_path, (("违法停车", party, place) for party, place in expected))
    rows = sorted(taken.cases.to_pylist(), key=lambda case: int(case["line"]))
    assert [case["place"] for case in rows] == list(expected.values())


@pytest.mark.parametrize(
    "party",
    [
        c.optional(PARTY),
        c.optional(c.pseudonym("证件号码", "当事人")),
        c.first(c.pseudonym(c.optional(c.text("证件号码"))), c.pseudonym("当事人")),
    ],
)
def test_the_party_is_covered_also_where_its_pseudonym_is_one_of_several_or_need_not_be_there(
    tmp_path: Path, party: c.Column
) -> None:
    taken = take(tmp_path, [("违法停车", "样例甲", "样例甲门前")], party)
    assert taken.cases["place"].to_pylist() == [f"{COVER}门前"]


def test_an_unknown_wording_is_reported_without_what_may_be_a_name(tmp_path: Path) -> None:
    words = {
        "夜间鸣笛扰民": "夜间鸣笛扰民",
        "样A12345违法停车": f"{COVER}违法停车",
        "样例丁违反规定停车": f"{COVER}违反规定停车",
        "样例甲": COVER,
        "样例·甲": COVER,
        "样例商贸有限公司": COVER,
        "17912345678": COVER,
        "违" * 200: "违" * 80,
    }
    taken = take(tmp_path, ((word, "样例丁", "花园路") for word in words))
    assert taken.rejected["detail"].to_pylist() == list(words.values())


def test_an_unreadable_date_is_reported_only_if_it_looks_like_one(tmp_path: Path) -> None:
    days = {
        "2025-02-30": "2025-02-30",
        "20251301": "20251301",
        "样例甲": COVER,
        "17912345678": COVER,
    }
    export = tmp_path / "export.csv"
    text = csv_text(*(row(number, 处罚日期=day) for number, day in enumerate(days)))
    export.write_text(text, encoding="utf-8")
    taken = take_in(engine(), tmp_path / "risk.db", export)
    assert taken.rejected["detail"].to_pylist() == list(days.values())
