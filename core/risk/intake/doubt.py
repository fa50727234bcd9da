"""What a cell of penalties or coercion says for certain, and whether it says more than is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any, Final

from risk.model.case import NOT_ALL_KNOWN, PENALTY_KINDS

from .folding import fold, fold_text

Once = Callable[[Callable[[], Any]], Any]

# One sign for each kind that the table knows, and one for what is no certain deed.
_FIRST_SIGN: Final = 0xE000
_KNOWN: Final = "[\ue000-\ue03f]"
_DOUBT: Final = "\x1e"
# At the end of a sentence, before its mark: what a denial takes in there is not the mark itself.
_ENDS: Final = "\x1d"
# What is left of harmless words: a bracket around them is not an empty one.
_NOTHING_SAID: Final = "·"
# Words of 行政强制法 arts 9 and 12, also shortened as clerks do.
_COERCION: Final = (
    "查封|扣押|扣留|扣车|扣证|扣照|扣物|暂扣|冻结|限制[^,、;。]{0,8}自由|拘留|约束|拖移|拖离|拖走|拖车|移置|收缴"
    "|强制|检验|检测|抽血|划拨|拍卖|变卖|滞纳金|加处|代履行|代为|排除妨碍|恢复原状|传唤|隔离|登记保存"
)
# Words of 行政处罚法 art 9 and of the laws that it gathers up.
_PENALTIES: Final = (
    "警告|通报|罚款|没收|吊销|吊扣|暂扣|降低|降级|限制(?:开展|生产|经营|从业|使用)|限产|停产|停业|停运"
    "|停止(?:营业|经营|生产|执业)|关闭|关停|取缔|(?:限制|禁止|终身)[^,、;。]{0,8}从[业事]|禁入|拘留|驱逐|出境"
)
# A further penalty or measure of which no more is said.
_OTHERS: Final = "其[他它](?:种类|类|行政)*(?:处罚|强制|措施|$|[,、;。/])"
# Deeds of others, and deeds whose words would otherwise take something back.
_FURTHER: Final = (
    f"移[送交][^,、;。/\ue000-\ue03f]{{0,10}}{_KNOWN}"
    "|(?:取消|撤销)[^,、;。]{0,8}(?:资格|许可|登记|证书|执照)"
    "|不[得准](?:再)?(?:从[事业]|担任|参加|进入)"
)
# What makes of all that the cell tells none, or none yet: it was only proposed, or was undone.
_PROPOSED: Final = (
    "拟|建议|申请|考虑|计划|准备|告知|暂缓|中止|终止|停止执行|解除|撤销|撤消|撤回|取消|作废|无效"
    f"|待(?:定|执行|审|批|查|核)|可以|可能|应[予当处]|将予|(?:刑事|司法){_KNOWN}|[待可应将]{_KNOWN}"
    # Another time, another one's, or one of two.
    "|曾|上次|前次|此前|改为|变更为|代替|替代|再犯|如[再不果有·]|若|或|要求|请求|[想欲]|试图|放弃|失败|驳回|失效|误|错|退回|存疑"
    f"|预告|呈批|审批|缓{_KNOWN}|除{_KNOWN}|{_KNOWN}[以之]外|(?:归|发|退|返)还{_KNOWN}"
    # Boxes of a printed form, of which some are ticked, and other signs for no.
    rf"|[□☐×✗✕✘☒?]|[口否]{_KNOWN}|\[\]|\(\)|{_KNOWN}[Nn]$"
)
# What did not happen.
_DENIAL: Final = "不|未|没有|没[^有收]|没$|免|勿|无[需须权法]"
_DENIED_AT_ONCE: Final = (
    f"无{_KNOWN}|[0零]元?{_KNOWN}|{_KNOWN}(?:金额|数额|含量)?[-—–_/、=:(]*(?:[无否零]|0(?:\\.0*)?(?:[^0-9.]|$))"
    f"|{_KNOWN}[:(][-—/]+(?:[,、)]|{_ENDS}|$)"
)
# What the counterparty failed to do, and titles: they take nothing back and name no deed.
_HARMLESS: Final = (
    "逾期(?:仍|拒)?[不未](?:改正|改|整改|拆除|清除|清理|恢复|履行|缴纳|缴|执行)"
    # What a revocation brings with it.
    "|(?:终[生身]|[一二三四五六七八九十0-9]+年内)?不[得予](?:重新|再次?|再行)?(?:取得|申请|申领|领取|考取)"
    "|拒不(?:改正|改|履行|停止|配合)|不(?:改正|履行|足|服|合格|符合)|未(?:改正|整改|缴纳|缴|成年)"
    # What was done wrong: 扣留无牌机动车, 因未年检扣留机动车.
    "|无(?:证|牌|照|号牌|标志|资质)|不(?:按|礼让|避让|系|戴)|未(?:按|依法|取得|年检|年审|检验|悬挂|投保|戴|系|满|超标)"
    "|未(?:随|携带|使用安全带|使用灯|让|礼让|减速|保持|放置|经许可|经批准|登记)|没有(?:驾驶证|号牌|悬挂|携带)|不能出示"
    # How it was served and paid.
    "|未(?:交款?|签|领|到场|要求听证)|(?:拒?不)(?:签字?|在场|到场|收费|适用听证)|已告知权利|可以申请(?:行政)?复议|暂缓缴纳"
    # What the counterparty may do about it, or leaves undone; it stands meanwhile.
    "|(?:已|正在)?(?:申请|提起|提出)(?:行政)?(?:复议|诉讼|分期)|[无未](?:提出|收费)?(?:异议|申辩|陈述|申诉|收费)"
    "|(?:未|没有|无)(?:采取|实施)?其[他它](?:行政)?(?:强制)?(?:措施|处罚)"
    "|(?:行政)?强制措施(?:决定书|种类|类型)?|(?:行政)?强制执行(?:决定书|种类|方式)"
)
_NOT_TAKEN: Final = (
    "^(?:无|未|没有?)(?:采取|实施|使用)?(?:任何|其[他它])?(?:行政)?强制(?:措施|执行)?(?:措施)?$"
    "|^(?:未|没有?)(?:采取|实施)(?:措施)?$"
)


def kinds_said(cell: Any, table: Mapping[str, str], once: Once) -> Any:
    """The kinds that the text tells of, joined by 、 in the table's order; null where it tells none.

    不明 stands last where it tells of more than `table` knows (扣留机动车、查验), or says of a part
    that it was not done (扣留机动车，未拖移): what is certain counts, and the rest is no no. Where
    that may bear on everything, all is null. Where the table is of penalties, words of coercion are
    such a rest too: 扣留驾驶证 may mean either. A table of coercion takes 未采取强制措施 for `''`.
    Amounts, joining words and what led to the decision say nothing. `once` keeps the text in which
    signs stand for what is certain.
    """
    import ibis

    kinds = dict.fromkeys(table.values())
    signs = {kind: chr(_FIRST_SIGN + number) for number, kind in enumerate(kinds)}
    of_penalties = not signs.keys().isdisjoint(PENALTY_KINDS)
    said = once(lambda: _certain(_marked(cell, table, signs), of_penalties))
    listed = ibis.literal("")
    for kind, sign in (signs | {NOT_ALL_KNOWN: _DOUBT}).items():
        listed = listed + said.contains(sign).ifelse(f"、{kind}", "")
    # A text without a sign says that there was none.
    return said.isnull().ifelse(ibis.null("string"), listed.substr(1))


def _certain(marked: Any, of_penalties: bool) -> Any:
    """The text with the signs of what is certain, and one of doubt where that may not be all.

    Null where nothing is certain, empty where it is certain that there was nothing.
    """
    import ibis

    deeds = "|".join((_COERCION, _PENALTIES) if of_penalties else (_COERCION,))
    plain = marked.re_replace(_HARMLESS, _NOTHING_SAID).re_replace(_FURTHER, _DOUBT)
    parted = plain.replace(";", f"{_ENDS};").replace("。", f"{_ENDS}。")
    left = parted.re_replace(_denied(deeds), _DOUBT).replace(_ENDS, "")
    none = ibis.literal(False) if of_penalties else marked.re_search(_NOT_TAKEN)
    return ibis.cases(
        # Most cells are a list of known words, which one look tells.
        (marked.re_search(f"^[、,;/]*{_KNOWN}(?:{_KNOWN}|[、,;/])*$"), marked),
        (none, ibis.literal("")),
        (~left.re_search(_KNOWN), ibis.null("string")),
        (left.re_search(f"{_PROPOSED}|{_DENIAL}"), ibis.null("string")),
        (left.re_search("|".join((deeds, _OTHERS))), left + _DOUBT),
        else_=left,
    )


def _denied(deeds: str) -> str:
    """A part in which a deed is denied, with all that it may bear on: to the end of the sentence.

    A denial without a deed beside it (扣留机动车，未执行) is none of these: it means what was said.
    """
    deed = f"(?:{_KNOWN}|{deeds}|措施|处罚)"
    part = "[^,;。]*"
    return "|".join(
        f"{part}(?:{said})[^;。]*"
        for said in (
            f"(?:{_DENIAL}){part}{deed}",
            f"{deed}{part}(?:{_DENIAL})",
            _DENIED_AT_ONCE,
        )
    )


def _marked(cell: Any, table: Mapping[str, str], signs: Mapping[str, str]) -> Any:
    """The folded text with the signs of its kinds for every known word, longer ones first.

    A word that holds another, as 暂扣或者吊销 does, has the kinds of both.
    """
    kinds = {fold(word): kind for word, kind in table.items()}
    longest_first = sorted(kinds, key=len, reverse=True)
    text = fold_text(cell)
    for found, words in groupby(longest_first, key=lambda word: _signs_in(word, kinds, signs)):
        text = text.re_replace("|".join(map(re.escape, words)), found)
    return text


def _signs_in(word: str, kinds: Mapping[str, str], signs: Mapping[str, str]) -> str:
    return "".join(sorted({signs[kind] for part, kind in kinds.items() if part in word}))
