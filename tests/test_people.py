"""Whom a file names beside the party is covered where the row's other cells repeat the name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from risk import Adapter
from risk import columns as c
from risk.intake.masking import COVER
from risk.model.kind import CASES

from .analysis_cases import engine
from .intake_cases import SMALL, take_in

DEPARTMENTS = ("traffic", "environment", "market_supervision", "urban_management")
OWNER, DRIVER, CLERK = "样例车主甲", "样例司机乙", "样例民警丙"
HEAD = "决定书编号,DSR,HPHM,JDCSYR,驾驶人,录入人,WFSJ,所属辖区,WFDZ,wfms,CJSJ,罚款金额"
LINES = (
    "1,丁,样A00001,{0},{1},{2},2026-03-05 22:10,{1}辖区,{0}家门前人民路,机动车违法停放,2026-03-06,100",
    "2,丁,样A00002,{0},{1},{2},2026-03-05 22:10,东区,人民路,{2}查获{0}和{1}的未知行为,2026-03-06,100",
)


def test_owner_driver_and_clerk_of_a_police_export_are_covered(tmp_path: Path) -> None:
    (police, *_) = import_module("risk_traffic").risk_adapters()
    file = tmp_path / "export.csv"
    lines = [line.format(OWNER, DRIVER, CLERK) for line in LINES]
    file.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    found = take_in(engine(), tmp_path / "risk.db", file, adapters=(police,))
    (case,) = found.cases.to_pylist()
    (detail,) = found.rejected["detail"].to_pylist()
    assert case["district"] == f"{COVER}辖区" and case["place"].startswith(COVER)
    assert detail == f"{COVER}查获{COVER}和{COVER}的未知行为"
    (partition,) = found.collected.partitions
    kept = str(pq.read_table(partition.rows_file).to_pylist())
    assert not [name for name in (OWNER, DRIVER, CLERK) if name in kept]


def _districts_of(folder: Path, heading: str, said: str, *districts: str) -> list[Any]:
    """What is kept of the cells of the district in rows that name somebody under the heading."""
    file = folder / f"{heading.replace('/', '')}.csv"
    head = f"案号,违法行为,处罚日期,所属辖区,{heading}"
    rows = [
        f'{number},违法停车,2025-03-04,"{district}","{said}"'
        for number, district in enumerate(districts)
    ]
    file.write_text("\n".join((head, *rows, "")), encoding="utf-8")
    required = {name: SMALL.columns[name] for name in CASES.required}
    plain = Adapter(
        name="plain", title="检验", columns={**required, "district": c.text("所属辖区")}
    )
    taken = take_in(engine(), folder / "risk.db", file, adapters=(plain,))
    return [case["district"] for case in taken.canonical]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("被处罚人", "样例甲"),
        ("违法人", "样例甲"),
        ("乘客姓名", "样例甲"),
        ("执法人员（一）", "样例甲"),
        ("承办民警2", "样例甲"),
        ("处罚对象的联系人姓名", "样例甲"),
        ("执法人员", "样例乙、样例甲"),
        ("执法人员", "样例乙 样例甲"),
        ("办案人", "样例甲；样例乙；样例丙"),
        ("见证人", "样例乙/样例甲"),
        ("车主", "样 例 甲"),
        ("姓名/名称", "样例甲"),
        ("被处罚人姓名或名称", "样例甲"),
        ("处罚对象", "样例甲"),
        ("执法人员及证号", "样例甲"),
        ("执法人员", "样例乙(01234)、样例甲(01235)"),
        ("执法人员", "主办:样例乙,协办:样例甲"),
        ("车主", "样例甲（男）"),
    ],
)
def test_a_column_whose_heading_speaks_of_people_is_covered_in_any_adapter(
    heading: str, said: str, tmp_path: Path
) -> None:
    named = ("东区样例甲门前", "东区样 例 甲门前")
    found = _districts_of(tmp_path, heading, said, *named, "东区人民路")
    assert found == [f"东区{COVER}门前", f"东区{COVER}门前", "东区人民路"]


@pytest.mark.parametrize(
    "heading", ["当事人类型", "是否本人到场", "号牌种类", "证件类型", "道路", "备注"]
)
def test_a_column_whose_heading_does_not_speak_of_people_covers_nothing(
    heading: str, tmp_path: Path
) -> None:
    assert _districts_of(tmp_path, heading, "人民路", "东区人民路") == ["东区人民路"]


@pytest.mark.parametrize("said", ["市民", "匿名、市民", "样例乙、市民", "单位"])
def test_a_word_that_names_nobody_in_particular_is_not_covered(said: str, tmp_path: Path) -> None:
    district = "市民广场单位门口"
    assert _districts_of(tmp_path, "投诉人", said, district) == [district]


def test_of_several_names_only_names_are_covered_singly(tmp_path: Path) -> None:
    said = "样例食品（集团）有限公司、东、1、A.+"
    district = "东区1A.+有限公司门前"
    assert _districts_of(tmp_path, "经营者", said, district) == [district]


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_chinese_export_covers_whom_its_further_columns_name(department: str) -> None:
    adapters = list(import_module(f"risk_{department}").risk_adapters())
    chinese = [one for one in adapters if one.sample or one.name == "double_publicity"]
    assert len(chinese) >= 2
    assert [one.name for one in chinese if not set(c.PEOPLE) <= set(one.people)] == []


def test_each_usual_heading_stands_alone_so_that_none_hides_another() -> None:
    assert {len(headings) for headings in c.PEOPLE} == {1}
    assert len(set(c.PEOPLE)) == len(c.PEOPLE)
