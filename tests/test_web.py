from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from datasette.utils import tilde_encode
from markupsafe import escape

from risk.errors import RiskError, StoreError
from risk.model.handling import handling
from risk.store import read
from risk.store.dictionary import DICTIONARY, TABLES, VIEWS
from risk.store.overrides import override
from risk.store.write import write_run
from risk.web import server
from risk.web.metadata import metadata

from .store_cases import make_result


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "risk.db"
    write_run(path, make_result())
    write_run(path, make_result("market", ("城东路",), 500, grade="低"))
    return path


def get(db: Path, *paths: str, **how: Any) -> list[Any]:
    async def ask() -> list[Any]:
        datasette = server.datasette(db, **how)
        return [await datasette.client.get(path, follow_redirects=True) for path in paths]

    return asyncio.run(ask())


def test_the_index_shows_every_list_with_its_meaning_and_no_table(db: Path) -> None:
    (page,) = get(db, "/")
    places = [page.text.index(f">{name}</a></dt>") for name in VIEWS]
    assert places == sorted(places)
    assert all(meaning.text in page.text for meaning in VIEWS.values())
    assert not [name for name in TABLES if name in page.text]


def test_the_database_page_shows_every_list_and_then_every_table_with_its_meaning(
    db: Path,
) -> None:
    (page,) = get(db, "/risk")
    places = [page.text.index(f">{name}</") for name in DICTIONARY]
    assert places == sorted(places)
    assert all(meaning.text in page.text for meaning in DICTIONARY.values())
    assert "_sqlite_migrations" not in page.text


def test_every_table_and_view_opens_with_its_description_and_the_headings_explained(
    db: Path,
) -> None:
    pages = get(db, *(f"/risk/{quote(name)}" for name in DICTIONARY))
    for page, (name, meaning) in zip(pages, DICTIONARY.items(), strict=True):
        assert page.status_code == 200, name
        assert meaning.text in page.text, name
        assert all(f"<dt>{column}</dt>" in page.text for column in meaning.columns), name


def test_the_list_for_officials_is_sorted_and_its_facets_are_complete(db: Path) -> None:
    (answer,) = get(db, f"/risk/{quote('风险点清单')}.json?_shape=objects")
    content = answer.json()
    assert [row["风险等级"] for row in content["rows"]] == ["高", "高", "高", "低", "低"]
    assert content["suggested_facets"] == []
    counted = {
        name: sum(each["count"] for each in facet["results"])
        for name, facet in content["facet_results"].items()
    }
    assert counted == {"风险等级": 5, "部门": 5, "区县": 3}


def test_facets_name_only_columns_that_there_are(db: Path) -> None:
    tables = metadata("risk")["databases"]["risk"]["tables"]
    for name, meaning in DICTIONARY.items():
        used = {*tables[name].get("facets", []), *filter(None, [tables[name].get("sort_desc")])}
        used |= set(filter(None, [tables[name].get("label_column")]))
        assert used <= set(meaning.columns), name


def test_sql_is_let_in_on_this_machine_only_unless_asked_for(db: Path) -> None:
    query = "/risk.json?sql=select+1"
    for how, status in (
        ({}, 200),
        ({"sql": False}, 403),
        ({"here": False}, 403),
        ({"here": False, "sql": True}, 200),
    ):
        (answer,) = get(db, query, **how)
        assert answer.status_code == status, how


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_only_a_loopback_address_is_this_machine(host: str, here: bool) -> None:
    assert server._is_here(host) is here


def test_the_file_cannot_be_downloaded(db: Path) -> None:
    answer, settings = get(db, "/risk.db", "/-/settings.json")
    assert answer.status_code == 403
    assert settings.json()["allow_download"] is False


PAGES = (
    "/",
    "/risk",
    "/risk/risk_points",
    "/risk/risk_points/traffic~2Eillegal_parking",
    "/risk/rejects?_facet=source&_sort=line",
    "/risk?sql=select+*+from+runs",
    "/risk/no_such_table",
    "/-/metadata",
    f"/risk/{quote('定级理由')}",
)


