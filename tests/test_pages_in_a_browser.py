"""The pages as a municipal official meets them, in a real browser: on a screen and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from risk.store import read
from risk.web.metadata import LISTS

pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from . import browser as chrome
from .serving import serving

if TYPE_CHECKING:
    from conftest import Sample

pytestmark = pytest.mark.skipif(
    not (chrome.CHROMIUM and chrome.DRIVER),
    reason="no Chromium here (on Debian: apt install chromium chromium-driver)",
)

SCREEN, PHONE = 1280, 390
LIST = "风险点清单"
PARKING = "traffic.illegal_parking"
# Proper names, and what is the same in every language.
ALLOWED = {"SQL", "JSON", "CSV", "SELECT"}


def at(name: str, **wanted: str) -> str:
    return f"/risk/{quote(name)}?{urlencode(wanted)}"


def query(sql: str) -> str:
    return f"/risk?{urlencode({'sql': sql})}"


PAGES = {
    "the index": "/",
    "the database": "/risk",
    **{name: at(name) for name in LISTS},
    "a filtered list": at(LIST, 风险等级="高", 地点__contains="路"),
    "a sorted list": at(LIST, _sort_desc="案件数"),
    "a list filtered by a code": at("被拒绝的行", 原因="unclassified"),
    "an empty list": at(LIST, 区县="无此区"),
    "the second page": at("定级理由", _next="50"),
    "a point": f"/risk/risk_points/{PARKING.replace('.', '~2E')}",
    "a query": query("select 部门, 风险等级, count(*) as 个数 from 风险点清单 group by 1, 2"),
    "a query with a blank": query("select 违法风险点 from 风险点清单 where 区县 = :区县"),
    "a query without a result": query("select 违法风险点 from 风险点清单 where 0"),
    "a query in error": query("select 没有的列 from 风险点清单"),
    "a forbidden query": query("delete from risk_points"),
    "an impossible order": at(LIST, _sort="没有的列"),
    "a missing page": "/risk/nothing",
    "a missing point": "/risk/risk_points/none",
    "a missing database": "/nothing/at/all",
    "a forbidden page": "/risk.db",
}
# Tables are for those who work with them: their contents are codes, their frame is Chinese.
RAW = {
    **{name: at(name) for name in ("risk_points", "evidence_hourly", "sources", "rejects")},
    "cases": at("evidence_cases", risk_point=PARKING),
    "a row": f"/risk/violation_types/{PARKING.replace('.', '~2E')}",
}
FAILING = {name for name in PAGES if re.search("missing|forbidden|impossible|in error", name)}


@pytest.fixture(scope="module")
def db(sample: Sample) -> Path:
    return sample.db


@pytest.fixture(scope="module")
def site(db: Path) -> Iterator[str]:
    with serving(db) as (_, address):
        yield address


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chrome.chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@dataclass
class Seen:
    """What was seen of one page."""

    requested: list[str]
    complaints: list[str]
    texts: list[str] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(driver: Any, site: str) -> dict[str, Seen]:
    """Every page, looked at on a screen and on a phone."""
    found = {}
    for name, path in {**PAGES, **RAW}.items():
        chrome.resize(driver, SCREEN)
        driver.get(f"{site}{path}")
        found[name] = page = Seen(chrome.requested(driver), chrome.complaints(driver))
        for width in (SCREEN, PHONE):
            chrome.resize(driver, width)
            page.texts += chrome.texts(driver, raw=name in RAW)
            needed = driver.execute_script("return document.documentElement.scrollWidth")
            page.widths[width] = needed
    return found


@pytest.fixture
def see(driver: Any, site: str) -> Callable[[str], Any]:
    """Opens a page on a screen."""

    def opened(path: str) -> Any:
        chrome.resize(driver, SCREEN)
        driver.get(f"{site}{path}")
        return driver

    return opened


def column(driver: Any, heading: str) -> list[str]:
    cells = driver.find_elements(By.CSS_SELECTOR, f"td[data-heading='{heading}']")
    return [cell.text for cell in cells]


def follow(driver: Any, what: str, by: str = By.CSS_SELECTOR) -> None:
    chrome.follow(driver, driver.find_element(by, what))


def test_no_page_asks_another_server(seen: dict[str, Seen], site: str) -> None:
    for name, page in seen.items():
        assert page.requested, name
        assert [url for url in page.requested if not url.startswith(f"{site}/")] == [], name


def test_no_page_says_a_word_of_english(seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        words = {word for text in page.texts for word in re.findall("[A-Za-z_]{2,}", text)}
        assert words - ALLOWED == set(), name
        assert any("\u4e00" <= character for text in page.texts for character in text), name


def test_the_console_has_nothing_to_complain_of(seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        # The browser reports the status of the page itself, which is as it should be.
        status = "the server responded with a status of"
        others = [said for said in page.complaints if name not in FAILING or status not in said]
        assert others == [], name


def test_no_page_is_wider_than_the_window(seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        assert all(needed <= width for width, needed in page.widths.items()), (name, page.widths)


def test_a_wide_table_scrolls_in_its_own_box(see: Callable[[str], Any]) -> None:
    box = see(at("risk_points")).find_element(By.CSS_SELECTOR, ".scroll")
    assert int(box.get_property("scrollWidth")) > 2 * int(box.get_property("clientWidth"))


def test_grades_are_told_by_a_word_and_a_colour(see: Callable[[str], Any]) -> None:
    driver = see(at(LIST))
    badges = driver.find_elements(By.CSS_SELECTOR, ".facets .grade")
    assert [badge.text for badge in badges] == ["高", "中", "低"]
    assert len({badge.value_of_css_property("background-color") for badge in badges}) == 3


def test_a_facet_narrows_the_list_and_gives_it_back(see: Callable[[str], Any]) -> None:
    driver = see(at(LIST))
    everything = driver.find_element(By.CSS_SELECTOR, ".found b").text
    follow(driver, ".facets .low")
    assert set(column(driver, "风险等级")) == {"低"}
    follow(driver, ".facets .selected")
    assert driver.find_element(By.CSS_SELECTOR, ".found b").text == everything


def test_a_facet_on_a_later_page_begins_at_the_first(see: Callable[[str], Any]) -> None:
    driver = see(at(LIST))
    follow(driver, "下一页", By.PARTIAL_LINK_TEXT)
    assert column(driver, "风险等级")
    follow(driver, ".facets .low")
    assert set(column(driver, "风险等级")) == {"低"}
    follow(driver, "风险等级 等于 低", By.PARTIAL_LINK_TEXT)
    assert len(column(driver, "风险等级")) == 50


def test_a_filter_and_an_order_are_filled_in_and_taken_away(see: Callable[[str], Any]) -> None:
    driver = see(at(LIST, 风险等级="高"))
    Select(driver.find_element(By.NAME, "_filter_column")).select_by_visible_text("违法风险点")
    Select(driver.find_element(By.NAME, "_filter_op")).select_by_visible_text("包含")
    driver.find_element(By.NAME, "_filter_value").send_keys("夜间")
    Select(driver.find_element(By.NAME, "_sort")).select_by_visible_text("案件数")
    driver.find_element(By.NAME, "_sort_by_desc").click()
    follow(driver, ".filters button")
    titles, cases = column(driver, "违法风险点"), column(driver, "案件数")
    assert titles and all("夜间" in title for title in titles)
    assert set(column(driver, "风险等级")) == {"高"}
    numbers = [int(number.replace(",", "")) for number in cases]
    assert numbers == sorted(numbers, reverse=True)
    chips = [chip.text for chip in driver.find_elements(By.CSS_SELECTOR, ".chip")]
    assert chips == ["违法风险点 包含 夜间 ✕", "风险等级 等于 高 ✕", "按案件数从大到小 ✕"]
    while chips := driver.find_elements(By.CSS_SELECTOR, ".chip"):
        chrome.follow(driver, chips[0])
    assert len(column(driver, "违法风险点")) == 50


def test_a_heading_sorts_its_column_and_then_the_other_way(see: Callable[[str], Any]) -> None:
    driver = see(at("十大贴条路段"))
    cases = column(driver, "案件数")
    follow(driver, "th a[href*='%E6%A1%88%E4%BB%B6%E6%95%B0']")
    assert column(driver, "案件数") == cases[::-1]
    follow(driver, "案件数 ▲", By.PARTIAL_LINK_TEXT)
    assert column(driver, "案件数") == cases


def test_the_search_box_finds_points_by_a_part_of_their_title(see: Callable[[str], Any]) -> None:
    driver = see("/")
    driver.find_element(By.CSS_SELECTOR, "header input").send_keys("停放")
    follow(driver, "header button")
    titles = column(driver, "违法风险点")
    assert titles and all("停放" in title for title in titles)


def test_long_figures_have_their_thousands_apart(see: Callable[[str], Any]) -> None:
    assert re.fullmatch(r"\d,\d{3}", column(see(at(LIST)), "案件数")[0])


def test_from_the_list_one_click_leads_to_what_stands_behind_a_point(
    see: Callable[[str], Any], db: Path
) -> None:
    point = read.explain(db, PARKING)
    for link, rows in (
        ("定级理由", len(point["grounds"])),
        ("防控措施", len(point["measures"])),
        ("案件", point["cases_stored"]),
    ):
        driver = see(at(LIST, 编号=PARKING))
        behind = driver.find_element(By.CSS_SELECTOR, ".behind")
        chrome.follow(driver, behind.find_element(By.LINK_TEXT, link))
        assert driver.find_element(By.CSS_SELECTOR, ".found b").text == str(rows), link
        assert point["title"] in driver.find_element(By.CSS_SELECTOR, "table").text, link


def test_a_points_page_says_why_what_to_do_and_on_what_it_rests(
    see: Callable[[str], Any], db: Path
) -> None:
    point = read.explain(db, PARKING)
    driver = see(at(LIST))
    follow(driver, point["title"], By.PARTIAL_LINK_TEXT)
    shown = driver.find_element(By.TAG_NAME, "main").text
    assert driver.find_element(By.TAG_NAME, "h1").text == f"{point['grade']} {point['title']}"
    for part in ("grounds", "causes", "measures"):
        for one in point[part]:
            assert one.get("statement", one.get("text")) in shown
    assert f"{point['cases']:,} 件（{point['period_from']} 至 {point['period_to']}）" in shown
    assert all(reference["citation"] in shown for reference in point["legal_references"])
    assert "依据中有示例数据，并非真实案件。" in shown
    headings = [heading.text for heading in driver.find_elements(By.TAG_NAME, "h2")]
    assert headings == [
        *("定级理由", "成因", "防控措施", "法律依据", "处理"),
        *("逐月案件", "最近案件", "数据来源"),
    ]
    follow(driver, "全部保存的", By.PARTIAL_LINK_TEXT)
    assert driver.find_element(By.CSS_SELECTOR, ".found b").text == str(point["cases_stored"])


def test_on_a_phone_a_wide_row_becomes_a_card_with_its_headings(
    see: Callable[[str], Any],
) -> None:
    driver = see(at(LIST))
    chrome.resize(driver, PHONE)
    cell = driver.find_element(By.CSS_SELECTOR, "td[data-heading='案件数']")
    heading = "return getComputedStyle(arguments[0], '::before').content"
    assert cell.value_of_css_property("display") == "block"
    assert driver.execute_script(heading, cell) == '"案件数"'


def test_a_mistake_in_a_query_can_be_mended_where_it_is_said(see: Callable[[str], Any]) -> None:
    driver = see(query("select 没有的列 from 风险点清单"))
    assert "没有这一列：没有的列" in driver.find_element(By.CSS_SELECTOR, ".error").text
    box = driver.find_element(By.ID, "sql")
    box.clear()
    box.send_keys("select 违法风险点 from 风险点清单 limit 7")
    follow(driver, ".sql button")
    assert driver.find_element(By.CSS_SELECTOR, ".found b").text == "7"
