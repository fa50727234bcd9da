"""Streets of addresses in Latin letters that begin with the house."""

from __future__ import annotations

from pathlib import Path

from risk import Adapter
from risk import columns as c

from .analysis_cases import engine
from .intake_cases import HEADINGS, SMALL, row, take_in

STREETS = {
    "149 TYNDALL AVE": "TYNDALL AVE",
    " 3882  Bloor St W ": "BLOOR ST W",
    '"2900 WARDEN AVE, Unit-159"': "WARDEN AVE",
    "12A QUEEN ST E UNIT 3": "QUEEN ST E",
    "1710-1712 QUEEN ST E": "QUEEN ST E",
    "660 1/2 BLOOR ST W": "BLOOR ST W",
    "THE QUEENSWAY": "THE QUEENSWAY",
    "4853 S WOOD": "S WOOD",
    "花园路12号": "花园路",
}


def streets(folder: Path, column: c.Column) -> list[str]:
    adapter = Adapter(
        name="addresses", title="检验用的地址表", columns={**SMALL.columns, "place": column}
    )
    rows = [row(number, 地点=address) for number, address in enumerate(STREETS)]
    source = folder / "addresses.csv"
    source.write_text(
        "".join(",".join(cells) + "\n" for cells in (HEADINGS, *rows)), encoding="utf-8"
    )
    taken = take_in(engine(), folder / "risk.db", source, adapters=(adapter,))
    return [str(case["place"]) for case in taken.canonical]


def test_house_and_unit_are_taken_off_where_the_house_comes_first(tmp_path: Path) -> None:
    assert streets(tmp_path, c.road("地点", house_first=True)) == list(STREETS.values())


def test_a_street_that_is_a_number_stays_where_no_house_is_spoken_of(tmp_path: Path) -> None:
    assert streets(tmp_path, c.road("地点"))[0] == "149 TYNDALL AVE"
