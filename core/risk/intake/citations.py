"""Articles of law that a text cites, as 《…》第X条第Y款, matched by regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from risk.model.law import LegalReference, numeral

_STATE = "中华人民共和国"
_EDITION = re.compile(r"[(（][^()（）]*[)）]$")
# A province's or city's law is another one than the state's of the same name.
_BEFORE = "(?:^|[^省市])"
# From the law's name on to the article, over other articles of the same law; without 》 behind it the
# name may go on as that of its 实施条例 or 细则, which are others too.
_EDITED = r"(?:\([^()]*\))?"
_ON = rf"(?:{_EDITED}》{_EDITED}[^《》。;]*?|{_EDITED}[^《》。;实细]*?)"
_PARTS = re.compile(r"\(([0-9]+)款\)")
_NUMBER = re.compile(r"^([0-9]+)(之[一二三四五六七八九十]+)?")


def citing(references: Iterable[LegalReference]) -> str | None:
    """A pattern that finds any of the articles in a text folded by `fold_text`; None without any.

    The law may stand under its full name or without 中华人民共和国 and the year of its edition, the
    article in Chinese or Arabic numerals. Where a reference names a paragraph (款), a text that
    names another one does not cite it.
    """
    by_law: dict[str, dict[str, None]] = {}
    for reference in references:
        if reference.role in ("punishes", "forbids"):
            articles = by_law.setdefault(short_name(reference.law), {})
            articles[_article(reference.article)] = None
    patterns = [
        f"{_BEFORE}{re.escape(law)}{_ON}(?:{'|'.join(articles)})"
        for law, articles in by_law.items()
    ]
    return "|".join(patterns) or None


def short_name(law: str) -> str:
    """The name of a law as files write it: without the state's name and the edition's year."""
    return _EDITION.sub("", law.strip()).removeprefix(_STATE)


def _article(article: str) -> str:
    number = _NUMBER.match(article)
    assert number is not None, article
    figures, inserted = number.groups()
    spelled = f"第(?:{numeral(int(figures))}|{figures})条"
    if inserted:
        return f"{spelled}{inserted}"
    paragraph = _PARTS.search(article)
    if paragraph is None:
        return f"{spelled}(?:[^之]|$)"
    n = int(paragraph[1])
    return f"{spelled}(?:第?(?:{numeral(n)}|{n})款|[^之第]|$)"
