"""The made-up city 江州市: its parks and roads, its trades, and how its case system words them."""

from __future__ import annotations

DISTRICTS = {
    "金桂区": "桂花路 康宁路 鼓楼街 槐荫街 丹桂街 永安街 建设路 老城大道",
    "澄湖区": "澄湖大道 食府街 湖滨路 荷塘路 莲花街 渔港路 柳堤路 南岸路",
    "文渊区": "文渊印刷产业园 科技大道 学府路 文渊大道 文昌路 青云路 创新路 求知路",
    "青岚区": "青岚家具产业园 采石路 岚山路 青岚大道 松涛路 茶山路 清泉路 云岭路",
    "长堤区": "长堤汽配城 码头街 长堤路 铁东路 仓储路 江堤路 盐仓街 朝阳街",
    "北湾区": "北湾化工园 港区电镀产业园 兴业工业园 新城路 工业大道 北环路 物流大道 港区公路",
}
DISTRICT_OF = {place: name for name, places in DISTRICTS.items() for place in places.split()}
PLACES = tuple(DISTRICT_OF)
PARKS = ("北湾化工园", "港区电镀产业园", "兴业工业园", "青岚家具产业园", "文渊印刷产业园")
SITE_ROADS = ("科技大道", "新城路", "澄湖大道", "学府路", "创新路", "建设路", "青岚大道", "北环路")
YARD_ROADS = ("采石路", "码头街", "江堤路", "港区公路", "物流大道", "仓储路")

# The trades, as the column 行业类别 words them, with the places where they mostly are.
TRADES: dict[str, tuple[str, tuple[str, ...]]] = {
    "汽修": ("汽车修理与维护", ("荷塘路", "铁东路", "朝阳街", "北环路", "永安街", "渔港路")),
    "印刷": ("包装装潢及其他印刷", ("文渊印刷产业园", "文昌路", "盐仓街", "求知路")),
    "餐饮": ("餐饮业", ("食府街", "鼓楼街", "湖滨路", "莲花街")),
    "建筑施工": ("房屋建筑业", SITE_ROADS),
    "市政工程": ("土木工程建筑业", SITE_ROADS),
    "拆除工程": ("建筑物拆除和场地准备", SITE_ROADS),
    "化工": ("化学原料和化学制品制造业", ("北湾化工园", "北湾化工园", "工业大道", "港区公路")),
    "养殖": ("畜禽养殖", ("岚山路", "茶山路", "清泉路", "云岭路", "江堤路")),
    "家具制造": ("木质家具制造", ("青岚家具产业园", "松涛路", "兴业工业园", "仓储路")),
    "金属表面处理": ("金属表面处理及热处理加工", ("港区电镀产业园", "兴业工业园", "工业大道")),
    "建材": ("水泥制品制造", YARD_ROADS),
    "砂石加工": ("建筑用石加工", YARD_ROADS),
    "码头仓储": ("货运港口", ("码头街", "港区公路", "仓储路")),
    "医疗机构": ("门诊部（所）", ("康宁路", "槐荫街", "丹桂街", "柳堤路")),
    "污水处理": ("污水处理及其再生利用", ("江堤路", "兴业工业园", "南岸路")),
    "检测服务": ("环境监测服务", ("创新路", "科技大道", "文渊大道")),
    "加油站": ("机动车燃油零售", ("老城大道", "北环路", "青岚大道", "长堤路")),
    "食品加工": ("农副食品加工业", ("兴业工业园", "码头街", "盐仓街")),
}

