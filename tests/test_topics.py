"""One matter under several departments, and the terms on which a violation goes unpunished."""

from __future__ import annotations

import dataclasses
import importlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from risk.errors import UsageError
from risk.kernel.plugins import Kernel
from risk.model.handling import handling
from risk.model.measure import Measure
from risk.model.point import Grade, RiskPoint
from risk.model.result import RunResult
from risk.model.violation import Exemption
from risk.store.merge import merge
from risk.store.rows import violation_row
from risk.store.topics import topic, topics
from risk.store.write import write_run

from .store_cases import make_result, make_violation
from .stored import dump, one


def on(department: str, grade: Grade, *shared: str, kind: Any = "疏导") -> RunResult:
    """A department with two places, whose type shares these topics and measures of one kind."""
    made = make_result(department, ("花园路",), grade=grade)
    (violation,) = made.violation_types
    violation = violation.model_copy(update={"shared_topics": shared})

    def moved(point: RiskPoint) -> RiskPoint:
        (measure,) = point.measures
        measures = (Measure(**{**dict(measure), "kind": kind}),)
        return point.model_copy(update={"violation": violation, "measures": measures})

    points = tuple(map(moved, made.points))
    return dataclasses.replace(made, violation_types=(violation,), points=points)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "risk.db"
    write_run(path, on("urban", "高", "油烟", "占道"))
    write_run(path, on("environment", "中", "油烟", kind="辅导"))
    write_run(path, on("market", "高", "占道", "价格"))
    return path


def risk(name: str, *arguments: object) -> Result:
    command = getattr(importlib.import_module(f"risk.cli.{name}"), name)
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_only_what_two_departments_have_is_shared_and_differing_grades_come_first(
    db: Path,
) -> None:
    found = topics(db)
    assert [(row["topic"], row["grades_differ"], row["measures_differ"]) for row in found] == [
        ("油烟", True, True),
        ("占道", False, False),
    ]
    fume = found[0]["departments"]
    assert [(one["id"], one["grade"], one["measure_kinds"]) for one in fume] == [
        ("urban", "高", ["疏导"]),
        ("environment", "中", ["辅导"]),
    ]
    assert [point["id"] for point in fume[0]["points"]][0] == "urban.illegal_parking"
    assert len(fume[0]["points"]) == 2


def test_the_view_marks_differing_grades_and_lists_every_point_once_a_topic(db: Path) -> None:
    conn = sqlite3.connect(db)
    conn.row_factory = sqlite3.Row
    rows = conn.execute("SELECT * FROM 同一事项多部门").fetchall()
    assert [(row["事项"], row["等级不一"]) for row in rows] == [("油烟", "是")] * 4 + [
        ("占道", "")
    ] * 4
    assert [row["部门最高等级"] for row in rows][:4] == ["高", "高", "中", "中"]
    assert {row["措施类别"] for row in rows} == {"疏导", "辅导"}
    shown = {(row["事项"], row["编号"]) for row in rows}
    listed = {
        (each["topic"], point["id"])
        for each in topics(db)
        for department in each["departments"]
        for point in department["points"]
    }
    assert shown == listed and len(shown) == len(rows)


