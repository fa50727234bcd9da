"""What a run says at its end."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path

import pyarrow as pa

from risk.cli.run_summary import document, summary
from risk.kernel.policy import load_policy
from risk.model.plural import counted
from risk.run import Report
from risk.run.remarks import remarks
from risk.store import read
from risk.store.overrides import override
from risk.store.write import write_run

from .store_cases import make_result, make_rows


def test_the_summary_shows_the_grades_of_the_published_list_in_its_order(tmp_path: Path) -> None:
    db = tmp_path / "risk.db"
    result = make_result()
    write_run(db, result)
    strongest, *_ = (point["id"] for point in read.points(db))
    override(db, strongest, "低", "专项治理", "王一", "李二")
    report = Report(result, write_run(db, result))
    listed = [(point["grade"], point["title"]) for point in read.points(db)]
    said = summary(report, db).splitlines()
    below = said.index("Strongest") + 1
    shown = said[below : below + len(listed)]
    assert [tuple(line.split("  ")[1:3]) for line in shown] == listed
    assert "[人工调整，按口径为高：" in shown[-1]
    assert f"  {len(listed)} risk points: 高 {len(listed) - 1}, 中 0, 低 1" in "\n".join(said)
    told = json.loads(document([report], db))["runs"][0]["points"][-1]
    assert (told["id"], told["grade"], told["computed_grade"]) == (strongest, "低", "高")


def test_every_rejected_row_is_told_of_under_one_reason_or_another(tmp_path: Path) -> None:
    db = tmp_path / "risk.db"
    rejects = pa.concat_tables(make_rows("p1", f"reason {n}", 9 - n) for n in range(7))
    result = make_result(rejects=rejects)
    said = summary(Report(result, write_run(db, result)), db)
    told = [int(count) for count in re.findall(r"reason \d (\d+)", said)]
    assert sum(told) == rejects.num_rows
    assert "    rejected: further reason 5 4, reason 6 3" in said.splitlines()


def test_one_of_a_kind_is_told_in_the_singular(tmp_path: Path) -> None:
    db = tmp_path / "risk.db"
    result = make_result(places=(), rankings=(), superseded=1)
    assert len(result.points) == 1
    said = summary(Report(result, write_run(db, result)), db).splitlines()
    assert "  1 case of earlier files corrected or taken back by these" in said
    assert any(line.startswith("  1 risk point: ") for line in said)
    assert [counted(number, "case") for number in (0, 1, 1234)] == [
        "0 cases",
        "1 case",
        "1,234 cases",
    ]


def test_one_violation_type_with_strange_dates_has_them(tmp_path: Path) -> None:
    result = make_result(places=())
    (point,) = result.points
    stray = point.figures.model_copy(update={"first": dt.date(2003, 5, 1)})
    odd = point.model_copy(update={"figures": stray})
    told = remarks(dataclasses.replace(result, points=(odd,)), "traffic", load_policy(), None)
    assert any(one.text.startswith("1 violation type has cases dated long") for one in told)