# Cases decided between January 2024 and October 2026, without the planted stories.
COUNTS = {
    "environment.build_before_approval": 230,
    "environment.production_before_acceptance": 250,
    "environment.no_permit": 190,
    "environment.registration_form": 170,
    "environment.exceed_standard": 330,
    "environment.evade": 96,
    "environment.fake_data": 7,
    "environment.heavy_pollution_refusal": 9,
    "environment.no_self_monitoring": 210,
    "environment.auto_monitor": 110,
    "environment.ledger_report": 280,
    "environment.disclosure": 76,
    "environment.emergency_plan": 14,
    "environment.construction_dust": 300,
    "environment.stockpile_dust": 190,
    "environment.voc": 340,
    "environment.hazwaste_management": 330,
    "environment.hazwaste_transfer": 42,
    "environment.solid_ledger": 120,
    "environment.night_construction_noise": 210,
}
# Types that the catalogue knows by the code only: no case of theirs is older than it.
ONLY_BY_CODE = ("environment.fake_data", "environment.emergency_plan")

# Which trades the types are found in, with their shares.
FOUND_IN: dict[str, dict[str, int]] = {
    "environment.build_before_approval": {"家具制造": 20, "养殖": 20, "建材": 20, "食品加工": 20, "化工": 20},
    "environment.production_before_acceptance": {
        "家具制造": 25, "印刷": 20, "食品加工": 20, "建材": 20, "化工": 15,
    },
    "environment.no_permit": {"金属表面处理": 30, "食品加工": 25, "家具制造": 25, "建材": 20},
    "environment.registration_form": {"汽修": 40, "餐饮": 15, "印刷": 25, "养殖": 20},
    "environment.exceed_standard": {
        "金属表面处理": 20, "污水处理": 20, "养殖": 20, "化工": 20, "食品加工": 20,
    },
    "environment.evade": {"金属表面处理": 55, "食品加工": 25, "化工": 20},
    "environment.fake_data": {"检测服务": 70, "污水处理": 30},
    "environment.heavy_pollution_refusal": {"建筑施工": 60, "建材": 40},
    "environment.no_self_monitoring": {"家具制造": 25, "印刷": 25, "食品加工": 25, "金属表面处理": 25},
    "environment.auto_monitor": {"污水处理": 55, "化工": 25, "食品加工": 20},
    "environment.ledger_report": {"印刷": 30, "汽修": 20, "家具制造": 30, "化工": 20},
    "environment.disclosure": {"化工": 50, "金属表面处理": 30, "污水处理": 20},
    "environment.emergency_plan": {"化工": 60, "金属表面处理": 40},
    "environment.construction_dust": {"建筑施工": 50, "市政工程": 30, "拆除工程": 20},
    "environment.stockpile_dust": {"建材": 40, "砂石加工": 40, "码头仓储": 20},
    "environment.voc": {"家具制造": 30, "汽修": 30, "印刷": 25, "加油站": 15},
    "environment.hazwaste_management": {
        "汽修": 45, "医疗机构": 15, "化工": 10, "金属表面处理": 10, "家具制造": 10, "加油站": 10,
    },
    "environment.hazwaste_transfer": {"金属表面处理": 50, "汽修": 30, "化工": 20},
    "environment.solid_ledger": {"食品加工": 40, "建材": 35, "家具制造": 25},
    "environment.night_construction_noise": {"建筑施工": 70, "市政工程": 30},
}  # fmt: skip

# Real violations that the catalogue does not hold: they stay unclassified.
UNKNOWN_WORDINGS = (
    "放射性同位素台账不符",
    "未按规定处置医疗废水",
    "消耗臭氧层物质未备案",
    "露天焚烧沥青",
    "土壤污染隐患排查缺失",
    "机动车检验机构违规检验",
    "饮用水水源保护区内违规活动",
)

# Shares of the hours of the day, midnight first. Only of what happens at a time of its own: a lasting
# state is found in office hours, which says when inspectors work and not when anybody offends.
NIGHT_HOURS = (8, 6, 4, 2, 1, 1) + (0,) * 16 + (10, 10)
SECRET_HOURS = (5, 5, 5, 4, 3, 2) + (0,) * 14 + (1, 2, 4, 5)
HOURS = {
    "environment.night_construction_noise": NIGHT_HOURS,
    "environment.evade": SECRET_HOURS,
}
