"""The sample, citizens' messages and Chicago's complaints, read from file to points and signals."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from risk.kernel.plugins import Kernel
from risk.progress import Silent
from risk.run import Report, Request, run

TODAY = dt.date(2026, 11, 24)
REAL = Path(__file__).parents[4] / "shared" / "data" / "urban"
MESSAGES = REAL / "cn_citizen_messages.xlsx"
COMPLAINTS = REAL / "sanitation_code_complaints.csv"
real_files = pytest.mark.skipif(
    not COMPLAINTS.is_file(), reason="the complaints in ../shared/data are not here"
)
VENDING = "urban_management.street_vending"


def read(folder: Path, *sources: Path) -> Report:
    request = Request(folder / "risk.db", TODAY, tuple(map(str, sources)))
    return run(Kernel.load().plugin("urban_management"), request, Silent())


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "risk.db")) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("urban")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        yield folder


@pytest.fixture(scope="module")
def sample(secret: Path) -> Report:
    return read(secret)


def grades(report: Report) -> dict[str, str]:
    return {point.id: point.grade for point in report.result.points}


def test_every_row_of_the_sample_is_accounted_for(sample: Report) -> None:
    cases, orders = sample.result.sources
    assert cases.adds_up and orders.adds_up
    assert (cases.rows, cases.cases, cases.signals) == (4691, 4627, 0)
    assert (cases.rejected, cases.excluded, cases.duplicates) == (13, 37, 14)
    assert (orders.rows, orders.cases, orders.signals) == (842, 0, 714)
    assert (orders.rejected, orders.excluded, orders.duplicates) == (73, 46, 9)


def test_evidence_kept_in_custody_is_neither_a_coercive_measure_nor_none(sample: Report) -> None:
    assert sample.result.sources[0].unreadable["coercive_measures"] == 36


def test_orders_of_the_hotline_stand_beside_the_places_they_name(sample: Report) -> None:
    recent = {concern.about: concern.recent for concern in sample.result.concern_of_points}
    named = {(p.scope.place, p.violation.id): p.id for p in sample.result.points}
    assert recent[named["书院街", VENDING]] >= 50
    assert recent[named["食府街", "urban_management.cooking_fume"]] >= 60


def test_city_wide_points_are_graded_by_what_was_done(sample: Report) -> None:
    found = grades(sample)
    expected = {
        "street_vending": "高",
        "illegal_building": "高",
        "construction_waste": "高",
        "kitchen_waste": "高",
        "outside_shop": "中",
        "muck_spill": "中",
        "flyposting": "中",
        "stacking": "低",
        "square_dance": "低",
        "temporary_building": "低",
    }
    assert {name: found[f"urban_management.{name}"] for name in expected} == expected


def test_the_school_street_is_answered_by_measures_for_schools(sample: Report) -> None:
    (school,) = (
        point
        for point in sample.result.points
        if (point.scope.place, point.scope.time_band) == ("书院街", None)
        and point.violation.id == VENDING
    )
    assert school.grade == "高"
    templates = {measure.template for measure in school.measures}
    assert "urban_management.vending_school_stalls" in templates
    assert "urban_management.vending_market_farmers" not in templates


def test_every_point_has_causes_on_both_sides_and_measures(sample: Report) -> None:
    for point in sample.result.points:
        assert {cause.side for cause in point.causes} == {"机关", "相对人"}, point.id
        assert point.measures, point.id


def test_the_published_record_of_penalties_is_read_too(tmp_path: Path) -> None:
    lines = [
        "行政相对人名称,行政相对人类别,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,"
        "处罚内容,罚款金额（万元）,处罚决定日期,处罚机关",
        "样例餐饮店,个体工商户,罚字1号,不正常使用油烟净化设施,,,罚款,罚款五千元,0.5,2026-03-02,样例城管局",
        "样例公司,法人及非法人组织,罚字2号,未经核准擅自处置建筑垃圾,,,罚款,罚款,2,2026-03-03,样例城管局",
        "样例某,自然人,罚字3号,户外广告设施未备案,,,警告,警告,/,2026-03-04,样例城管局",
    ]
    file = tmp_path / "published.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = read(tmp_path, file).result
    (source,) = result.sources
    assert (source.adapter, source.cases, source.rejected) == ("double_publicity", 2, 1)
    fines = {row["case_id"]: row["fine_fen"] for row in result.evidence_cases.to_pylist()}
    assert fines == {"罚字1号": 500_000, "罚字2号": 2_000_000}


def test_a_message_leaves_its_district_and_nothing_of_its_text(tmp_path: Path) -> None:
    told = "秘密的正文某某手机"
    lines = [
        "留言编号,留言用户,留言主题,留言时间,留言详情",
        f"1,U1,A3区某小区楼下油烟扰民,2019/2/28 11:25:05,{told}",
        f"2,U2,A7县某路口反映问题,2019-03-01 09:00:00,{told}，有人占道经营",
        f"3,U3,关于公交的建议,2019/3/2 9:00:00,{told}",
        f"4,U4,门面占道经营又油烟,2019/3/3 9:00:00,{told}",
    ]
    file = tmp_path / "messages.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (source,) = read(tmp_path, file).result.sources
    assert (source.adapter, source.signals, source.rejected) == ("citizen_messages", 2, 2)
    assert rows(tmp_path, "SELECT violation, signals FROM signals_by_violation ORDER BY 1") == [
        ("urban_management.cooking_fume", 1),
        (VENDING, 1),
    ]
    content = b"".join(path.read_bytes() for path in tmp_path.glob("risk.db*") if path.is_file())
    for word in (told, "楼下", "某路口", "公交", "U1"):
        assert word.encode() not in content


@pytest.fixture(scope="module")
def concern(secret: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    if not COMPLAINTS.is_file():
        pytest.skip("the complaints in ../shared/data are not here")
    return read(tmp_path_factory.mktemp("concern"), MESSAGES, COMPLAINTS)


@real_files
def test_complaints_and_messages_are_signals_and_add_up(concern: Report) -> None:
    messages, complaints = concern.result.sources
    assert messages.adds_up and complaints.adds_up
    assert (messages.adapter, messages.rows, messages.cases) == ("citizen_messages", 4326, 0)
    assert 250 <= messages.signals <= 400
    assert (complaints.adapter, complaints.rows) == ("sanitation_complaints", 74_401)
    assert complaints.cases == 0 and concern.result.points == ()


@real_files
def test_duplicates_are_excluded_by_their_state_and_open_complaints_are_kept(
    concern: Report,
) -> None:
    complaints = concern.result.sources[1]
    assert complaints.excluded == 3_509 + 124
    assert (complaints.signals, complaints.duplicates) == (16_887, 104)


@real_files
def test_what_no_type_fits_is_unclassified_and_of_messages_nothing_is_shown(
    concern: Report,
) -> None:
    rejects = concern.result.rejects.to_pylist()
    shown = Counter(
        row["detail"] for row in rejects if row["source"] == COMPLAINTS.name and row["detail"]
    )
    assert {"Other", "Garbage in yard", "Overflowing carts"} <= set(shown)
    assert {row["detail"] for row in rejects if row["source"] == MESSAGES.name} == {None}


@real_files
def test_readme_tells_the_figures_of_the_real_files(concern: Report) -> None:
    told = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for source in concern.result.sources:
        figures = (source.rows, source.signals, source.rejected, source.excluded, source.duplicates)
        assert "| " + " | ".join(f"{figure:,}" for figure in figures) + " |" in told
