"""Road segments: `road`."""

from __future__ import annotations

from risk import columns as c

from .column_cases import HEADING, read

SEGMENTS = {
    "花园路": "花园路",
    "花 园　路": "花园路",
    "花园路 东段": "花园路东段",
    "花园路东段": "花园路东段",
    "花园路西段": "花园路西段",
    "金桂区花园路": "花园路",
    "江州市金桂区花园路": "花园路",
    "金桂区花园路 东段与农业路交叉口东50米": "花园路东段",
    "花园路与农业路交叉口": "花园路",
    "花园路、农业路口": "花园路",
    "花园路/农业路": "花园路",
    "花园路出陆家嘴环路约35米": "花园路",
    "名商路近东风路约35米": "名商路",
    "花园路(农业路至东风路)": "花园路(农业路至东风路)",
    "花园路（农业路—东风路）": "花园路(农业路—东风路)",
    "花园路(医院门口)": "花园路",
    "花园路88号": "花园路",
    "花园路８８号门前": "花园路",
    "花园路东侧": "花园路",
    "花园路北向南50米处": "花园路",
    "花园路东段由北向南": "花园路东段",
    "京港高速": "京港高速",
    "仁和巷": "仁和巷",
    "澄湖大道": "澄湖大道",
    "书院胡同3号": "书院胡同",
    "火车站广场": "火车站广场",
    "5TH   AVE": "5TH AVE",
    "broadway": "BROADWAY",
    "Ｂｒｏａｄｗａｙ": "BROADWAY",
    "": None,
    "/": None,
    "无": None,
}


def test_the_road_segment_is_taken_out_of_a_place_as_officers_write_it() -> None:
    assert read(c.road(HEADING), SEGMENTS, "place") == SEGMENTS


def test_a_road_that_is_named_twice_in_different_ways_is_one_road() -> None:
    ways = (
        "桂花路东段",
        "桂花路 东段",
        "金桂区桂花路东段",
        "桂花路东段与槐荫街交叉口",
        "桂花路东段12号",
    )
    assert set(read(c.road(HEADING), ways, "place").values()) == {"桂花路东段"}