def test_a_departments_gravest_point_is_what_is_compared(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    write_run(path, on("urban", "高", "占道"))
    mixed = on("market", "高", "占道")
    low = mixed.points[1].model_copy(update={"grade": "低"})
    write_run(path, dataclasses.replace(mixed, points=(mixed.points[0], low)))
    assert topic(path, "占道")["grades_differ"] is False
    assert one(path, "SELECT count(*) FROM 同一事项多部门 WHERE 等级不一 = '是'") == (0,)


def test_the_command_lays_departments_side_by_side(db: Path) -> None:
    said = risk("topics", "--db", db).stdout
    assert "油烟  2个部门（等级不一，措施类别不一）" in said and "占道  2个部门\n" in said
    assert "environment局  最高中  措施：辅导" in said
    only = risk("topics", "占道", "--db", db)
    assert "油烟" not in only.stdout
    document = json.loads(risk("topics", "占道", "--db", db, "--json").stdout)
    assert document["topic"] == "占道"
    assert [row["topic"] for row in json.loads(risk("topics", "--db", db, "--json").stdout)] == [
        "油烟",
        "占道",
    ]


@pytest.mark.parametrize("name", ["价格", "油煙", "噪声"])
def test_a_topic_of_one_department_or_of_none_is_answered_with_those_there_are(
    db: Path, name: str
) -> None:
    with pytest.raises(UsageError, match="油烟"):
        topic(db, name)


def test_each_matter_that_help_and_docs_name_is_declared_by_two_departments() -> None:
    found: dict[str, set[str]] = {}
    for plugin in Kernel.load().plugins:
        for violation in plugin.violation_types:
            for name in violation.shared_topics:
                found.setdefault(name, set()).add(plugin.name)
    assert [name for name in ("油烟", "扬尘", "噪声", "占道") if len(found[name]) < 2] == []


def test_without_a_shared_topic_nothing_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    write_run(path, on("urban", "高", "油烟"))
    result = risk("topics", "--db", path)
    assert (result.exit_code, result.stdout) == (0, "")


def test_topics_travel_with_a_merge_and_change_with_the_catalogue(tmp_path: Path, db: Path) -> None:
    city = tmp_path / "city.db"
    merge(city, [db])
    assert topics(city) == topics(db)
    before = dump(city)
    merge(city, [db])
    assert dump(city) == before
    write_run(db, on("environment", "中", "扬尘"))
    assert [row["topic"] for row in topics(db)] == ["占道"]


def test_explain_says_order_first_the_exemption_with_its_terms_and_the_topics(db: Path) -> None:
    said = risk("explain", "urban.illegal_parking", "--db", db).stdout
    assert "先责令改正：依法先责令改正" in said
    terms = "24个月内没有同类违法算首次；已改正；条件：口头警告后立即驶离；依据：试行清单【未核实】"
    assert f"免罚：免罚清单常见，{terms}" in said
    assert "没有危害后果" not in said and "期限未载明" not in said
    assert "跨部门事项：占道、油烟（见 risk topics）" in said


def test_a_first_violation_without_a_period_says_that_none_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    made = on("urban", "高")
    (violation,) = made.violation_types
    assert violation.exemption is not None
    change = {"first_within_months": None, "condition": "首次、立即改正的"}
    vague = violation.model_copy(
        update={"exemption": violation.exemption.model_copy(update=change)}
    )
    write_run(path, dataclasses.replace(made, violation_types=(vague,)))
    said = risk("explain", "urban.illegal_parking", "--db", path).stdout
    assert "条件：首次、立即改正的；首次的期限未载明，以本机关清单为准；依据" in said
    assert "个月内没有同类违法" not in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"listed": "no"}, "未见列入免罚清单【未核实】"),
        ({"listed": "rarely", "condition": "涉及安全"}, "免罚清单少见，说明：涉及安全【未核实】"),
    ],
)
def test_of_a_type_that_lists_hardly_name_only_what_is_known_is_said(
    change: dict[str, str], said: str
) -> None:
    rare = make_violation().model_copy(update={"exemption": Exemption.model_validate(change)})
    assert ("免罚", said) in handling(violation_row(rare))


def test_explain_is_silent_where_there_is_neither(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    made = on("urban", "高")
    (violation,) = made.violation_types
    bare = violation.model_copy(update={"exemption": None, "order_first": False})
    write_run(path, dataclasses.replace(made, violation_types=(bare,)))
    said = risk("explain", "urban.illegal_parking", "--db", path).stdout
    assert "\n处理\n" not in said
    assert one(path, "SELECT count(*) FROM 免罚情形") == (0,)


def test_the_view_of_exemptions_shows_period_conditions_and_what_is_unverified(db: Path) -> None:
    row = one(
        db,
        """SELECT 先责令改正, 列入免罚清单, 首违期间, 须已改正, 须无危害, 核实 FROM 免罚情形
        WHERE 部门 = 'urban局'""",
    )
    assert row == ("是", "常见", 24, "是", "", "未核实")
