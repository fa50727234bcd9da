"""The canonical case: the columns that every adapter's file is brought to."""

from __future__ import annotations

from typing import Final

from .column import CanonicalColumn

PARTY_KINDS: Final = ("自然人", "个体工商户", "法人及非法人组织")
PROCEDURES: Final = ("简易", "普通", "听证")

# 行政处罚法 (2021) art 9, and 吊销执照 of the 2017 text, which older files still name.
PENALTY_KINDS: Final = (
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "行政拘留",
    "其他行政处罚",
)
# 行政强制法 art 9 and art 12.
COERCIVE_KINDS: Final = (
    "限制公民人身自由",
    "查封场所、设施或者财物",
    "扣押财物",
    "冻结存款、汇款",
    "其他行政强制措施",
)
COMPULSORY_KINDS: Final = (
    "加处罚款或者滞纳金",
    "划拨存款、汇款",
    "拍卖或者依法处理查封、扣押的场所、设施或者财物",
    "排除妨碍、恢复原状",
    "代履行",
    "其他强制执行方式",
)
# Stands last among the kinds of a cell that tells of more than is known for certain.
NOT_ALL_KNOWN: Final = "不明"
# As a table of words spells them.
FLAGS: Final = ("true", "false")
# What a table of words may say of the state that a case is in; `unpunished` is 不予处罚.
STATES: Final = ("closed", "withdrawn", "open", "unpunished")

CASE_COLUMNS: Final = (
    CanonicalColumn("case_id", "text", "案号", "Number of the decision or ticket.", required=True),
    CanonicalColumn("violation", "text", "违法行为", "Id in the catalogue.", required=True),
    CanonicalColumn("behaviour", "text", "表现形式", "Finer than the violation type."),
    CanonicalColumn("occurred_at", "timestamp", "违法时间", "When it happened, local time."),
    CanonicalColumn("decided_on", "date", "处罚决定日期", "When it was decided.", required=True),
    CanonicalColumn("district", "text", "区县", "District of the place."),
    CanonicalColumn("place", "text", "地点", "Road segment or site, folded."),
    CanonicalColumn("lat", "float", "纬度", "Degrees, WGS-84."),
    CanonicalColumn("lon", "float", "经度", "Degrees, WGS-84."),
    CanonicalColumn("industry", "text", "行业", "Industry of the counterparty."),
    CanonicalColumn(
        "party_kind",
        "text",
        "相对人类别",
        "自然人, 个体工商户 or 法人及非法人组织.",
        words=PARTY_KINDS,
    ),
    CanonicalColumn("party", "text", "相对人代号", "Pseudonym: a keyed hash, never a name."),
    CanonicalColumn(
        "penalties",
        "text",
        "处罚种类",
        "Kinds of 行政处罚法 art 9, joined by 、; 不明 last if not all are known.",
        words=PENALTY_KINDS,
        joined=True,
    ),
    CanonicalColumn("fine_fen", "integer", "罚款(分)", "Fine in 分."),
    CanonicalColumn("confiscated_fen", "integer", "没收(分)", "Value confiscated in 分."),
    CanonicalColumn("procedure", "text", "程序", "简易, 普通 or 听证.", words=PROCEDURES),
    CanonicalColumn(
        "coercive_measures",
        "text",
        "行政强制措施",
        "行政强制法 art 9, joined by 、; 不明 likewise.",
        words=COERCIVE_KINDS,
        joined=True,
    ),
    CanonicalColumn(
        "compulsory_enforcement",
        "text",
        "行政强制执行",
        "Art 12, joined by 、; 不明 likewise.",
        words=COMPULSORY_KINDS,
        joined=True,
    ),
    CanonicalColumn("corrected", "boolean", "已改正", "True, false or unknown.", words=FLAGS),
    CanonicalColumn("harm", "boolean", "有危害后果", "True, false or unknown.", words=FLAGS),
    CanonicalColumn("guided", "boolean", "经行政指导", "True, false or unknown.", words=FLAGS),
)
COLUMN_NAMES: Final = tuple(column.name for column in CASE_COLUMNS)
