"""A made-up result of a run, and its parts, for whoever needs a database without a run."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from risk.model.department import Department
from risk.model.law import Fine, Law, LegalReference
from risk.model.measure import Cause, Measure
from risk.model.point import Figures, Frequency, Grade, Ground, PointLaw, RiskPoint, Scope
from risk.model.ranking import Ranking
from risk.model.result import Concern, RankingEntry, RunResult, SourceAccount
from risk.model.violation import Exemption, ViolationType

START = dt.datetime(2026, 11, 1, 8, 0, tzinfo=dt.UTC)
CAUSES = (
    Cause(id="bays", side="机关", text="停车泊位规划不足"),
    Cause(id="luck", side="相对人", text="侥幸心理"),
)
LAWS = (
    Law(
        key="DLJTAQF_2021",
        title="道路交通安全法",
        version_date=dt.date(2021, 4, 29),
        in_force_from=dt.date(2021, 4, 29),
        dates_verified=True,
    ),
    Law(
        key="TCGL_2012",
        title="停车场管理条例",
        version_date=dt.date(2012, 1, 1),
        in_force_from=dt.date(2012, 1, 1),
        in_force_to=dt.date(2025, 12, 31),
    ),
)


def make_violation(department: str = "traffic", name: str = "illegal_parking") -> ViolationType:
    return ViolationType(
        id=f"{department}.{name}",
        name="机动车违法停车",
        name_en="Illegal parking",
        agency="交警支队",
        subject="both",
        procedure="summary",
        hearing_possible=False,
        order_first=True,
        shared_topics=("占道",),
        exemption=Exemption(
            listed="commonly",
            condition="口头警告后立即驶离",
            source="试行清单",
            first_within_months=24,
            if_corrected=True,
        ),
        causes=CAUSES,
        legal_references=(
            LegalReference(
                role="punishes",
                law_key="DLJTAQF_2021",
                law="道路交通安全法",
                article="93",
                in_force_from=dt.date(2021, 4, 29),
                fine=Fine(min=20, max=200),
                verified="text",
            ),
            LegalReference(
                role="forbids",
                law_key="TCGL_2012",
                law="停车场管理条例",
                article="35",
                in_force_from=dt.date(2012, 1, 1),
                in_force_to=dt.date(2025, 12, 31),
                verified="unverified",
            ),
        ),
    )


def make_point(
    violation: ViolationType, place: str | None = None, cases: int = 40, grade: Grade = "高"
) -> RiskPoint:
    scope = Scope(kind="place", district="金水区", place=place) if place else Scope()
    recent = Frequency(
        since=dt.date(2025, 11, 1),
        until=dt.date(2026, 10, 31),
        data_since=dt.date(2025, 1, 1),
        cases=cases,
        ratio=1.5,
    )
    return RiskPoint(
        id=scope.point_id(violation.id),
        violation=violation,
        scope=scope,
        figures=Figures(
            cases=cases,
            first=dt.date(2025, 11, 3),
            last=dt.date(2026, 10, 30),
            summary=cases,
            frequency=recent,
        ),
        title=f"{scope.label}{violation.name}",
        grade=grade,
        grounds=(
            Ground(
                clause="一(一)多发",
                grade=grade,
                statement=f"近十二个月{cases}件,位列前十",
                figures={"cases": cases, "rank": 1},
                policy_source="郑法政办〔2019〕6号附件1",
                policy_verified=True,
            ),
            Ground(
                clause="一(二)简易程序",
                grade="低",
                statement="全部适用简易程序",
                figures={"summary": cases},
                policy_source="测试口径",
                policy_verified=False,
            ),
        ),
        notes=("地点由路段归并而来",),
        laws=(
            PointLaw(
                law_key="DLJTAQF_2021",
                law="道路交通安全法",
                article="93",
                cases=cases,
                undated=3,
                reason="行为时有效",
            ),
        ),
        causes=CAUSES,
        measures=(
            Measure(
                kind="疏导",
                text="设置夜间限时停车泊位",
                cause="停车泊位规划不足",
                responsible_unit="交警支队",
                template="parking.night",
            ),
        ),
        responsible_unit="交警支队",
    )


def make_account(key: str = "p1", position: int = 1, rejected: int = 2, **more: Any) -> Any:
    account = {
        "name": f"{key}.csv",
        "sha256": key * 32,
        "adapter": "tickets",
        "key": key,
        "position": position,
        "rows": 100 + rejected + 3 + 1,
        "cases": 100,
        "rejected": rejected,
        "excluded": 3,
        "duplicates": 1,
        "encoding": "gb18030",
        "unreadable": {"lat": 4},
    }
    return SourceAccount(**{**account, **more})


def make_rows(key: str, reason: str, count: int) -> pa.Table:
    return pa.table(
        {
            "key": [key] * count,
            "source": [f"{key}.csv"] * count,
            "line": list(range(2, count + 2)),
            "reason": [reason] * count,
            "detail": [f"第{line}行" for line in range(count)],
        }
    )


def make_evidence(points: tuple[RiskPoint, ...]) -> dict[str, pa.Table]:
    ids = [point.id for point in points]
    counts = [point.figures.cases for point in points]
    return {
        "evidence_monthly": pa.table(
            {
                "risk_point": pa.array(ids, pa.string()),
                "month": ["2026-10"] * len(ids),
                "cases": pa.array(counts, pa.int64()),
                "fines": pa.array([200.0 * count for count in counts], pa.float64()),
            }
        ),
        "evidence_hourly": pa.table(
            {
                "risk_point": pa.array(ids, pa.string()),
                "weekday": pa.array([1] * len(ids), pa.int32()),
                "hour": pa.array([21] * len(ids), pa.int32()),
                "cases": pa.array(counts, pa.int64()),
            }
        ),
        "evidence_cases": pa.table(
            {
                "risk_point": pa.array(ids, pa.string()),
                "case_id": [f"案{number}" for number, _ in enumerate(ids)],
                "occurred_at": pa.array(
                    [dt.datetime(2026, 10, 30, 21, 5)] * len(ids), pa.timestamp("us")
                ),
                "decided_on": pa.array([dt.date(2026, 10, 30)] * len(ids), pa.date32()),
                "corrected": pa.array([None] * len(ids), pa.bool_()),
                "fine_fen": pa.array([20000] * len(ids), pa.int64()),
                "source": ["p1.csv"] * len(ids),
                "line": pa.array(range(2, len(ids) + 2), pa.int64()),
            }
        ),
    }


def make_concern(about: str, recent: int = 5, months: int = 2) -> Concern:
    return Concern(
        about=about,
        signals=recent + 1,
        recent=recent,
        first=dt.date(2024, 5, 6),
        last=dt.date(2026, 10, 29),
        since=dt.date(2025, 11, 1),
        until=dt.date(2026, 10, 31),
        monthly=(
            ("2024-05", 1),
            *((f"2026-{10 - n:02}", recent) for n in range(1, months)),
        ),
    )


def make_result(
    department: str = "traffic",
    places: tuple[str, ...] = ("花园路", "文化路"),
    cases: int = 40,
    at: dt.datetime = START,
    grade: Grade = "高",
    **more: Any,
) -> RunResult:
    violation = make_violation(department)
    points = tuple(make_point(violation, place, cases, grade) for place in (None, *places))
    accounts = more.pop("accounts", (make_account(),))
    parts: dict[str, Any] = {
        "department": Department(
            id=department, name=f"{department}局", name_en=department, unit="交警支队"
        ),
        "plugin_version": "0.1.0",
        "distribution": f"risk-{department}",
        "policy": "zhengzhou-2019",
        "engine": "duckdb",
        "started_at": at,
        "finished_at": at + dt.timedelta(minutes=1),
        "since": None,
        "until": None,
        "sources": accounts,
        "partitions": accounts,
        "fresh": frozenset(account.key for account in accounts),
        "superseded": 0,
        "laws": LAWS,
        "violation_types": (violation,),
        "points": points,
        "rankings": (
            Ranking(id="ten_roads", title="十大贴条路段", violations=(violation.id,), length=10),
        ),
        "ranking_entries": tuple(
            RankingEntry("ten_roads", rank, "金水区", point.scope.place or "", cases, point.id)
            for rank, point in enumerate(points[1:], 1)
        ),
        "rejects": make_rows("p1", "no date", 2),
        "exclusions": make_rows("p1", "withdrawn", 3),
        "duplicates": make_rows("p1", "same case", 1),
        **make_evidence(points),
        "concern_of_types": (make_concern(violation.id),),
        "concern_of_points": tuple(make_concern(point.id) for point in points[:2]),
    }
    return RunResult(**{**parts, **more})
