"""What a control measure may not say without naming the law that says so.

A measure is guidance: it may not add duties or cut rights, and guidance that is refused has no
penalty. So a text that threatens, orders or charges needs a legal basis. The words that are looked
for catch what an honest drafter writes without thinking; they are no match for one who wants to
deceive, and need not be: the remedy, citing the article, is always easier than the evasion.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from .binding_words import DOES, HARMLESS, THREATS, WORDS, Binding


class BindingWord(NamedTuple):
    """A word of a text that needs a legal basis, and by what kind of speech it binds."""

    word: str
    kind: Binding

    @property
    def does(self) -> str:
        """What the word does, as an error says it: threatens a penalty."""
        return DOES[self.kind]

    @property
    def threatens(self) -> bool:
        """Whether it hurts whoever does not follow, rather than order or charge."""
        return self.kind in THREATS


_KINDS: Final = {kind: re.compile("|".join(words)) for kind, words in WORDS.items()}
_HARMLESS_WORDS: Final = re.compile("|".join(HARMLESS))
_SIMPLIFIED: Final = str.maketrans(
    "處處罰沒銷強責產產業應當須繳費單關閉凍結劃撥嚴從務許準納證滯懲則後執於錄録標誌線規條辦"
    "發無檢審駕營電違貨約徵給書隨將壓緝償險類齊時車記過黃歸來鎖義擔監對報暫",
    "处处罚没销强责产产业应当须缴费单关闭冻结划拨严从务许准纳证滞惩则后执于录录标志线规条办"
    "发无检审驾营电违货约征给书随将压缉偿险类齐时车记过黄归来锁义担监对报暂",
)
_CITATION: Final = re.compile(r"《[^《》]{2,}》第[0-9零〇一二三四五六七八九十百千]+条")
# What a reader sees as a pause; any other mark inside a word is a way round the lists.
_PAUSES: Final = frozenset(",;:!?。、()《》“”{}")
_HOLE: Final = "□"


def cites_law(text: str) -> bool:
    """Whether the text names an article in full: 《…》第…条."""
    return _CITATION.search(_fold(text)) is not None


@lru_cache(maxsize=4096)
def binding_words(text: str) -> tuple[BindingWord, ...]:
    """Give the first word of each kind that needs a legal basis, in the order of the kinds."""
    plain = _HARMLESS_WORDS.sub(_HOLE, re.sub(r"\{[^{}]*\}", _HOLE, _fold(text)))
    found = ((words.search(plain), kind) for kind, words in _KINDS.items())
    return tuple(BindingWord(word.group(), kind) for word, kind in found if word)


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED)
    return "".join(c for c in folded if c in _PAUSES or unicodedata.category(c)[0] in "LN")
