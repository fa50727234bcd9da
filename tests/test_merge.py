from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from risk.cli import main
from risk.errors import StoreError, UsageError
from risk.model.result import RunResult
from risk.store import read
from risk.store.joining import news, records
from risk.store.membership import partitions
from risk.store.merge import MergeReport, merge
from risk.store.offers import Age
from risk.store.override_tables import WITHDRAWALS
from risk.store.overrides import override, withdraw
from risk.store.settling import CHANGED, settle
from risk.store.tables import POINTS
from risk.store.transfer import gather
from risk.store.write import write_run

from .store_cases import (
    START,
    make_account,
    make_concern,
    make_point,
    make_result,
    make_violation,
)
from .stored import dump, one

POINT = "traffic.illegal_parking"
DAY = dt.timedelta(days=1)
# When the schema was made is the one thing that two files may differ in.
FILE = {"_sqlite_migrations"}


def made(folder: Path, name: str, *results: RunResult) -> Path:
    path = folder / f"{name}.db"
    for result in results:
        write_run(path, result)
    return path


def verdicts(report: MergeReport) -> list[str]:
    return [outcome.verdict for outcome in report.outcomes]


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Traffic old, traffic new, and market, each on its own machine."""
    return [
        made(tmp_path, "old", make_result("traffic", cases=10)),
        made(tmp_path, "new", make_result("traffic", cases=20, at=START + DAY)),
        made(tmp_path, "market", make_result("market", cases=30)),
    ]


def test_departments_come_together_each_in_its_newest_result(
    tmp_path: Path, three: list[Path]
) -> None:
    report = merge(tmp_path / "city.db", three)
    assert verdicts(report) == ["added", "left_out", "added"]
    assert report.runs == 3
    found = {point["department"]: point["cases"] for point in read.points(tmp_path / "city.db")}
    assert found == {"traffic": 20, "market": 30}
    assert one(tmp_path / "city.db", "SELECT count(*) FROM runs") == (3,)
    assert one(tmp_path / "city.db", "SELECT count(*) FROM pragma_foreign_key_check") == (0,)


def test_the_order_of_merging_never_matters(tmp_path: Path, three: list[Path]) -> None:
    results = []
    for number, order in enumerate(itertools.permutations(three)):
        at_once, one_by_one = tmp_path / f"a{number}.db", tmp_path / f"b{number}.db"
        merge(at_once, order)
        for path in order:
            merge(one_by_one, [path])
        results += [dump(at_once, FILE), dump(one_by_one, FILE)]
    assert all(result == results[0] for result in results)


def test_results_of_the_same_moment_are_ordered_too(tmp_path: Path) -> None:
    twins = [
        made(tmp_path, "a", make_result("traffic", cases=10)),
        made(tmp_path, "b", make_result("traffic", cases=20)),
    ]
    merge(tmp_path / "ab.db", twins)
    merge(tmp_path / "ba.db", twins[::-1])
    assert dump(tmp_path / "ab.db", FILE) == dump(tmp_path / "ba.db", FILE)


def test_merging_again_changes_nothing(tmp_path: Path, three: list[Path]) -> None:
    city = tmp_path / "city.db"
    merge(city, three)
    before = dump(city)
    report = merge(city, three)
    assert set(verdicts(report)) == {"same", "left_out"} and report.runs == 0
    merge(city, [*three, *three])
    assert dump(city) == before


def test_sources_are_not_changed(tmp_path: Path, three: list[Path]) -> None:
    before = [path.read_bytes() for path in three]
    merge(tmp_path / "city.db", three)
    assert [path.read_bytes() for path in three] == before


def test_an_older_result_replaces_a_newer_one_only_by_force(
    tmp_path: Path, three: list[Path]
) -> None:
    old, new, _ = three
    city = tmp_path / "city.db"
    merge(city, [new])
    assert verdicts(merge(city, [old])) == ["left_out"]
    assert read.points(city)[0]["cases"] == 20
    assert verdicts(merge(city, [old], force=True)) == ["forced"]
    assert read.points(city)[0]["cases"] == 10
    assert verdicts(merge(city, [new])) == ["replaced"], "what was forced is not taken for newer"
    assert read.points(city)[0]["cases"] == 20


SAMPLE = (make_account(sample=True),)


@pytest.mark.parametrize("kind", ["cases", "signals"])
def test_a_made_up_sample_never_replaces_real_data(tmp_path: Path, kind: str) -> None:
    later = make_result("traffic", cases=20, at=START + DAY, accounts=SAMPLE)
    real = made(tmp_path, "real", make_result("traffic", cases=10))
    sample = made(tmp_path, "sample", later if kind == "cases" else only_signals(later))
    for order in ([real, sample], [sample, real]):
        city = tmp_path / f"{order[0].stem}_first.db"
        for source in order:
            merge(city, [source])
        assert {point["cases"] for point in read.points(city)} == {10}
    assert verdicts(merge(city, [sample])) == ["left_out"]
    assert verdicts(merge(city, [sample], force=True)) == ["forced"]


def test_what_became_of_a_result_is_said_beside_what_it_was_held_against(
    tmp_path: Path, three: list[Path]
) -> None:
    old, new, _ = three
    sample = made(tmp_path, "sample", make_result(cases=5, at=START + 2 * DAY, accounts=SAMPLE))
    city = tmp_path / "city.db"
    for sources, force, said in (
        ([sample], False, ["sample.db (made-up sample): added"]),
        ([old], False, ["old.db: took the place of a made-up sample"]),
        ([old], False, ["old.db: already there"]),
        ([new], False, ["new.db: took the place of an older result"]),
        ([old], False, ["old.db: left out, city.db has a newer result (take it with --force)"]),
        (
            [sample],
            False,
            ["sample.db (made-up sample): left out, city.db has real data (take it with --force)"],
        ),
        ([sample], True, ["sample.db (made-up sample): took the place of real data by --force"]),
        (
            [old, new],
            False,
            [
                "old.db: left out, new.db has a newer result",
                "new.db: took the place of a made-up sample",
            ],
        ),
        ([old], True, ["old.db: took the place of a newer result by --force"]),
    ):
        result = CliRunner().invoke(
            main, ["merge", str(city), *map(str, sources), *["--force"][:force]]
        )
        *lines, _ = result.output.replace(f"{tmp_path}/", "").splitlines()
        assert lines == [f"traffic from {line}" for line in said]


def only_signals(result: RunResult) -> RunResult:
    evidence = dict.fromkeys(
        ("evidence_monthly", "evidence_hourly", "evidence_cases"), pa.table({})
    )
    none: dict[str, Any] = {"points": (), "ranking_entries": (), "concern_of_points": ()}
    return dataclasses.replace(result, **none, **evidence)


def test_a_run_that_changed_nothing_does_not_make_an_old_result_new(tmp_path: Path) -> None:
    old = made(
        tmp_path,
        "old",
        make_result("traffic", cases=10),
        make_result("traffic", cases=10, at=START + 5 * DAY),
    )
    new = made(tmp_path, "new", make_result("traffic", cases=20, at=START + DAY))
    merge(tmp_path / "city.db", [old, new])
    assert read.points(tmp_path / "city.db")[0]["cases"] == 20


def test_a_run_that_only_dropped_points_is_newer(tmp_path: Path) -> None:
    path = made(tmp_path, "traffic", make_result("traffic", ("花园路", "文化路")))
    city = tmp_path / "city.db"
    merge(city, [path])
    write_run(path, make_result("traffic", ("花园路",), at=START + DAY))
    assert verdicts(merge(city, [path])) == ["replaced"]
    assert len(read.points(city)) == 2


def test_signals_go_along_and_new_ones_make_a_result_newer(tmp_path: Path) -> None:
    path = made(tmp_path, "traffic", make_result("traffic"))
    city = tmp_path / "city.db"
    merge(city, [path])
    more = (make_concern("traffic.illegal_parking", 77),)
    later = make_result("traffic", at=START + DAY, concern_of_types=more, concern_of_points=more)
    write_run(path, later)
    assert verdicts(merge(city, [path])) == ["replaced"]
    for table in ("signals", "signals_monthly", "signals_by_violation"):
        assert dump(city)[table] == dump(path)[table] != [], table
    assert read.points(city)[0]["recent_signals"] == 77


def test_a_department_that_has_only_signals_can_be_merged(tmp_path: Path) -> None:
    account = make_account(kind="signals", cases=0, signals=100)
    path = made(tmp_path, "traffic", only_signals(make_result("traffic", accounts=(account,))))
    city = tmp_path / "city.db"
    assert verdicts(merge(city, [path])) == ["added"]
    assert one(city, "SELECT 社会关注度, 风险等级 FROM 社会关注度") == (5, None)


@pytest.mark.parametrize(
    "kind",
    ["damaged", "cut", "half", "no database", "foreign", "missing", "newer", "empty", "folder"],
)
def test_a_bad_file_is_refused_by_name_before_anything_is_written(
    tmp_path: Path, three: list[Path], kind: str
) -> None:
    bad = tmp_path / "bad.db"
    _spoil(bad, three[0], kind)
    city = tmp_path / "city.db"
    with pytest.raises(StoreError, match=r"bad\.db"):
        merge(city, [*three, bad])
    assert not city.exists()

    merge(city, three[:1])
    before = dump(city)
    with pytest.raises(StoreError, match=r"bad\.db"):
        merge(city, [bad, *three])
    assert dump(city) == before


def _spoil(bad: Path, good: Path, kind: str) -> None:
    if kind == "missing":
        return
    if kind == "empty":
        bad.touch()
    elif kind == "no database":
        bad.write_bytes(b"\x00\x01" * 5000)
    elif kind == "foreign":
        sqlite3.connect(bad).execute("CREATE TABLE cookies (name)").connection.commit()
    elif kind == "folder":
        bad.mkdir()
    elif kind in ("cut", "half"):
        content = good.read_bytes()
        bad.write_bytes(content[: -100 if kind == "cut" else len(content) // 2])
    elif kind == "newer":
        shutil.copy(good, bad)
        sqlite3.connect(bad).execute("PRAGMA user_version = 99")
    else:
        content = bytearray(good.read_bytes())
        page = 4096 * (one(good, "SELECT rootpage FROM sqlite_master WHERE name = 'measures'")[0])
        content[page - 4096 : page] = b"\xff" * 4096
        bad.write_bytes(content)


def test_the_target_cannot_be_merged_into_itself(tmp_path: Path, three: list[Path]) -> None:
    (tmp_path / "link.db").symlink_to(three[0])
    before = three[0].read_bytes()
    for named in ("old.db", "link.db"):
        with pytest.raises(UsageError, match="the target itself"):
            merge(three[0], [three[1], tmp_path / named])
    assert three[0].read_bytes() == before


def test_a_source_named_twice_counts_once(tmp_path: Path, three: list[Path]) -> None:
    (tmp_path / "link.db").symlink_to(three[0])
    report = merge(tmp_path / "city.db", [three[0], three[0], tmp_path / "link.db"])
    assert report.runs == 1 and verdicts(report) == ["added", "same"]


def test_a_department_without_a_plugin_here_is_merged_like_any_other(tmp_path: Path) -> None:
    city = tmp_path / "city.db"
    merge(city, [made(tmp_path, "fire", make_result("fire_safety"))])
    assert {point["department"] for point in read.points(city)} == {"fire_safety"}


def test_partitions_stay_home_and_a_run_on_merged_points_is_refused(
    tmp_path: Path, three: list[Path]
) -> None:
    city = tmp_path / "city.db"
    merge(city, three)
    assert one(city, "SELECT count(*) FROM partitions") == (0,)
    before = dump(city)
    for work in (
        lambda: write_run(city, make_result("traffic", at=START + 9 * DAY)),
        lambda: partitions(city, "traffic"),
    ):
        with pytest.raises(StoreError, match=r"traffic was merged.*merge again, or use another"):
            work()
    assert dump(city) == before
    assert partitions(city, "urban") == ()
    write_run(city, make_result("urban"))
    assert len(partitions(city, "urban")) == 1


def test_a_merged_result_in_the_place_of_a_local_one_leaves_no_local_partitions(
    tmp_path: Path, three: list[Path]
) -> None:
    old, new, _ = three
    merge(old, [new])
    assert one(old, "SELECT count(*) FROM partitions") == (0,)
    assert [source["cases"] for source in read.explain(old, "traffic.illegal_parking")["sources"]]


def test_a_department_may_merge_back_the_city_without_losing_its_own(
    tmp_path: Path, three: list[Path]
) -> None:
    _, new, market = three
    city = tmp_path / "city.db"
    merge(city, [new, market])
    merge(new, [city])
    assert partitions(new, "traffic") == (make_account(),)
    write_run(new, make_result("traffic", cases=25, at=START + 2 * DAY))
    assert {point["department"] for point in read.points(new)} == {"traffic", "market"}


def test_a_source_that_is_written_during_the_merge_is_refused_by_name(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    city = tmp_path / "city.db"
    merge(city, three[:1])
    before = dump(city)

    def write_then_gather(file: Path, offers: Any) -> None:
        (offer,) = offers
        gather(file, [dataclasses.replace(offer, age=Age(True, "2000-01-01", "an earlier run"))])

    monkeypatch.setattr("risk.store.merge.gather", write_then_gather)
    for target in (city, tmp_path / "new_city.db"):
        with pytest.raises(StoreError, match=r"new\.db: a run is being written"):
            merge(target, three[1:2])
    assert dump(city) == before and not target.exists()
    assert not [file for file in tmp_path.iterdir() if "staging" in file.name]


def test_an_override_made_in_the_city_holds_while_the_figures_are_the_same(
    tmp_path: Path, three: list[Path]
) -> None:
    _, new, _ = three
    city, point = tmp_path / "city.db", "traffic.illegal_parking"
    merge(city, three)
    override(city, point, "低", "专项治理", "王一", "李二")
    before = dump(city)
    merge(city, three)
    assert dump(city) == before

    write_run(new, make_result("traffic", ("花园路",), cases=20, at=START + 2 * DAY))
    merge(city, [new])
    assert read.explain(city, point)["grade"] == "低"

    write_run(new, make_result("traffic", ("花园路",), cases=21, at=START + 3 * DAY))
    merge(city, [new])
    explained = read.explain(city, point)
    assert explained["grade"] == "高"
    assert [each["in_force"] for each in explained["overrides"]] == [0]


def test_an_override_withdrawn_anywhere_is_withdrawn_in_any_order(tmp_path: Path) -> None:
    home = made(tmp_path, "home", make_result("traffic"))
    override(home, "traffic.illegal_parking", "低", "专项治理", "王一", "李二")
    copy = tmp_path / "copy.db"
    shutil.copy(home, copy)
    withdraw(home, "traffic.illegal_parking", "整治后反弹", "张三", "李二")
    merge(tmp_path / "a.db", [home, copy])
    merge(tmp_path / "b.db", [copy])
    assert read.explain(tmp_path / "b.db", "traffic.illegal_parking")["grade"] == "低"
    merge(tmp_path / "b.db", [home])
    assert dump(tmp_path / "a.db", FILE) == dump(tmp_path / "b.db", FILE)
    assert read.explain(tmp_path / "a.db", "traffic.illegal_parking")["grade"] == "高"


@pytest.fixture
def apart(tmp_path: Path) -> tuple[Path, Path]:
    """Traffic's database on two machines, with the same result."""
    here, there = made(tmp_path, "here", make_result("traffic")), tmp_path / "there.db"
    shutil.copy(here, there)
    return here, there


