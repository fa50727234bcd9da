"""Complaints and messages are counted beside the points and never as cases."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from datasette.utils import tilde_encode
from pydantic import ValidationError

from risk import Adapter
from risk import columns as c
from risk.cli.run_summary import document, summary
from risk.errors import InputError, KnowledgeError, UsageError
from risk.kernel.policy import DEFAULT
from risk.model.kind import KINDS
from risk.model.point import RiskPoint
from risk.model.result import RunResult
from risk.run import Report
from risk.store.overrides import override

from .signal_cases import (
    HOTLINE,
    MESSAGES,
    ORDERS,
    PARKING,
    SPILL,
    TICKETS,
    counted,
    hotline,
    plugin,
    read,
    rows,
    tickets,
    written,
)
from .stored import LOG, dump
from .test_web import get

POINT_TABLES = (
    "risk_points",
    "grade_grounds",
    "causes",
    "measures",
    "evidence_monthly",
    "evidence_hourly",
    "evidence_cases",
    "rankings",
    "ranking_entries",
)


def first_run(place: Path, *sources: Callable[[Path], Path]) -> Report:
    """A run of the sources in a place that none of the tests changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(place / "secret"))
        return read(place, *(source(place) for source in sources))


@pytest.fixture(scope="module")
def of_both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    place = tmp_path_factory.mktemp("both")
    return place, first_run(place, tickets, hotline)


@pytest.fixture(scope="module")
def of_tickets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    place = tmp_path_factory.mktemp("tickets")
    return place, first_run(place, tickets)


