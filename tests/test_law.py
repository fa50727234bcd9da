"""What changes in the law beneath the points."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from risk.cli.law_changes import follows
from risk.errors import KnowledgeError, PluginError, UsageError
from risk.kernel.plugins import Kernel
from risk.model.law import Fine, Law, LegalReference
from risk.model.severity import Severity, severity
from risk.model.succession import law_changes
from risk.store.law import changes
from risk.store.merge import merge
from risk.store.write import write_run

from . import law_cases
from .store_cases import make_point, make_result
from .stored import dump, one

if TYPE_CHECKING:
    from conftest import Install, Load

SEEN_FROM = dt.date(2026, 12, 1)


def lay(folder: Path, path: Path, without: str = "", **more: Any) -> None:
    """Write a city-wide point for every type of the moving catalogue but `without`."""
    known = law_cases.knowledge(folder)
    types = known.violation_types()
    points = tuple(make_point(one) for one in types if not one.id.endswith(without or "-"))
    made = make_result("moving", places=(), **more)
    evidence = {
        name: getattr(made, name).slice(0, 0)
        for name in ("evidence_monthly", "evidence_hourly", "evidence_cases")
    }
    laws = tuple(known.laws().values())
    none = {"concern_of_types": (), "concern_of_points": ()}
    parts = {"laws": laws, "violation_types": types, "points": points, **evidence, **none}
    write_run(path, make_result("moving", places=(), rankings=(), **{**parts, **more}))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "risk.db"
    lay(tmp_path / "catalogue", path)
    return path


def law(*arguments: object) -> Result:
    command = importlib.import_module("risk.cli.law").law
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def by_article(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"{row['law_key']} {row['article']}": row for row in rows}


@pytest.mark.parametrize(
    ("fine", "than", "said"),
    [
        (Fine(min=50_000, max=200_000), Fine(min=100_000, max=1_000_000), "lighter"),
        (Fine(min=0, max=1_000_000), Fine(min=200_000, max=1_000_000), "lighter"),
        (Fine(min=0, max=300), Fine(min=100, max=200), "heavier"),
        (Fine(min=1, max=2), Fine(min=1, max=2, note="拒不改正"), "same_range"),
        (Fine(min=1, max=2, order_first=True), Fine(min=1, max=2), "order_first"),
        (Fine(min=1, max=3, order_first=True), Fine(min=1, max=2), "heavier"),
        (Fine(min=1, max=2), Fine(min=1, max=2, basis="货值"), "incomparable"),
        (Fine(min=1, max=2, basis="货值"), Fine(min=2, max=3, basis="货值"), "lighter"),
        (Fine(min=1, max=2), Fine(min=1, max=2, basis="元/平方米"), "incomparable"),
        (Fine(min=1, basis="元/平方米"), Fine(min=2, basis="元/平方米"), "lighter"),
        (Fine(min=1), Fine(min=1, max=2), "incomparable"),
        (Fine(min=1), Fine(min=2), "lighter"),
        (None, Fine(min=1, max=2), "incomparable"),
        (None, None, "incomparable"),
    ],
)
def test_a_fine_is_weighed_by_its_upper_end_then_its_lower_and_never_guessed(
    fine: Fine | None, than: Fine | None, said: Severity
) -> None:
    old, new = reference("A", 2000, fine=than), reference("B", 2020, fine=fine)
    assert severity(new, old) == said
    turned = {"lighter": "heavier", "heavier": "lighter", "order_first": "at_once"}
    assert severity(old, new) == turned.get(said, said)


def test_equal_ranges_are_the_same_only_where_nothing_else_is_noted_beside_one() -> None:
    fine = Fine(min=50_000, max=200_000)
    old = reference("A", 2000, fine=fine)
    assert severity(reference("B", 2020, fine=fine), old) == "same"
    ordered = reference("B", 2020, fine=fine, note="先责令改正，拒不改正才罚款")
    assert severity(ordered, old) == "same_range"


def test_what_is_to_come_stands_first_and_each_article_names_what_follows(db: Path) -> None:
    rows = changes(db, SEEN_FROM)
    assert [row["law_key"] for row in rows][0] == "TM2019"
    assert [row["days_left"] for row in rows] == [31, -108, -108, -108]
    found = by_article(rows)
    (new,) = found["TM2019 60"]["followed_by"]
    assert (found["TM2019 60"]["kind"], new["law_key"], new["severity"]) == (
        "amended", "TM2026", "same",
    )  # fmt: skip
    old = found["SOLID 112"]
    assert (old["kind"], old["on"]) == ("repealed", "2026-08-15")
    assert old["repealed_by"] == "《中华人民共和国生态环境法典》第一千二百四十二条"
    assert [(one["article"], one["severity"]) for one in old["followed_by"]] == [
        ("1175", "lighter")
    ]
    assert [(one["article"], one["severity"]) for one in found["SOLID 77"]["followed_by"]] == [
        ("531", None)
    ]
    assert found["EIA 31"]["followed_by"][0]["severity"] == "incomparable"
    assert [point["id"] for point in old["points"]] == ["moving.hazardous_waste"]


def test_a_law_without_links_is_followed_by_what_begins_the_day_after_it_ends(
    tmp_path: Path,
) -> None:
    known = law_cases.knowledge(tmp_path)
    for violation in known.violation_types():
        linked = list(law_changes(violation.legal_references, known.laws(), SEEN_FROM))
        by_date = list(law_changes(violation.legal_references, {}, SEEN_FROM))
        assert by_date == linked


def reference(key: str, start: int, end: int | None = None, **more: Any) -> LegalReference:
    parts = {"role": "punishes", "article": "1", "verified": "eye", "law": key, **more}
    ends = end and dt.date(end, 12, 31)
    return LegalReference(
        law_key=key, in_force_from=dt.date(start, 1, 1), in_force_to=ends, **parts
    )


def version(key: str, start: int, end: int | None = None, **more: Any) -> Law:
    day = dt.date(start, 1, 1)
    ends = end and dt.date(end, 12, 31)
    return Law(
        key=key, title=f"{key}法", version_date=day, in_force_from=day, in_force_to=ends, **more
    )


def test_a_link_tells_the_follower_from_what_begins_on_the_same_day_by_chance() -> None:
    references = [reference("A", 2000, 2019), reference("B", 2020), reference("C", 2020)]
    laws = {law.key: law for law in (version("A", 2000, 2019, replaced_by="B"), version("B", 2020))}
    (change,) = law_changes(references, laws, SEEN_FROM)
    assert (change.kind, change.followed_by) == ("amended", (references[1],))
    (change,) = law_changes(references, {}, SEEN_FROM)
    assert (change.kind, change.followed_by) == ("repealed", tuple(references[1:]))


def test_an_article_that_ends_before_its_law_is_amended_and_not_followed_by_the_laws_follower() -> (
    None
):
    laws = {law.key: law for law in (version("A", 2000, 2024, replaced_by="B"), version("B", 2025))}
    references = [reference("A", 2000, 2019), reference("A", 2020, 2024, article="2")]
    references.append(reference("B", 2025))
    first, second = law_changes(references, laws, SEEN_FROM)
    assert (first.kind, first.followed_by) == ("amended", (references[1],))
    assert (second.kind, second.followed_by) == ("amended", (references[2],))


def test_an_article_that_begins_beside_the_old_is_a_change_until_a_year_after() -> None:
    references = [reference("A", 2000), reference("B", 2026)]
    (change,) = law_changes(references, {}, dt.date(2025, 12, 31))
    assert (change.kind, change.on) == ("begins", dt.date(2026, 1, 1))
    assert list(law_changes(references, {}, dt.date(2026, 12, 31))) == [change]
    assert list(law_changes(references, {}, dt.date(2027, 1, 1))) == []


def test_another_role_is_no_follower() -> None:
    references = [reference("A", 2000, 2019), reference("B", 2020, role="forbids")]
    (change,) = law_changes(references, {}, SEEN_FROM)
    assert change.followed_by == ()


def test_types_without_points_come_only_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    lay(tmp_path / "catalogue", path, without="trademark")
    assert "TM2019 60" not in by_article(changes(path, SEEN_FROM))
    row = by_article(changes(path, SEEN_FROM, all_types=True))["TM2019 60"]
    assert row["points"] == []


def test_the_command_says_days_articles_fines_consequences_and_points(db: Path) -> None:
    said = law("--db", db, "--on", "2026-12-01").stdout
    for part in (
        "2027-01-01（还有31天）",
        "2026-08-15（已过108天）",
        "修改  处罚：《中华人民共和国商标法(2019修正)》第六十条 罚款250,000元以下",
        "废止（《中华人民共和国生态环境法典》第一千二百四十二条）  处罚：",
        "→ 《中华人民共和国生态环境法典》第一千一百七十五条 罚款50,000至200,000元，"
        "罚款幅度较轻（另：拒不改正20-100万）",
        "尚未决定的旧案适用新条文（从旧兼从轻）",
        "罚款幅度不可直接比较，新旧轻重由人工比较",
        "高  全市销售侵犯商标专用权的商品  40件  moving.trademark",
    ):
        assert part in said, part
    assert "施行日期未核实" not in said
    assert said.index("2027-01-01") < said.index("2026-08-15")


def test_dates_that_no_law_of_the_catalogue_vouches_for_say_so(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    lay(tmp_path / "catalogue", path, laws=())
    said = law("--db", path, "--on", "2026-12-01").stdout
    assert said.count("【施行日期未核实】") == 4
    assert {row["dates_verified"] for row in changes(path, SEEN_FROM)} == {False}


def test_the_json_document_says_the_day_and_what_follows(db: Path) -> None:
    result = law("--db", db, "--on", "2026-12-01", "--json")
    document = json.loads(result.stdout)
    assert document["on"] == "2026-12-01" and result.stderr == ""
    first = document["changes"][0]
    assert first["follows"].startswith(
        "2027-01-01前复核风险点：改引《中华人民共和国商标法(2026修订)》"
    )


def test_an_article_that_nothing_follows_asks_for_a_new_one_or_the_points_end() -> None:
    row = {"kind": "repealed", "days_left": -1, "on": "2026-08-15", "followed_by": []}
    assert "没有接续条文" in follows(row) and "前" not in follows(row)


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        (
            ["order_first"],
            "罚款幅度相同，先责令改正、拒不改正才罚款，较轻，尚未决定的旧案适用新条文",
        ),
        (["at_once"], "罚款幅度相同，不再以拒不改正为前提，较重，变动之前的行为仍适用旧条文"),
        (["lighter", "order_first"], "罚款幅度较轻，尚未决定的旧案适用新条文"),
        (["lighter", "at_once"], "新旧轻重由人工比较"),
    ],
)
def test_what_follows_tells_an_order_to_correct_from_a_smaller_fine(
    severities: list[str], said: str
) -> None:
    following = [{"citation": "新条", "severity": one} for one in severities]
    row = {"kind": "repealed", "days_left": -1, "on": "2026-08-15", "followed_by": following}
    assert said in follows(row)


def test_before_the_code_begins_its_articles_are_announced(db: Path) -> None:
    rows = by_article(changes(db, dt.date(2026, 8, 14)))
    assert rows["SOLID 112"]["days_left"] == 1
    assert {row["kind"] for row in rows.values()} == {"repealed", "amended"}


def test_one_department_can_be_asked_for_and_an_unknown_one_is_named(db: Path) -> None:
    write_run(db, make_result("traffic"))
    assert [row["law_key"] for row in changes(db, SEEN_FROM, "traffic")] == ["TCGL_2012"]
    with pytest.raises(UsageError, match="traffic"):
        changes(db, SEEN_FROM, "trafic")


def test_where_nothing_changes_nothing_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    write_run(path, make_result("traffic"))
    result = law("--db", path, "--on", "2020-01-01")
    assert "TCGL_2012" not in result.stdout and result.exit_code == 0


def test_a_merged_database_knows_what_follows(tmp_path: Path, db: Path) -> None:
    city = tmp_path / "city.db"
    merge(city, [db])
    assert changes(city, SEEN_FROM) == changes(db, SEEN_FROM)
    before = dump(city)
    merge(city, [db])
    assert dump(city) == before
    row = one(city, "SELECT 废止依据, 风险点数, 日期核实 FROM 法律版本 WHERE 法律 LIKE '%固体%'")
    assert row == ("《中华人民共和国生态环境法典》第一千二百四十二条", 1, "已核实")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("replaced_by: TM2026", "replaced_by: TM2027", "no law 'TM2027'; did you mean TM2026?"),
        ("replaced_by: TM2026", "replaced_by: TM2019", "cannot follow itself"),
        ("in_force_from: 2027-01-01", "in_force_from: 2027-02-01", "the dates do not meet"),
        ("in_force_from: 2027-01-01", "in_force_from: 2026-12-31", "the dates do not meet"),
        ("    in_force_to: 2026-12-31\n", "", "the day before TM2026 begins is 2026-12-31"),
        ("{law: CODE,", "{law: COD,", "field repealed_by.law: there is no law 'COD'"),
        ("from: 2026-08-15", "from: 2026-08-16", "the dates do not meet"),
        ("article: 1242", "article: 一二四二", "must be an article's number"),
    ],
)
def test_a_link_that_leads_nowhere_or_leaves_a_gap_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in law_cases.LAWS
    with pytest.raises(KnowledgeError, match=r"laws\.yaml line [0-9]+") as refused:
        law_cases.knowledge(tmp_path, law_cases.LAWS.replace(old, new)).laws()
    assert said in str(refused.value)


def test_a_law_may_be_repealed_by_one_that_has_long_been_in_force(tmp_path: Path) -> None:
    laws = law_cases.LAWS.replace("from: 2026-08-15", "from: 2026-01-01")
    assert law_cases.knowledge(tmp_path, laws).laws()["SOLID"].repealed_by is not None


def test_a_plugin_hands_its_laws_to_the_kernel(install: Install, load: Load) -> None:
    install("moving", law_cases.CODE, files=law_cases.files())
    (plugin,) = load().plugins
    assert [law.key for law in plugin.laws] == ["SOLID", "EIA", "CODE", "TM2019", "TM2026"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("TM2026", "law TM2019, field replaced_by: there is no law 'TM2026'"),
        ("EIA", "build_before_approval, field legal_references.1.law_key: there is no law 'EIA'"),
    ],
)
def test_a_law_that_is_cited_and_not_handed_over_is_a_fault_of_the_plugin(
    install: Install, load: Load, missing: str, said: str
) -> None:
    fewer = f"return [law for law in _knowledge.laws().values() if law.key != {missing!r}]"
    code = law_cases.CODE.replace("return _knowledge.laws().values()", fewer)
    install("moving", code, files=law_cases.files())
    with pytest.raises(PluginError, match=re.escape(said)):
        load().plugin("moving")


@pytest.mark.parametrize(
    ("department", "violation", "old", "new", "said"),
    [
        ("environment", "hazwaste_management", "SOLID 112", "CODE 1175", "lighter"),
        ("environment", "solid_ledger", "SOLID 102", "CODE 1171", "order_first"),
        ("market_supervision", "false_publicity", "AUCL2019 20", "AUCL2025 25", "lighter"),
    ],
)
def test_the_examples_of_a_lighter_later_law_are_lighter(
    department: str, violation: str, old: str, new: str, said: Severity
) -> None:
    (meant,) = (
        one
        for one in Kernel.load().plugin(department).violation_types
        if one.id == f"{department}.{violation}"
    )
    punishing = {
        f"{one.law_key} {one.article}": one
        for one in meant.legal_references
        if one.role == "punishes"
    }
    assert severity(punishing[new], punishing[old]) == said
