"""From complaints and citizens' messages to signals: what people care about, never cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from risk import Adapter
from risk import columns as c

if TYPE_CHECKING:
    import ibis.expr.types as ir

Terms = Mapping[str, Sequence[str]]


def citizen_messages(subject_terms: Terms, text_terms: Terms) -> Adapter:
    """Messages to a city's leaders: number, subject, time and text, whose words tell the matter.

    The subject is asked first, the text only where that says nothing or several things. Of both
    nothing is kept but the district that the subject names (A3区, A7县).
    """
    subject = "留言主题"
    return Adapter(
        name="citizen_messages",
        title="群众留言",
        kind="signals",
        columns={
            "signal_id": c.text("留言编号"),
            "violation": _matter(subject, "留言详情", subject_terms, text_terms),
            "received_on": c.date("留言时间", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S"),
            "district": c.derived(lambda frame: _district(frame.column((subject,))), subject),
            "channel": c.constant("群众留言"),
        },
    )


def hotline_orders(subject_terms: Terms, text_terms: Terms) -> Adapter:
    """Orders of the citizens' hotline 12345, which name the place; questions and praise are none."""
    return Adapter(
        name="hotline_orders",
        title="12345热线城管类工单",
        kind="signals",
        sample="samples/hotline_orders.csv",
        columns={
            "signal_id": c.text(("工单编号", "工单号")),
            "violation": _matter(
                ("诉求标题", "工单标题"), ("诉求内容", "工单内容"), subject_terms, text_terms
            ),
            "received_on": c.date(("受理时间", "来电时间"), "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M"),
            "district": c.optional(c.text(("所属区", "所属区县"))),
            "place": c.optional(c.road(("诉求地点", "事发地点"))),
            "channel": c.constant("12345热线"),
        },
        excludes={"咨询、表扬": c.optional(c.text("诉求类型")).isin("咨询", "表扬", "感谢")},
    )


def sanitation_complaints(natures: Mapping[str, str]) -> Adapter:
    """Chicago's sanitation code complaints, open ones too; the street is kept, not the house."""
    street = "Street_Address"
    return Adapter(
        name="sanitation_complaints",
        title="芝加哥环境卫生投诉",
        kind="signals",
        columns={
            "signal_id": c.text("Service_Request_Number"),
            "violation": c.lookup("What_is_the_Nature_of_this_Code_Violation", natures),
            "received_on": c.date("Creation_Date", "%Y-%m-%d"),
            "district": c.derived(lambda frame: _ward(frame.column(("Ward",))), "Ward"),
            "place": c.derived(lambda frame: _street(frame.column((street,))), street),
            "lat": c.number("Latitude"),
            "lon": c.number("Longitude"),
            "channel": c.constant("311"),
        },
        excludes={"标明重复的投诉": c.text("Status").matches("- Dup$")},
    )


def _matter(
    subject: str | tuple[str, ...],
    told: str | tuple[str, ...],
    subject_terms: Terms,
    text_terms: Terms,
) -> c.Column:
    return c.first(
        c.phrases((subject,), _words(subject_terms)), c.phrases((told,), _words(text_terms))
    )


def _words(terms: Terms) -> dict[str, tuple[str, ...]]:
    return {violation: tuple(said) for violation, said in terms.items()}


def _district(subject: ir.StringValue) -> ir.StringValue:
    return subject.re_extract(r"[A-Z]\d{1,2}[区县市]", 0).nullif("")


def _ward(number: ir.StringValue) -> ir.StringValue:
    return "Ward " + number.strip().nullif("").nullif("0")


def _street(address: ir.StringValue) -> ir.StringValue:
    return address.re_replace(r"^\s*\d+\s+", "").strip().nullif("")
