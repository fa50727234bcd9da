"""The laws and articles that a text names, and those that a department refers to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from risk.model.law import Law, LegalReference, cite, numeral

_NUMBERED: Final = re.compile(
    r"《(?P<law>[^《》]{2,})》第(?P<number>[0-9]{1,4}|[零〇一二三四五六七八九十百千]+)条"
    r"(?P<inserted>之[一二三四五六七八九十]+)?"
)
_TITLED: Final = re.compile(
    r"《(?P<law>[^《》]{2,})》(?P<article>第[0-9零〇一二三四五六七八九十百千]+条)?"
)
# How the titles of laws end, which those of other documents (告知书, 洗消方法) do not.
_OF_A_LAW: Final = re.compile(r"(?:[^方做看用写说手疗书]法|法典|条例|细则|规定|办法|规则)$")
_VERSION: Final = re.compile(r"[(（][^()（）]*[)）]$")
_STATE: Final = "中华人民共和国"


class Article(NamedTuple):
    """An article of a law, by a title of the law and the number as `cite` writes it: 第六十条."""

    law: str
    number: str


def titles_of(title: str, short_names: Iterable[str] = ()) -> set[str]:
    """Give what a law may be called: with and without its version and the state's name."""
    plain = _VERSION.sub("", title)
    titles = {title, plain, *short_names}
    return titles | {name.removeprefix(_STATE) for name in titles}


def laws_named_in(text: str) -> Iterator[str]:
    """Yield the titles between 《 and 》 that are laws', without their version.

    Those are what ends as the titles of laws do, and what an article is cited of.
    """
    for named in _TITLED.finditer(_plain(text)):
        title = _VERSION.sub("", named["law"])
        if named["article"] or _OF_A_LAW.search(title):
            yield title


def articles_named_in(text: str) -> Iterator[Article]:
    """Yield the articles that a text names: paragraphs and items are left out."""
    for named in _NUMBERED.finditer(_plain(text)):
        number = named["number"].replace("〇", "零")
        # There is no article 0, and a number of figures only is written out.
        if number.isdecimal() and int(number):
            number = numeral(int(number))
        law = _VERSION.sub("", named["law"])
        yield Article(law, f"第{number}条{named['inserted'] or ''}")


def articles_of(references: Iterable[LegalReference]) -> set[Article]:
    """Give the articles that legal references name, each by every title of its law."""
    return {
        Article(title, cite("", reference.article.partition("(")[0]).removeprefix("《》"))
        for reference in references
        for title in _plain_titles(reference.law, reference.law_short_names)
    }


def titles_known(laws: Iterable[Law], references: Iterable[LegalReference]) -> set[str]:
    """Give every title of the laws that a department declares or refers to."""
    declared = ((law.title, law.short_names) for law in laws)
    referred = ((reference.law, reference.law_short_names) for reference in references)
    return {name for law in (*declared, *referred) for name in _plain_titles(*law)}


def _plain_titles(title: str, short_names: Iterable[str]) -> set[str]:
    return {_plain(name) for name in titles_of(title, short_names)}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
