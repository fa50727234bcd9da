"""From urban management's export files to canonical cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from risk import Adapter
from risk import columns as c

Terms = Mapping[str, Any]


def case_export(terms: Mapping[str, Terms]) -> Adapter:
    """The export of the urban management case system (城管办案系统), under Chinese headings."""
    cause = ("案由", "违法案由", "违法行为名称")
    state = c.optional(c.state(("案件状态", "办理状态", "处理状态"), terms["status"]))
    return Adapter(
        name="case_export",
        title="城管办案系统导出",
        sample="samples/urban_management_export.csv",
        columns={
            "case_id": c.text(("处罚决定书文号", "行政处罚决定书文号", "决定书编号")),
            "violation": c.lookup(cause, terms["case"], "violation"),
            "behaviour": c.lookup(cause, terms["case"], "behaviour", partial=True),
            "occurred_at": c.timestamp(("案发时间", "违法时间", "发现时间")),
            "decided_on": c.date(("处罚决定日期", "决定日期", "作出决定日期")),
            "district": c.optional(c.text(("所属区", "所属辖区", "区县"))),
            "place": c.road(("案发地点", "违法地点", "案发地址")),
            "industry": c.optional(c.text(("行业类别", "所属行业"))),
            "party_kind": c.optional(c.lookup("当事人类型", terms["party"])),
            "party": c.pseudonym(
                c.optional(c.text(("统一社会信用代码", "证件号码"))), c.text(("当事人", "相对人"))
            ),
            "penalties": c.optional(c.kinds("处罚种类", terms["penalty"])),
            "fine_fen": c.amount(c.FINE, unit="元"),
            "confiscated_fen": c.optional(c.amount(("没收价值", "没收金额"), unit="元")),
            "procedure": c.optional(c.lookup("适用程序", terms["procedure"])),
            "coercive_measures": c.optional(
                c.kinds(("强制措施", "行政强制措施"), terms["coercive"])
            ),
            "compulsory_enforcement": c.optional(
                c.kinds(("强制执行方式", "行政强制执行"), terms["compulsory"])
            ),
            "corrected": c.optional(c.yes_no("是否改正", terms["flag"])),
            "harm": c.optional(c.yes_no("危害后果", terms["flag"])),
            "guided": c.optional(c.yes_no(("是否先行劝导", "是否经劝导"), terms["flag"])),
        },
        excludes={
            "已撤销、作废或者移送": state.isin("withdrawn"),
            "尚未结案": state.isin("open"),
        },
    )
