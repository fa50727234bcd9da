"""What each case says: yes, no or unknown. Unknown is what a possible truth would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from risk import Grading
from risk.analysis.facts import FLAGS, facts
from risk.analysis.thresholds import Thresholds, applied, thresholds
from risk.model.case import NOT_ALL_KNOWN
from risk.model.policy import CountedKinds, Limit

from .analysis_cases import SHIPPED, TODAY, case, engine, limits, table, violation

FIRM, PERSON, TRADER = "法人及非法人组织", "自然人", "个体工商户"
OLD, NEW = dt.date(2021, 7, 14), dt.date(2021, 7, 15)
BASIS = {"in_force_from": dt.date(2000, 1, 1), "source": "检验用", "verified": "eye"}


def answers(
    flag: str, rows: Iterable[Mapping[str, Any]], thresholds: Thresholds | None = None
) -> list[bool | None]:
    """True, False or None (unknown) for each row."""
    judged = facts(table(case(**row) for row in rows), thresholds or limits())
    found = engine().fetch(judged.select(flag, f"{flag}_unknown"))
    pairs = zip(*(found[name].to_pylist() for name in found.column_names), strict=True)
    return [{(1, 0): True, (0, 0): False, (0, 1): None}[pair] for pair in pairs]


def only(flag: str, thresholds: Thresholds | None = None, **row: Any) -> bool | None:
    (answer,) = answers(flag, [row], thresholds)
    return answer


def agreed(truths: Iterable[bool]) -> bool | None:
    """What all possible truths agree on."""
    found = set(truths)
    return found.pop() if len(found) == 1 else None


def possible(value: Any, otherwise: Sequence[Any]) -> Sequence[Any]:
    return otherwise if value is None else (value,)


def completed(penalties: str | None, further: Sequence[str]) -> Sequence[str]:
    """All that the penalties may be where none of them is known, or not all."""
    known, _, rest = (penalties or NOT_ALL_KNOWN).rpartition(NOT_ALL_KNOWN)
    return [rest] if rest or penalties == "" else [known + more for more in further]


def test_a_penalty_is_major_exactly_where_every_possible_truth_says_so() -> None:
    """The unknown columns are filled in every way that the known ones allow."""
    rows = [
        dict(zip(("penalties", "fine_fen", "confiscated_fen", "party_kind"), values, strict=True))
        for values in product(
            (
                None,
                "",
                "警告",
                "罚款",
                "罚款、吊销许可证件",
                "警告、没收违法所得",
                "行政拘留",
                "警告、不明",
                "罚款、不明",
                "吊销许可证件、不明",
            ),
            (None, 0, 999_999, 1_000_000, 5_000_000, 10_000_000),
            (None, 0, 999_999, 1_000_000, 10_000_000),
            (None, PERSON, TRADER, FIRM),
        )
    ]

    def amounts(row: Mapping[str, Any], name: str, kind: str, penalties: str) -> Sequence[int]:
        unknown = (0, 2_000_000, 20_000_000) if kind in penalties else (0,)
        return possible(row[name], unknown)

    def truths(row: Mapping[str, Any]) -> Iterable[bool]:
        for penalties in completed(row["penalties"], ("", "罚款、没收违法所得", "吊销许可证件")):
            for fine in amounts(row, "fine_fen", "罚款", penalties):
                for taken in amounts(row, "confiscated_fen", "没收", penalties):
                    for party in possible(row["party_kind"], (PERSON, FIRM)):
                        least = 10_000_000 if party == FIRM else 1_000_000
                        by_kind = "吊销" in penalties or "拘留" in penalties
                        yield by_kind or fine >= least or taken >= least

    assert answers("major", rows) == [agreed(truths(row)) for row in rows]


def test_summary_procedure_holds_exactly_where_every_possible_truth_says_so() -> None:
    rows = [
        dict(zip(("procedure", "penalties", "fine_fen", "party_kind"), values, strict=True))
        for values in product(
            (None, "简易", "普通", "听证"),
            (
                None,
                "",
                "警告",
                "罚款",
                "警告、罚款",
                "罚款、暂扣许可证件",
                "警告、不明",
                "罚款、不明",
                "暂扣许可证件、不明",
            ),
            (None, 0, 20_000, 20_001, 300_000, 300_001),
            (None, PERSON, TRADER, FIRM),
        )
    ]

    def truths(row: Mapping[str, Any]) -> Iterable[bool]:
        # By law a summary decision has no other penalties: the procedure vouches for them.
        for procedure in possible(row["procedure"], ("简易", "普通")):
            for penalties in completed(row["penalties"], ("警告", "警告、罚款")):
                fines = (0, 20_000, 500_000) if "罚款" in penalties else (0,)
                for fine in possible(row["fine_fen"], fines):
                    for party in possible(row["party_kind"], (PERSON, FIRM)):
                        within = fine <= (300_000 if party == FIRM else 20_000)
                        yield procedure == "简易" and within and "暂扣" not in penalties

    assert answers("summary", rows) == [agreed(truths(row)) for row in rows]


def test_slight_holds_exactly_where_every_possible_truth_says_so() -> None:
    names = ("guided", "corrected", "harm")
    rows = [
        dict(zip(names, values, strict=True)) for values in product((None, True, False), repeat=3)
    ]
    expected = [
        agreed(
            guided and corrected and not harm
            for guided, corrected, harm in product(
                *(possible(row[name], (True, False)) for name in names)
            )
        )
        for row in rows
    ]
    assert answers("slight", rows) == expected
    assert expected.count(True) == 1


def test_an_amount_between_the_two_limits_is_unknown_without_the_kind_of_party() -> None:
    assert only("major", penalties="罚款", fine_fen=5_000_000) is None
    assert only("major", penalties="罚款", fine_fen=5_000_000, party_kind=PERSON) is True
    assert only("major", penalties="罚款", fine_fen=5_000_000, party_kind=FIRM) is False


def test_a_confiscation_without_an_amount_may_be_major() -> None:
    assert only("major", penalties="没收非法财物", party_kind=PERSON) is None
    assert only("major", penalties="没收非法财物", confiscated_fen=1, party_kind=PERSON) is False


def test_fine_and_confiscation_are_not_added_up() -> None:
    both = {"penalties": "罚款、没收违法所得", "fine_fen": 600_000, "confiscated_fen": 600_000}
    assert only("major", party_kind=PERSON, **both) is False


def test_an_individual_trader_is_judged_as_a_citizen() -> None:
    assert only("major", penalties="罚款", fine_fen=1_000_000, party_kind=TRADER) is True


@pytest.mark.parametrize(
    ("day", "party", "within"),
    [(OLD, PERSON, 50), (OLD, FIRM, 1000), (NEW, PERSON, 200), (NEW, FIRM, 3000)],
)
def test_the_summary_limit_is_that_of_the_cases_own_date(
    day: dt.date, party: str, within: int
) -> None:
    said = {"decided_on": day, "party_kind": party, "procedure": "简易", "penalties": "罚款"}
    rows = [{**said, "fine_fen": within * 100}, {**said, "fine_fen": within * 100 + 1}]
    assert answers("summary", rows) == [True, False]


def test_the_departments_own_limit_goes_before_the_general_one_while_it_is_in_force() -> None:
    own = Grading(
        summary_fine=(
            Limit(
                department="traffic",
                individual=200,
                organisation=200,
                **{**BASIS, "in_force_from": dt.date(2021, 4, 29)},
            ),
        )
    )
    traffic = limits("traffic", own)
    said = {"procedure": "简易", "penalties": "罚款", "fine_fen": 20_000, "party_kind": FIRM}
    days = [dt.date(2021, 4, 28), dt.date(2021, 4, 29), NEW]
    rows = [{**said, "decided_on": day} for day in days]
    assert answers("summary", rows, traffic) == [True, True, True]
    rows = [{**row, "fine_fen": 20_001} for row in rows]
    assert answers("summary", rows, traffic) == [True, False, False]
    assert answers("summary", rows, limits("market", Grading())) == [True, True, True]


def test_an_agencys_own_limit_governs_the_cases_of_its_violation_types_alone() -> None:
    police = Limit(
        department="traffic", agency="公安交管", individual=200, organisation=200, **BASIS
    )
    types = [violation("traffic.parking", agency="公安交管"), violation("traffic.oversize")]
    own = Grading(summary_fine=(police,))
    found = thresholds(SHIPPED, own, "traffic", TODAY, types)
    said = {"procedure": "简易", "penalties": "罚款", "fine_fen": 100_000, "party_kind": FIRM}
    rows = [{**said, "decided_on": NEW, "violation": each.id} for each in types]
    assert answers("summary", rows, found) == [False, True]
    named = [applied(found.summary_fine, NEW, NEW, each.agency) for each in types]
    assert named == [(police,), (SHIPPED.summary_fine[1],)]


def test_the_entry_for_another_department_does_not_touch_this_one() -> None:
    said = {"procedure": "简易", "penalties": "罚款", "fine_fen": 40_000, "party_kind": PERSON}
    assert only("summary", limits("public_security"), **said) is True
    assert only("summary", limits("market"), **said) is False


def test_a_date_for_which_the_policy_has_no_entry_is_unknown() -> None:
    late = limits(summary_fine=SHIPPED.summary_fine[1:2], major_penalty=SHIPPED.major_penalty[1:])
    early = {"decided_on": dt.date(2010, 1, 1), "party_kind": PERSON, "procedure": "简易"}
    fined = {**early, "penalties": "罚款", "fine_fen": 5_000}
    assert only("summary", late, **fined) is None
    assert only("major", late, **fined) is None
    assert only("summary", late, **{**fined, "procedure": "普通"}) is False


def test_kinds_that_are_major_are_those_of_the_cases_own_date() -> None:
    earlier, later = SHIPPED.major_penalty
    changed = (earlier.model_copy(update={"kinds": ("暂扣许可证件",)}), later)
    said = {"penalties": "暂扣许可证件", "fine_fen": 0, "party_kind": PERSON}
    rows = [{**said, "decided_on": day} for day in (dt.date(2015, 6, 30), dt.date(2015, 7, 1))]
    assert answers("major", rows, limits(major_penalty=changed)) == [True, False]


@pytest.mark.parametrize("kind", ["责令停产停业", "吊销许可证件", "行政拘留"])
def test_each_grave_kind_is_major_without_any_amount(kind: str) -> None:
    assert only("major", penalties=f"警告、{kind}") is True


@pytest.mark.parametrize("kind", ["警告", "通报批评", "暂扣许可证件"])
def test_other_kinds_are_not_major(kind: str) -> None:
    assert only("major", penalties=kind) is False


def test_coercion_is_yes_no_or_unknown_as_the_column_says() -> None:
    rows = [{"coercive_measures": said} for said in ("扣押财物", "", None)]
    assert answers("coercive", rows) == [True, False, None]


def test_each_coercive_measure_of_the_act_counts() -> None:
    (entry,) = SHIPPED.coercive_measures
    rows = [{"coercive_measures": kind} for kind in entry.kinds]
    assert len(rows) == 5
    assert answers("coercive", rows) == [True] * 5


def test_a_surcharge_for_late_payment_does_not_count_as_enforcement() -> None:
    surcharge = "加处罚款或者滞纳金"
    rows = [
        {"compulsory_enforcement": said}
        for said in (surcharge, f"{surcharge}、划拨存款、汇款", "代履行", "", None)
    ]
    assert answers("compulsory", rows) == [False, True, True, False, None]
    counted = (CountedKinds(kinds=(surcharge,), **BASIS),)
    assert answers("compulsory", rows, limits(compulsory_enforcement=counted)) == [
        *(True, True, False),
        *(False, None),
    ]


def test_where_no_kind_counts_even_an_unknown_case_has_none() -> None:
    nothing = limits(coercive_measures=(CountedKinds(kinds=(), **BASIS),))
    assert only("coercive", nothing) is False


def test_a_case_that_says_nothing_is_unknown_throughout() -> None:
    assert {flag: only(flag) for flag in FLAGS} == dict.fromkeys(FLAGS, None)


@pytest.mark.parametrize(
    ("clock", "band"),
    [
        ("00:00", "夜间"),
        ("05:59", "夜间"),
        ("06:00", "清晨"),
        ("07:00", "早高峰"),
        ("08:59", "早高峰"),
        ("16:59", "下午"),
        ("17:00", "晚高峰"),
        ("21:59", "晚间"),
        ("22:00", "夜间"),
        ("23:59", "夜间"),
    ],
)
def test_a_band_holds_its_start_and_not_its_end_and_goes_over_midnight(
    clock: str, band: str
) -> None:
    moment = dt.datetime.fromisoformat(f"2026-10-15T{clock}:30")
    found = engine().fetch(facts(table([case(occurred_at=moment)]), limits()))
    assert found["time_band"].to_pylist() == [band]


@pytest.mark.parametrize("moment", [None, dt.datetime(2026, 10, 15)])
def test_a_case_without_a_time_of_day_is_in_no_band_and_stays_a_case(
    moment: dt.datetime | None,
) -> None:
    found = engine().fetch(facts(table([case(occurred_at=moment)]), limits()))
    assert found["time_band"].to_pylist() == [None]


def test_months_are_those_of_the_decision() -> None:
    moment = dt.datetime(2025, 12, 31, 23, 59)
    said = case(occurred_at=moment, decided_on=dt.date(2026, 1, 1))
    found = engine().fetch(facts(table([said]), limits()))
    assert found["month"].to_pylist() == [2026 * 12]
