"""The made-up city 江州市: its roads, and how its traffic police words what it punishes."""

from __future__ import annotations

DISTRICTS = {
    "金桂区": (
        "桂花路东段 桂花路西段 康宁路 书院街 鼓楼街 槐荫街 "
        "丹桂街 永安街 建设路 老城大道 仁和巷 城隍街"
    ),
    "澄湖区": (
        "食府街 澄湖大道 湖滨路 荷塘路 莲花街 渔港路 柳堤路 月湖街 望湖路 听涛路 碧波路 南岸路"
    ),
    "文渊区": (
        "学府路 文渊大道 文昌路 翰林街 墨香路 青云路 棠梨路 求知路 博雅街 芳草路 科技大道 创新路"
    ),
    "青岚区": (
        "青岚大道 岚山路 松涛路 竹苑路 翠屏街 茶山路 枫林路 云岭路 梅岭街 采石路 清泉路 杏花路"
    ),
    "长堤区": (
        "货栈街 长堤路 码头街 站前路 铁东路 仓储路 通江路 江堤路 盐仓街 花市街 迎宾大道 朝阳街"
    ),
    "北湾区": (
        "北湾大道 绕城公路 港区公路 物流大道 兴业路 工业大道 "
        "兴隆路 北环路 广汇路 安居路 新城路 学田路"
    ),
}
DISTRICT_OF = {road: name for name, roads in DISTRICTS.items() for road in roads.split()}
ROADS = tuple(DISTRICT_OF)

FREIGHT_ROADS = ("绕城公路", "港区公路", "物流大道", "采石路", "工业大道", "北环路")
SPILL_ROADS = (*FREIGHT_ROADS[:5], "长堤路", "通江路", "北湾大道")
COACH_ROADS = ("绕城公路", "迎宾大道", "青岚大道")
STATION_ROADS = ("站前路",) * 9 + ("迎宾大道",) * 5 + ("学府路", "青岚大道", "新城路", "安居路")

# Cases in the period 2025-10 to 2026-10, without the planted stories.
COUNTS = {
    "illegal_parking": 4650,
    "red_light": 1120,
    "ebike": 780,
    "seat_belt": 410,
    "speeding": 400,
    "crosswalk": 320,
    "phone": 250,
    "plate": 90,
    "drink_driving": 78,
    "overload_goods": 68,
    "no_licence": 58,
    "bus_lane": 54,
    "no_cali": 44,
    "oversize": 42,
    "speeding_50": 22,
    "cargo_spill": 20,
    "unlicensed_bus": 18,
    "fake_plate": 14,
    "overload_people": 12,
    "roadwork": 2,
}

# Wordings as they stand in the file, with their shares; all of them are in data/police_terms.yaml.
WORDINGS: dict[str, dict[str, int]] = {
    "illegal_parking": {
        "违法停车": 38,
        "机动车违法停放": 26,
        "违反规定临时停车": 9,
        "机动车违反规定停放、临时停车，驾驶人不在现场": 6,
        "在人行道违法停车": 6,
        "在公交站违法停车": 4,
        "在非机动车道违法停车": 3,
        "在消火栓旁违法停车": 3,
        "限时泊位超时停车": 3,
        "双排停车": 2,
    },
    "red_light": {"机动车闯红灯": 90, "驾驶机动车违反道路交通信号灯通行": 10},
    "ebike": {"电动自行车闯红灯": 40, "电动自行车逆行": 35, "电动自行车未戴安全头盔": 25},
    "seat_belt": {"未系安全带": 70, "未按规定使用安全带": 20, "乘车人没有使用安全带": 10},
    "speeding": {"超过规定时速10%以上未达20%": 55, "超过规定时速20%以上未达50%": 45},
    "crosswalk": {"未礼让行人": 85, "遇行人正在通过人行横道时未停车让行": 15},
    "phone": {"驾车接打手机": 70, "驾车浏览手机": 30},
    "plate": {"故意遮挡机动车号牌": 40, "未悬挂机动车号牌": 25, "不按规定安装机动车号牌": 35},
    "drink_driving": {"饮酒后驾驶机动车": 80, "酒后驾车": 20},
    "overload_goods": {"货车超载": 70, "货运机动车超过核定载质量": 30},
    "no_licence": {"无证驾驶": 60, "未依法取得驾驶证": 30, "驾驶证被暂扣期间驾驶机动车": 10},
    "bus_lane": {"占用公交专用道": 80, "违反规定使用专用车道": 20},
    "no_cali": {"未投保交强险": 70, "交强险脱保上路": 30},
    "oversize": {"货车超限运输": 60, "车货总质量超过公路限定标准": 40},
    "speeding_50": {"超过规定时速50%以上": 80, "严重超速行驶": 20},
    "cargo_spill": {"货物脱落扬撒": 70, "载货车辆沿途遗撒": 30},
    "unlicensed_bus": {"未经许可从事客运经营": 60, "非法营运载客": 40},
    "fake_plate": {"使用其他车辆的机动车号牌": 80, "使用伪造、变造的机动车号牌": 20},
    "overload_people": {"公路客车超员": 75, "营运客车超员": 25},
    "roadwork": {"未经批准占用道路施工": 100},
}
# Real violations that the catalogue does not hold: they stay unclassified.
UNKNOWN_WORDINGS = (
    "机动车违反禁止标线指示",
    "机动车违反禁止标线指示",
    "驾驶机动车逆向行驶",
    "违反规定变更车道",
    "违反规定变更车道",
    "其他交通违法行为",
)

# Shares of the hours of the day, midnight first.
_BUSY = (2, 1, 1, 1, 1, 2, 8, 30, 44, 46, 44, 36, 28, 28, 34, 42, 44, 44, 34, 22, 16, 11, 5, 3)
_WORK = (0, 0, 0, 0, 0, 1, 6, 34, 42, 36, 30, 28, 18, 16, 30, 34, 36, 42, 36, 18, 8, 4, 2, 1)
_LATE = (16, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 1, 0, 0, 1, 3, 8, 16, 22, 26, 24)
HOURS = {"illegal_parking": _BUSY, "drink_driving": _LATE}
DEFAULT_HOURS = _WORK

# The hours of what is planted: by night, about noon, before school, before opening, after dinner.
NIGHT_HOURS = (3, 2, 1, 1, 1, 2) + (0,) * 16 + (4, 4)
HOSPITAL_HOURS = (0,) * 9 + (5, 6, 5, 3, 3, 5, 5, 3) + (0,) * 7
SCHOOL_HOURS = (0,) * 7 + (6, 2) + (0,) * 15
MARKET_HOURS = (0,) * 6 + (5, 6, 4, 2) + (0,) * 14
DINNER_HOURS = (3, 2) + (0,) * 20 + (5, 5)
DAY_HOURS = (0,) * 7 + (1,) * 14 + (0,) * 3
