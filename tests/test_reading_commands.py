from __future__ import annotations

import datetime as dt
import importlib
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from risk.errors import StoreError, UsageError
from risk.store.finding import find_point
from risk.store.write import write_run

from .processes import environment
from .store_cases import make_result
from .stored import one

POINT = "traffic.illegal_parking"
WITHDRAW = ("--withdraw", "--reason", "理由", "--by", "王一", "--second", "李二")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "risk.db"
    write_run(path, make_result())
    write_run(path, make_result("market", ("城东路",), 500, grade="低"))
    return path


def risk(name: str, *arguments: object) -> Result:
    command = getattr(importlib.import_module(f"risk.cli.{name}"), name)
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_points_lists_the_gravest_first_in_aligned_columns(db: Path) -> None:
    heading, *lines = risk("points", "--db", db).stdout.splitlines()
    assert [line[0] for line in lines] == ["高", "高", "高", "低", "低"]
    assert "金水区花园路机动车违法停车" in "".join(lines)
    column = _width(heading[: heading.index("编号")])
    assert {_width(line[: line.rindex("  ") + 2]) for line in lines} == {column}


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


def test_points_has_a_column_for_public_concern_where_there_is_any(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    write_run(path, make_result())
    heading, first, *_, last = risk("points", "--db", path).stdout.splitlines()
    assert "近期  社会关注度  部门" in heading
    assert first.split()[:4] == ["高", "40", "40", "5"]
    assert last.split()[:4] == ["高", "40", "40", "traffic局"]
    found = {
        row["id"]: (row["signals"], row["recent_signals"], row["signals_to"])
        for row in json.loads(risk("points", "--db", path, "--json").stdout)
    }
    assert found[POINT] == (6, 5, "2026-10-29")
    assert (None, None, None) in found.values()
    write_run(path, make_result(concern_of_points=(), concern_of_types=()))
    assert "社会关注度" not in risk("points", "--db", path).stdout


def test_explain_says_the_public_concern_apart_from_the_cases(db: Path) -> None:
    line = "社会关注度 同期群众诉求 5 件，共 6 件（2024-05-06 至 2026-10-29）；诉求不是案件，不影响定级"
    assert line in risk("explain", POINT, "--db", db).stdout.splitlines()
    told = json.loads(risk("explain", POINT, "--db", db, "--json").stdout)
    assert [month["signals"] for month in told["signals_monthly"]] == [1, 5]
    without = next(
        row["id"]
        for row in json.loads(risk("points", "--db", db, "--json").stdout)
        if row["signals"] is None
    )
    assert "社会关注度" not in risk("explain", without, "--db", db).stdout


def test_points_takes_a_department_and_a_grade(db: Path) -> None:
    assert len(risk("points", "--db", db, "--department", "market").stdout.splitlines()) == 3
    assert len(risk("points", "--db", db, "--grade", "高").stdout.splitlines()) == 4
    nothing = risk("points", "--db", db, "--department", "market", "--grade", "高")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    unknown = risk("points", "--db", db, "--department", "trafic")
    assert isinstance(unknown.exception, UsageError)
    assert "market (market局), traffic (traffic局)" in str(unknown.exception)
    assert risk("points", "--db", db, "--grade", "最高").exit_code == 2


@pytest.mark.parametrize("name", ["points", "law"])
def test_a_department_may_be_named_by_its_chinese_title(db: Path, name: str) -> None:
    by_id, by_title = (
        risk(name, "--db", db, "--department", said) for said in ("market", "market局")
    )
    assert by_id.exit_code == by_title.exit_code == 0
    assert by_id.stdout == by_title.stdout != risk(name, "--db", db).stdout


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("points", ()),
        ("points", ("--grade", "中")),
        ("explain", (POINT,)),
        ("ranking", ()),
        ("ranking", ("market.ten_roads",)),
    ],
)
def test_json_is_one_document_and_nothing_else(
    db: Path, name: str, arguments: tuple[str, ...]
) -> None:
    result = risk(name, *arguments, "--db", db, "--json")
    assert result.exit_code == 0 and result.stderr == ""
    json.loads(result.stdout)


def test_explain_says_every_ground_with_clause_figures_source_and_what_is_unverified(
    db: Path,
) -> None:
    said = risk("explain", POINT, "--db", db).stdout
    for part in (
        "一(一)多发：近十二个月40件,位列前十",
        "cases=40, rank=1",
        "口径：郑法政办〔2019〕6号附件1\n",
        "口径：测试口径【未核实】",
        "机关：停车泊位规划不足",
        "相对人：侥幸心理",
        "疏导：设置夜间限时停车泊位",
        "2025-12-31 止）【未核实】【施行日期未核实】\n",
        "（2021-04-29 起） 罚款20至200元\n",
        "共 40 件",
        "p1.csv",
        "106 行 = 100 案件 + 2 拒绝 + 3 排除 + 1 重复",
        "risk-traffic 0.1.0",
    ):
        assert part in said, part


