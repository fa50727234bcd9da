"""The policy: the shipped file, what a file may not say, and whose entry decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from risk import Grading
from risk.analysis.thresholds import applied, deciding, entry_for, thresholds
from risk.errors import KnowledgeError
from risk.kernel.policy import load_policy, strange_agencies, strange_departments
from risk.model.case import COMPULSORY_KINDS
from risk.model.policy import Entry, Limit, Listing, Policy, Sporadic, TimeBand

from .analysis_cases import SHIPPED, TODAY, limits, violation

FILE = Path(__file__).parents[1] / "core/risk/analysis/policy/zhengzhou-2019.yaml"
TEXT = FILE.read_text(encoding="utf-8")


def entries(policy: Policy = SHIPPED) -> Iterator[tuple[str, Entry]]:
    for name in Policy.model_fields:
        for value in chain(getattr(policy, name) if name not in ("id", "title", "levels") else ()):
            yield name, value


def limit(
    amount: float, start: str, end: str | None = None, department: str | None = None
) -> Limit:
    return Limit(
        department=department,
        individual=amount,
        organisation=amount,
        in_force_from=start,
        in_force_to=end,
        source="检验用",
        verified="eye",
    )


def refused(tmp_path: Path, before: str, after: str) -> str:
    """What is said of the shipped file with one passage changed."""
    assert TEXT.count(before) >= 1
    file = tmp_path / "ours.yaml"
    file.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_policy(file)
    return caught.value.what


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


def test_the_shipped_policy_says_what_the_law_says() -> None:
    general = [e for e in SHIPPED.summary_fine if e.department is None]
    assert [(e.individual, e.organisation, str(e.in_force_from)) for e in general] == [
        (50, 1000, "1996-10-01"),
        (200, 3000, "2021-07-15"),
    ]
    assert str(general[0].in_force_to) == "2021-07-14"
    order_168 = SHIPPED.major_penalty[-1]
    assert (order_168.individual, order_168.organisation) == (10_000, 100_000)
    assert order_168.kinds == ("责令停产停业", "吊销许可证件", "行政拘留")
    assert str(order_168.in_force_from) == "2015-07-01"


@pytest.mark.parametrize(
    ("department", "day", "individual", "organisation", "verified"),
    [
        ("urban", "2021-12-01", 5_000, 50_000, True),
        ("public_security", "2021-12-01", 2_000, 10_000, True),
        ("market_supervision", "2021-12-01", 10_000, 100_000, False),
        ("environment", "2023-06-30", 5_000, 50_000, True),
        ("environment", "2023-07-01", 5_000, 200_000, False),
    ],
)
def test_a_larger_fine_is_what_the_departments_own_rule_calls_so(
    department: str, day: str, individual: int, organisation: int, verified: bool
) -> None:
    mine = [e for e in SHIPPED.hearing_fine if e.department == department]
    common = [e for e in SHIPPED.hearing_fine if e.department is None]
    entry = deciding([*mine, *common], dt.date.fromisoformat(day), None)
    assert entry is not None
    assert (entry.individual, entry.organisation) == (individual, organisation)
    assert (entry.verified != "unverified") == verified


def test_every_default_of_ours_is_marked_unverified() -> None:
    ours = [(name, e) for name, e in entries() if "试行默认值" in e.source]
    assert {e.verified for _, e in ours} == {"unverified"}
    # What the notice itself leaves open can only be a default.
    frequency = {"numerous", "over_represented", "recurring", "sporadic", "time_bands", "listing"}
    shares = {"summary_share", "slight_share", "coercive_measures", "compulsory_enforcement"}
    assert {name for name, _ in ours} == frequency | shares | {"major_penalty"}
    assert all("试行默认值" in e.source for name, e in entries() if name in frequency | shares)


def test_no_source_can_only_be_understood_from_the_line_above_it() -> None:
    assert [e.source for _, e in entries() if "同上" in e.source] == []


def test_the_surcharge_is_the_only_way_of_enforcement_that_does_not_count() -> None:
    (entry,) = SHIPPED.compulsory_enforcement
    assert set(COMPULSORY_KINDS) - set(entry.kinds) == {"加处罚款或者滞纳金"}


def test_what_is_over_represented_is_never_sporadic() -> None:
    most = max(e.cases for e in SHIPPED.sporadic)
    frequent = chain(SHIPPED.numerous, SHIPPED.over_represented, SHIPPED.recurring)
    assert min(e.cases for e in frequent) > most


def test_the_bands_fill_the_day() -> None:
    assert sum(band.length for band in SHIPPED.time_bands) == 24 * 60


@pytest.mark.parametrize(
    ("before", "after", "field", "what"),
    [
        ("individual: 50\n", "individual: fifty\n", "summary_fine.1.individual", "a number"),
        ("individual: 50\n", "individual: -1\n", "summary_fine.1.individual", "greater"),
        ("individual: 50\n", "individual: inf\n", "summary_fine.1.individual", "a number"),
        ("individual: 50\n", "indvidual: 50\n", "summary_fine.1.indvidual", "individual?"),
        ("in_force_to: 2021-07-14", "in_force_to: 20210714", "summary_fine.1.in_force_to", "2021-"),
        ("verified: eye", "verified: yes", "summary_fine.1.verified", "'text'"),
        ('start: "22:00"', 'start: "25:00"', "time_bands.1.start", "a time such as"),
        ("[责令停产停业, 吊销", "[责令停产, 吊销", "major_penalty.1.kinds.1", "责令停产停业"),
        ("dimension: industry", "dimension: trade", "numerous.3.dimension", "'industry'"),
        ("share: 1.0", "share: 1.1", "summary_share.1.share", "less than or equal to 1"),
        ("levels: 3", "levels: 4", "levels", "less than or equal to 3"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_field(
    tmp_path: Path, before: str, after: str, field: str, what: str
) -> None:
    where = f"ours.yaml line {line_of(before)}, field {field}: "
    said = refused(tmp_path, before, after).splitlines()
    assert [line for line in said if line.startswith(where) and what in line]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('end: "06:00"', 'end: "06:30"', "time_bands: entries 1 and 2 overlap on 2019-06-27"),
        ('start: "22:00"', 'start: "21:59"', "time_bands: entries 1 and 7 overlap"),
        (
            "    in_force_to: 2021-07-14\n",
            "",
            "summary_fine: entries 1 and 2 overlap on 2021-07-15",
        ),
        ("in_force_to: 2021-07-14", "in_force_to: 2021-07-01", "summary_fine: no entry for dep"),
        ("dimension: place_time, cases: 30", "dimension: place, cases: 30", "entries 1 and 2"),
        ("in_force_to: 2021-07-14", "in_force_to: 1996-09-30", "in_force_to lies before"),
    ],
)
def test_entries_that_overlap_or_leave_a_gap_are_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert said in refused(tmp_path, before, after)


def test_a_policy_without_a_general_summary_limit_is_refused() -> None:
    with pytest.raises(ValidationError, match="no entry for departments in general"):
        Policy.model_validate(
            {**SHIPPED.model_dump(), "summary_fine": (limit(1, "2000-01-01", None, "x"),)}
        )


def test_a_department_may_not_overlap_itself_either() -> None:
    with pytest.raises(ValidationError, match="entries 1 and 2 overlap on 2020-01-01"):
        Grading(summary_fine=(limit(1, "2000-01-01"), limit(2, "2020-01-01", None, "urban")))


def test_a_missing_file_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.yaml: the policy cannot be read"):
        load_policy(tmp_path / "none.yaml")


def test_a_department_that_nobody_knows_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    text = TEXT.replace("department: environment", "department: enviroment")
    file.write_text(text.replace("department: public_security", "department: fire_safety", 1))
    strange = [said.text for said in strange_departments(file, "fire_safety")]
    line = line_of("department: environment")
    assert strange == [
        f"ours.yaml line {line}, field hearing_fine.4.department: no plugin is installed for a"
        " department 'enviroment', so that its thresholds are used for nobody here (1 more entry"
        " names it); did you mean environment?"
    ]


def test_an_agency_that_no_type_of_the_department_lies_with_is_named_with_its_place(
    tmp_path: Path,
) -> None:
    file = tmp_path / "ours.yaml"
    entry = "  - department: urban\n    agency: 城管局\n    individual: 1\n    organisation: 1\n"
    entry += "    in_force_from: 2020-01-01\n    source: 检验用\n    verified: eye\n"
    file.write_text(TEXT.replace("summary_fine:\n", f"summary_fine:\n{entry}", 1))
    (said,) = strange_agencies(file, "urban", [violation()])
    assert said.warning and said.text == (
        f"ours.yaml line {line_of('summary_fine:') + 2}, field summary_fine.1.agency: no violation"
        " type of urban lies with an agency '城管局', so that the entry is used for no case; did you"
        " mean 城管?; they lie with 城管"
    )
    assert list(strange_agencies(file, "traffic", [violation()])) == []
    assert list(strange_agencies(file, "urban", [violation(agency="城管局")])) == []


def test_the_shipped_policy_names_no_department_that_nobody_knows() -> None:
    assert list(strange_departments(FILE, "traffic")) == []


def test_the_policy_for_the_department_goes_before_its_plugin_and_both_before_the_general() -> None:
    own = Grading(summary_fine=(limit(300, "2021-01-01"),))
    policy = (*SHIPPED.summary_fine, limit(700, "2026-01-01", None, "urban"))
    found = limits("urban", own, summary_fine=policy)
    decided = {
        year: deciding(found.summary_fine, dt.date(year, 6, 1), None).individual  # type: ignore[union-attr]
        for year in (2020, 2025, 2026)
    }
    assert decided == {2020: 50, 2025: 300, 2026: 700}
    other = limits("market", Grading(), summary_fine=policy)
    assert deciding(other.summary_fine, TODAY, None).individual == 200  # type: ignore[union-attr]


def test_own_frequency_limits_replace_the_general_ones_dimension_by_dimension() -> None:
    (place,) = (e for e in SHIPPED.numerous if e.dimension == "place")
    own = Grading(numerous=(place.model_copy(update={"cases": 7, "department": "urban"}),))
    found = limits("urban", own)
    assert entry_for(found.numerous, "place").cases == 7  # type: ignore[union-attr]
    assert entry_for(found.numerous, "industry").cases == 30  # type: ignore[union-attr]
    assert entry_for(found.recurring, "behaviour") is None


def test_own_time_bands_replace_all_general_ones() -> None:
    basis = {"in_force_from": "2020-01-01", "source": "检验用", "verified": "eye"}
    day = TimeBand(name="白天", start="06:00", end="22:00", **basis)
    assert [band.name for band in limits(own=Grading(time_bands=(day,))).time_bands] == ["白天"]


def test_the_day_is_divided_by_the_bands_in_force_on_it() -> None:
    basis = {"source": "检验用", "verified": "eye"}
    old = TimeBand(
        name="全天",
        start="00:00",
        end="00:00",
        in_force_from="2019-06-27",
        in_force_to="2026-11-23",
        **basis,
    )
    new = TimeBand(name="白天", start="06:00", end="22:00", in_force_from="2026-11-24", **basis)
    bands = Grading(time_bands=(old, new))
    assert [band.name for band in limits(own=bands).time_bands] == ["白天"]
    earlier = limits(own=bands, day=dt.date(2026, 11, 23))
    assert [(band.name, band.length) for band in earlier.time_bands] == [("全天", 1440)]


@pytest.mark.parametrize(
    "name", ["sporadic", "summary_fine", "major_penalty", "coercive_measures", "listing"]
)
def test_an_entry_that_is_missing_on_the_day_is_named(name: str) -> None:
    ended = tuple(
        entry.model_copy(update={"in_force_to": dt.date(2026, 1, 1)})
        for entry in getattr(SHIPPED, name)
    )
    with pytest.raises(ValueError, match=f"zhengzhou-2019 has no {name} in force on 2026-11-24"):
        limits(**{name: ended})


def test_an_entry_that_is_missing_is_named_with_the_file_and_line_of_its_field(
    tmp_path: Path,
) -> None:
    before, _, after = TEXT.partition("\nsporadic:")
    file = tmp_path / "ours.yaml"
    ended = after.replace("in_force_from:", "in_force_to: 2026-01-01, in_force_from:", 1)
    file.write_text(f"{before}\nsporadic:{ended}", encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        thresholds(load_policy(file), Grading(), "traffic", TODAY)
    line = before.count("\n") + 2
    assert str(caught.value).startswith(f"ours.yaml line {line}, field sporadic: the policy ")


def test_entries_are_taken_as_of_the_day_asked_for() -> None:
    basis = {"source": "检验用", "verified": "eye"}
    changed = (
        Sporadic(cases=3, in_force_from="2019-01-01", in_force_to="2026-11-23", **basis),
        Sporadic(cases=1, in_force_from="2026-11-24", **basis),
    )
    assert limits(sporadic=changed).sporadic.cases == 1
    assert limits(sporadic=changed, day=dt.date(2026, 11, 23)).sporadic.cases == 3


def test_the_entries_applied_in_a_period_are_those_that_decide_on_some_day_of_it() -> None:
    general = (limit(50, "1996-10-01", "2021-07-14"), limit(200, "2021-07-15"))
    own = limit(300, "2021-04-29", "2024-12-31", "urban")
    found = (own, *general)

    def between(first: str, last: str) -> list[float]:
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        return [entry.individual for entry in applied(found, *days)]

    assert between("2010-01-01", "2021-04-28") == [50]
    assert between("2021-04-28", "2021-04-29") == [50, 300]
    assert between("2021-07-01", "2024-12-31") == [300]
    assert between("2010-01-01", "2025-01-01") == [50, 300, 200]
    assert between("1990-01-01", "1990-12-31") == []


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2000, 3, 1))


@given(
    spans=st.lists(st.tuples(DAYS, DAYS).map(sorted), max_size=4),
    period=st.tuples(DAYS, DAYS).map(sorted),
)
def test_applied_entries_are_those_found_by_asking_day_by_day(
    spans: list[list[dt.date]], period: list[dt.date]
) -> None:
    found = tuple(
        limit(number, start.isoformat(), end.isoformat())
        for number, (start, end) in enumerate(spans)
    )
    first, last = period
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    each = [deciding(found, day, None) for day in days]
    assert applied(found, first, last) == tuple(dict.fromkeys(e for e in each if e))


MINUTES = st.integers(0, 47).map(lambda n: f"{n // 2:02}:{n % 2 * 30:02}")


@given(st.lists(st.tuples(MINUTES, MINUTES), min_size=2, max_size=4))
def test_bands_overlap_exactly_where_two_share_a_minute(clocks: list[tuple[str, str]]) -> None:
    basis = {"in_force_from": "2020-01-01", "source": "检验用", "verified": "eye"}
    bands = [
        TimeBand(name=f"{number}", start=start, end=end, **basis)
        for number, (start, end) in enumerate(clocks)
    ]
    taken = [
        minute % 1440
        for band in bands
        for minute in range(band.minutes[0], band.minutes[0] + band.length)
    ]
    if len(taken) == len(set(taken)):
        assert Grading(time_bands=tuple(bands)).time_bands
    else:
        with pytest.raises(ValidationError, match="overlap"):
            Grading(time_bands=tuple(bands))


def test_a_list_that_is_no_list_of_entries_is_left_to_its_own_check() -> None:
    with pytest.raises(ValidationError, match="listing"):
        Grading(listing="many")  # type: ignore[arg-type]
    whole = Listing(
        points=5, per_violation=2, in_force_from="2020-01-01", source="检验用", verified="eye"
    )
    assert thresholds(SHIPPED, Grading(listing=(whole,)), "urban", TODAY).listing.points == 5
