"""Old law for old acts, unless the new law is lighter."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from risk import ViolationType
from risk.analysis.applicable_law import applicable, change_days
from risk.analysis.case_law import with_laws
from risk.model.law import Law, LegalReference
from risk.model.point import Figures, RiskPoint, Scope
from risk.progress import Silent
from risk.run import Request, run

from . import law_cases
from .analysis_cases import case, engine, frequency, limits, table
from .test_law import reference, version

if TYPE_CHECKING:
    from conftest import Install, Load

CODE_BEGINS = dt.date(2026, 8, 15)
BEFORE, AFTER = CODE_BEGINS - dt.timedelta(days=30), CODE_BEGINS + dt.timedelta(days=30)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ViolationType]:
    known = law_cases.knowledge(tmp_path_factory.mktemp("catalogue"))
    return {violation.id.partition(".")[2]: violation for violation in known.violation_types()}


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> tuple[Law, ...]:
    return tuple(law_cases.knowledge(tmp_path_factory.mktemp("catalogue")).laws().values())


def chosen(violation: ViolationType, acted: dt.date, decided: dt.date) -> tuple[str, list[str]]:
    use = applicable(violation.legal_references, {}, acted, decided)
    return use.choice, [f"{one.law_key} {one.article}" for one in use.references]


def test_an_act_is_judged_by_the_law_of_its_own_day(catalogue: dict[str, ViolationType]) -> None:
    waste = catalogue["hazardous_waste"]
    last = CODE_BEGINS - dt.timedelta(days=1)
    assert chosen(waste, last, last) == ("own_day", ["SOLID 112"])
    assert chosen(waste, CODE_BEGINS, CODE_BEGINS) == ("own_day", ["CODE 1175"])


def test_a_later_law_that_is_lighter_takes_its_place(catalogue: dict[str, ViolationType]) -> None:
    assert chosen(catalogue["hazardous_waste"], BEFORE, AFTER) == ("lighter", ["CODE 1175"])


def test_a_later_law_that_is_no_lighter_does_not(catalogue: dict[str, ViolationType]) -> None:
    day = dt.date(2027, 1, 1)
    assert chosen(catalogue["trademark"], BEFORE, day) == ("not_lighter", ["TM2019 60"])


def test_multiples_are_not_weighed_against_yuan(catalogue: dict[str, ViolationType]) -> None:
    found = chosen(catalogue["build_before_approval"], BEFORE, AFTER)
    assert found == ("incomparable", ["EIA 31"])


def test_an_act_before_every_version_has_no_law_in_the_catalogue(
    catalogue: dict[str, ViolationType],
) -> None:
    assert chosen(catalogue["hazardous_waste"], dt.date(2019, 1, 1), AFTER) == ("unknown", [])


def fined(key: str, start: int, end: int | None, most: float, **more: Any) -> LegalReference:
    return reference(key, start, end, fine={"min": 0, "max": most}, **more)


def ordered(key: str, start: int, end: int | None, most: float) -> LegalReference:
    return reference(key, start, end, fine={"min": 0, "max": most, "order_first": True})


@pytest.mark.parametrize(
    ("references", "choice", "keys"),
    [
        # One of two that apply together is replaced by a lighter one, the other stays.
        ([fined("A", 2000, 2019, 500), fined("L", 2000, None, 50), fined("B", 2020, None, 200)],
         "lighter", ["B", "L"]),
        # Of two that take its place one is lighter and one is not.
        ([fined("A", 2000, 2019, 500), fined("B", 2020, None, 200), fined("C", 2020, None, 900)],
         "incomparable", ["A"]),
        # Two changes on: what counts is the law of the decision.
        ([fined("A", 2000, 2009, 500), fined("B", 2010, 2019, 900), fined("C", 2020, None, 100)],
         "lighter", ["C"]),
        ([fined("A", 2000, 2009, 500), fined("B", 2010, 2019, 100), fined("C", 2020, None, 900)],
         "not_lighter", ["A"]),
        # It fines the same, but something else is noted beside it.
        ([fined("A", 2000, 2019, 500), fined("B", 2020, None, 500, note="先责令改正")],
         "incomparable", ["A"]),
        # It fines the same, but only whoever does not obey an order, or no longer only him.
        ([fined("A", 2000, 2019, 500), ordered("B", 2020, None, 500)], "order_first", ["B"]),
        ([ordered("A", 2000, 2019, 500), fined("B", 2020, None, 500)], "at_once", ["A"]),
        ([ordered("A", 2000, 2019, 500), fined("B", 2020, None, 500), fined("C", 2020, None, 900)],
         "not_lighter", ["A"]),
        ([fined("A", 2000, 2019, 500), ordered("B", 2020, None, 500), fined("C", 2020, None, 100)],
         "lighter", ["B", "C"]),
        # A law that begins beside the old one changes nothing for old acts.
        ([fined("A", 2000, None, 500), fined("B", 2020, None, 200)], "own_day", ["A"]),
        # Nothing follows.
        ([fined("A", 2000, 2019, 500)], "incomparable", ["A"]),
        # Other roles do not punish.
        ([fined("A", 2000, None, 500), fined("F", 2000, None, 1, role="forbids")],
         "own_day", ["A"]),
    ],
)  # fmt: skip
def test_the_law_of_an_act_of_2005_decided_in_2026(
    references: list[LegalReference], choice: str, keys: list[str]
) -> None:
    use = applicable(references, {}, dt.date(2005, 5, 5), dt.date(2026, 6, 6))
    assert (use.choice, [one.law_key for one in use.references]) == (choice, keys)


def test_a_link_between_versions_decides_what_is_weighed() -> None:
    references = [
        fined("A", 2000, 2019, 500),
        fined("B", 2020, None, 200),
        fined("C", 2020, None, 900),
    ]
    linked = {law.key: law for law in (version("A", 2000, 2019, replaced_by="B"),)}
    use = applicable(references, linked, dt.date(2005, 5, 5), dt.date(2026, 6, 6))
    assert use.choice == "lighter"


@pytest.mark.parametrize(
    ("acted", "most", "choice", "keys"),
    [
        (2005, 200, "lighter", ["CODE"]),
        (2005, 900, "not_lighter", ["PERMIT"]),
        (2021, 900, "own_day", ["CODE"]),
    ],
)
def test_a_law_that_goes_before_another_takes_its_place_from_its_first_day(
    acted: int, most: float, choice: str, keys: list[str]
) -> None:
    references = [fined("PERMIT", 2000, None, 500), fined("CODE", 2020, None, most)]
    yielding = {"PERMIT": version("PERMIT", 2000, None, yields_to="CODE")}
    use = applicable(references, yielding, dt.date(acted, 5, 5), dt.date(2026, 6, 6))
    assert (use.choice, [one.law_key for one in use.references]) == (choice, keys)


def test_where_the_law_that_goes_before_does_not_punish_the_other_does() -> None:
    yielding = {"PERMIT": version("PERMIT", 2000, None, yields_to="CODE")}
    references = [fined("PERMIT", 2000, None, 500), fined("CODE", 2020, None, 1, role="forbids")]
    use = applicable(references, yielding, dt.date(2021, 5, 5), dt.date(2026, 6, 6))
    assert [one.law_key for one in use.references] == ["PERMIT"]


def test_between_two_change_days_every_day_is_alike(catalogue: dict[str, ViolationType]) -> None:
    for violation in catalogue.values():
        days = change_days(violation.legal_references)
        for day in (dt.date(2018, 1, 1) + dt.timedelta(days=n) for n in range(3600)):
            eve = day - dt.timedelta(days=1)
            if day not in days:
                assert chosen(violation, day, day) == chosen(violation, eve, eve)


def point(violation: ViolationType, scope: Scope, first: dt.date, last: dt.date) -> RiskPoint:
    return RiskPoint(
        id=scope.point_id(violation.id),
        violation=violation,
        scope=scope,
        figures=Figures(cases=1, first=first, last=last, frequency=frequency()),
        title=scope.label,
        grade="中",
        grounds=(),
        notes=("原有说明",),
        responsible_unit="执法支队",
    )


def test_the_cases_beneath_every_point_are_counted_as_one_by_one(
    catalogue: dict[str, ViolationType], laws: tuple[Law, ...]
) -> None:
    dice = random.Random(5)
    start = dt.date(2026, 6, 1)
    rows = []
    for _ in range(600):
        acted = start + dt.timedelta(days=dice.randrange(280))
        known = dice.random() < 0.8
        rows.append(
            case(
                violation=dice.choice(list(catalogue.values())).id,
                occurred_at=dt.datetime.combine(acted, dt.time(22)) if known else None,
                decided_on=acted + dt.timedelta(days=dice.randrange(90)),
                place=dice.choice(("一路", "二路", None)),
            )
        )
    for day in (CODE_BEGINS, dt.date(2027, 1, 1)):
        for eve in (day - dt.timedelta(days=1), day):
            said = {"occurred_at": None, "decided_on": eve, "place": None}
            rows += [case(violation=one.id, **said) for one in catalogue.values()]
    decided = [row["decided_on"] for row in rows]
    scopes = (Scope(), Scope(kind="place", place="一路"))
    given = [
        point(violation, scope, min(decided), max(decided))
        for violation in catalogue.values()
        for scope in scopes
    ]
    known = {law.key: law for law in laws}
    expected: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        references = next(
            one.legal_references for one in catalogue.values() if one.id == row["violation"]
        )
        acted = row["occurred_at"].date() if row["occurred_at"] else row["decided_on"]
        (article,) = applicable(references, known, acted, row["decided_on"]).references
        for scope in scopes:
            if scope.place in (None, row["place"]):
                key = (scope.point_id(row["violation"]), article.law_key, article.article)
                expected[key] += 1
    found: Counter[tuple[str, str, str]] = Counter()
    for one in with_laws(table(rows), given, engine(), limits(), laws):
        for law in one.laws:
            found[one.id, law.law_key, law.article] += law.cases
    assert found == expected
    undated = sum(row["occurred_at"] is None for row in rows)
    city = with_laws(table(rows), given, engine(), limits(), laws)[::2]
    assert sum(law.undated for one in city for law in one.laws) == undated


def test_the_sentence_names_law_reason_and_how_many_acts_have_no_day(
    catalogue: dict[str, ViolationType], laws: tuple[Law, ...]
) -> None:
    waste = catalogue["hazardous_waste"]

    def times(number: int, acted: dt.date | None, decided: dt.date) -> list[dict[str, Any]]:
        moment = acted and dt.datetime.combine(acted, dt.time(9))
        said = {"violation": waste.id, "occurred_at": moment, "decided_on": decided}
        return [case(**said) for _ in range(number)]

    rows = [*times(5, BEFORE, BEFORE), *times(3, BEFORE, AFTER), *times(2, None, AFTER)]
    given = [point(waste, Scope(), BEFORE, AFTER)]
    (found,) = with_laws(table(rows), given, engine(), limits(), laws)
    assert found.notes == (
        "原有说明",
        "按从旧兼从轻，依据《中华人民共和国行政处罚法》第三十七条，已办结案件中"
        "5件适用《中华人民共和国固体废物污染环境防治法》第一百一十二条（行为时有效）；"
        "2件适用《中华人民共和国生态环境法典》第一千一百七十五条（行为时有效）；"
        "3件适用《中华人民共和国生态环境法典》第一千一百七十五条"
        "（行为在前、决定在后，新法罚款幅度较轻，适用新法，该条另载：拒不改正20-100万）；其中2件未载明违法时间，按决定日期计。",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (fined, ordered, "罚款幅度相同，新法先责令改正、拒不改正才罚款，较轻，适用新法"),
        (ordered, fined, "罚款幅度相同，旧法先责令改正、拒不改正才罚款，新法不轻于旧法，适用旧法"),
    ],
)
def test_an_order_to_correct_is_no_smaller_fine_in_the_sentence(
    catalogue: dict[str, ViolationType],
    old: Callable[..., LegalReference],
    new: Callable[..., LegalReference],
    said: str,
) -> None:
    references = (old("A", 2000, 2019, 500), new("B", 2020, None, 500))
    moved = catalogue["hazardous_waste"].model_copy(update={"legal_references": references})
    first, last = dt.date(2019, 6, 1), dt.date(2020, 6, 1)
    moment = dt.datetime.combine(first, dt.time(9))
    rows = [case(violation=moved.id, occurred_at=moment, decided_on=last)]
    (found,) = with_laws(table(rows), [point(moved, Scope(), first, last)], engine(), limits(), ())
    assert f"（行为在前、决定在后，{said}）" in found.notes[-1]
    assert "按从旧兼从轻" in found.notes[-1] and "幅度较轻" not in found.notes[-1]


def test_where_no_act_has_a_day_the_sentence_says_so_of_all(
    catalogue: dict[str, ViolationType], laws: tuple[Law, ...]
) -> None:
    waste = catalogue["hazardous_waste"]
    rows = [case(violation=waste.id, decided_on=day) for day in (BEFORE, AFTER)]
    (found,) = with_laws(
        table(rows), [point(waste, Scope(), BEFORE, AFTER)], engine(), limits(), laws
    )
    assert found.notes[-1].endswith("；均未载明违法时间，按决定日期计。")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (dt.date(2021, 1, 1), dt.date(2026, 8, 14)),
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
    ],
)
def test_nothing_is_said_where_no_law_moved_from_the_first_act_to_the_last_decision(
    catalogue: dict[str, ViolationType], laws: tuple[Law, ...], first: dt.date, last: dt.date
) -> None:
    given = [point(one, Scope(), first, last) for one in catalogue.values()]
    rows = [
        case(violation=one.id, decided_on=day)
        for one in catalogue.values()
        for day in (first, last)
    ]
    assert with_laws(table(rows), given, engine(), limits(), laws) == given


@pytest.mark.parametrize("acted", [None, dt.datetime(2012, 5, 1, 9)])
def test_cases_that_are_all_older_than_the_catalogue_are_said_to_be(
    catalogue: dict[str, ViolationType], laws: tuple[Law, ...], acted: dt.datetime | None
) -> None:
    waste, day = catalogue["hazardous_waste"], dt.date(2021 if acted else 2012, 6, 1)
    rows = [case(violation=waste.id, occurred_at=acted, decided_on=day)] * 3
    (found,) = with_laws(table(rows), [point(waste, Scope(), day, day)], engine(), limits(), laws)
    assert "3件目录没有载明行为时有效的处罚条文，须人工判断" in found.notes[-1]
    assert [(law.law_key, law.cases) for law in found.laws] == [("", 3)]


def test_a_law_that_ended_before_the_first_decision_is_looked_into_for_acts_before_it(
    catalogue: dict[str, ViolationType], laws: tuple[Law, ...]
) -> None:
    waste = catalogue["hazardous_waste"]
    moment = dt.datetime.combine(BEFORE, dt.time(9))
    rows = [case(violation=waste.id, occurred_at=moment, decided_on=AFTER)]
    given = [point(waste, Scope(), AFTER, AFTER + dt.timedelta(days=9))]
    (found,) = with_laws(table(rows), given, engine(), limits(), laws)
    assert [(law.law_key, law.cases) for law in found.laws] == [("CODE", 1)]
    assert "新法罚款幅度较轻" in found.laws[0].reason


EXPORT = """案号,违法行为,违法时间,决定日期,地点
1,危险废物管理不规范,2026-07-01 09:00,2026-07-20,一路
2,危险废物管理不规范,2026-07-02 09:00,2026-09-20,一路
3,危险废物管理不规范,2026-09-01 09:00,2026-09-21,二路
4,销售侵犯商标专用权的商品,2026-09-01 09:00,2026-09-21,二路
"""


@pytest.fixture
def moved(tmp_path: Path, install: Install, load: Load, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of a department whose law moved while its cases ran."""
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    install("moving", law_cases.CODE, files=law_cases.files())
    (tmp_path / "cases.csv").write_text(EXPORT, encoding="utf-8")
    request = Request(
        database=tmp_path / "risk.db",
        today=dt.date(2026, 12, 1),
        sources=(str(tmp_path / "cases.csv"),),
    )
    run(load().plugin("moving"), request, Silent())
    return request.database


def risk(name: str, *arguments: object) -> str:
    command = getattr(importlib.import_module(f"risk.cli.{name}"), name)
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.exception
    return result.stdout


def test_a_run_stores_and_explain_shows_which_law_the_cases_fall_under(moved: Path) -> None:
    said = risk("explain", "moving.hazardous_waste", "--db", moved)
    assert "注：按从旧兼从轻" in said
    stored = json.loads(risk("explain", "moving.hazardous_waste", "--db", moved, "--json"))["laws"]
    assert [(law["law_key"], law["article"], law["cases"]) for law in stored] == [
        ("SOLID", "112", 1),
        ("CODE", "1175", 1),
        ("CODE", "1175", 1),
    ]
    assert "从旧兼从轻" not in risk("explain", "moving.trademark", "--db", moved)
    changed = json.loads(risk("law", "--db", moved, "--on", "2026-12-01", "--json"))["changes"]
    points = [point["id"] for change in changes_of(changed, "TM2019") for point in change["points"]]
    assert points == ["moving.trademark"]


def changes_of(changed: list[dict[str, Any]], law_key: str) -> list[dict[str, Any]]:
    return [change for change in changed if change["law_key"] == law_key]
