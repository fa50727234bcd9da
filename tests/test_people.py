"""Whom a file names beside the party is covered where the row's other cells repeat the name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from risk import columns as c
from risk.intake.masking import COVER

from .analysis_cases import engine
from .intake_cases import take_in

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


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_chinese_export_covers_whom_its_further_columns_name(department: str) -> None:
    adapters = list(import_module(f"risk_{department}").risk_adapters())
    chinese = [one for one in adapters if one.sample or one.name == "double_publicity"]
    assert len(chinese) >= 2
    assert [one.name for one in chinese if not set(c.PEOPLE) <= set(one.people)] == []


def test_each_usual_heading_stands_alone_so_that_none_hides_another() -> None:
    assert {len(headings) for headings in c.PEOPLE} == {1}
    assert len(set(c.PEOPLE)) == len(c.PEOPLE)