def both_ways(folder: Path, here: Path, there: Path) -> Path:
    """The two merged into a city, which is checked to be the same the other way round and again."""
    cities = [folder / f"{name}.db" for name in ("ab", "ba", "a_b")]
    merge(cities[0], [here, there])
    merge(cities[1], [there, here])
    for source in (here, there, here, cities[1]):
        merge(cities[2], [source])
    first, *others = (dump(city, FILE) for city in cities)
    assert [other == first for other in others] == [True, True]
    return cities[0]


def test_the_latest_of_two_overrides_made_apart_counts_and_the_conflict_is_said(
    tmp_path: Path, apart: tuple[Path, Path]
) -> None:
    here, there = apart
    override(there, POINT, "中", "专项治理", "王一", "李二")
    override(here, POINT, "低", "已无投诉", "张三", "赵四")
    assert read.explain(both_ways(tmp_path, here, there), POINT)["grade"] == "低"
    report = merge(here, [there])
    (conflict,) = report.conflicts
    assert (conflict.earlier["grade"], conflict.later["grade"]) == ("中", "低")
    assert (report.changes, report.records) == ((), 1)
    (change,) = merge(there, [here]).changes
    assert (change.effect, change.grade, change.persons) == ("replaced", "低", ("张三", "赵四"))


