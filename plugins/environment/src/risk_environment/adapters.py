"""From the environment department's export files to canonical cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from risk import Adapter, ViolationType
from risk import columns as c

Terms = Mapping[str, Any]


def penalty_export(terms: Mapping[str, Terms], violation_types: Iterable[ViolationType]) -> Adapter:
    """The case system's export of decided penalties, under Chinese headings.

    The type is what 案由 says; where that names none, the one whose phrases 违法事实 holds.
    """
    said = ("案由", "违法行为类型", "违法行为")
    words = {kind.id: (kind.name, *kind.phrases) for kind in violation_types}
    return Adapter(
        name="penalty_export",
        title="生态环境执法办案系统行政处罚导出",
        sample="samples/environment_penalty_export.csv",
        columns={
            "case_id": c.text(("处罚决定书文号", "行政处罚决定书文号", "决定书文号")),
            "violation": c.first(
                c.lookup(said, terms["offence"], "violation"),
                c.phrases((("违法事实", "主要违法事实"),), words),
            ),
            "behaviour": c.lookup(said, terms["offence"], "behaviour", partial=True),
            "occurred_at": c.optional(c.timestamp(("违法行为发生时间", "违法时间"))),
            "decided_on": c.date(("处罚决定日期", "决定日期")),
            "district": c.optional(c.text(("所属区县", "区县"))),
            "place": c.road(("违法地点", "园区或者路段")),
            "industry": c.optional(c.lookup("行业类别", terms["industry"])),
            "party_kind": c.optional(c.lookup("相对人类别", terms["party"])),
            "party": c.pseudonym(
                c.optional(c.text("统一社会信用代码")), c.text(("当事人名称", "被处罚单位"))
            ),
            "penalties": c.kinds("处罚种类", terms["penalty"]),
            "fine_fen": c.first(
                c.optional(c.amount(("罚款金额", "罚款金额(元)"), unit="元")),
                c.optional(c.amount("罚款金额(万元)", unit="万元")),
            ),
            "confiscated_fen": c.optional(c.amount("没收违法所得", unit="元")),
            "procedure": c.optional(c.lookup("适用程序", terms["procedure"])),
            "coercive_measures": c.optional(c.kinds("行政强制措施", terms["coercive"]["measures"])),
            "compulsory_enforcement": c.optional(
                c.kinds("强制执行", terms["coercive"]["enforcement"])
            ),
            "corrected": c.optional(_flag("是否改正", terms["flag"])),
            "harm": c.optional(_flag("危害后果", terms["flag"])),
            "guided": c.optional(_flag("是否经帮扶指导", terms["flag"])),
        },
        excludes={
            "已撤销、作废或者不予处罚": c.optional(c.text("案件状态")).isin(
                *_words(terms, "withdrawn")
            ),
            "尚未作出决定": c.optional(c.text("案件状态")).isin(*_words(terms, "open")),
        },
    )


def _words(terms: Mapping[str, Terms], state: str) -> list[str]:
    return [word for word, said in terms["status"].items() if said == state]


def _flag(heading: str, words: Terms) -> c.Column:
    yes = tuple(word for word, said in words.items() if said == "true")
    return c.flag(heading, yes, tuple(word for word in words if word not in yes))
