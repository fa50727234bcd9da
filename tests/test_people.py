"""Whom a file names beside the party is covered where the row's other cells repeat the name."""

from __future__ import annotations

import csv
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

OWNER, DRIVER, CLERK = "样例车主甲", "样例司机乙", "样例民警丙"
HEAD = "决定书编号,DSR,HPHM,JDCSYR,驾驶人,录入人,WFSJ,所属辖区,WFDZ,wfms,CJSJ,罚款金额"
LINES = (
    "1,丁,样A00001,{0},{1},{2},2026-03-05 22:10,{1}辖区,{0}家门前人民路,机动车违法停放,2026-03-06,100",
    "2,丁,样A00002,{0},{1},{2},2026-03-05 22:10,东区,人民路,{2}查获{0}和{1}的未知行为,2026-03-06,100",
)
PLAIN = Adapter(
    name="plain",
    title="检验",
    columns={
        **{name: SMALL.columns[name] for name in CASES.required},
        "district": c.text("所属辖区"),
    },
)
# Headings that speak of people, and cells beneath them that name 样例甲.
PEOPLE = [
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
    ("执法人员", "样 例 乙、样 例 甲"),
    ("执法人员", "样例甲和样例乙"),
    ("执法人员", "样例、样例甲"),
    ("车主", "\t样例甲"),
    ("CF_FRDB", "样例甲"),
    ("JDCSYR", "样例甲"),
]
TEXTS = ("东区样例甲门前", "东区样 例 甲门前", "东区人民路")


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


def _districts(folder: Path, *rows: tuple[str, str, str]) -> list[Any]:
    """What is kept of the district of each row: a heading, the cell beneath it, the district."""
    headings = list(dict.fromkeys(heading for heading, _, _ in rows))
    file = folder / "export.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        table = csv.writer(written)
        table.writerow(["案号", "违法行为", "处罚日期", "所属辖区", *headings])
        for number, (heading, said, district) in enumerate(rows):
            cells = [said if heading == other else "" for other in headings]
            table.writerow([f"{number:03}", "违法停车", "2025-03-04", district, *cells])
    cases = take_in(engine(), folder / "risk.db", file, adapters=(PLAIN,)).cases.to_pylist()
    return [case["district"] for case in sorted(cases, key=lambda case: str(case["case_id"]))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Any]:
    """What is kept of each of TEXTS beside each of PEOPLE, read from one file."""
    rows = [(*person, text) for person in PEOPLE for text in TEXTS]
    districts = _districts(tmp_path_factory.mktemp("people"), *rows)
    return dict(zip(rows, districts, strict=True))


@pytest.mark.parametrize(("heading", "said"), PEOPLE)
def test_a_column_whose_heading_speaks_of_people_is_covered_in_any_adapter(
    heading: str, said: str, kept: dict[tuple[str, str, str], Any]
) -> None:
    near, apart, other = (kept[heading, said, text] for text in TEXTS)
    assert near == apart == f"东区{COVER}门前"
    assert other == "东区人民路"


def test_a_column_whose_heading_does_not_speak_of_people_covers_nothing(tmp_path: Path) -> None:
    headings = ["当事人类型", "是否本人到场", "号牌种类", "证件类型", "道路", "备注"]
    rows = [(heading, "人民路", "东区人民路") for heading in headings]
    assert _districts(tmp_path, *rows) == ["东区人民路"] * len(headings)


def test_a_word_that_names_nobody_in_particular_is_not_covered(tmp_path: Path) -> None:
    cells = ["市民", "匿名、市民", "样例乙、市民", "单位"]
    rows = [("投诉人", said, "市民广场单位门口") for said in cells]
    assert _districts(tmp_path, *rows) == ["市民广场单位门口"] * len(cells)


def test_a_district_beside_the_name_of_an_officer_stays(tmp_path: Path) -> None:
    cells = ["东区 样例乙", "东区中队 样例乙", "东区、样例乙"]
    rows = [("执法人员", said, "东区") for said in cells]
    assert _districts(tmp_path, *rows) == ["东区"] * len(cells)


@pytest.mark.parametrize(
    ("said", "district", "left"),
    [
        ("样和平", "东区和平路样和平家", f"东区和平路{COVER}家"),
        ("样例乙、样\U00020bb7", "东区样\U00020bb7家", f"东区{COVER}家"),
        ("A.样[例]\\E(甲", "东区A.样[例]\\E(甲店", f"东区{COVER}店"),
        ("A.样[例]\\E(甲", "东区AB样例店", "东区AB样例店"),
    ],
    ids=["a name with 和 in it", "rare characters", "signs of a pattern", "no pattern"],
)
def test_unusual_names_are_covered_as_they_stand(
    said: str, district: str, left: str, tmp_path: Path
) -> None:
    assert _districts(tmp_path, ("车主", said, district)) == [left]


def test_of_several_names_only_names_are_covered_singly(tmp_path: Path) -> None:
    said, district = "样例食品（集团）有限公司、东、1、A.+", "东区1A.+有限公司门前"
    assert _districts(tmp_path, ("经营者", said, district)) == [district]


def test_of_columns_under_one_heading_each_is_covered(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    head, row = "执法人员,执法人员,执法人员", "样例甲,样例乙,样例丙"
    text = "案号,违法行为,处罚日期,所属辖区,{}\n1,违法停车,2025-03-04,样例甲和样例乙和样例丙家,{}\n"
    file.write_text(text.format(head, row), encoding="utf-8")
    (case,) = take_in(engine(), tmp_path / "risk.db", file, adapters=(PLAIN,)).cases.to_pylist()
    assert case["district"] == f"{COVER}和{COVER}和{COVER}家"
