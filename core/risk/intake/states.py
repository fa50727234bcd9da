"""In what state a case is, as files say it; what they say that no table knows is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from risk.model.adapter import Adapter

from .column import Column, Heading, Unknown, names_of
from .words import lookup

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

# None of the first is a usual surname, so that no name is shown; codes have one or two figures.
_FIRST = "已未待在不被正撤销作中终结办处裁决审移立调暂缓延复再重新补退驳无有错归执缴失"
_FURTHER = (
    "案件程序报回除止束毕完理罚定核批销行款费纳议诉讼强制告知送达受查取证期档效误生入删请法院事"
)
_SHOWN = rf"^(?:[{_FIRST}][{_FIRST}{_FURTHER}]{{0,9}}|[0-9]{{1,2}})$"


def state(heading: Heading, words: Mapping[str, str]) -> Column:
    """What a table of words says of the state: closed, withdrawn, open or unpunished (不予处罚).

    For rules such as `state(…).isin("withdrawn")`. A word that the table does not know excludes
    no row; the run counts such cells, shows their words as far as these can be nobody's name, and
    warns. A plugin whose table says anything else of a word does not load.
    """
    column = lookup(heading, words)

    def unknown(frame: Frame) -> Any:
        import ibis

        said = column.raw(frame) if column.raw else ibis.null("string")
        return column.make(frame).isnull().ifelse(said, ibis.null("string"))

    told = Unknown(names_of(heading), unknown, column.answers)
    return replace(column, unknown=(told,))


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """The heading in the file, and the word beneath it that a rule's table does not know."""

    heading: str
    word: Any


def unknown_words(frame: Frame, adapter: Adapter) -> list[UnknownWord]:
    """The columns of the file that the adapter's rules read and whose words they may not know."""
    rules = [*adapter.excludes.values(), *adapter.rejects.values()]
    asked = dict.fromkeys(one for rule in rules for one in getattr(rule, "unknown", ()))
    by_heading: dict[str, UnknownWord] = {}
    for one in asked:
        heading = next((name for name in one.names if frame.has((name,))), None)
        if heading is not None and heading not in by_heading:
            by_heading[heading] = UnknownWord(heading, one.make(frame))
    return list(by_heading.values())


def shown_state(word: ir.StringValue) -> ir.StringValue:
    """The word as a report may show it; empty where it might be a name."""
    shown: ir.StringValue = word.re_search(_SHOWN).ifelse(word, "")
    return shown
