"""From the free text of a decision to the violation type that it speaks of."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from risk.model.law import Role
from risk.model.violation import ViolationType

from .citations import citing
from .clauses import without_what_is_well
from .column import WORD, Column, Heading, text
from .folding import fold_text
from .phrasing import how_many, named, which

if TYPE_CHECKING:
    from .frame import Frame

Hits = Mapping[str, Any]


def classified(
    violation_types: Iterable[ViolationType], wordings: Sequence[Heading], basis: Sequence[Heading]
) -> Column:
    """The violation type that a row's texts speak of, by the law they cite and by their words.

    The articles cited in `basis` and `wordings` name types, and so do the types' own names and
    phrases in the first of the `wordings` that has any, but for clauses that say that all is well
    (未发现…, …齐全). The type is the one that both name; of
    several, the one whose forbidding and punishing articles are both cited. Where only the words
    speak, it is the one type that they name. Where only the law does, it is the one whose two
    articles are both cited, if no other's forbidding article is; or the only one that is cited, if
    it has but one article. Null where they disagree, where several types are left, or where neither
    speaks. Columns that the file lacks are passed over; one of the wordings must be there.
    """
    types = tuple(violation_types)
    words = [text(heading) for heading in wordings]
    laws = [*(text(heading) for heading in basis), *words]
    key = ("classified", tuple(each.id for each in types), tuple(part.reads for part in laws))

    def make(frame: Frame) -> Any:
        row = _Row(frame, key)
        said = row.joined(laws)
        forbidden, punished = (row.cited(said, types, role) for role in ("forbids", "punishes"))
        named = [
            row.named(number, row.at_fault(part), types)
            for number, part in enumerate(words)
            if row.has(part)
        ]
        return row.agreed(forbidden, punished, named)

    def shown(frame: Frame) -> Any:
        import ibis

        there = [part.make(frame) for part in words if _Row(frame, key).has(part)]
        return ibis.coalesce(*there)

    any_wording = tuple(name for part in words for names in part.reads for name in names)
    ids = frozenset(each.id for each in types)
    return Column((any_wording,), make, shown, answers=ids, gives=WORD)


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row's texts hold, each answer kept as a column of an earlier step."""

    frame: Frame
    key: tuple[Hashable, ...]

    def has(self, part: Column) -> bool:
        return all(self.frame.has(names) for names in part.reads)

    def folded(self, part: Column) -> Any:
        return self._kept(("folded", part.reads), fold_text(part.make(self.frame)))

    def at_fault(self, part: Column) -> Any:
        return self._kept(("at fault", part.reads), without_what_is_well(self.folded(part)))

    def joined(self, parts: Sequence[Column]) -> Any:
        import ibis

        whole = ibis.literal("")
        for part in parts:
            if self.has(part):
                whole = whole + "。" + self.folded(part).fill_null("")
        return self._kept("joined", whole)

    def cited(self, said: Any, types: Sequence[ViolationType], role: Role) -> Hits:
        patterns = {each.id: citing(each.legal_references, role) for each in types}
        return {
            name: self._kept((role, name), said.re_search(pattern))
            for name, pattern in patterns.items()
            if pattern is not None
        }

    def named(self, number: int, said: Any, types: Sequence[ViolationType]) -> Hits:
        hits = named(said, {each.id: (each.name, *each.phrases) for each in types})
        return {
            name: self._kept(("named", number, name), hit.fill_null(False))
            for name, hit in hits.items()
        }

    def agreed(self, forbidden: Hits, punished: Hits, named: Sequence[Hits]) -> Any:
        import ibis

        nothing = ibis.null("string")
        cited = _either(forbidden, punished)
        fully = _both(forbidden, punished)
        # A type of which the catalogue knows but one side is cited by that one.
        enough = {**cited, **fully}
        by_law = self._kept("by law", how_many(cited))
        # Types share punishing articles, some of very many; only the forbidding one tells the deed.
        alone = (how_many(forbidden) == 1) & (how_many(fully) == 1)
        answer = ibis.cases(
            (self._kept("alone in full", alone), which(fully)),
            ((by_law == 1) & (how_many(enough) == 1), which(enough)),
            else_=nothing,
        )
        for number, hits in reversed(list(enumerate(named))):
            both = _both(hits, cited)
            in_both = self._kept(("in both", number), how_many(both))
            by_words = self._kept(("by words", number), how_many(hits))
            surely = _both(hits, fully)
            in_full = self._kept(("in full", number), how_many(surely))
            answer = ibis.cases(
                (by_words == 0, answer),
                (in_both == 1, which(both)),
                (in_full == 1, which(surely)),
                ((in_both == 0) & (by_law == 0) & (by_words == 1), which(hits)),
                else_=nothing,
            )
        return answer

    def _kept(self, what: Hashable, value: Any) -> Any:
        return self.frame.once((*self.key, what), lambda: value)


def _either(one: Hits, other: Hits) -> Hits:
    """What is hit in one or the other."""
    return {
        name: one[name] | other[name] if name in one and name in other else hit
        for name, hit in {**one, **other}.items()
    }


def _both(one: Hits, other: Hits) -> Hits:
    """What is hit in one and the other."""
    return {name: hit & other[name] for name, hit in one.items() if name in other}