def test_wherever_an_article_is_shown_it_is_said_what_of_it_is_unverified(db: Path) -> None:
    shown = "SELECT 条文, 核实, 日期核实 FROM 法律依据 WHERE 部门 = 'traffic局' AND 作用 = ?"
    assert one(db, shown, "处罚") == (
        "《道路交通安全法》第九十三条",
        "已核实（对照原文）",
        "已核实",
    )
    assert one(db, shown, "禁止") == ("《停车场管理条例》第三十五条", "未核实", "未核实")
    applied = "SELECT DISTINCT 核实 FROM 适用法律 WHERE 部门 = 'traffic局'"
    assert one(db, applied) == ("已核实（对照原文）",)
    with sqlite3.connect(db) as conn:
        conn.execute("UPDATE legal_references SET verified = 'unverified' WHERE article = '93'")
    conn.close()
    assert one(db, applied) == ("未核实",)
    told = json.loads(risk("explain", POINT, "--db", db, "--json").stdout)
    assert [law["verified"] for law in told["laws"]] == ["unverified"]
    assert [each["dates_verified"] for each in told["legal_references"]] == [1, 0]


def test_what_is_noted_beside_a_fine_and_its_article_is_explained_and_listed(db: Path) -> None:
    with sqlite3.connect(db) as conn:
        conn.execute(
            """UPDATE legal_references SET fine_note = '逾期不改的一千元以下', note = '先警告'
            WHERE role = 'punishes'"""
        )
    conn.close()
    said = risk("explain", POINT, "--db", db).stdout
    assert "罚款20至200元（另：逾期不改的一千元以下；先警告）\n" in said
    assert one(db, "SELECT 罚款说明, 备注 FROM 法律依据 WHERE 作用 = '处罚'") == (
        "逾期不改的一千元以下",
        "先警告",
    )


def test_explain_takes_an_id_a_unique_beginning_or_a_title(db: Path) -> None:
    place = one(db, "SELECT id, title FROM risk_points WHERE place = '花园路'")
    for text in (place[0], place[0][:-3], place[1]):
        assert json.loads(risk("explain", text, "--db", db, "--json").stdout)["id"] == place[0]
    assert json.loads(risk("explain", POINT, "--db", db, "--json").stdout)["id"] == POINT


@pytest.mark.parametrize("text", ["traffic.ilegal_parking", "花园路", "traffic.illegal_parking."])
def test_an_unknown_or_ambiguous_point_is_answered_with_the_nearest(db: Path, text: str) -> None:
    result = risk("explain", text, "--db", db)
    assert isinstance(result.exception, UsageError)
    assert "traffic.illegal_parking" in str(result.exception)
    assert "\n" not in str(result.exception)


def test_explain_and_the_log_say_from_and_to_which_day_cases_are_counted(db: Path) -> None:
    june, august = dt.date(2026, 6, 1), dt.date(2026, 8, 31)
    for since, until, said in (
        (june, None, "只统计 2026-06-01 以来的案件（"),
        (june, august, "只统计 2026-06-01 至 2026-08-31 的案件（"),
        (None, august, "只统计截至 2026-08-31 的案件（"),
    ):
        run = write_run(db, make_result(since=since, until=until)).run
        assert said in risk("explain", POINT, "--db", db).stdout
        log = "SELECT 分析起日, 分析止日 FROM 运行记录 WHERE 运行编号 = ?"
        assert one(db, log, run) == tuple(day and str(day) for day in (since, until))
    write_run(db, make_result())
    assert "只统计" not in risk("explain", POINT, "--db", db).stdout


def test_ranking_is_found_by_title_or_id_and_an_ambiguous_one_is_asked_back(db: Path) -> None:
    assert risk("ranking", "--db", db).stdout.count("十大贴条路段") == 2
    said = risk("ranking", "traffic.ten_roads", "--db", db).stdout
    assert "花园路" in said and "文化路" in said
    for name in ("十大贴条路段", "ten_roads", "没有"):
        asked = risk("ranking", name, "--db", db)
        assert "traffic.ten_roads" in str(asked.exception)


