"""From traffic's export files to canonical cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from risk import Adapter
from risk import columns as c

Terms = Mapping[str, Any]

BOROUGHS = {
    "NY": "Manhattan",
    "MN": "Manhattan",
    "K": "Brooklyn",
    "BK": "Brooklyn",
    "Q": "Queens",
    "QN": "Queens",
    "BX": "Bronx",
    "R": "Staten Island",
    "ST": "Staten Island",
}


def police_export(terms: Mapping[str, Terms]) -> Adapter:
    """The traffic police's export of violations, under Chinese headings or field codes."""
    said = ("违法行为", "wfms", "WFXW")
    person = ("当事人", "DSR", "驾驶人", "被处罚人", "违法行为人", "违法人")
    state = c.optional(c.state(("处理状态", "案件状态", "办理状态"), terms["status"]))
    decided = c.optional(c.state(("CJBJ", "裁决标记"), terms["decided"]))
    return Adapter(
        name="police_export",
        title="交警违法处理系统导出",
        sample="samples/traffic_police_export.csv",
        columns={
            "case_id": c.text(("决定书编号", "处罚决定书编号", "行政处罚决定书编号", "案件编号")),
            "violation": c.lookup(said, terms["police"], "violation", coded=True),
            "behaviour": c.lookup(said, terms["police"], "behaviour", coded=True, partial=True),
            "occurred_at": c.timestamp(("违法时间", "WFSJ")),
            "decided_on": c.date(("处罚时间", "裁决时间", "CJSJ", "处罚决定日期", "接受处理时间")),
            "district": c.optional(c.text(("所属辖区", "案发地", "处罚地"))),
            "place": c.road(("违法地点", "WFDZ")),
            "party_kind": c.optional(c.lookup("当事人类型", terms["party"])),
            "party": c.pseudonym(
                c.optional(c.text(("证件号码", "驾驶证号"))),
                c.optional(c.text(("号牌号码", "HPHM", "车牌号"))),
                c.text(person),
            ),
            "penalties": c.optional(c.kinds("处罚种类", terms["penalty"])),
            "fine_fen": c.amount(c.FINE, unit="元"),
            "procedure": c.optional(c.lookup("适用程序", terms["procedure"])),
            "coercive_measures": c.optional(
                c.kinds(("强制措施类型", "其他强制措施"), terms["coercive"], empty_means_none=True)
            ),
            "corrected": c.optional(c.yes_no("是否改正", terms["flag"])),
            "harm": c.optional(c.yes_no("危害后果", terms["flag"])),
            "guided": c.optional(c.yes_no("是否经提示劝导", terms["flag"])),
        },
        excludes={
            "已撤销、作废或者移送": state.isin("withdrawn"),
            "不予处罚": state.isin("unpunished"),
            "尚未裁决": state.isin("open") | decided.isin("open"),
        },
    )


def nyc_parking(codes: Terms) -> Adapter:
    """New York City parking tickets, both spellings of the headings, with their table of fines."""
    day = c.date("Issue Date", "%m/%d/%Y")
    return Adapter(
        name="nyc_parking",
        title="纽约市停车罚单",
        columns={
            "case_id": c.text("Summons Number"),
            "violation": c.lookup("Violation Code", codes, "violation"),
            "behaviour": c.lookup("Violation Code", codes, "behaviour", partial=True),
            "occurred_at": c.at(day, c.minutes("Violation Time")),
            "decided_on": day,
            "district": c.lookup("Violation County", BOROUGHS),
            "place": c.road("Street Name"),
            "party": c.pseudonym(
                c.joined(c.text("Plate ID", nothing=("", "BLANKPLATE")), "Registration State")
            ),
            "penalties": c.constant("罚款"),
            "fine_fen": c.join(
                "parking_violation_codes_fines.csv",
                "Violation Code",
                key="id",
                value="fine_amount",
                unit="元",
            ),
            "procedure": c.constant("简易"),
        },
    )
