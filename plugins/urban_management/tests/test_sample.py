"""The made-up sample holds what the README says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from risk import Knowledge

PLUGIN = Path(__file__).parents[1]
FILE = PLUGIN / "src" / "risk_urban_management" / "samples" / "urban_management_export.csv"
ORDERS = FILE.with_name("hotline_orders.csv")
KNOWLEDGE = Knowledge.from_folder(PLUGIN / "src" / "risk_urban_management" / "data")
TERMS = KNOWLEDGE.table("case_terms")["terms"]
STATES = KNOWLEDGE.table("status_terms")["terms"]
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8-sig").splitlines()))
CLOSED = [row for row in ROWS if STATES[row["案件状态"]] == "closed"]
NUMBER, DECIDED, FINE = "处罚决定书文号", "处罚决定日期", "罚款金额(元)"


def cases(violation: str) -> list[dict[str, str]]:
    """Accepted rows of the type, duplicates included."""
    full = f"urban_management.{violation}"
    return [row for row in CLOSED if TERMS.get(row["案由"], {}).get("violation") == full]


def hours(rows: list[dict[str, str]], place: str) -> Counter[int]:
    """The hours of the cases at a place, of those written in the plain way."""
    plain = (re.match(r"^\d{4}-\d\d-\d\d (\d\d):", row["案发时间"]) for row in at(rows, place))
    return Counter(int(found[1]) for found in plain if found)


def at(rows: list[dict[str, str]], place: str) -> list[dict[str, str]]:
    return [row for row in rows if re.sub(r"\s", "", row["案发地点"]).startswith(place)]


def test_every_row_says_that_it_is_made_up() -> None:
    for row in ROWS:
        assert "虚构样例" in row["办案机关"]
        assert row["当事人"].startswith("样例")


def test_every_order_of_the_hotline_says_that_it_is_made_up() -> None:
    for row in csv.DictReader(ORDERS.read_text(encoding="utf-8-sig").splitlines()):
        assert "虚构样例" in row["诉求内容"]
        assert row["来电人"].startswith("样例")
        assert row["联系电话"].startswith("000-")


def test_no_identity_number_passes_its_own_check() -> None:
    factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for number in {row["证件号码"] for row in ROWS} - {""}:
        assert number.startswith("99")
        if re.fullmatch(r"\d{17}[\dX]", number):
            total = sum(int(digit) * factor for digit, factor in zip(number, factors, strict=False))
            assert number[-1] != "10X98765432"[total % 11]
        else:
            assert "I" in number


def test_every_row_has_the_outcome_that_was_planted() -> None:
    states = Counter(row["案件状态"] for row in ROWS)
    assert (states["已撤销"], states["移送"], states["办理中"]) == (11, 5, 21)
    assert states["不予处罚结案"] == 97
    unknown = [row for row in CLOSED if row["案由"] not in TERMS]
    undated = [row for row in CLOSED if row[DECIDED] == "2026-02-30"]
    unnumbered = [row for row in CLOSED if not row[NUMBER]]
    assert (len(unknown), len(undated), len(unnumbered)) == (6, 3, 4)
    numbers = Counter(row[NUMBER] for row in CLOSED if row[NUMBER])
    copies = Counter(tuple(row.values()) for row in CLOSED)
    assert sum(times > 1 for times in numbers.values()) == 14
    assert sum(times - 1 for times in copies.values()) == 12
    assert len(ROWS) - 37 - 13 - 14 == 4627


def test_registered_places_are_places_of_the_sample() -> None:
    in_district = {(row["所属区"], row["案发地点"]) for row in ROWS}
    assert {(p.district, p.name) for p in KNOWLEDGE.department().places} <= in_district


def test_all_types_occur_and_all_other_words_are_known() -> None:
    assert {TERMS[row["案由"]]["violation"] for row in CLOSED if row["案由"] in TERMS} == {
        violation.id for violation in KNOWLEDGE.violation_types()
    }
    for heading, table in (
        ("强制措施", "coercive_terms"),
        ("强制执行方式", "compulsory_terms"),
        ("处罚种类", "penalty_terms"),
        ("适用程序", "procedure_terms"),
        ("当事人类型", "party_terms"),
    ):
        known = KNOWLEDGE.table(table)["terms"]
        for cell in {row[heading] for row in CLOSED} - {"无", "", "先行登记保存"}:
            assert all(any(word in part for word in known) for part in cell.split("、")), cell


def test_industries_of_conditions_occur_in_the_sample() -> None:
    industries = {row["行业类别"] for row in CLOSED}
    for violation in KNOWLEDGE.violation_types():
        for cause in violation.causes:
            assert set(cause.when.industry) <= industries, cause.id


def test_what_was_planted_stands_at_its_place_and_hour() -> None:
    school = hours(cases("street_vending"), "书院街")
    assert sum(school[hour] for hour in (15, 16, 17)) >= 100
    market = hours(cases("street_vending"), "东关农贸市场")
    assert sum(market[hour] for hour in (5, 6, 7)) >= 95
    lorries = hours(cases("muck_spill"), "采石路")
    assert sum(lorries[hour] for hour in (22, 23, 0, 1, 2, 3, 4, 5)) >= 75
    assert len(at(cases("illegal_building"), "槐荫街")) >= 12
    assert len(at(cases("dog"), "澄湖公园")) >= 40


def test_measures_used_are_as_many_as_planted() -> None:
    taken = Counter(row["强制措施"] for row in CLOSED)
    done = Counter(row["强制执行方式"] for row in CLOSED)
    assert (taken["扣押经营工具"], taken["先行登记保存"]) == (14, 36)
    assert (taken["扣押车辆"], taken["查封施工现场"], taken["暂扣犬只"]) == (3, 4, 2)
    assert (done["强制拆除"], done["强制拆除招牌"], done["代履行恢复路面"]) == (9, 2, 2)


def test_slight_type_is_corrected_and_harmless_after_guidance_throughout() -> None:
    outcomes = {
        (row["是否改正"], row["危害后果"], row["是否先行劝导"]) for row in cases("square_dance")
    }
    assert outcomes == {("是", "无", "是")}


def test_fines_on_the_spot_keep_within_the_limits_of_the_summary_procedure() -> None:
    for row in CLOSED:
        if row["适用程序"] == "简易" and row[FINE].isdigit():
            assert int(row[FINE]) <= (3000 if row["当事人类型"] == "单位" else 200), row


def test_readme_tells_the_figures_of_the_sample() -> None:
    told = (PLUGIN / "README.md").read_text(encoding="utf-8")
    undated = {row[NUMBER] for row in CLOSED if row[DECIDED] == "2026-02-30"}
    for violation in KNOWLEDGE.violation_types():
        numbers = {row[NUMBER] for row in cases(violation.id.partition(".")[2])}
        assert f"| {violation.name} | {len(numbers - undated - {''}):,} |" in told
    assert f"| rows | {len(ROWS):,} |" in told
