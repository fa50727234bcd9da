"""The made-up city 江州市: its streets, its trades, and how its market supervision words cases."""

from __future__ import annotations

DISTRICTS = {
    "金桂区": "桂花路东段 康宁路 书院街 鼓楼街 槐荫街 丹桂街 永安街 建设路 老城大道 仁和巷",
    "澄湖区": "食府街 澄湖大道 湖滨路 荷塘路 莲花街 渔港路 柳堤路 月湖街 望湖路 碧波路",
    "文渊区": "学府路 文渊大道 文昌路 翰林街 墨香路 青云路 博雅街 芳草路 科技大道 创新路",
    "青岚区": "青岚大道 岚山路 松涛路 竹苑路 翠屏街 茶山路 枫林路 云岭路 梅岭街 清泉路",
    "长堤区": "货栈街 长堤路 码头街 站前路 铁东路 仓储路 通江路 盐仓街 花市街 朝阳街",
    "北湾区": "北湾大道 港区公路 物流大道 兴业路 工业大道 兴隆路 北环路 安居路 新城路 学田路",
}
DISTRICT_OF = {road: name for name, roads in DISTRICTS.items() for road in roads.split()}
ROADS = tuple(DISTRICT_OF)

# Cases in the period 2025-10 to 2026-10, without the planted stories.
COUNTS = {
    "food_expired": 560,
    "price_tag": 330,
    "licence_not_shown": 330,
    "food_records": 320,
    "food_utensils": 310,
    "food_health_cert": 300,
    "food_label": 170,
    "no_registration": 150,
    "scales": 150,
    "food_no_permit": 140,
    "substandard_goods": 140,
    "small_shop_unregistered": 115,
    "no_change_registration": 85,
    "trademark": 72,
    "equipment_registration": 58,
    "false_ad": 52,
    "absolute_terms": 42,
    "special_equipment": 34,
    "price_fraud": 24,
    "false_publicity": 24,
    "drug_purchase": 13,
    "false_registration": 11,
    "food_medical_claim": 3,
}

# Wordings as they stand in the file, with their shares; all of them are in data/market_terms.yaml.
WORDINGS: dict[str, dict[str, int]] = {
    "food_expired": {
        "经营超过保质期食品": 40,
        "销售超过保质期的食品": 25,
        "超过保质期的预包装食品": 15,
        "使用超过保质期的食品原料": 20,
    },
    "price_tag": {"未按规定明码标价": 45, "不标明价格": 30, "标价签内容不全": 25},
    "licence_not_shown": {"未亮照经营": 50, "未将营业执照置于醒目位置": 50},
    "food_records": {
        "未履行进货查验义务": 40,
        "未按规定查验供货者许可证": 25,
        "未建立进货查验记录": 35,
    },
    "food_utensils": {"餐具饮具使用前未经洗净消毒": 45, "复用餐饮具抽检不合格": 55},
    "food_health_cert": {
        "未取得健康证明的人员从事接触直接入口食品": 40,
        "安排无健康证明人员上岗": 35,
        "从业人员健康证明过期": 25,
    },
    "food_label": {
        "标签不符合食品安全标准": 45,
        "食品标签存在瑕疵": 35,
        "无标签的预包装食品": 15,
        "无中文标签的进口食品": 5,
    },
    "no_registration": {"无照经营": 55, "未取得营业执照": 45},
    "scales": {
        "使用未经检定的计量器具": 40,
        "使用超过检定周期的计量器具": 35,
        "电子秤未经检定": 25,
    },
    "food_no_permit": {"未取得食品经营许可": 60, "无证从事餐饮服务": 25, "无证从事食品经营": 15},
    "substandard_goods": {
        "销售不合格的产品": 45,
        "销售的产品抽检不合格": 40,
        "销售不合格电动自行车": 15,
    },
    "small_shop_unregistered": {"食品小经营店未登记": 65, "食品小作坊未登记": 35},
    "no_change_registration": {"未按规定办理变更登记": 55, "变更住所未登记": 45},
    "trademark": {"销售侵犯注册商标专用权的商品": 80, "商标侵权": 20},
    "equipment_registration": {"特种设备未办理使用登记": 45, "电梯未按规定维护保养": 55},
    "false_ad": {"发布虚假广告": 70, "广告内容虚假": 30},
    "absolute_terms": {"使用绝对化用语": 75, "广告使用最佳等用语": 25},
    "special_equipment": {"使用未经定期检验的电梯": 55, "叉车未经定期检验": 45},
    "price_fraud": {"虚构原价": 55, "不履行价格承诺": 45},
    "false_publicity": {"虚假或者引人误解的商业宣传": 50, "刷单": 30, "好评返现编造评价": 20},
    "drug_purchase": {"从不具有资质的单位购进药品": 70, "从个人手中购进药品": 30},
    "false_registration": {"提交虚假材料骗取登记": 70, "冒用他人身份办理登记": 30},
    "food_medical_claim": {"普通食品宣传疗效": 100},
}
# Real violations that the catalogue does not hold: they stay unclassified.
UNKNOWN_WORDINGS = (
    "经营腐败变质食品",
    "经营腐败变质食品",
    "生产经营掺假掺杂食品",
    "未按规定公示年度报告",
    "未按规定公示年度报告",
    "经营未备案化妆品",
    "擅自改变专利标识",
)

_FOOD = {"食品销售": 70, "餐饮服务": 25, "食品批发": 5}
_SHOPS = {"食品销售": 35, "商业零售": 30, "餐饮服务": 20, "建材五金": 8, "服装鞋帽": 7}
# Trades by which each type is found, with their shares.
TRADES: dict[str, dict[str, int]] = {
    "food_expired": _FOOD,
    "food_records": {"食品销售": 50, "餐饮服务": 42, "食品批发": 8},
    "food_utensils": {"餐饮服务": 85, "单位食堂": 15},
    "food_health_cert": {"餐饮服务": 75, "食品销售": 15, "食品小作坊": 10},
    "food_label": {"食品销售": 60, "食品批发": 25, "食品小作坊": 15},
    "food_no_permit": {"餐饮服务": 60, "食品销售": 25, "电子商务": 15},
    "small_shop_unregistered": {"食品小作坊": 35, "餐饮服务": 40, "食品销售": 25},
    "no_registration": _SHOPS | {"美容服务": 10},
    "no_change_registration": {"企业服务": 45, "商业零售": 30, "电子商务": 25},
    "scales": {"食品销售": 75, "加油站": 10, "商业零售": 15},
    "substandard_goods": {"建材五金": 55, "商业零售": 45},
    "trademark": {"服装鞋帽": 60, "食品销售": 25, "商业零售": 15},
    "equipment_registration": {"物业管理": 70, "制造业": 30},
    "special_equipment": {"物业管理": 50, "制造业": 40, "仓储物流": 10},
    "false_ad": {"美容服务": 35, "教育培训": 25, "商业零售": 30, "房屋中介": 10},
    "absolute_terms": {"电子商务": 45, "商业零售": 45, "房屋中介": 10},
    "price_fraud": {"商业零售": 60, "电子商务": 40},
    "false_publicity": {"电子商务": 50, "教育培训": 20, "保健食品销售": 20, "餐饮服务": 10},
    "drug_purchase": {"药品零售": 75, "医疗诊所": 25},
    "false_registration": {"企业服务": 100},
    "food_medical_claim": {"保健食品销售": 100},
}
DEFAULT_TRADES = _SHOPS
COMPANIES = (
    "物业管理",
    "制造业",
    "企业服务",
    "教育培训",
    "食品批发",
    "单位食堂",
    "仓储物流",
    "加油站",
)