def test_no_page_asks_or_links_to_another_server(db: Path) -> None:
    for path, page in zip(PAGES, get(db, *PAGES), strict=True):
        named = re.findall(r"""(?:src|href|action|url)\s*[=(]\s*["']?([^"'\s>)]+)""", page.text)
        outside = [
            address
            for address in named
            if re.match(r"(https?:)?//", address) and not address.startswith("http://localhost/")
        ]
        assert outside == [], path


def test_every_response_forbids_the_browser_to_ask_elsewhere(db: Path) -> None:
    for path, page in zip(PAGES, get(db, *PAGES), strict=True):
        first, *others = page.headers["content-security-policy"].split("; ")
        assert first == "default-src 'self'", path
        assert not [name for name in others if "unsafe" in name or "http" in name], path
        assert page.headers["x-content-type-options"] == "nosniff", path
        assert page.headers["x-frame-options"] == "DENY", path


def test_no_page_needs_a_script_or_a_style_of_its_own(db: Path) -> None:
    for path, page in zip(PAGES, get(db, *PAGES), strict=True):
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page.text), path


def test_a_points_page_holds_its_grounds_causes_measures_law_and_cases(db: Path) -> None:
    id = read.points(db)[0]["id"]
    point = read.explain(db, id)
    (page,) = get(db, f"/risk/risk_points/{tilde_encode(id)}")
    said = [one["statement"] for one in point["grounds"]]
    said += [one["text"] for one in (*point["causes"], *point["measures"])]
    said += [one["citation"] for one in point["legal_references"]]
    said += [one["source"] for one in point["cases_shown"]]
    assert all(escape(text) in page.text for text in said)
    assert '<span class="grade high">高</span>' in page.text
    assert "2025-12-31 失效（日期未核实）；未核实" in page.text
    assert "2021-04-29 施行；已核实（对照原文）" in page.text


