"""From market supervision's export files to canonical cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from risk import Adapter
from risk import columns as c

Terms = Mapping[str, Any]


def case_export(terms: Mapping[str, Terms], words: Mapping[str, tuple[str, ...]]) -> Adapter:
    """The case-handling system's export of penalty cases, under Chinese headings.

    `words` are the names and phrases of each violation type: a 案由 that no term knows is looked
    for in the name of the case.
    """
    said = ("案由", "违法行为", "违法行为类型")
    state = c.optional(c.state(("案件状态", "结案情况", "办理状态"), terms["status"]))
    return Adapter(
        name="case_export",
        title="市场监管案件管理系统导出",
        sample="samples/market_supervision_export.csv",
        columns={
            "case_id": c.text(("处罚决定书文号", "行政处罚决定书文号", "案件编号")),
            "violation": c.first(
                c.lookup(said, terms["market"], "violation"),
                c.optional(c.phrases(("案件名称",), words)),
            ),
            "behaviour": c.lookup(said, terms["market"], "behaviour", partial=True),
            "occurred_at": c.optional(c.timestamp(("违法行为发生时间", "案发时间"))),
            "decided_on": c.date(("处罚决定日期", "决定日期")),
            "district": c.optional(c.text(("所属辖区", "辖区"))),
            "place": c.road(("经营场所", "案发地点", "违法地点")),
            "industry": c.optional(c.text(("行业类别", "行业", "主体业态"))),
            "party_kind": c.optional(c.lookup(("当事人类型", "主体类型"), terms["party"])),
            "party": c.pseudonym(
                c.optional(c.text(("统一社会信用代码", "证件号码"))), ("当事人", "当事人名称")
            ),
            "penalties": c.first(
                c.kinds("处罚种类", terms["penalty"]),
                c.lookup("处罚种类", terms["no_penalty"], partial=True),
            ),
            "fine_fen": c.optional(c.amount(c.FINE, unit="元")),
            "confiscated_fen": c.optional(c.amount(("没收金额", "没收违法所得金额"), unit="元")),
            "procedure": c.optional(c.lookup("适用程序", terms["procedure"])),
            "coercive_measures": c.optional(c.kinds("行政强制措施", terms["coercive"])),
            "compulsory_enforcement": c.optional(c.kinds("行政强制执行", terms["enforcement"])),
            "corrected": c.optional(c.yes_no("是否改正", terms["flag"])),
            "harm": c.optional(c.yes_no("危害后果", terms["flag"])),
            "guided": c.optional(c.yes_no("是否经行政指导", terms["flag"])),
        },
        excludes={
            "销案、撤销或者移送": state.isin("withdrawn"),
            "尚未作出决定": state.isin("open"),
        },
        marks=(("办案机构", "办案单位", "承办机构"),),
    )


def dinesafe(infractions: Terms, terms: Mapping[str, Terms]) -> Adapter:
    """Toronto's inspections of food premises, one row for each infraction or clean inspection.

    Fines are Canadian dollars, taken as the number that is written. An inspection's day is the day
    of decision: the file tells no other. Its `Rec #` is unique only within one yearly file, and an
    inspection lies in one file only, so that both together are unique over all years.
    """
    outcome = c.text("Outcome")
    kinds = c.first(
        c.lookup("Outcome", terms["outcomes"], partial=True),
        c.lookup("Action", terms["actions"], partial=True),
    )
    return Adapter(
        name="dinesafe",
        title="多伦多食品经营场所检查（罚款为加元，按原数字）",
        columns={
            "case_id": c.joined("Inspection ID", "Rec #", separator="-"),
            "violation": c.lookup("Infraction Details", infractions, "violation"),
            "behaviour": c.lookup("Infraction Details", infractions, "behaviour", partial=True),
            "decided_on": c.date("Inspection Date", "%Y-%m-%d"),
            "place": c.road("Establishment Address", house_first=True),
            "lat": c.number("Latitude"),
            "lon": c.number("Longitude"),
            "industry": c.first(
                c.lookup("Establishment Type", terms["types"], partial=True),
                c.text("Establishment Type"),
            ),
            "party": c.pseudonym("Establishment ID"),
            "penalties": kinds,
            "fine_fen": c.amount("Amount Fined", unit="元"),
            "coercive_measures": c.lookup("Action", terms["orders"]),
            "corrected": _yes_or_unknown("Action", "Corrected During Inspection"),
            "guided": _yes_or_unknown("Action", "Corrected During Inspection"),
        },
        excludes={
            "检查合格，没有违法": c.text("Infraction Details").is_missing(),
            "指控撤回、驳回或者撤销": outcome.isin(
                "Charges Withdrawn", "Charges Dismissed", "Charges Quashed"
            ),
            "法院尚未裁决": outcome.isin("Pending"),
        },
        marks=(("Establishment Name",), ("Severity",)),
    )


def _yes_or_unknown(heading: str, word: str) -> c.Column:
    """True for the word; any other leaves it unknown, which makes no cell unreadable."""
    said = c.flag(heading, (word,), ())
    return c.Column(said.reads, said.make)
