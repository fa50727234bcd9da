"""Whether a cell says more of penalties and coercion than a table of words reads in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from risk.model.case import PENALTY_KINDS

from .folding import fold_text

# Stands for a word that the table knows.
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
# Titles: they name no deed.
_HARMLESS: Final = "(?:行政)?强制措施(?:决定书|种类|类型)?|(?:行政)?强制执行(?:决定书|种类|方式)"


def is_in_doubt(cell: Any, table: Mapping[str, str]) -> Any:
    """Whether the text tells of kinds besides the words of `table`.

    Where the table is of penalties, words of coercion count too: 扣留驾驶证 may mean either. False
    for amounts and joining words.
    """
    rest = cell.re_replace(_any_of(table), _KNOWN)
    rest = fold_text(rest).re_replace(_HARMLESS, "")
    return rest.re_search("|".join((*_deeds(table.values()), _OTHERS)))


def _deeds(kinds: Iterable[str]) -> tuple[str, ...]:
    return (_COERCION, _PENALTIES) if set(kinds) & {*PENALTY_KINDS} else (_COERCION,)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
