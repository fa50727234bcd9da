"""Published decisions word a violation in many ways: names and phrases tell the one type."""

from __future__ import annotations

from pathlib import Path

import pytest

from risk import Knowledge
from risk.testing import named_in

DATA = Path(__file__).parents[1] / "src" / "risk_urban_management" / "data"
TYPES = Knowledge.from_folder(DATA).violation_types()

# Written by us, in the manner of 违法行为类型 in published decisions.
WORDINGS = {
    "street_vending": (
        "当事人在人行道上占道经营水果，影响市容",
        "未在指定地点占道摆摊经营",
        "流动摊贩占道经营案",
    ),
    "outside_shop": (
        "擅自超出门窗、外墙摆卖、经营商品",
        "店外经营案",
        "超出门店经营物品",
        "跨门经营，占用人行道摆放货架",
    ),
    "stacking": (
        "在街道两侧和公共场地堆放物料",
        "未经批准擅自在公共场地堆放物料案",
        "乱堆乱放影响市容",
    ),
    "road_occupation": (
        "未经批准擅自占用城市道路",
        "擅自挖掘城市道路",
        "擅自占用、挖掘城市道路",
        "未按照批准的位置、面积、期限占用或者挖掘城市道路",
    ),
    "bike_parking": (
        "非机动车未在规定地点停放",
        "互联网租赁自行车经营者未规范投放车辆",
        "占用盲道停放非机动车",
    ),
    "parking_operator": (
        "经营性停车场未按规定备案",
        "停车场未在显著位置明码标价",
        "公共停车场经营者违反收费规定",
    ),
    "shop_sign": (
        "门头招牌设置不符合规范",
        "户外招牌破损未及时维修",
        "擅自设置门头牌匾",
    ),
    "flyposting": (
        "在城市建筑物、设施上乱张贴、涂写、刻画",
        "张贴小广告",
        "在建筑物、构筑物及其他设施上随意张贴、涂写小广告",
    ),
    "illegal_building": (
        "未取得建设工程规划许可证进行建设",
        "未取得建设工程规划许可证擅自建设房屋",
        "未按照建设工程规划许可证的规定进行建设",
        "违法建设案",
    ),
    "temporary_building": (
        "未经批准进行临时建设",
        "临时建筑物、构筑物超过批准期限不拆除",
        "未按照批准内容进行临时建设",
    ),
    "construction_waste": (
        "擅自处置建筑垃圾",
        "未经核准擅自处置建筑垃圾",
        "随意倾倒、抛撒或者堆放建筑垃圾",
        "将建筑垃圾交给未经核准从事运输建筑垃圾的单位运输",
    ),
    "muck_spill": (
        "运输渣土车辆未采取密闭措施",
        "运输垃圾、渣土、砂石的车辆未采取密闭或者其他措施防止物料遗撒",
        "车辆运输渣土沿途泄漏、遗撒",
        "车轮带泥行驶污染路面",
    ),
    "cooking_fume": (
        "排放油烟的餐饮服务业经营者未安装油烟净化设施",
        "不正常使用油烟净化设施",
        "超过排放标准排放油烟",
    ),
    "open_barbecue": (
        "在当地人民政府禁止的区域内露天烧烤食品",
        "为露天烧烤食品提供场地",
        "占道露天烧烤",
    ),
    "waste_sorting": (
        "未按规定分类投放生活垃圾",
        "单位未在指定的地点分类投放生活垃圾",
        "个人未分类投放生活垃圾",
    ),
    "kitchen_waste": (
        "未将厨余垃圾交由具备相应资质条件的单位进行无害化处理",
        "将餐厨垃圾交由无资质单位收运",
        "畜禽养殖场利用未经无害化处理的厨余垃圾饲喂畜禽",
    ),
    "commercial_noise": (
        "在商业经营活动中使用高音广播喇叭招揽顾客",
        "经营场所边界噪声超过社会生活噪声排放标准",
        "采用持续反复发出高噪声的方法进行广告宣传",
    ),
    "square_dance": (
        "公共场所组织娱乐、健身活动未遵守活动区域、时段、音量规定",
        "广场舞噪声扰民",
        "在公共场所健身使用音响音量过大",
    ),
    "drain_permit": (
        "未取得污水排入排水管网许可证向城镇排水设施排放污水",
        "未取得排水许可证排放污水",
        "未按照污水排入排水管网许可证的要求排放污水",
    ),
    "green_damage": (
        "擅自占用城市绿地",
        "损坏城市树木、花草",
        "擅自砍伐城市树木",
    ),
    "dog": (
        "携犬外出未使用犬绳牵引",
        "未办理养犬登记",
        "未及时清除犬只粪便",
    ),
    "gas_user": (
        "燃气用户擅自安装、改装、拆除户内燃气设施",
        "使用不合格的燃气燃烧器具",
        "燃气用户擅自操作公用燃气阀门",
    ),
}
BOTH = "擅自占用城市道路摆摊设点经营"


def spoken_of(text: str) -> set[str]:
    return {name.partition(".")[2] for name in named_in(text, TYPES)}


def test_every_type_is_worded() -> None:
    assert {f"urban_management.{name}" for name in WORDINGS} == {each.id for each in TYPES}


@pytest.mark.parametrize("violation", WORDINGS)
def test_a_wording_tells_its_type_and_no_other(violation: str) -> None:
    for text in WORDINGS[violation]:
        assert spoken_of(text) == {violation}, text


def test_a_wording_of_two_types_is_left_to_the_law_that_it_cites() -> None:
    assert spoken_of(BOTH) == {"street_vending", "road_occupation"}
