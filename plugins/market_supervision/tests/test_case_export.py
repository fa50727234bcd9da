"""Exports of a case-handling system that differ from the sample: other headings, other words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from risk.kernel.plugins import Kernel
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

OTHER = """2026年行政处罚案件台账,,,,,,,,,,
行政处罚决定书文号,违法行为,案件名称,决定日期,承办机构,案发地点,当事人名称,处罚种类,罚款金额（万元）,行政强制措施,办理状态
样〔2026〕1号,经营过期食品,样例店案,2026年3月4日,样例所,花园路12号,样例甲,罚款、没收食品,0.5,查封、扣押,已结案
样〔2026〕2号,见案件名称,样例店未明码标价案,2026/3/5,样例所,花园路,样例乙,警告,,,已结案
样〔2026〕3号,其他,样例店其他案,2026-03-06,样例所,花园路,样例丙,警告,,无,已结案
样〔2026〕4号,商标侵权,样例店案,2026-03-07,样例所,样例市场,样例丁,责令停业整顿,/,先行登记保存,已结案
样〔2026〕6号,未亮照经营,样例店案,2026-03-08,样例所,花园路,样例己,不予行政处罚,,,已结案
样〔2026〕7号,销售不合格的产品,样例店案,2026-03-08,样例所,花园路,样例庚,没收违法所得、没收违法销售的产品,,,结案
样〔2026〕5号,商标侵权,样例店案,2026-03-08,样例所,样例市场,样例戊,罚款,2,扣押,移送
"""
LEAST = """处罚决定书文号,案由,处罚决定日期,办案机构,经营场所,当事人,处罚种类
样1,刷单,2026-03-04,样例所,花园路,样例甲,罚款
"""


def read(folder: Path, text: str) -> RunResult:
    source = folder / "export.csv"
    source.write_text(text, encoding="gb18030")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        request = Request(
            database=folder / "risk.db", today=dt.date(2026, 11, 24), sources=(str(source),)
        )
        return run(Kernel.load().plugin("market_supervision"), request, Silent()).result


def cases(result: RunResult) -> dict[str, dict[str, Any]]:
    """The cases beneath the city-wide points, with their type, by number."""
    city = {one.id: one.violation.id for one in result.points if one.scope.kind == "city"}
    return {
        str(row["case_id"]): row | {"violation": city[row["risk_point"]].partition(".")[2]}
        for row in result.evidence_cases.to_pylist()
        if row["risk_point"] in city
    }


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return read(tmp_path_factory.mktemp("other"), OTHER)


def test_other_headings_below_a_title_are_read_by_the_same_adapter(other: RunResult) -> None:
    (account,) = other.sources
    assert (account.adapter, account.header_line) == ("case_export", 2)
    assert (account.rows, account.cases, account.rejected, account.excluded) == (7, 5, 1, 1)
    assert other.exclusions["reason"].to_pylist() == ["销案、撤销或者移送"]


def test_the_name_of_a_case_tells_its_type_where_the_cause_does_not(other: RunResult) -> None:
    found = cases(other)
    assert {number: case["violation"] for number, case in found.items()} == {
        "样〔2026〕1号": "food_expired",
        "样〔2026〕2号": "price_tag",
        "样〔2026〕4号": "trademark",
        "样〔2026〕6号": "licence_not_shown",
        "样〔2026〕7号": "substandard_goods",
    }


def test_sparing_a_penalty_is_known_to_be_none_and_goods_taken_are_told_from_gains(
    other: RunResult,
) -> None:
    (spared,) = [one for one in other.points if one.violation.id.endswith("licence_not_shown")]
    assert (spared.figures.major, spared.figures.major_unknown) == (0, 0)
    found = cases(other)
    assert found["样〔2026〕6号"]["penalties"] == ""
    assert found["样〔2026〕7号"]["penalties"] == "没收违法所得、没收非法财物"


def test_a_heading_in_ten_thousands_is_read_as_such(other: RunResult) -> None:
    assert cases(other)["样〔2026〕1号"]["fine_fen"] == 500_000
    assert cases(other)["样〔2026〕2号"]["fine_fen"] is None


def test_sealing_counts_and_keeping_evidence_leaves_coercion_unknown(other: RunResult) -> None:
    figures = {
        one.violation.id.partition(".")[2]: one.figures
        for one in other.points
        if one.scope.kind == "city"
    }
    assert figures["food_expired"].coercive == 1
    assert figures["trademark"].coercive_unknown == 1
    assert figures["trademark"].major == 1


def test_columns_that_are_not_there_are_unknown_and_not_no(tmp_path: Path) -> None:
    result = read(tmp_path, LEAST)
    (point,) = [one for one in result.points if one.scope.kind == "city"]
    assert point.figures.cases == 1
    assert point.figures.coercive_unknown == point.figures.compulsory_unknown == 1
    assert point.figures.summary_unknown == point.figures.slight_unknown == 1