def test_an_override_is_made_shown_and_withdrawn(db: Path) -> None:
    given = ("--reason", "专项治理", "--by", "王一", "--second", "李二", "--db", db)
    assert "高 -> 中" in risk("override", POINT, "--grade", "中", *given).stdout
    said = risk("explain", POINT, "--db", db).stdout
    assert "专项治理（调整人：王一；复核人：李二）" in said
    assert "按口径计算为高，经人工调整为中" in said
    assert "中 -> 高" in risk("override", POINT, "--withdraw", *given).stdout
    history = risk("explain", POINT, "--db", db).stdout.split("人工调整记录\n")[1].splitlines()
    assert "调整为中：专项治理（王一，复核 李二）" in history[0] and "失效：撤回" in history[0]
    assert history[1].endswith("撤回调整：专项治理（王一，复核 李二）")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--grade", "中", "--reason", "x", "--by", "y"),
        ("--grade", "中", "--withdraw", "--reason", "x", "--by", "y", "--second", "z"),
        ("--withdraw",),
        ("--withdraw", "--reason", "x", "--by", "y"),
        ("--reason", "x", "--by", "y", "--second", "z"),
        ("--grade", "极高", "--reason", "x", "--by", "y", "--second", "z"),
    ],
)
def test_an_override_half_stated_is_wrong_usage(db: Path, arguments: tuple[str, ...]) -> None:
    assert risk("override", POINT, "--db", db, *arguments).exit_code == 2


def test_merge_says_what_became_of_each_department(db: Path, tmp_path: Path) -> None:
    city = tmp_path / "city.db"
    assert risk("merge", city, db).stdout.count(": added") == 2
    again = risk("merge", city, db).stdout
    assert again.count(": already there") == 2 and "Nothing new" in again
    assert risk("merge", city).exit_code == 2


def test_merge_says_what_became_of_the_overrides(db: Path, tmp_path: Path) -> None:
    other, city = tmp_path / "other.db", tmp_path / "city.db"
    shutil.copy(db, other)
    given = ("--by", "王一", "--second", "李二", "--reason", "专项治理", "--db")
    risk("override", POINT, "--grade", "中", *given, db)
    said = risk("merge", city, db).stdout
    assert (
        f"override taken over: 全市机动车违法停车 ({POINT}): now 中, decided by 王一 and 李二"
        in said
    )
    assert "1 record of overrides" in said
    risk("override", POINT, "--grade", "低", *given, other)
    said = risk("merge", city, other).stdout
    assert f"override replaced by a later one: 全市机动车违法停车 ({POINT}): now 低" in said
    assert "in conflict" in said and "other.db: 中 by 王一 on 20" in said
    assert "Nothing new" in risk("merge", city, db, other).stdout


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("points", "--department", "trafic"), "traffic (traffic局)"),
        (("law", "--department", "trafic"), "traffic (traffic局)"),
        (("explain", "zzz"), "risk points --db"),
        (("override", "zzz", *WITHDRAW), "risk points --db"),
        (("ranking", ""), "Known: market.ten_roads"),
        (("topics", ""), "Known: 占道"),
    ],
)
def test_what_is_not_there_is_answered_in_one_line_with_the_database_and_a_remedy(
    db: Path, arguments: tuple[str, ...], remedy: str
) -> None:
    error = str(risk(*arguments, "--db", db).exception)
    assert error.startswith(f"{db}: ") and remedy in error and "\n" not in error


def test_an_ambiguous_point_is_asked_back_with_how_many_more_there_are(tmp_path: Path) -> None:
    titles = {f"traffic.{number}": f"第{number}点" for number in range(7)}
    with pytest.raises(UsageError, match="may mean 7 risk points") as asked:
        find_point(tmp_path, titles, "traffic")
    assert asked.value.remedy.endswith("traffic.4 (第4点), and 2 more.")


@pytest.mark.parametrize("name", ["points", "explain", "ranking", "topics", "law", "override"])
def test_a_folder_is_not_taken_for_a_missing_database(tmp_path: Path, name: str) -> None:
    arguments = {"explain": ("x",), "override": ("x", *WITHDRAW)}.get(name, ())
    result = risk(name, *arguments, "--db", tmp_path)
    assert str(result.exception).startswith(f"{tmp_path}: this is a folder"), result.output


@pytest.mark.parametrize("name", ["points", "explain", "ranking", "override", "serve"])
def test_a_missing_database_is_named_with_a_remedy(tmp_path: Path, name: str) -> None:
    arguments = {"explain": ("x",), "override": ("x", *WITHDRAW)}.get(name, ())
    result = risk(name, *arguments, "--db", tmp_path / "none.db")
    assert isinstance(result.exception, StoreError), result.output
    assert "none.db" in str(result.exception)


def test_override_makes_no_database_where_there_is_none(tmp_path: Path) -> None:
    risk("override", "x", *WITHDRAW, "--db", tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_the_commands_import_nothing_heavy() -> None:
    code = """
import sys
for name in ("points", "explain", "merge", "serve", "override", "ranking"):
    __import__(f"risk.cli.{name}")
heavy = {"pydantic", "sqlite_utils", "sqlite3", "pyarrow", "datasette", "rich", "duckdb"}
print(sorted(heavy & set(sys.modules)))
"""
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
