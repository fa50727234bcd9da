"""How often each violation type comes in the sample, where, when, against whom, and how punished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sample_city as city

Shares = Mapping[int, float]


@dataclass(frozen=True)
class Kind:
    """One violation type of the sample.

    `parties` and `industries` are shares; `fines` are shares of yuan by kind of party, 0 for a
    warning. Unless `ordinary`, a fine within the limits of summary procedure is imposed on the
    spot. `wordings` stand in data/case_terms.yaml.
    """

    count: int
    wordings: str
    fines: Mapping[str, Shares]
    parties: Mapping[str, float]
    industries: Mapping[str, float]
    hours: Sequence[int] = city.WORK
    places: Sequence[str] = ()
    ordinary: bool = False
    order_first: bool = False
    used: Mapping[str, Sequence[str]] = field(default_factory=dict)


KINDS: dict[str, Kind] = {
    "street_vending": Kind(
        1020,
        "占道经营 占道摆摊 占道卖菜 流动摊贩占道 占用人行道设摊 占道卖早点 占路叫卖",
        {"个人": {50: 55, 100: 33, 200: 10, 300: 2}},
        {"个人": 100},
        {"果蔬": 42, "小吃早点": 38, "日用百货": 20},
        city.STREET,
        order_first=True,
        used={"强制措施": ["扣押经营工具"] * 14 + ["先行登记保存"] * 36},
    ),
    "outside_shop": Kind(
        760,
        "店外经营 出店经营 跨门经营 店外摆放桌椅 店外作业 店外堆放商品",
        {"个体": {50: 45, 100: 40, 200: 15}, "单位": {200: 60, 500: 40}},
        {"个体": 88, "单位": 12},
        {"餐饮": 30, "水果生鲜": 22, "日用百货": 22, "五金建材": 13, "洗车汽修": 13},
        city.STREET,
        order_first=True,
    ),
    "stacking": Kind(
        240,
        "公共场地乱堆物料 乱堆物料 人行道堆放货物 在街道两侧堆放杂物 占道堆放装修材料",
        {"个人": {100: 85, 200: 15}, "个体": {100: 80, 200: 20}, "单位": {200: 50, 500: 50}},
        {"个人": 35, "个体": 45, "单位": 20},
        {"五金建材": 30, "装饰装修": 30, "日用百货": 20, "建筑施工": 10, "": 10},
        order_first=True,
    ),
    "road_occupation": Kind(
        64,
        "擅自挖掘城市道路 未经批准占用城市道路 未按批准的位置面积期限占用城市道路 占道施工逾期未恢复",
        {"单位": {2000: 40, 5000: 40, 10000: 15, 20000: 5}, "个体": {500: 100}},
        {"单位": 85, "个体": 15},
        {"建筑施工": 80, "装饰装修": 20},
        order_first=True,
        used={"强制执行方式": ["代履行恢复路面"] * 2},
    ),
    "shop_sign": Kind(
        170,
        "门头招牌破损未修复 擅自设置门头牌匾 一店多招 招牌设置不符合规范 店招有安全隐患未整修",
        {"个体": {500: 80, 1000: 20}, "单位": {500: 40, 1000: 40, 2000: 20}},
        {"个体": 70, "单位": 30},
        {"餐饮": 35, "日用百货": 30, "五金建材": 15, "洗车汽修": 10, "文体娱乐": 10},
        order_first=True,
        used={"强制执行方式": ["强制拆除招牌"] * 2},
    ),
    "flyposting": Kind(
        150,
        "乱张贴乱涂写 在建筑物上张贴小广告 喷涂刻画小广告 散发张贴非法小广告 在公共设施上涂写刻画",
        {"个人": {0: 55, 100: 30, 200: 15}},
        {"个人": 100},
        {"开锁疏通": 45, "房屋中介": 30, "家政招工": 25},
        ordinary=True,
    ),
    "illegal_building": Kind(
        46,
        "未取得建设工程规划许可证 楼顶违法加建 院内擅自加建房屋 占用公共空间搭建棚房 私搭乱建",
        {"个人": {3000: 50, 6000: 40, 9000: 10}, "单位": {20000: 50, 60000: 40, 120000: 10}},
        {"个人": 75, "单位": 25},
        {"": 75, "房地产开发": 10, "物业服务": 15},
        places=(*city.OLD_ESTATES, "清泉路", "兴隆路"),
        ordinary=True,
        used={
            "强制执行方式": ["强制拆除"] * 9,
            "强制措施": ["无"] * 9 + ["查封施工现场"] * 4,
        },
    ),
    "temporary_building": Kind(
        3,
        "临时建筑逾期不拆除 擅自搭建临时工棚 未经批准进行临时建设",
        {"单位": {8000: 60, 15000: 40}},
        {"单位": 100},
        {"建筑施工": 70, "房地产开发": 30},
        ordinary=True,
    ),
    "construction_waste": Kind(
        96,
        "擅自处置建筑垃圾 未办理建筑垃圾处置核准 随意倾倒建筑垃圾 擅自倾倒渣土 偷倒渣土 装修垃圾未按规定处置",
        {"单位": {5000: 35, 10000: 35, 20000: 20, 30000: 10}},
        {"单位": 100},
        {"渣土运输": 60, "建筑施工": 25, "装饰装修": 10, "物业服务": 5},
        city.LORRIES,
        city.DUMPING_SITES,
        ordinary=True,
        used={"强制措施": ["扣押车辆"] * 3},
    ),
    "muck_spill": Kind(
        230,
        "渣土车未密闭、遗撒 运输渣土未采取密闭措施 运输车辆沿途遗撒泥土 车辆带泥上路污染路面 渣土车未覆盖",
        {"单位": {2000: 60, 3000: 25, 5000: 10, 10000: 5}, "个人": {2000: 80, 3000: 20}},
        {"单位": 82, "个人": 18},
        {"渣土运输": 85, "建筑施工": 15},
        city.LORRIES,
        city.MUCK_ROADS,
    ),
    "cooking_fume": Kind(
        110,
        "未安装油烟净化设施 未正常使用油烟净化设施 超过标准排放油烟 油烟净化设施未定期清洗 餐饮油烟直排",
        {"个体": {5000: 90, 8000: 10}, "单位": {5000: 55, 10000: 35, 20000: 10}},
        {"个体": 80, "单位": 20},
        {"餐饮": 100},
        city.MEALS,
        city.DINING_STREETS,
        ordinary=True,
    ),
    "open_barbecue": Kind(
        58,
        "露天烧烤食品 在禁止区域内露天烧烤 占道烧烤 露天炭烤",
        {"个人": {500: 75, 1000: 20, 2000: 5}},
        {"个人": 100},
        {"小吃早点": 60, "餐饮": 40},
        city.EVENING,
        city.DINING_STREETS,
        ordinary=True,
    ),
    "waste_sorting": Kind(
        130,
        "未按规定分类投放生活垃圾 生活垃圾混合投放 未按要求设置分类收集容器 未履行生活垃圾分类管理责任",
        {"个人": {0: 60, 100: 40}, "个体": {0: 60, 100: 25, 200: 15}, "单位": {0: 94, 50000: 6}},
        {"个人": 45, "个体": 25, "单位": 30},
        {"": 40, "餐饮": 25, "物业服务": 35},
        places=(*city.OLD_ESTATES, *city.DINING_STREETS),
        ordinary=True,
        order_first=True,
    ),
    "kitchen_waste": Kind(
        24,
        "餐厨垃圾交由无资质单位收运 将餐厨废弃物出售给个人 未签订厨余垃圾收运协议",
        {"个体": {200: 50, 500: 50}},
        {"个体": 100},
        {"餐饮": 100},
        city.MEALS,
        city.DINING_STREETS,
        ordinary=True,
    ),
    "commercial_noise": Kind(
        62,
        "使用高音喇叭招揽顾客 商业经营活动噪声扰民 经营场所音响噪声超过标准 空调外机噪声超标",
        {"个体": {5000: 100}, "单位": {5000: 75, 10000: 25}},
        {"个体": 65, "单位": 35},
        {"日用百货": 40, "文体娱乐": 30, "餐饮": 30},
        city.EVENING,
        ordinary=True,
    ),
    "square_dance": Kind(
        16,
        "广场舞噪声扰民 公共场所健身音响噪声 露天歌唱器材扰民",
        {"个人": {0: 100}},
        {"个人": 100},
        {"文体娱乐": 100},
        city.STROLLS,
        city.OPEN_GROUNDS,
        order_first=True,
    ),
    "drain_permit": Kind(
        54,
        "未取得污水排入排水管网许可证 洗车店无证排水 餐饮店无证排水 工地无证排水",
        {"个体": {1000: 60, 2000: 40}, "单位": {5000: 60, 10000: 30, 30000: 10}},
        {"个体": 70, "单位": 30},
        {"餐饮": 40, "洗车汽修": 45, "建筑施工": 15},
    ),
    "green_damage": Kind(
        96,
        "擅自占用城市绿地 损坏城市树木花草 在绿地内停放车辆 绿地内种菜 擅自砍伐修剪城市树木",
        {"个人": {50: 40, 100: 30, 200: 20, 500: 10}, "单位": {1000: 40, 5000: 50, 10000: 10}},
        {"个人": 78, "单位": 22},
        {"": 75, "建筑施工": 15, "装饰装修": 10},
        places=(*city.OLD_ESTATES, *city.OPEN_GROUNDS, "岚山路", "茶山路", "北湾大道"),
    ),
    "dog": Kind(
        210,
        "未按规定牵引犬只 遛狗不牵绳 未即时清除犬只粪便 未办理养犬登记 犬只扰民 携犬进入禁入场所",
        {"个人": {200: 80, 300: 14, 500: 6}},
        {"个人": 100},
        {"": 100},
        city.STROLLS,
        (*city.OPEN_GROUNDS, *city.OLD_ESTATES, "青云路", "墨香路", "荷塘路"),
        order_first=True,
        used={"强制措施": ["暂扣犬只"] * 2},
    ),
    "bike_parking": Kind(
        260,
        "非机动车乱停放 电动自行车乱停乱放 占用盲道停放非机动车 共享单车乱停放 非机动车未在停放区停放",
        {"个人": {20: 60, 30: 25, 50: 15}, "单位": {5000: 80, 10000: 20}},
        {"个人": 97, "单位": 3},
        {"": 100},
        city.COMMUTE,
    ),
    "parking_operator": Kind(
        22,
        "停车场未备案 停车场未明码标价 停车场未公示备案信息 停车场经营者违反收费规定",
        {"单位": {1000: 35, 2000: 35, 3000: 20, 10000: 10}},
        {"单位": 100},
        {"停车服务": 80, "物业服务": 20},
        ordinary=True,
        order_first=True,
    ),
    "gas_user": Kind(
        48,
        "擅自安装改装拆除户内燃气设施 使用明令淘汰的燃气连接软管 使用不合格的燃气燃烧器具",
        {"个人": {200: 60, 500: 40}, "个体": {500: 60, 1000: 40}, "单位": {2000: 60, 5000: 40}},
        {"个人": 30, "个体": 50, "单位": 20},
        {"餐饮": 70, "": 30},
        places=(*city.DINING_STREETS, *city.OLD_ESTATES),
        order_first=True,
    ),
}
