"""Whether what a measure rests on is law that the department knows, and about the matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from risk.model.law import Law, LegalReference
from risk.model.measure import MeasureTemplate
from risk.model.violation import ViolationType
from risk.model.wording import binding_words

from .agreement import Clash
from .cited_articles import Article, articles_named_in, articles_of, laws_named_in, titles_known
from .reading import nearest

_ADD = "add the reference to the violation type (verified: unverified, if nobody has read it)"


def ground_clashes(
    templates: Sequence[MeasureTemplate | None],
    types: Sequence[ViolationType],
    laws: Iterable[Law],
) -> Iterator[Clash]:
    """Yield templates that rest on law which the department's knowledge does not contain.

    Every law that a text names is declared or referred to. A `basis`, and what a text that binds
    cites, is an article that some violation type refers to. What threatens must cite one that each
    violation type of the template refers to. `templates` may have None where one cannot be read.
    """
    references = {violation.id: violation.legal_references for violation in types}
    every = [reference for own in references.values() for reference in own]
    titles, articles = titles_known(laws, every), articles_of(every)
    for index, template in enumerate(templates):
        if template is None:
            continue
        unknown = sorted({law for law in laws_named_in(template.text) if law not in titles})
        for law in unknown:
            what = f"《{law}》 is no law that this department declares{nearest(law, titles)}"
            yield Clash(
                index, ("text",), f"{what}; correct the title, or add the law and its dates"
            )
        strange = [*_unreferred(template, articles, unknown)]
        yield from (Clash(index, (field,), what) for field, what in strange)
        if not unknown and not strange:
            own = {name: references[name] for name in template.violations if name in references}
            yield from (Clash(index, *clash) for clash in _beside_the_matter(template, own))


def _unreferred(
    template: MeasureTemplate, articles: set[Article], unknown: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The field and the fault of each article that binds and that no violation type refers to."""
    for field in ("basis", "text") if binding_words(template.text) else ("basis",):
        for article in articles_named_in(getattr(template, field)):
            if article not in articles and article.law not in unknown:
                what = f"no violation type refers to 《{article.law}》{article.number}"
                yield field, f"{what}: {_ADD}, or correct the article"


def _beside_the_matter(
    template: MeasureTemplate, own: Mapping[str, Sequence[LegalReference]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The field and the fault of a threat whose articles are about another matter."""
    threat = next((word for word in binding_words(template.text) if word.threatens), None)
    if threat is None:
        return
    field = "basis" if template.basis else "text"
    cited = {*articles_named_in(template.basis), *articles_named_in(template.text)}
    for name, references in own.items():
        if not cited & articles_of(references):
            said = "、".join(sorted({f"《{law}》{number}" for law, number in cited}))
            what = f"「{threat.word}」 {threat.does}, but {name} does not refer to {said}"
            yield (field,), f"{what}: cite an article that it refers to, or {_ADD}"
