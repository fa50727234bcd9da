"""What the made-up ticket export is made of: its headings, kinds of violation, roads and people.

No such city, road, person, plate or device exists: plates begin with 样, numbers of persons end in
a letter that none may bear, telephone numbers begin with 000.
"""

from __future__ import annotations

import random
from typing import NamedTuple

SEED = 20261031
ROADS = 20_000
DISTRICTS = ("澄湖区", "金桂区", "青岚区", "长堤区", "文渊区", "北湾区", "云栖区", "沙洲区")

HEADINGS = tuple(
    "序号 决定书编号 决定机关 采集机关 采集方式 设备编号 录入人 录入时间 当事人 证件类型 证件号码 驾驶证档案编号 "
    "联系电话 号牌种类 号牌号码 车辆类型 车辆品牌 车身颜色 车辆用途 车辆所有人 违法时间 违法地点 地点代码 公里数 "
    "行驶方向 所属辖区 道路类型 备注 违法代码 违法行为 法律依据 记分 强制措施类型 处罚种类 罚款金额 缴款状态 适用程序 "
    "处罚时间 当事人类型 是否改正 危害后果 是否经提示劝导 处理状态".split()
)


class Kind(NamedTuple):
    """A kind of violation: its share, code, whether a camera saw it, and what was decided."""

    share: float
    code: int
    camera: bool
    night: bool
    fines: tuple[int, ...]
    procedure: str
    penalty: str
    coercive: str
    wordings: tuple[str, ...]


def _kind(
    share: float,
    code: int,
    how: str,
    fines: str,
    wordings: str,
    penalty: str = "罚款",
    coercive: str = "无",
) -> Kind:
    amounts = tuple(int(amount) for amount in fines.split())
    procedure = "普通" if "普" in how else "简易"
    camera, night = "拍" in how, "夜" in how
    words = tuple(wordings.split())
    return Kind(share, code, camera, night, amounts, procedure, penalty, coercive, words)


# Shares fall off as in real exports: half of all is parking, the last kind is one in five thousand.
# All wordings stand in the traffic plugin's police_terms.yaml.
KINDS = (
    _kind(
        46,
        1039,
        "拍",
        "100 50 150 200",
        "违法停车 机动车违法停放 违反规定临时停车 在人行道违法停车"
        " 在消火栓旁违法停车 机动车违反规定停放、临时停车，驾驶人不在现场 双排停车 在公交站违法停车",
    ),
    _kind(14, 1625, "拍", "200", "机动车闯红灯 驾驶机动车违反道路交通信号灯通行"),
    _kind(10, 1303, "拍", "50 100 200", "超过规定时速10%以上未达20% 超过规定时速20%以上未达50%"),
    _kind(8, 2001, "", "20 30 50", "电动自行车闯红灯 电动自行车逆行 电动自行车未戴安全头盔"),
    _kind(5, 1240, "", "50 20", "未系安全带 未按规定使用安全带 乘车人没有使用安全带"),
    _kind(4, 1357, "拍", "100 200", "未礼让行人 遇行人正在通过人行横道时未停车让行"),
    _kind(3, 1223, "", "50 100", "驾车接打手机 驾车浏览手机"),
    _kind(2.4, 1019, "拍", "0", "占用公交专用道 违反规定使用专用车道", "警告"),
    _kind(
        1.6,
        1718,
        "",
        "200",
        "故意遮挡机动车号牌 未悬挂机动车号牌 不按规定安装机动车号牌",
        coercive="扣留机动车",
    ),
    _kind(
        1.4,
        1712,
        "夜普",
        "1000 2000",
        "饮酒后驾驶机动车 酒后驾车",
        "罚款、暂扣机动车驾驶证",
        "扣留驾驶证、检验体内酒精",
    ),
    _kind(1, 1636, "普", "500 1000 2000", "货车超载 货运机动车超过核定载质量"),
    _kind(0.8, 1711, "普", "500 1000 2000", "无证驾驶 未依法取得驾驶证 驾驶证被暂扣期间驾驶机动车"),
    _kind(0.7, 1610, "普", "1000 2000", "未投保交强险 交强险脱保上路", coercive="扣留机动车"),
    _kind(0.6, 4001, "普", "5000 10000 20000", "货车超限运输 车货总质量超过公路限定标准"),
    _kind(0.5, 1721, "普", "2000", "超过规定时速50%以上 严重超速行驶", "罚款、吊销机动车驾驶证"),
    _kind(0.4, 4002, "普", "1000 2000", "货物脱落扬撒 载货车辆沿途遗撒"),
    _kind(
        0.3,
        1719,
        "普",
        "2000 5000",
        "使用其他车辆的机动车号牌 使用伪造、变造的机动车号牌",
        "罚款、行政拘留",
        "扣留机动车",
    ),
    _kind(0.2, 1635, "普", "200 500 1000", "公路客车超员 营运客车超员"),
    _kind(0.08, 4003, "普", "10000", "未经许可从事客运经营 非法营运载客"),
    _kind(0.02, 4004, "普", "5000", "未经批准占用道路施工", "警告"),
)
UNKNOWN_WORDINGS = (
    "机动车违反禁止标线指示",
    "违反规定变更车道",
    "其他交通违法行为",
    "实习期未粘贴标志",
)
IN_WORDS = {
    20: "贰拾元", 30: "叁拾元", 50: "伍拾元", 100: "壹佰元", 150: "壹佰伍拾元", 200: "贰佰元", 500: "伍佰元",
    1000: "壹仟元整", 2000: "贰仟元整", 5000: "伍仟元整", 10000: "壹万元整", 20000: "贰万元整",
}  # fmt: skip