def test_a_withdrawal_later_than_an_override_made_elsewhere_outdoes_it(
    tmp_path: Path, apart: tuple[Path, Path]
) -> None:
    here, there = apart
    override(there, POINT, "中", "专项治理", "王一", "李二")
    override(here, POINT, "低", "已无投诉", "张三", "赵四")
    withdraw(here, POINT, "整治后反弹", "张三", "赵四")
    assert read.explain(both_ways(tmp_path, here, there), POINT)["grade"] == "高"
    report = merge(there, [here])
    assert [change.effect for change in report.changes] == ["withdrawn"]
    assert [conflict.later["grade"] for conflict in report.conflicts] == [None]
    override(here, POINT, "中", "再次整治", "张三", "赵四")
    report = merge(there, [here])
    assert [change.effect for change in report.changes] == ["added"] and not report.conflicts


def test_an_override_that_ends_with_its_evidence_is_said(
    tmp_path: Path, apart: tuple[Path, Path]
) -> None:
    here, there = apart
    override(there, POINT, "中", "专项治理", "王一", "李二")
    city = tmp_path / "city.db"
    assert [change.effect for change in merge(city, [there]).changes] == ["added"]
    assert merge(city, [here]).untouched
    write_run(here, make_result("traffic", cases=41, at=START + DAY))
    (change,) = merge(city, [here]).changes
    assert (change.effect, change.grade, change.persons) == ("ended", "高", ())
    assert merge(city, [there]).changes == ()


