"""Road segments behind the province, city, district, street office or town in which they lie."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from risk import columns as c

from .column_cases import HEADING, read

WITHIN = {
    "金桂区甲路": "甲路",
    "江州市甲路": "甲路",
    "金桂新区甲路": "甲路",
    "东区甲路": "甲路",
    "样例市东区甲路12号": "甲路",
    "杞县甲路": "甲路",
    "江州市杞县甲街": "甲街",
    "样例省江州市金桂区甲路": "甲路",
    "样例省江州市新密市甲路": "甲路",
    "样例壮族自治区江州市金桂区甲路": "甲路",
    "样例土家族苗族自治州江州市甲路": "甲路",
    "样例地区江州市甲路": "甲路",
    "乌鲁木齐市天山区甲路": "甲路",
    "新乡市甲路": "甲路",
    "景德镇市昌江区甲路": "甲路",
    "东乡族自治县甲路": "甲路",
    "城区甲路": "甲路",
    "江州市区甲路": "甲路",
    "市中区甲路": "甲路",
    "江州市市中区甲路": "甲路",
    "镇海区甲路": "甲路",
    "路北区甲路": "甲路",
    "江州市郊区甲路": "甲路",
    "高新区甲路": "甲路",
    "高新技术开发区甲路": "甲路",
    "高新技术产业开发区甲路与乙路交叉口": "甲路",
    "江州经济技术开发区甲大道": "甲大道",
    "江州市金桂区高新技术产业开发区甲路": "甲路",
    "航空港区甲路东段": "甲路东段",
    "江州航空港经济综合实验区甲路": "甲路",
    "城乡一体化示范区甲路": "甲路",
    "金桂区桂花街道甲路": "甲路",
    "金桂区桂花街道办甲路": "甲路",
    "金桂区桂花街道办事处甲路": "甲路",
    "金桂区桂花办事处甲路": "甲路",
    "金桂区花园路街道甲路": "甲路",
    "桂花街道甲路": "甲路",
    "城区街道甲路": "甲路",
    "金桂区桂花街道甲社区乙路": "乙路",
    "白沙镇甲路": "甲路",
    "金桂县白沙镇甲路35号": "甲路",
    "金桂县样例回族乡甲路": "甲路",
    "（金桂区）甲路": "甲路",
    "(江州市金桂区)甲路": "甲路",
    "【金桂区】甲路": "甲路",
    "[金桂区] 甲路": "甲路",
    "江州市（金桂区）甲路东段": "甲路东段",
    "(金桂区甲路)": "甲路",
    "金桂区（甲路）": "甲路",
    "江州市-金桂区-甲路": "甲路",
    "金桂区，甲路": "甲路",
    "金桂区：甲路": "甲路",
    "江州市 金桂区 甲路": "甲路",
    "金桂区甲路西段": "甲路西段",
    "金桂区甲路（东段）": "甲路东段",
    "金桂区甲路与乙区丙路交叉口": "甲路",
    "金桂区107国道": "107国道",
    "金桂区白沙乡S312省道": "S312省道",
    "金桂区甲路农业路口": "甲路",
    "金桂区城东路": "城东路",
    "金桂县东大街": "东大街",
    "金桂区中州大道": "中州大道",
    "金桂区府前路": "府前路",
    "金桂县县府街": "县府街",
    "金桂区区府路": "区府路",
    "江州市市府路": "市府路",
    "江州市区府路": "区府路",
    "江州市镇海路": "镇海路",
    "江州市民主路": "民主路",
    "江州市市民路": "市民路",
    "江州市花卉市场路": "花卉市场路",
    "金桂区菜市街": "菜市街",
    "金桂区二七路": "二七路",
    "金桂区三环路": "三环路",
    "金桂区大学路": "大学路",
    "金桂区路寨路": "路寨路",
    "金桂区道北路路东": "道北路",
    "金桂区街道口": "街道口",
    "江州市金水区路": "金水区路",
    "江州市开发区大道": "开发区大道",
}
# Roads whose names hold the word of an area: it is part of them.
WHOLE = (
    "甲路", "城东路", "中州大道", "金水区路", "金水东路", "开发区大道", "开发区东路", "新区大道", "新区一路",
    "东区路", "园区中路", "工业区大街", "港区公路", "老城区大道", "小区东路", "矿区铁路", "区府路",
    "县府街", "县前街", "老县衙街", "旧县街", "滑县路", "省府路", "市府路", "市府西路", "市场街", "市民路",
    "花卉市场路", "农贸市场北街", "骡马市大街", "灯市口大街", "超市路", "夜市街", "城市大道", "镇海路",
    "镇江路", "镇东街", "古镇路", "古镇文化街", "武镇路", "景德镇路", "朱仙镇大道", "乡音路", "水乡路",
    "梦里水乡路", "街道口", "老街道路", "桂花街道路", "道北路", "红旗路", "中关村大街", "高新大道",
    "航空港路", "和平路", "东大街", "大街", "大道", "广州路", "自治路", "核心区域东路",
)  # fmt: skip
# What lies about the area's word in a place that begins with its road.
AHEAD = {
    "街道口与甲路交叉口": "街道口",
    "甲路与金桂区乙路交叉口": "甲路",
    "甲路近乙镇约35米": "甲路",
    "前进街道路北侧": "前进街",
    "金水区路与乙路交叉口": "金水区路",
    "金水区路12号": "金水区路",
    "新区大道与金桂区乙路交叉口": "新区大道",
    "开发区东路路北": "开发区东路",
    "花园路街道办事处": "花园路街道办事处",
    "金桂区火车站广场": "金桂区火车站广场",
    "金桂区": "金桂区",
    "省道312线": "省道312线",
    "EAST DISTRICT RD": "EAST DISTRICT RD",
    "W 125 ST": "W 125 ST",
}
EXPECTED = WITHIN | dict(zip(WHOLE, WHOLE, strict=True)) | AHEAD
AREAS = (
    "东区", "样例省江州市", "(江州市)", "高新技术开发区", "金桂区白沙镇", "江州市桂花街道", "花园路街道办事处",
)  # fmt: skip


def roads(places: Iterable[str]) -> dict[str, str | None]:
    return read(c.road(HEADING), places, "place")


@pytest.fixture(scope="module")
def found() -> dict[str, str | None]:
    return roads(EXPECTED)


@pytest.mark.parametrize(("place", "segment"), EXPECTED.items())
def test_the_road_is_named_without_the_areas_it_lies_in(
    found: dict[str, str | None], place: str, segment: str
) -> None:
    assert found[place] == segment


def test_no_area_before_a_road_makes_another_road_of_it() -> None:
    places = {area + road: road for area in AREAS for road in WHOLE if road not in ("大街", "大道")}
    assert roads(places) == places


def test_folding_a_road_twice_is_folding_it_once(found: dict[str, str | None]) -> None:
    once = {road for road in found.values() if road}
    assert roads(once) == {road: road for road in once}
