"""Whether a cell says more of penalties and coercion than a table of words reads in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from risk.model.case import PENALTY_KINDS

from .folding import fold_text

# Stands for a word that the table knows: what is beside it may take its meaning back.
_KNOWN: Final = "\x1f"
# Words of 行政强制法 arts 9 and 12, also shortened as clerks do.
_COERCION: Final = (
    "查封|扣押|扣留|扣车|扣证|扣照|扣物|暂扣|冻结|限制[^,、;。]{0,8}自由|拘留|约束|拖移|拖离|拖走|拖车|移置|收缴"
    "|强制|检验|检测|抽血|划拨|拍卖|变卖|滞纳金|加处|代履行|代为|排除妨碍|恢复原状|传唤|隔离"
)
# Words of 行政处罚法 art 9 and of the laws that it gathers up.
_PENALTIES: Final = (
    "警告|通报|罚款|没收|吊销|吊扣|暂扣|降低|降级|限制(?:开展|生产|经营|从业|使用)|限产|停产|停业|停运"
    "|停止(?:营业|经营|生产|执业)|关闭|关停|取缔|(?:限制|禁止|终身)[^,、;。]{0,8}从[业事]|禁入|拘留|驱逐|出境"
)
# A further penalty of which no more is said.
_OTHERS: Final = "其[他它](?:种类|类|行政)*(?:处罚|强制|措施|$|[,、;。/])"
# What makes of a deed none, or none yet: it was only proposed, or did not happen, or was undone.
_TAKEN_BACK: Final = (
    "不|未|没|免|拟|勿|解除|撤销|撤消|撤回|取消|作废|无效|建议|申请|考虑|计划|准备|告知|暂缓|中止|终止|停止执行"
    "|待(?:定|执行|审|批|查|核)|可以|可能|应[予当处]|将予"
    f"|(?:刑事|司法){_KNOWN}|[无待可应将]{_KNOWN}|无[需须权法]|{_KNOWN}[:(]*(?:无|否|0(?:\\.0*)?元)"
)
# What the counterparty failed to do, and titles: they take nothing back and name no deed.
_HARMLESS: Final = (
    "逾期(?:仍|拒)?[不未](?:改正|改|整改|拆除|清除|清理|恢复|履行|缴纳|缴|执行)"
    # What a revocation brings with it.
    "|(?:终[生身]|[一二三四五六七八九十0-9]+年内)?不[得予](?:重新|再次?|再行)?(?:取得|申请|申领|领取|考取)"
    "|拒不(?:改正|改|履行|停止|配合)|不(?:改正|履行|足|服|合格|符合)|未(?:改正|整改|缴纳|缴|按规定|成年)"
    "|(?:行政)?强制措施(?:决定书|种类|类型)?|(?:行政)?强制执行(?:决定书|种类|方式)"
)


def is_in_doubt(cell: Any, table: Mapping[str, str]) -> Any:
    """Whether the text tells of kinds besides the words of `table`, or takes one of these back.

    Where the table is of penalties, words of coercion count too: 扣留驾驶证 may mean either. False
    for amounts, joining words and what led to the decision.
    """
    words = _any_of(table)
    rest = fold_text(cell.re_replace(words, _KNOWN)).re_replace(_HARMLESS, "")
    doubtful = rest.re_search("|".join((*_deeds(table.values()), _OTHERS, _TAKEN_BACK)))
    # Most cells are a list of known words, which one look tells.
    return cell.re_search(f"^(?:{words}|[、，；,;])+$").ifelse(False, doubtful)


def _deeds(kinds: Iterable[str]) -> tuple[str, ...]:
    return (_COERCION, _PENALTIES) if set(kinds) & {*PENALTY_KINDS} else (_COERCION,)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