# Shares of the hours of the day, midnight first.
DAY = (2, 1, 1, 1, 1, 2, 8, 30, 44, 46, 44, 36, 28, 28, 34, 42, 44, 44, 34, 22, 16, 11, 5, 3)
NIGHT = (16, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 1, 0, 0, 1, 3, 8, 16, 22, 26, 24)

# Filler cells, every one of a few words.
FILLERS = {
    "采集方式": ("固定电子监控", "移动电子监控", "现场查处", "民警采集", "群众举报"),
    "车辆类型": ("小型轿车", "小型普通客车", "轻型厢式货车", "重型半挂牵引车", "普通二轮摩托车"),
    "车辆品牌": ("样牌甲", "样牌乙", "样牌丙", "样牌丁", "样牌戊", "样牌己", "样牌庚"),
    "车身颜色": ("白", "黑", "灰", "银", "红", "蓝", "棕", "绿", "黄"),
    "车辆用途": ("非营运", "货运", "公路客运", "出租客运", "租赁"),
    "行驶方向": ("由东向西", "由西向东", "由南向北", "由北向南"),
    "道路类型": ("城市主干路", "城市次干路", "城市支路", "城市快速路", "省道"),
    "缴款状态": ("已缴款", "已缴款", "已缴款", "未缴款"),
}


def roads() -> list[tuple[str, str, str]]:
    """Name, district and a road that crosses it, for every road of the made-up city."""
    chance = random.Random(SEED)
    first = "听莲望碧墨青棠竹翠枫云梅清杏花仓江盐朝兴渔柳月湖博芳文岚松茶"
    second = "涛渊叶波香岭园屏荷溪泉坪林岗阳渡港湾塘浦谷川亭台阁苑圃陵峰原"
    endings = ("路", "路", "路", "街", "街", "大道", "巷", "路东段", "路西段", "街南段", "街北段")
    names: dict[str, None] = {}
    while len(names) < ROADS:
        body = chance.choice(first) + chance.choice(second)
        third = chance.choice(second) if chance.random() < 0.8 else ""
        names.setdefault(f"{body}{third}{chance.choice(endings)}")
    listed = list(names)
    return [
        (name, chance.choice(DISTRICTS), chance.choice(listed).rstrip("东西南北段"))
        for name in listed
    ]


def slots(size: int) -> list[tuple[str, int, bool, bool, int, str, str, str, str]]:
    """Combinations of wording and fine, as many of each kind as its share says."""
    rows: list[tuple[str, int, bool, bool, int, str, str, str, str]] = []
    total = sum(kind.share for kind in KINDS)
    due = 0.0
    for kind in KINDS:
        due += kind.share / total * size
        while len(rows) < round(due):
            place = len(rows)
            wording = kind.wordings[place % len(kind.wordings)]
            fine = kind.fines[place // len(kind.wordings) % len(kind.fines)]
            words = IN_WORDS.get(fine, str(fine))
            rows.append(
                (wording, kind.code, kind.camera, kind.night, fine, words,
                 kind.procedure, kind.penalty, kind.coercive)
            )  # fmt: skip
    return rows
