"""Causes of violations and the control measures that answer them (annex 1, part two (二))."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from .base import Model
from .wording import binding_words, cites_law

Side = Literal["机关", "相对人"]
BASE_KINDS = ("建议", "疏导", "警示")
REGISTERED_KINDS = ("提示", "约谈", "培训", "回访", "承诺", "辅导", "示范", "调解")
KINDS = BASE_KINDS + REGISTERED_KINDS
Kind = Literal[
    "建议", "疏导", "警示", "提示", "约谈", "培训", "回访", "承诺", "辅导", "示范", "调解"
]
ScopePart = Literal["place", "time_band", "industry", "behaviour"]

BLANKS: Final[Mapping[str, str]] = {
    "violation": "name of the violation type",
    "unit": "responsible unit of the measure",
    "cases": "cases of the point",
    "recent_cases": "cases in the twelve months that frequency is judged on",
    "period": "the months of the twelve in which these cases lie",
    "place": "road or site",
    "time_band": "part of the day",
    "industry": "industry of the counterparty",
    "behaviour": "form of the violation",
}
BLANKS_OF_TWELVE_MONTHS: Final = frozenset({"recent_cases", "period"})
SCOPED_BLANKS: Final = frozenset(get_args(ScopePart))
_BLANK: Final = re.compile(r"\{([^{}]*)\}")


class Condition(Model):
    """Where a cause or a template applies; what is left out applies everywhere.

    `scope` names parts of a point's scope that must be set (`place`, `time_band`, `industry`,
    `behaviour`); `grounds` are clauses of which at least one must have fired.
    """

    scope: tuple[ScopePart, ...] = ()
    time_band: tuple[str, ...] = ()
    place_features: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    behaviour: tuple[str, ...] = ()
    grades: tuple[Literal["高", "中", "低"], ...] = ()
    grounds: tuple[str, ...] = ()


class Cause(Model):
    """A cause on the agency's side or the counterparty's; `id` lets a measure answer it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    side: Side
    text: str = Field(min_length=2)
    when: Condition = Condition()


class MeasureTemplate(Model):
    """A control measure with named blanks, for one or more violation types.

    `answers` are ids of causes; `basis` is a citation 《…》第…条 that a text which mentions a
    penalty, lays down a duty or charges money must carry (or hold itself). A blank is one of
    `BLANKS` in braces; those of the scope only where `when.scope` makes sure that it is set.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")
    violations: tuple[str, ...] = Field(min_length=1)
    kind: Kind
    answers: tuple[str, ...] = ()
    basis: str = ""
    responsible_unit: str = ""
    when: Condition = Condition()
    text: str = Field(min_length=4)  # the last: its checks look at `basis` and `when`

    @field_validator("basis")
    @classmethod
    def _is_a_citation(cls, basis: str) -> str:
        if basis and not cites_law(basis):
            raise ValueError(f"must cite an article as 《…》第…条, not {basis!r}")
        return basis

    @field_validator("text")
    @classmethod
    def _blanks_are_known_and_sure(cls, text: str, info: ValidationInfo) -> str:
        if set("{}｛｝") & set(_BLANK.sub("", text)):
            raise ValueError("a brace { or } is left open or typed full-width")
        condition = info.data.get("when")
        for name in blanks(text):
            if name not in BLANKS:
                raise ValueError(f"there is no blank {{{name}}}; there are {', '.join(BLANKS)}")
            if name in SCOPED_BLANKS and condition and name not in condition.scope:
                raise ValueError(f"the blank {{{name}}} needs `scope: [{name}]` under `when`")
        if {"cases", "period"} <= set(blanks(text)):
            raise ValueError(
                "{cases} counts all cases, but {period} names the twelve months: use {recent_cases}"
            )
        return text

    @field_validator("text")
    @classmethod
    def _binds_only_by_law(cls, text: str, info: ValidationInfo) -> str:
        found = binding_words(text)
        if found and "basis" in info.data and not info.data["basis"] and not cites_law(text):
            raise ValueError(
                f"「{found[0].word}」 {found[0].does}, which a measure may only do where a law does: "
                "name the article in `basis`, or word it as advice"
            )
        return text


class Measure(Model):
    """A filled template: what is to be done at one risk point, by whom, against which cause."""

    kind: Kind
    text: str
    cause: str = ""
    responsible_unit: str
    template: str


def blanks(text: str) -> tuple[str, ...]:
    """Give the names of the blanks in `text`, in their order."""
    return tuple(_BLANK.findall(text))


def fill(template: MeasureTemplate, values: Mapping[str, str | int]) -> str:
    """Give the template's text with every blank filled, and its legal basis behind it.

    A blank without a value is a ValueError. The basis is not repeated where the text cites it.
    """
    given = {name: values.get(name) for name in blanks(template.text)}
    filled = {name: "" if value is None else str(value).strip() for name, value in given.items()}
    if empty := [name for name, value in filled.items() if not value]:
        raise ValueError(f"measure {template.id}: no value for the blank {', '.join(empty)}")
    text = _BLANK.sub(lambda blank: filled[blank[1]], template.text)
    return text if template.basis in text else f"{text}（依据：{template.basis}）"
