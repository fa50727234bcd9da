"""Sources that are laid out alike are mapped by one expression, others each by its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from risk import Adapter
from risk import columns as c
from risk.intake import reading

from .analysis_cases import engine
from .intake_cases import HEADINGS, SMALL, csv_text, row, take_in

FINES = Adapter(
    name="fines",
    title="检验用的小表",
    columns={**SMALL.columns, "fine_fen": c.join("fines.csv", "地点", "地点", "罚款", unit="元")},
)


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources for which an expression was built."""
    names: list[str] = []
    canonical = reading.canonical

    def noted(frame: Any, *others: Any) -> Any:
        names.append(frame.name)
        return canonical(frame, *others)

    monkeypatch.setattr(reading, "canonical", noted)
    return names


def test_of_sources_laid_out_alike_the_first_is_mapped_and_each_read_rightly(
    tmp_path: Path, mapped: list[str]
) -> None:
    rows = {name: row(name, 地点=f"{name}路") for name in ("甲", "乙", "丙", "丁", "戊")}
    turned = "\n".join(",".join(reversed(cells)) for cells in (HEADINGS, rows["丙"]))
    texts = {
        "1.csv": csv_text(rows["甲"]),
        "2.csv": csv_text(rows["乙"]),
        "3.csv": turned,
        "4.jsonl": json.dumps(dict(zip(HEADINGS, rows["丁"], strict=True)), ensure_ascii=False),
        "5.tsv": csv_text(rows["戊"], delimiter="\t"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    taken = take_in(engine(), tmp_path / "risk.db", *(tmp_path / name for name in texts))
    assert {case["case_id"]: case["place"] for case in taken.canonical} == {
        name: f"{name}路" for name in rows
    }
    assert mapped == ["1.csv", "3.csv", "4.jsonl"]


def test_sources_beside_other_tables_are_mapped_by_these(tmp_path: Path, mapped: list[str]) -> None:
    sources = []
    for number, fine in (("1", "100"), ("2", "200")):
        folder = tmp_path / number
        folder.mkdir()
        (folder / "fines.csv").write_text(f"地点,罚款\n花园路,{fine}\n", encoding="utf-8")
        sources.append(folder / f"{number}.csv")
        sources[-1].write_text(csv_text(row(number)), encoding="utf-8")
    taken = take_in(engine(), tmp_path / "risk.db", *sources, adapters=(FINES,))
    assert [case["fine_fen"] for case in taken.canonical] == [10_000, 20_000]
    assert mapped == ["1.csv", "2.csv"]
