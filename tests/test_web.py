from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from risk.errors import RiskError, StoreError
from risk.store.dictionary import DICTIONARY
from risk.web import server
from risk.web.metadata import metadata

from .test_store import environment, make_result, write_run


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


def test_the_index_shows_the_chinese_views_first_each_with_its_meaning(db: Path) -> None:
    (page,) = get(db, "/")
    places = [page.text.index(f">{name}<") for name in DICTIONARY]
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
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'self';") and "http" not in policy, path
        assert page.headers["x-content-type-options"] == "nosniff", path
        assert page.headers["x-frame-options"] == "DENY", path


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


def test_a_port_in_use_is_said_plainly(db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RiskError, match=f"Port {port} on 127.0.0.1 is in use"):
            server.serve(db, "127.0.0.1", port, None, say=lambda url: None)
    with pytest.raises(RiskError, match="Cannot listen on 192.0.2.1"):
        server.serve(db, "192.0.2.1", 8001, None, say=lambda url: None)


@pytest.fixture
def served(db: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    code = "import sys; from risk.cli.serve import serve; serve(sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--db", str(db), "--port", "0"],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process, process.stdout.readline().split()[0]
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_server_starts_serves_the_view_and_ends_with_ctrl_c(
    served: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = served
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{address}risk/{quote('风险点清单')}", timeout=20) as page:
        assert "金水区花园路机动车违法停车" in page.read().decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0


def test_a_run_shows_on_a_server_that_is_running(
    served: tuple[subprocess.Popen[str], str], db: Path
) -> None:
    _, address = served

    def titles() -> str:
        where = f"{address}risk/risk_points.json?_shape=array"
        with urllib.request.urlopen(where, timeout=20) as answer:
            return str(answer.read().decode("unicode_escape"))

    assert "嵩山路" not in titles()
    write_run(db, make_result("urban", ("嵩山路",)))
    assert "嵩山路" in titles()


def test_the_document_describes_every_table_and_column() -> None:
    document = (Path(__file__).parents[1] / "docs" / "database.md").read_text(encoding="utf-8")
    for name, meaning in DICTIONARY.items():
        section = document.split(f"\n### {name}\n")[1].split("\n### ")[0].split("\n## ")[0]
        assert meaning.text in section, name
        rows = re.findall(r"^\| `?([^|`]+?)`? \| (.+) \|$", section, re.MULTILINE)[1:]
        assert dict(rows) == dict(meaning.columns), name
