"""Which articles that measures cite nobody has verified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from risk.model.law import LegalReference, cite
from risk.model.legal_words import UNVERIFIED
from risk.model.measure import MeasureTemplate
from risk.model.violation import ViolationType

from .cited_articles import titles_of

_CITED: Final = re.compile(
    r"(?P<article>《[^《》]{2,}》第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)"
    r"(?:第[一二三四五六七八九十]+[款项]|（[0-9]+）)*"
)
_ANY_PART: Final = "…"


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
        for title in titles_of(reference.law, reference.law_short_names):
            for citation in (cite(title, reference.article), cite(title, number) + _ANY_PART):
                found[citation] = found.get(citation, True) and reference.verified != "unverified"
    return found
