"""From the free text of a decision to the violation type that it speaks of."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from risk.model.violation import ViolationType

from .citations import citing
from .column import Column, Heading, text
from .folding import fold, fold_text
from .words import holds

if TYPE_CHECKING:
    from .frame import Frame

Hits = Mapping[str, Any]


def classified(
    violation_types: Iterable[ViolationType], wordings: Sequence[Heading], basis: Sequence[Heading]
) -> Column:
    """The violation type that a row's texts speak of, by the law they cite and by their words.

    The articles cited in `basis` and `wordings` name types, and so do the types' own names and
    phrases in the first of the `wordings` that has any. The type is the one that both name; where
    only one of them speaks, the one type that it names. Null where they disagree, where several
    types are left, or where neither speaks. Columns that the file lacks are passed over; one of the
    wordings must be there.
    """
    types = tuple(violation_types)
    words = [text(heading) for heading in wordings]
    laws = [*(text(heading) for heading in basis), *words]
    key = ("classified", tuple(each.id for each in types), tuple(part.reads for part in laws))

    def make(frame: Frame) -> Any:
        row = _Row(frame, key)
        cited = row.cited(row.joined(laws), types)
        named = [
            row.named(number, row.folded(part), types)
            for number, part in enumerate(words)
            if row.has(part)
        ]
        return row.agreed(cited, named)

    def shown(frame: Frame) -> Any:
        import ibis

        there = [part.make(frame) for part in words if _Row(frame, key).has(part)]
        return ibis.coalesce(*there)

    any_wording = tuple(name for part in words for names in part.reads for name in names)
    return Column((any_wording,), make, shown)


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row's texts hold, each answer kept as a column of an earlier step."""

    frame: Frame
    key: tuple[Hashable, ...]

    def has(self, part: Column) -> bool:
        return all(self.frame.has(names) for names in part.reads)

    def folded(self, part: Column) -> Any:
        return self._kept(("folded", part.reads), fold_text(part.make(self.frame)))

    def joined(self, parts: Sequence[Column]) -> Any:
        import ibis

        whole = ibis.literal("")
        for part in parts:
            if self.has(part):
                whole = whole + "。" + self.folded(part).fill_null("")
        return self._kept("joined", whole)

    def cited(self, said: Any, types: Sequence[ViolationType]) -> Hits:
        patterns = {each.id: citing(each.legal_references) for each in types}
        return {
            name: self._kept(("cited", name), said.re_search(pattern))
            for name, pattern in patterns.items()
            if pattern is not None
        }

    def named(self, number: int, said: Any, types: Sequence[ViolationType]) -> Hits:
        hits = {}
        for each in types:
            words = dict.fromkeys(fold(word) for word in (each.name, *each.phrases))
            found = reduce(or_, (holds(said, word) for word in words)).fill_null(False)
            hits[each.id] = self._kept(("named", number, each.id), found)
        return hits

    def agreed(self, cited: Hits, named: Sequence[Hits]) -> Any:
        import ibis

        nothing = ibis.null("string")
        by_law = self._kept("by law", _number(cited))
        answer = (by_law == 1).ifelse(_which(cited), nothing)
        for number, hits in reversed(list(enumerate(named))):
            both = {name: hit & cited[name] for name, hit in hits.items() if name in cited}
            in_both = self._kept(("in both", number), _number(both))
            by_words = self._kept(("by words", number), _number(hits))
            answer = ibis.cases(
                (by_words == 0, answer),
                (in_both == 1, _which(both)),
                ((in_both == 0) & (by_law == 0) & (by_words == 1), _which(hits)),
                else_=nothing,
            )
        return answer

    def _kept(self, what: Hashable, value: Any) -> Any:
        return self.frame.once((*self.key, what), lambda: value)


def _number(hits: Hits) -> Any:
    import ibis

    return sum((hit.cast("int32") for hit in hits.values()), ibis.literal(0, "int32"))


def _which(hits: Hits) -> Any:
    import ibis

    branches = [(hit, ibis.literal(name)) for name, hit in hits.items()]
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")
