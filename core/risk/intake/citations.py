"""Articles of law that a text cites, as 《…》第X条第Y款, matched by regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from risk.model.law import LegalReference, Role, numeral

from .folding import fold

_STATE = "中华人民共和国"
_EDITION = re.compile(r"[(（][^()（）]*[)）]$")
# A province's or city's law is another one than the state's of the same name; 违反法律 is no 反法.
_BEFORE = "(?:^|[^省市州违])"
# From the law's name on to the article: nothing but other articles of the same law. Any further
# word may begin the name of its 实施条例 or of another law, whose articles are others.
_EDITED = r"(?:\([^()]*\))?"
_FIGURES = "0-9零〇一二三四五六七八九十百千"
_NUMBER = rf"\(?[{_FIGURES}]+\)?"
_LISTING = "、,;和及与以至"
_JOINING = f"{_LISTING}第条款项目()的规定"
_ON = rf"{_EDITED}》?{_EDITED}(?:[{_FIGURES}之{_JOINING}]*[{_JOINING}])?"
_ARTICLE = re.compile(r"([0-9]+)(之[一二三四五六七八九十]+)?(?:\(([0-9]+)款\))?(?:\(([0-9]+)项\))?")


def citing(references: Iterable[LegalReference], *roles: Role) -> str | None:
    """A pattern that finds any article in one of the roles in a text folded by `fold_text`.

    The law may stand under its full name, one of its short names, or without 中华人民共和国 and the
    year of its edition; the article in Chinese or Arabic numerals, also with others in one list
    (第九十、九十三条). Where a reference names a paragraph (款) or items (项), a text that names another
    one does not cite it. None where no reference has one of the roles.
    """
    by_law: dict[tuple[str, ...], dict[str, None]] = {}
    for reference in references:
        if reference.role in roles:
            names = tuple(map(fold, (short_name(reference.law), *reference.law_short_names)))
            by_law.setdefault(names, {})[_cited(reference)] = None
    patterns = [
        f"{_BEFORE}(?:{'|'.join(map(re.escape, names))}){_ON}(?:{'|'.join(articles)})"
        for names, articles in by_law.items()
    ]
    return "|".join(patterns) or None


def short_name(law: str) -> str:
    """The name of a law as files write it: without the state's name and the edition's year."""
    return _EDITION.sub("", law.strip()).removeprefix(_STATE)


def _cited(reference: LegalReference) -> str:
    """The article, alone or as the first of several before one 条, and what may follow it."""
    match = _ARTICLE.match(reference.article)
    assert match is not None, reference.article
    number, inserted, paragraph, item = match.groups()
    items = reference.items or ((int(item),) if item else ())
    if inserted:
        return f"{_spelled(int(number))}条{inserted}"
    more = f"(?:[{_LISTING}]第?[{_FIGURES}]+)"
    ends = f"[{_LISTING}]?[^{_FIGURES}{_LISTING}第条款项目之年月日()]"
    within = _within(int(paragraph) if paragraph else None, items)
    return f"{_spelled(int(number))}(?:条{within}|{more}+条|{more}*(?:$|{ends}))"


def _within(paragraph: int | None, items: tuple[int, ...]) -> str:
    """What follows 条: the paragraph and items, among others of their kind, or none at all."""
    silent = f"$|[^之第({_FIGURES}]|第?{_NUMBER}条"
    of_items = f"第?{_NUMBER}[项目]?(?:[{_LISTING}]第?{_NUMBER}[项目]?)*"
    paragraphs = f"(?:第?{_NUMBER}款?(?:{of_items})?[{_LISTING}])*"
    if paragraph is None and not items:
        return "(?:[^之]|$)"
    this = f"第?{_NUMBER}款" if paragraph is None else f"{paragraphs}第?{_one(paragraph)}款"
    if not items:
        return f"(?:{this}|{silent})"
    one = "|".join(map(_one, items))
    chosen = f"(?:第?{_NUMBER}项?[{_LISTING}])*第?(?:{one})(?:项|[{_LISTING}])"
    return f"(?:(?:{this})?{chosen}|{this}(?:{silent}|第?{_NUMBER}款)|{silent})"


def _one(number: int) -> str:
    return rf"\(?{_spelled(number)}\)?"


def _spelled(number: int) -> str:
    spoken = numeral(number).replace("零", "[零〇]").replace("百一十", "百一?十")
    return f"(?:{spoken}|{number})"