def test_a_points_page_says_what_is_noted_beside_a_fine_and_its_article(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    write_run(path, make_result())
    with sqlite3.connect(path) as conn:
        conn.execute(
            """UPDATE legal_references SET fine_note = '逾期不改的一千元以下', note = '先警告'
            WHERE role = 'punishes'"""
        )
    conn.close()
    (page,) = get(path, f"/risk/risk_points/{tilde_encode(read.points(path)[0]['id'])}")
    assert "，罚款20至200元（另：逾期不改的一千元以下；先警告）" in page.text


def test_a_points_page_says_order_first_and_the_exemption_as_explain_does(db: Path) -> None:
    point = read.explain(db, read.points(db)[0]["id"])
    (page,) = get(db, f"/risk/risk_points/{tilde_encode(point['id'])}")
    handled = dict(handling(point["violation"]))
    assert list(handled) == ["先责令改正", "免罚"] and handled["免罚"].endswith("【未核实】")
    for heading, text in handled.items():
        assert f"<li><b>{heading}</b> {escape(text)}</li>" in page.text


def test_a_list_links_each_point_to_its_page_and_to_what_stands_behind_it(db: Path) -> None:
    id = read.points(db)[0]["id"]
    (page,) = get(db, f"/risk/{quote('风险点清单')}?{urlencode({'编号': id})}")
    cell = re.search('data-heading="违法风险点"(.*?)</td>', page.text, re.DOTALL)
    assert cell is not None
    own, *behind = re.findall('href="([^"]+)"', cell[1])
    assert own == f"/risk/risk_points/{tilde_encode(id)}"
    pages = get(db, own, *behind)
    assert [page.status_code for page in pages] == [200] * 4
    counts = [re.search("共 <b>(.+?)</b> 条", page.text) for page in pages[1:]]
    assert [found and found[1] for found in counts] == ["2", "1", "1"]


def test_a_grade_set_by_hand_is_shown_with_the_computed_one_and_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "risk.db"
    write_run(path, make_result())
    id = read.points(path)[0]["id"]
    override(path, id, grade="低", reason="已经整治", by="甲", second="乙")
    page, grounds = get(
        path,
        f"/risk/risk_points/{tilde_encode(id)}",
        f"/risk/{quote('定级理由')}?{urlencode({'编号': id, '条款': '人工调整'})}",
    )
    text = re.sub("<.*?>", "", page.text)
    assert "按口径计算为高，经人工调整为低。" in text
    assert "已经整治（调整人：甲；复核人：乙）" in text
    assert re.search('data-heading="数据" class="[^"]*">无<', grounds.text)


def test_a_grade_cannot_be_sorted_by_its_characters(db: Path) -> None:
    (page,) = get(db, f"/risk/{quote('风险点清单')}?_sort={quote('风险等级')}")
    assert page.status_code == 500 and "不能按这一列排序：风险等级" in page.text


@pytest.mark.parametrize("stream", [{}, {"_stream": "on"}])
def test_a_downloaded_csv_opens_in_a_spreadsheet_with_its_chinese_name(
    db: Path, stream: dict[str, str]
) -> None:
    wanted = urlencode({"_dl": "on", "_size": "max", **stream})
    file, plain = (
        get(db, f"/risk/{quote('风险点清单')}.csv?{query}")[0] for query in (wanted, "_size=max")
    )
    assert file.content == "\ufeff".encode() + plain.content
    named = file.headers["content-disposition"]
    assert named == f"attachment; filename*=UTF-8''{quote('风险点清单.csv')}"


def test_an_export_says_where_it_ends(db: Path) -> None:
    path = f"/risk/{quote('风险点清单')}"
    assert "导出 CSV</button>" in get(db, path)[0].text
    assert "导出 CSV（最多 1,000 条）</button>" in get(db, path, here=False)[0].text


def test_the_overview_counts_points_and_departments_and_names_the_newest_run(db: Path) -> None:
    overview = read.overview(db)
    assert overview == {
        "grades": {"高": 3, "中": 0, "低": 2},
        "departments": 2,
        "updated": overview["updated"],
        "sample": 0,
    }
    (page,) = get(db, "/")
    assert f">{overview['updated']}<" in page.text and "示例数据" not in page.text


def test_a_query_that_takes_too_long_is_stopped_and_says_so(db: Path) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    (page,) = get(db, f"/risk?{urlencode({'sql': endless, '_timelimit': 20})}")
    assert page.status_code == 400
    assert "查询时间过长" in page.text and "http" not in page.text


def test_a_missing_page_leaves_no_traceback(db: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (page,) = get(db, "/risk/no_such_table")
    assert page.status_code == 404
    assert capfd.readouterr() == ("", "")


def test_a_missing_or_foreign_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        server.datasette(tmp_path / "none.db")
    (tmp_path / "notes.db").write_text("not a database" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match="not a SQLite database"):
        server.datasette(tmp_path / "notes.db")
    write_run(tmp_path / "100%.db", make_result())
    with pytest.raises(StoreError, match="Rename the file"):
        server.datasette(tmp_path / "100%.db")


def test_datasette_missing_is_said_with_how_to_get_it(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "datasette"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datasette", None)
    with pytest.raises(RiskError, match=r"pip install 'city-risk\[serve\]'"):
        server.datasette(db)


def test_the_document_describes_every_table_and_column() -> None:
    document = (Path(__file__).parents[1] / "docs" / "database.md").read_text(encoding="utf-8")
    for name, meaning in DICTIONARY.items():
        section = document.split(f"\n### {name}\n")[1].split("\n### ")[0].split("\n## ")[0]
        assert meaning.text in section, name
        rows = re.findall(r"^\| `?([^|`]+?)`? \| (.+) \|$", section, re.MULTILINE)[1:]
        assert dict(rows) == dict(meaning.columns), name
