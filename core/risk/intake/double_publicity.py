"""The national 双公示 record of an administrative penalty, which every department publishes.

Both versions are read, the fields of 2018 (CF_WSH …) and those of 2015/16 (CF_CFMC …), under
field codes or Chinese headings with the spellings that real importers use. The record states no
procedure, no place and no coercive measure: those columns are unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from risk.model.adapter import Adapter
from risk.model.case import PARTY_KINDS, PENALTY_KINDS
from risk.model.violation import ViolationType

from . import columns as c
from .fields import first_there, together

_DECISION = (
    "CF_WSH",
    "行政处罚决定书文号",
    "处罚决定书文号",
    "行政处罚决定文书号",
    "行政处罚决定文号",
    "处罚决定文号",
    "行政处罚文书号",
    "行政处罚决定书号",
    "处罚决定书号",
    "处罚文书书号",
    "文号",
    "案号",
)
_PARTY = (
    "CF_XDR_MC",
    "CF_XDR",
    "行政相对人名称",
    "行政相对人",
    "当事人",
    "当事人名称",
    "被处罚人",
    "被处罚单位",
    "被处罚当事人名称",
    "被罚当事人名称",
    "处罚对象",
    "企业名称",
    "单位名称",
    "公司名称",
    "纳税人名称",
    "违规主体名称",
)
_TYPE = ("CF_WFXW", "CF_CFMC", "违法行为类型", "违法行为名称", "案件名称", "处罚名称")
_FACTS = ("CF_SY", "违法事实", "主要违法事实", "处罚事由")
_BASIS = ("CF_YJ", "处罚依据", "处罚的依据", "法律依据", "行政处罚依据")
_SECOND_KIND = ("CF_CFLB2", "处罚类别2")
_KIND = ("CF_CFLB", "CF_CFLB1", "处罚类别", "处罚类别1", "处罚种类", "处罚类型", *_SECOND_KIND)
_DATE = (
    "CF_JDRQ",
    "处罚决定日期",
    "处罚日期",
    "做出处罚的日期",
    "作出行政处罚决定日期",
    "处罚决定书签发日期",
)
_AUTHORITY = (
    "CF_CFJG",
    "CF_XZJG",
    "处罚机关",
    "作出处罚决定的部门",
    "作出行政处罚决定机关名称",
    "行政执法机关名称",
)
_RESULT = ("CF_NR", "CF_JG", "处罚内容", "处罚结果", "行政处罚内容")
_CREDIT_CODE = (
    "CF_XDR_SHXYM",
    "行政相对人代码_1(统一社会信用代码)",
    "行政相对人代码_1",
    "统一社会信用代码",
)
_REGISTRATION = (
    "CF_XDR_GSZC",
    "CF_XDR_GSDJ",
    "行政相对人代码_2(工商注册号)",
    "行政相对人代码_2",
    "工商注册号",
    "工商登记码",
)
_ORGANISATION = (
    "CF_XDR_ZZJG",
    "CF_XDR_ZDM",
    "行政相对人代码_3(组织机构代码)",
    "行政相对人代码_3",
    "组织机构代码",
)
_IDENTITY = ("CF_XDR_ZJHM", "CF_XDR_SFZ", "证件号码", "居民身份证号")
_FINE = ("CF_NR_FK", "罚款金额(万元)", "处罚金额(万元)", "罚款数额(万元)", "罚款(万元)")
_FINE_IN_YUAN = ("罚款金额(元)", "处罚金额(元)", "罚款数额(元)", "罚款(元)")
# Exporters write either unit under these; 罚没金额 says fine and confiscation in one sum, so that
# it tells neither.
_FINE_OF_SOME_UNIT = ("罚款金额", "处罚金额", "罚款数额")
_CONFISCATED = ("CF_NR_WFFF", "没收违法所得、没收非法财物的金额(万元)")
_STATE = ("CF_ZT", "当前状态")
# Words of the field 处罚类别 and the kinds of 行政处罚法 art 9 that they mean.
# 暂扣 alone is none of them: 暂扣车辆 is a coercive measure.
PENALTY_WORDS = {kind: kind for kind in PENALTY_KINDS} | {
    "吊销": "吊销许可证件",
    **dict.fromkeys(
        (
            "暂扣许可证",
            "暂扣执照",
            "暂扣证照",
            "暂扣营业执照",
            "暂扣驾驶证",
            "暂扣机动车驾驶证",
            "暂扣或者吊销",
            "暂扣或吊销",
            "暂扣、吊销",
        ),
        "暂扣许可证件",
    ),
    "没收非法所得": "没收违法所得",
    "没收违法收入": "没收违法所得",
    "降低资质": "降低资质等级",
    **dict.fromkeys(("责令停产", "责令停业", "停产停业", "停业整顿"), "责令停产停业"),
    "责令停业、关闭": "责令关闭",
    "拘留": "行政拘留",
}
# Of the form of 2015/16; a decision that is objected to is not yet settled.
_STATE_WORDS = dict.fromkeys(("0", "正常", "有效"), "closed") | dict.fromkeys(
    ("1", "2", "撤销", "撤消", "已撤销", "异议", "无效", "作废", "已作废", "删除", "已删除"),
    "withdrawn",
)
_PARTY_WORDS = {kind: kind for kind in PARTY_KINDS} | {
    "法人": "法人及非法人组织",
    "法人及其他组织": "法人及非法人组织",
    "非法人组织": "法人及非法人组织",
    "个体": "个体工商户",
    "个人": "自然人",
}


def double_publicity(violation_types: Iterable[ViolationType]) -> Adapter:
    """The adapter of the 双公示 record for a department with these violation types.

    A row belongs to the type whose law its basis cites and whose name or phrases its wording or its
    facts hold (`risk.columns.classified`); else it is unclassified. Amounts are in 万元 (CF_NR_FK
    0.2 is 2,000 yuan); under a heading without a unit, a cell without one is unreadable. Where the
    field says nothing the fine that the result's text states is taken.
    """
    types = tuple(violation_types)
    return Adapter(
        name="double_publicity",
        title="双公示行政处罚信息",
        columns={
            "case_id": c.document_number(_DECISION),
            "violation": c.classified(types, (_TYPE, _FACTS), (_BASIS,)),
            "decided_on": c.date(_DATE),
            "party": c.pseudonym(
                c.optional(c.text(_CREDIT_CODE)),
                c.optional(c.text(_REGISTRATION)),
                c.optional(c.text(_ORGANISATION)),
                c.optional(c.text(_IDENTITY)),
                c.text(_PARTY),
            ),
            "party_kind": c.optional(c.lookup(("CF_XDR_LB", "行政相对人类别"), _PARTY_WORDS)),
            "penalties": together(
                c.kinds(_KIND, PENALTY_WORDS), c.optional(c.kinds(_SECOND_KIND, PENALTY_WORDS))
            ),
            "fine_fen": c.first(
                first_there(
                    c.amount(_FINE, unit="万元"),
                    c.amount(_FINE_IN_YUAN, unit="元"),
                    c.amount(_FINE_OF_SOME_UNIT, unit=None),
                ),
                c.optional(c.amount_after("罚款", _RESULT)),
            ),
            "confiscated_fen": c.optional(c.amount(_CONFISCATED, unit="万元")),
        },
        excludes={
            "撤销、作废或者异议": c.optional(c.state(_STATE, _STATE_WORDS)).isin("withdrawn")
        },
        marks=(_AUTHORITY,),
    )