@pytest.fixture(scope="module")
def of_hotline(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    place = tmp_path_factory.mktemp("hotline")
    return place, first_run(place, hotline)


@pytest.fixture
def both(of_both: tuple[Path, Report], folder: Path) -> RunResult:
    """A run of tickets and work orders together, the first in the folder."""
    return taken_over(of_both, folder).result


@pytest.fixture
def tickets_read(of_tickets: tuple[Path, Report], folder: Path) -> Report:
    """A run of the tickets, the first in the folder."""
    return taken_over(of_tickets, folder)


@pytest.fixture
def hotline_read(of_hotline: tuple[Path, Report], folder: Path) -> Report:
    """A run of the work orders, the first in the folder."""
    return taken_over(of_hotline, folder)


def taken_over(run: tuple[Path, Report], folder: Path) -> Report:
    place, report = run
    shutil.copytree(place, folder, dirs_exist_ok=True)
    return report


def test_every_row_of_a_signal_source_is_accounted_for(folder: Path, hotline_read: Report) -> None:
    (source,) = hotline_read.result.sources
    assert (source.rows, source.cases, source.signals) == (9, 0, 5)
    assert (source.rejected, source.excluded, source.duplicates) == (2, 1, 1)
    assert source.adds_up and source.kind == "signals"
    assert rows(folder, "SELECT line, reason, detail FROM rejects ORDER BY line") == [
        (9, "unclassified", "道路积水严重"),
        (10, "received_on missing", None),
    ]
    assert rows(folder, "SELECT line, reason FROM exclusions") == [(8, "咨询")]
    assert rows(folder, "SELECT line, reason, detail FROM duplicates") == [
        (7, "repeated", "hotline.csv:6")
    ]
    assert rows(folder, "SELECT rows_read, cases, signals FROM runs") == [(9, 0, 5)]
    assert rows(folder, "SELECT kind, rows, cases, signals FROM sources") == [("signals", 9, 0, 5)]


def test_signals_alone_are_kept_and_said_to_be_kept(folder: Path, hotline_read: Report) -> None:
    assert hotline_read.result.points == ()
    (said,) = hotline_read.result.remarks
    assert "no risk point yet; 5 signals kept" in said.text
    assert rows(
        folder, "SELECT 编号, 社会关注度, 诉求总数, 统计止日, 风险等级 FROM 社会关注度"
    ) == [
        (PARKING, 3, 4, "2025-11-30", None),
        (SPILL, 1, 1, "2025-11-30", None),
    ]


def test_the_summary_says_what_was_read_as_what_and_what_concerns_citizens(
    folder: Path, hotline_read: Report
) -> None:
    report = hotline_read
    name = next(kind.name for kind in plugin().violation_types if kind.id == PARKING)
    said = summary(report, folder / "risk.db").splitlines()
    assert (
        "  hotline.csv [hotline, utf-8]: 9 rows = 5 signals + 2 rejected + 1 excluded + 1 duplicates"
    ) in said
    assert f"  3  {name}  (4 in all)" in said
    assert not [line for line in said if "risk points" in line]
    (told,) = json.loads(document([report], folder / "risk.db"))["runs"]
    assert (told["cases"], told["signals"], told["points"]) == (0, 5, [])
    assert told["sources"][0]["kind"] == "signals"
    assert [(each["violation"], each["recent_signals"]) for each in told["concern"]] == [
        (PARKING, 3),
        (SPILL, 1),
    ]
    assert told["remarks"] == [said.text for said in report.result.remarks]


def test_a_run_remarks_on_departments_in_its_policy_that_nobody_knows(folder: Path) -> None:
    package, *steps = DEFAULT
    text = files(package).joinpath(*steps).read_text("utf-8")
    text = text.replace("department: environ", "department: env")
    policy = written(folder, "ours.yaml", [text.replace("id: zhengzhou-2019", "id: ours")])
    strange, _ = read(folder, hotline(folder), policy=policy).result.remarks
    assert strange.text.startswith("ours.yaml line ") and "a department 'envment'" in strange.text


@pytest.mark.usefixtures("hotline_read")
def test_signals_of_an_earlier_run_are_seen_beside_the_points_of_a_later_one(folder: Path) -> None:
    later = read(folder, tickets(folder))
    assert later.result.remarks == ()
    assert [source.kind for source in later.result.sources] == ["cases"]
    assert counted(later.result.concern_of_points)[PARKING] == (4, 3)
    assert rows(folder, "SELECT cases, signals FROM runs ORDER BY finished_at") == [
        (0, 5),
        (240, 0),
    ]


@pytest.mark.usefixtures("hotline_read")
def test_both_kinds_in_one_run_give_what_two_runs_give(
    folder: Path, of_both: tuple[Path, Report]
) -> None:
    both = of_both[1].result
    apart = read(folder, tickets(folder)).result
    assert both.points == apart.points
    assert both.concern_of_points == apart.concern_of_points
    assert both.concern_of_types == apart.concern_of_types


@pytest.mark.usefixtures("tickets_read")
def test_a_points_page_shows_the_signals_and_accounts_for_every_row_of_theirs(folder: Path) -> None:
    read(folder, hotline(folder))
    (page,) = get(folder / "risk.db", f"/risk/risk_points/{tilde_encode(PARKING)}")
    assert "同期群众诉求 <b>3</b> 件，共 4 件" in page.text
    assert "<code>hotline.csv</code> 共 9 行：诉求 5，拒绝 2，排除 1，重复 1" in page.text


def test_grades_grounds_figures_and_order_are_the_same_with_signals_and_without(
    folder: Path, tickets_read: Report
) -> None:
    def content(points: tuple[RiskPoint, ...]) -> list[str]:
        return [point.model_dump_json() for point in points]

    many = [f"M{n},违法停车,2025-06-{n % 28 + 1:02},金水区,花园路,投诉" for n in range(500)]
    without = tickets_read.result
    before = {table: dump(folder / "risk.db")[table] for table in POINT_TABLES}
    beside = read(folder, hotline(folder, *ORDERS, *many), tickets(folder)).result
    assert content(beside.points) == content(without.points)
    assert len(beside.points) > 1 and len(beside.concern_of_points) > 1
    after = dump(folder / "risk.db")
    assert {table: after[table] for table in POINT_TABLES} == before


def test_a_point_with_a_place_has_the_signals_of_its_type_district_and_place(
    both: RunResult,
) -> None:
    by_id = counted(both.concern_of_points)
    kinds = {point.id: (point.scope.kind, point.scope.place) for point in both.points}
    found = {kinds[about]: counts for about, counts in by_id.items()}
    assert found == {
        ("city", None): (4, 3),
        ("place", "花园路"): (3, 2),
    }
    assert ("time_band", None) in kinds.values(), "a signal says no time of day"


def test_the_window_is_that_of_the_cases(both: RunResult) -> None:
    window = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert {(each.since, each.until) for each in both.concern_of_points} == {window}
    of_parking = next(each for each in both.concern_of_types if each.about == PARKING)
    assert (of_parking.first, of_parking.last) == (dt.date(2023, 1, 2), dt.date(2025, 11, 30))
    assert of_parking.monthly == (("2023-01", 1), ("2025-03", 2), ("2025-11", 1))


def test_since_and_until_bound_the_day_of_receipt_too(folder: Path) -> None:
    bounds = {"since": dt.date(2025, 1, 1), "until": dt.date(2025, 6, 30)}
    result = read(folder, tickets(folder), hotline(folder), **bounds).result
    assert counted(result.concern_of_types) == {PARKING: (2, 2)}
    assert sum(source.signals for source in result.sources) == 5


@pytest.mark.usefixtures("both")
def test_the_same_sources_again_change_nothing_but_the_run_log(folder: Path) -> None:
    before = dump(folder / "risk.db", without=LOG)
    again = read(folder, tickets(folder), hotline(folder))
    assert dump(folder / "risk.db", without=LOG) == before
    assert again.result.fresh == frozenset()


@pytest.mark.usefixtures("hotline_read")
def test_a_later_record_of_a_signal_corrects_the_earlier_one(folder: Path) -> None:
    more = hotline(folder, "R1,道路遗撒,2025-03-01,金水区,花园路,投诉", name="more.csv")
    result = read(folder, more).result
    assert counted(result.concern_of_types) == {PARKING: (3, 2), SPILL: (2, 2)}
    corrected = "SELECT source, line FROM duplicates WHERE reason LIKE 'corrected%'"
    assert rows(folder, corrected) == [("hotline.csv", 2)]
    assert result.superseded == 0, "no case was corrected"


def test_a_case_and_a_signal_of_the_same_number_are_two_things(both: RunResult) -> None:
    assert [(s.cases, s.signals, s.duplicates) for s in both.sources] == [(240, 0, 0), (0, 5, 1)]


@pytest.mark.usefixtures("both")
def test_replace_forgets_earlier_signals_too(folder: Path) -> None:
    result = read(folder, tickets(folder), replace=True).result
    assert result.concern_of_types == result.concern_of_points == ()
    for table in ("signals", "signals_monthly", "signals_by_violation"):
        assert rows(folder, f"SELECT count(*) FROM {table}") == [(0,)], table


@pytest.mark.usefixtures("tickets_read")
def test_new_signals_end_no_override_and_raise_no_version(folder: Path) -> None:
    override(folder / "risk.db", PARKING, "低", "专项治理", "王一", "李二")
    report = read(folder, hotline(folder))
    assert report.receipt.lapsed == () and not report.receipt.points.any
    shown = f"SELECT grade, version FROM risk_points WHERE id = '{PARKING}'"
    assert rows(folder, shown) == [("低", 1)]
    assert rows(folder, "SELECT run FROM departments") == [(report.receipt.run,)]


def test_what_was_written_never_passes_the_mapping(folder: Path) -> None:
    letters = (
        "L1,2025-05-01,花园路每天晚上都有人乱停车把盲道全占了我母亲看不见已经摔倒了两次请你们管一管"
        "我住在甲小区三号楼电话13800000000希望给个答复不要再推来推去了",
        "L2,2025-05-02,邻居王某某家深夜唱歌",
        "L3,2025-05-03,金水区花园路乱停车",
    )
    path = written(folder, "letters.csv", ["来信编号,来信日期,来信内容", *letters])
    (source,) = read(folder, path).result.sources
    assert (source.signals, source.rejected) == (2, 1)
    assert rows(folder, "SELECT reason, detail FROM rejects") == [("unclassified", None)]
    assert "唱歌" not in json.dumps(dump(folder / "risk.db"), ensure_ascii=False)
    import pyarrow.parquet as pq

    (kept,) = folder.glob("risk.db.cases/traffic/*/rows.parquet")
    stored = pq.read_table(kept)
    assert stored["place"].to_pylist() == [None, "邻居王某某家深夜唱歌", "金水区花园路乱停车"]
    assert "盲道" not in str(stored.to_pylist())


@pytest.mark.parametrize(
    ("kind", "columns", "said"),
    [
        ("signals", ("case_id", "violation", "decided_on"), "no canonical column of signals"),
        ("signals", ("signal_id", "violation", "received_on", "party"), "party"),
        ("signals", ("signal_id", "violation"), "required column received_on"),
        ("cases", ("signal_id", "violation", "received_on"), "no canonical column of cases"),
        ("complaints", ("signal_id", "violation", "received_on"), "'cases' or 'signals'"),
    ],
)
def test_an_adapter_fills_the_columns_of_its_kind(
    kind: str, columns: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        Adapter.model_validate(
            {
                "name": "hotline",
                "title": "热线",
                "kind": kind,
                "columns": {name: c.text(name) for name in columns},
            }
        )
    assert refused.value.error_count() == 1


def test_a_signal_has_no_column_for_a_person() -> None:
    assert set(KINDS["signals"].names) == {
        *("signal_id", "violation", "received_on"),
        *("district", "place", "lat", "lon", "channel"),
    }


def test_a_file_without_any_signal_is_refused_plainly(folder: Path) -> None:
    with pytest.raises(InputError, match=r"None of the 1 rows is a signal: unclassified \(1\)"):
        read(folder, hotline(folder, "R7,道路积水,2025-04-01,,,投诉"))


@pytest.mark.usefixtures("hotline_read")
def test_signals_do_not_hide_that_no_case_could_be_read(folder: Path) -> None:
    bad = written(
        folder,
        "bad.csv",
        ["编号,违法行为,违法时间,处罚日期,区县,地点", "P1,违法停车,,,金水区,花园路"],
    )
    before = dump(folder / "risk.db")
    with pytest.raises(InputError, match=r"None of the 1 rows is a case: decided_on missing \(1\)"):
        read(folder, bad)
    with pytest.raises(InputError, match="None of the 1 rows is a case"):
        read(folder, bad, hotline(folder, ORDERS[0], name="more.csv"))
    assert dump(folder / "risk.db") == before


@pytest.mark.usefixtures("hotline_read")
def test_a_type_that_the_catalogue_lost_is_named(folder: Path) -> None:
    left = tuple(kind for kind in plugin().violation_types if kind.id != SPILL)
    smaller = dataclasses.replace(plugin(), violation_types=left, measure_templates=())
    with pytest.raises(KnowledgeError, match=f"Stored signals are of types.*{SPILL}"):
        read(folder, hotline(folder, ORDERS[0], name="more.csv"), of=smaller)


def test_a_plugin_ships_a_sample_of_each_kind(folder: Path) -> None:
    samples = {
        "tickets": str(tickets(folder)),
        "hotline": str(hotline(folder)),
        "messages": str(hotline(folder, ORDERS[0], name="another.csv")),
    }
    shipping = dataclasses.replace(
        plugin(),
        adapters=tuple(
            adapter.model_copy(update={"sample": samples[adapter.name]})
            for adapter in (TICKETS, HOTLINE, MESSAGES)
        ),
    )
    result = read(folder, of=shipping).result
    assert [(s.name, s.kind, s.sample) for s in result.sources] == [
        ("tickets.csv", "cases", True),
        ("hotline.csv", "signals", True),
    ]
    only = read(folder, of=shipping, adapter="hotline", database="only.db").result
    assert [source.name for source in only.sources] == ["hotline.csv"]
    with pytest.raises(UsageError, match="no adapter 'hotlin'"):
        read(folder, of=shipping, adapter="hotlin")


@pytest.mark.usefixtures("tickets_read")
def test_a_case_store_of_before_there_were_signals_is_read_as_cases(folder: Path) -> None:
    (described,) = folder.glob("risk.db.cases/traffic/*/intake.json")
    old = json.loads(described.read_text(encoding="utf-8"))
    assert old.pop("kind") == "cases"
    described.write_text(json.dumps(old), encoding="utf-8")
    result = read(folder, hotline(folder)).result
    assert [account.kind for account in result.partitions] == ["cases", "signals"]
    assert len(result.points) > 1


def test_no_question_about_signals_is_asked_where_there_are_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("concern_of_types", "concern_of_points"):
        monkeypatch.delattr(f"risk.run.finding.{name}")
    assert read(folder, tickets(folder)).result.concern_of_types == ()
