"""From the environment department's export files to canonical cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from risk import Adapter, ViolationType
from risk import columns as c

Terms = Mapping[str, Any]

# The programmes under which Massachusetts enforces, as its texts name them.
_PROGRAMMES = (
    "(?i)(waste site cleanup|wetlands?|asbestos|water supply|drinking water|air quality|solid waste"
    "|hazardous waste|industrial wastewater|groundwater discharge|surface water discharge"
    "|water pollution|water management|title 5|storage tank|chapter 91|waterways|stormwater)"
)
_DOLLARS = (
    r"\$ ?((?:[0-9]{1,3}(?:[.,] ?[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?(?: million)?)"
    r"(?:[^0-9,.]|[,.](?:[^0-9]|$)|$)"
)
# A penalty in so many words first: of several amounts some are suspended, some for other works.
_PENALTY = (
    _DOLLARS + r"(?:[A-Za-z-]+ )?[Pp]enalt",
    r"\bwith (?:an? )?" + _DOLLARS + "(?:involving|regarding)",
    r"[Pp]enali[sz]ed[^$]{0,60}?" + _DOLLARS,
    _DOLLARS + r"[^$]{0,60}?(?:[Pp]enalt|[Ff]ine[ds ,.]|PAN\b)",
    r"(?:[Pp]enalt\w+|[Ff]ined?)\b[^$]{0,60}?" + _DOLLARS,
)
_NAME = (
    r"(?:the |The )?((?:[Tt]own|[Cc]ity|Estate|University|Department) of [A-Z][a-z]+(?: [A-Z][a-z]+)?"
    r"|(?:[A-Z]\.){0,3} ?[A-Z0-9](?:[^,;.]|\b[A-Z]\.|St\.)*?[A-Za-z0-9)']"
    r"(?:,? (?:Inc|LLC|Corp|Co|Ltd)\b\.?)?)"
)
_NAME_ENDS = (
    r"(?:[,;.]| (?:for|of|in|at|to|on|relative|pertaining|regarding|concerning|who|which) )"
)
_PARTY = (
    r"\b(?:involving,?|regarding) +" + _NAME + _NAME_ENDS,
    r"(?:[Oo]rder|[Pp]enalty|[Nn]otice|[Dd]emand|[Aa]greement|NON|PAN)[^.,;]{0,40}? (?:with|to|against) +"
    + _NAME
    + _NAME_ENDS,
)
_FIRM = (
    r"\b(?:Inc|LLC|Corp|Corporation|Co|Company|Ltd|Trust|LP|Associates|[Tt]own|[Cc]ity|District)\b"
)


def penalty_export(terms: Mapping[str, Terms], violation_types: Iterable[ViolationType]) -> Adapter:
    """The case system's export of decided penalties, under Chinese headings.

    The type is what 案由 says; where that names none, the one whose phrases 违法事实 holds.
    """
    said = ("案由", "违法行为类型", "违法行为")
    words = {kind.id: (kind.name, *kind.phrases) for kind in violation_types}
    state = c.optional(c.state(("案件状态", "办理状态", "处理状态"), terms["status"]))
    return Adapter(
        name="penalty_export",
        title="生态环境执法办案系统行政处罚导出",
        sample="samples/environment_penalty_export.csv",
        marks=(("处罚机关",),),
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
            "fine_fen": c.optional(c.amount(c.FINE, unit="元")),
            "confiscated_fen": c.optional(
                c.amount(("没收违法所得", "没收违法所得金额", "没收金额"), unit="元")
            ),
            "procedure": c.optional(c.lookup("适用程序", terms["procedure"])),
            "coercive_measures": c.optional(c.kinds("行政强制措施", terms["measures"])),
            "compulsory_enforcement": c.optional(c.kinds("强制执行", terms["enforcement"])),
            "corrected": c.optional(c.yes_no("是否改正", terms["flag"])),
            "harm": c.optional(c.yes_no("危害后果", terms["flag"])),
            "guided": c.optional(c.yes_no("是否经帮扶指导", terms["flag"])),
        },
        excludes={
            "已撤销、作废或者移送": state.isin("withdrawn"),
            "不予处罚": state.isin("unpunished"),
            "尚未作出决定": state.isin("open"),
        },
    )


def massachusetts_actions(
    phrases: Mapping[str, Iterable[str]],
    industries: Mapping[str, Iterable[str]],
    towns: Iterable[str],
) -> Adapter:
    """Massachusetts' enforcement actions: a date and a text, and in later files what a script saw.

    All is read from the text, so that a case says the same in every snapshot. The flags are not
    read (each only repeats that its words stand in the text), nor is Fine (always the first
    dollars of the text, be they a penalty or not). The case is known by its date and the letters
    of its text: what a later snapshot corrected are figures.
    """
    day = c.date("Date", "%m/%d/%y", "%m/%d/%Y")
    fine = c.amount_found("Text", *_PENALTY)
    party = c.found("Text", *_PARTY)
    programme = c.first(c.found("Text", _PROGRAMMES), c.constant("no programme named"))
    kind = c.phrases(("Text",), {name: tuple(words) for name, words in phrases.items()})
    town = "|".join(sorted(towns, key=len, reverse=True))
    return Adapter(
        name="massachusetts_actions",
        title="马萨诸塞州环保局执法记录",
        columns={
            "case_id": c.digest("Date", c.without("Text", "[^A-Za-z]")),
            "violation": c.derived(
                lambda frame: kind.build(frame).nullif("outside"), "Text"
            ).shown_as(programme),
            "decided_on": day,
            "place": c.first(
                c.found("Text", rf"\b[Ii]n (?:the )?(?:[Tt]own of |[Cc]ity of )?({town})\b"),
                c.found("Text", rf"\(({town})\)"),
                c.found("Text", rf"\b(?:of|its) ({town})\b"),
                c.found("Text", rf", ({town})\b(?:[ ,.]|$)"),
                c.optional(c.found("municipality", r"^\['([^']+)'\]$")),
            ),
            "industry": c.phrases(
                ("Text",),
                {name: tuple(words) for name, words in industries.items()},
                partial=True,
            ),
            "party": c.pseudonym(party),
            "party_kind": c.derived(
                lambda frame: party.matches(_FIRM).build(frame).ifelse("法人及非法人组织", None),
                "Text",
            ),
            "penalties": c.derived(
                lambda frame: fine.build(frame).notnull().ifelse("罚款", None), "Text"
            ),
            "fine_fen": fine,
        },
        rejects={
            "Date is no day": day.is_missing(),
            "Date and Year disagree": c.derived(
                lambda frame: day.build(frame).year() != c.integer("Year").build(frame), "Year"
            ),
        },
    )
