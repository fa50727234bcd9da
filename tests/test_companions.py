"""Small tables that lie beside a source, as offices keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from risk import columns as c
from risk.errors import InputError

from .analysis_cases import engine
from .intake_cases import SMALL, Taken, csv_text, row, take_in

FINES = '代码,金额\n花园路,115\n中州路,"1,000.50"\n'
ADAPTER = SMALL.model_copy(
    update={
        "columns": {
            **SMALL.columns,
            "fine_fen": c.join("fines.csv", "地点", "代码", "金额", unit="元"),
        }
    }
)


def take(folder: Path, known: tuple[Taken, ...] = (), version: str = "1") -> Taken:
    """A source with three places, with what earlier runs brought in."""
    export = folder / "export.csv"
    places = ("花园路", "中州路", "无名路")
    export.write_text(csv_text(*(row(n, 地点=place) for n, place in enumerate(places))), "utf-8")
    accounts = [account for taken in known for account in taken.accounts]
    return take_in(
        engine(),
        folder / "risk.db",
        export,
        adapters=(ADAPTER,),
        known=accounts,
        version=version,
    )


def fines(taken: Taken) -> list[int | None]:
    return [case["fine_fen"] for case in taken.canonical]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_may_be_saved_by_any_office_program(tmp_path: Path, encoding: str) -> None:
    text = FINES.replace("\n", "\r\n") + "\r\n,,\r\n"
    (tmp_path / "fines.csv").write_bytes(text.encode(encoding))
    taken = take(tmp_path)
    assert fines(taken) == [11_500, 100_050, None]
    assert taken.collected.remarks == ()


def test_a_missing_table_is_said_and_its_column_unknown(tmp_path: Path) -> None:
    taken = take(tmp_path)
    assert fines(taken) == [None, None, None]
    (said,) = taken.collected.remarks
    assert said.text.startswith(
        "export.csv: the table fines.csv does not lie beside it, so fine_fen is unknown"
    )
    assert "fines.csv" in said.chinese
    assert said.warning


def test_without_the_table_what_an_earlier_run_read_with_it_stays(tmp_path: Path) -> None:
    (tmp_path / "fines.csv").write_text(FINES, encoding="utf-8")
    first = take(tmp_path)
    (tmp_path / "fines.csv").unlink()
    (tmp_path / "export.csv").rename(tmp_path / "other.csv")
    again = take(tmp_path, (first,))
    assert fines(again) == [11_500, 100_050, None]
    assert again.collected.fresh == frozenset()
    (said,) = again.collected.remarks
    assert "with fines.csv beside them; what it read stays" in said.text
    assert not said.warning
    newer = take(tmp_path, (first,), version="2")
    assert fines(newer) == [None, None, None]


def test_in_one_run_the_reading_with_the_table_takes_the_place_of_that_without(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    rows = csv_text(row(1))
    for folder in (elsewhere, tmp_path):
        (folder / "export.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "fines.csv").write_text(FINES, encoding="utf-8")
    sources = (elsewhere / "export.csv", tmp_path / "export.csv")
    taken = take_in(engine(), tmp_path / "risk.db", *sources, adapters=(ADAPTER,))
    assert fines(taken) == [11_500]
    assert taken.collected.fresh == {taken.account.key}


def test_a_source_is_read_again_when_the_table_beside_it_has_changed(tmp_path: Path) -> None:
    (tmp_path / "fines.csv").write_text(FINES, encoding="utf-8")
    first = take(tmp_path)
    same = take(tmp_path, (first,))
    assert same.collected.fresh == frozenset()
    (tmp_path / "fines.csv").write_text(FINES.replace("115", "65"), encoding="utf-8")
    changed = take(tmp_path, (first,))
    assert changed.account.rows == 3
    assert fines(changed) == [6_500, 100_050, None]


def test_a_table_of_other_columns_and_one_that_is_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fines.csv").write_text("code,fine\n花园路,115\n", encoding="utf-8")
    with pytest.raises(InputError, match="fines.csv: no row of this table says 金额 for 代码"):
        take(tmp_path)
    (tmp_path / "fines.csv").write_bytes(bytes(range(128, 256)) * 30)
    with pytest.raises(InputError, match="fines.csv"):
        take(tmp_path)