def test_a_merge_without_news_leaves_the_file_as_it_is(tmp_path: Path, three: list[Path]) -> None:
    override(three[1], POINT, "中", "专项治理", "王一", "李二")
    city = tmp_path / "city.db"
    assert not merge(city, three).untouched
    before = city.read_bytes(), city.stat().st_mtime_ns
    assert merge(city, three).untouched
    assert (city.read_bytes(), city.stat().st_mtime_ns) == before


ENDS = st.none() | st.integers(5, 9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 11), ENDS, max_size=6), min_size=2, max_size=3))
def test_records_of_overrides_join_to_the_same_in_any_order_and_number(
    ends: list[dict[int, int | None]],
) -> None:
    found = [{str(number): record(number, end) for number, end in acts.items()} for acts in ends]
    orders = [*itertools.permutations(found), [*found, *found]]
    first, *others = (joined(order) for order in orders)
    assert all(other == first for other in others)
    assert [news(first, each) for each in found] == [{}] * len(found)


def record(number: int, end: int | None) -> dict[str, Any]:
    """An act: the same on every machine but for its end, so all else follows from its number."""
    return {
        "id": str(number),
        "risk_point": ("p1", "p2")[number % 2],
        "grade": ("高", "中", None)[number % 3],
        "made_at": f"2026-01-0{1 + number * 7 % 5}",
        "figures_digest": ("d1", "d2")[number // 8],
        "lapsed_at": end and f"2026-01-0{end}",
        "lapse_reason": end and CHANGED,
        "department": "traffic",
        **dict.fromkeys(("reason", "by", "second"), ""),
    }


def joined(order: Iterable[dict[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    db = Database(memory=True)
    db.executescript("".join(f"{statement};" for statement in (*POINTS, *WITHDRAWALS)))
    for found in order:
        db.table("grade_overrides").upsert_all(news(records(db.conn), found).values(), pk="id")
        settle(db, "traffic")
    return records(db.conn)


def test_more_departments_than_sqlite_can_attach_come_together_at_once(tmp_path: Path) -> None:
    sources = [made(tmp_path, f"d{number:02}", _twenty(f"d{number:02}")) for number in range(12)]
    city = tmp_path / "city.db"
    assert verdicts(merge(city, sources)) == ["added"] * 12
    assert one(city, "SELECT count(*) FROM risk_points") == (240,)
    assert set(verdicts(merge(city, sources))) == {"same"}


def _twenty(department: str) -> Any:
    roads = tuple(f"{number}号路" for number in range(19))
    assert make_point(make_violation(department), roads[0]).id
    return make_result(department, roads)
