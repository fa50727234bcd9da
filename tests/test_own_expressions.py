"""What an expression of the author's own gives is held to its column: by type and by its list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pytest

from risk import columns as c
from risk.errors import PluginError
from risk.progress import Silent
from risk.run import Request, run

from .analysis_cases import engine
from .column_cases import HEADING, UNREADABLE, read
from .intake_cases import SMALL, TODAY, TYPES, csv_text, row, take_in
from .test_mapped import PLUGIN

if TYPE_CHECKING:
    from conftest import Install, Load

Make = Callable[[Any], Any]
CELL = c.text(HEADING)


def own(make: Make = CELL.make) -> c.Column:
    return c.derived(make, HEADING)


@pytest.mark.parametrize(
    ("into", "cells"),
    [
        ("procedure", {"简易": "简易", "听证": "听证", "简易程序": UNREADABLE, "": None}),
        ("party_kind", {"自然人": "自然人", "王某": UNREADABLE}),
        (
            "penalties",
            {
                "罚款": "罚款",
                "警告、罚款": "警告、罚款",
                "罚款、不明": "罚款、不明",
                "罚款、没车": UNREADABLE,
                "不明": UNREADABLE,
                "罚": UNREADABLE,
            },
        ),
        (
            "coercive_measures",
            {
                "查封场所、设施或者财物、扣押财物": "查封场所、设施或者财物、扣押财物",
                "设施或者财物": UNREADABLE,
            },
        ),
        ("compulsory_enforcement", {"代履行": "代履行", "代履": UNREADABLE}),
    ],
)
def test_nothing_outside_a_closed_list_is_kept_and_all_of_it_is_counted(
    into: str, cells: dict[str, str | None]
) -> None:
    assert read(own(), cells, into) == cells


def test_a_table_beside_the_file_cannot_fill_a_closed_list_with_other_words() -> None:
    column = c.first(
        c.join("codes.csv", HEADING, "code", "means"), c.lookup(HEADING, {"3": "听证"})
    )
    beside = {"codes.csv": "code,means\n1,简易\n2,当场\n"}
    expected = {"1": "简易", "2": UNREADABLE, "3": "听证"}
    assert read(column, expected, "procedure", beside=beside) == expected


def test_a_type_that_the_catalogue_has_not_is_unclassified_and_shown(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        csv_text(row(1, 违法行为=TYPES["闯红灯"]), row(2, 违法行为="traffic.nothing"))
    )
    columns = {**SMALL.columns, "violation": c.derived(c.text("违法行为").make, "违法行为")}
    adapter = SMALL.model_copy(update={"columns": columns})
    known = frozenset(TYPES.values())
    taken = take_in(engine(), tmp_path / "risk.db", export, adapters=(adapter,), types=known)
    assert taken.lines == {"1": 2}
    assert taken.refused == {3: "unclassified"}
    assert taken.rejected["detail"].to_pylist() == ["traffic.nothing"]


@pytest.mark.parametrize(
    ("into", "make", "gives"),
    [
        ("fine_fen", c.number(HEADING).make, "float64 and not int64"),
        ("fine_fen", CELL.make, "string and not int64"),
        ("confiscated_fen", lambda frame: c.integer(HEADING).make(frame) / 2, "float64 and not"),
        ("corrected", CELL.make, "string and not boolean"),
        ("harm", c.integer(HEADING).make, "int64 and not boolean"),
        ("occurred_at", CELL.make, "string and not timestamp(6)"),
        ("lat", CELL.make, "string and not float64"),
    ],
)
def test_a_value_of_another_type_is_refused_and_never_cast(
    into: str, make: Make, gives: str
) -> None:
    with pytest.raises(PluginError) as caught:
        read(own(make), ["1"], into)
    assert caught.value.what.startswith(
        f"adapter cells, column {into}: its expression gives {gives}"
    )


def test_whole_fen_and_yes_or_no_of_ones_own_are_taken() -> None:
    fen = own(lambda frame: (c.number(HEADING).make(frame) * 100).round(0).cast("int64"))
    assert read(fen, ["100.5"], "fine_fen") == {"100.5": 10050}
    assert read(own(lambda frame: CELL.make(frame) == "是"), ["是"], "corrected") == {"是": True}


@pytest.mark.parametrize(
    ("make", "raises"),
    [
        (lambda frame: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda frame: None, "AttributeError: 'NoneType' object has no attribute"),
        (lambda frame: frame.column((HEADING,)).nothing(), "AttributeError: 'StringColumn' object"),
        (
            lambda frame: ibis.literal(1) + frame.column((HEADING,)),
            "SignatureValidationError: ",
        ),
    ],
)
def test_an_expression_that_cannot_be_built_is_told_in_one_line(make: Make, raises: str) -> None:
    with pytest.raises(PluginError) as caught:
        read(own(make), ["1"], "district")
    said = "adapter cells, column district: building its expression raises "
    assert caught.value.what.startswith(f"{said}{raises}") and "\n" not in caught.value.what
    assert caught.value.remedy == "The plugin's author has to mend it."
    assert caught.value.__cause__ is not None


def test_a_run_names_the_plugin_and_the_rule_that_cannot_be_built(
    install: Install, load: Load, folder: Path
) -> None:
    rules = 'excludes={"不处罚": c.derived(lambda frame: c.text("案由").build(frame), "案由")}'
    install("wells", PLUGIN.format(columns="", rules=rules))
    export = folder / "wells.csv"
    export.write_text("案号,案由,日期\n1,凿井,2025-03-04\n", encoding="utf-8")
    (plugin,) = load().plugins
    request = Request(database=folder / "risk.db", today=TODAY, sources=(str(export),))
    with pytest.raises(PluginError) as caught:
        run(plugin, request, Silent())
    assert str(caught.value) == (
        "plugin wells, adapter system, rule 不处罚: its expression gives string and not boolean."
        " The plugin's author has to mend it."
    )
    assert not (folder / "risk.db").exists()
