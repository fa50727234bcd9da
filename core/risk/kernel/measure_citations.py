"""Which articles that measures cite nobody has verified, and which there are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from risk.model.law import LegalReference, cite, numeral
from risk.model.legal_words import UNVERIFIED
from risk.model.measure import MeasureTemplate
from risk.model.violation import ViolationType
from risk.model.wording import binding_word, cites_law

from .agreement import Clash, Explained, never

_CITED: Final = re.compile(
    r"(?P<article>《[^《》]{2,}》第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)"
    r"(?:第[一二三四五六七八九十]+[款项]|（[0-9]+）)*"
)
_NAMED: Final = re.compile(
    r"《(?P<law>[^《》]{2,})》第(?P<number>[0-9]{1,4}|[零〇一二三四五六七八九十百千]+)条"
    r"(?P<inserted>之[一二三四五六七八九十]+)?"
)
_VERSION: Final = re.compile(r"[(（][^()（）]*[)）]$")
_ANY_PART: Final = "…"
_STATE: Final = "中华人民共和国"


def marked_templates(
    templates: Iterable[MeasureTemplate], types: Iterable[ViolationType]
) -> Iterator[MeasureTemplate]:
    """The templates, with 【未核实】 behind each article that they cite and nobody has verified.

    An article is verified where the template's violation types refer to it and no such reference
    is unverified. Those to the very paragraph that is cited count; where there are none, all those
    to the article.
    """
    references = {violation.id: violation.legal_references for violation in types}
    for template in templates:
        cited = [reference for id in template.violations for reference in references.get(id, ())]
        changes = {
            field: said
            for field in ("basis", "text")
            if (said := _marked(getattr(template, field), cited)) != getattr(template, field)
        }
        yield template.model_copy(update=changes) if changes else template


def groundless_clashes(
    templates: Sequence[MeasureTemplate],
    types: Sequence[ViolationType],
    explained: Explained = never,
) -> Iterator[Clash]:
    """Yield templates whose text binds by nothing but articles that no violation type refers to."""
    known = {violation.id for violation in types}
    articles = {
        (_plain(title), cite("", reference.article.partition("(")[0]))
        for violation in types
        for reference in violation.legal_references
        for title in _titles(reference)
    }
    for index, template in enumerate(templates):
        found = binding_word(template.text)
        if found is None or template.basis or not cites_law(template.text):
            continue
        if any(explained(name) or name not in known for name in template.violations):
            continue  # whose references may be missing
        if not articles & set(_named_in(template.text)):
            word, does = found
            what = f"「{word}」 {does}, and no violation type refers to the article cited for it"
            yield Clash(index, ("text",), f"{what}: name the article in `basis`, if there is one")


def _named_in(text: str) -> Iterator[tuple[str, str]]:
    """The articles that a text names: the title and the number as `cite` writes it."""
    for named in _NAMED.finditer(_plain(text)):
        number = named["number"].replace("〇", "零")
        # There is no article 0, and a number of figures only is written out.
        if number.isdecimal() and int(number):
            number = numeral(int(number))
        yield _VERSION.sub("", named["law"]), f"《》第{number}条{named['inserted'] or ''}"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _marked(text: str, references: Sequence[LegalReference]) -> str:
    if not _CITED.search(text):
        return text
    verified = _verified(references)

    def mark(citation: re.Match[str]) -> str:
        broadly = verified.get(citation["article"] + _ANY_PART, False)
        known = verified.get(citation[0], broadly)
        said = citation.string[citation.end() :].startswith(UNVERIFIED)
        return citation[0] if known or said else f"{citation[0]}{UNVERIFIED}"

    return _CITED.sub(mark, text)


def _verified(references: Iterable[LegalReference]) -> Mapping[str, bool]:
    """Whether each citation that may be written is verified; that of any part of an article too."""
    found: dict[str, bool] = {}
    for reference in references:
        number = reference.article.partition("(")[0]
        for title in _titles(reference):
            for citation in (cite(title, reference.article), cite(title, number) + _ANY_PART):
                found[citation] = found.get(citation, True) and reference.verified != "unverified"
    return found


def _titles(reference: LegalReference) -> set[str]:
    plain = _VERSION.sub("", reference.law)
    titles = {reference.law, plain, *reference.law_short_names}
    return titles | {title.removeprefix(_STATE) for title in titles}
