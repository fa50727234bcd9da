"""An adapter: how one kind of export file becomes canonical cases or signals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol, runtime_checkable

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from .base import Model
from .kind import KINDS, KindName

Format = Literal["csv", "xlsx", "parquet", "jsonl", "sqlite"]


@runtime_checkable
class Expression(Protocol):
    """A column expression of the vocabulary in `risk.columns`.

    `reads` lists the headings it needs, each with its alternatives; `companions` the files that
    must lie beside the source. `build` turns it into an Ibis value over one frame.
    """

    @property
    def reads(self) -> tuple[tuple[str, ...], ...]:
        """The headings that must be there, each with its alternatives."""

    @property
    def companions(self) -> tuple[str, ...]:
        """The files that should lie beside the source."""

    def build(self, frame: Any) -> Any:
        """The Ibis value over one frame."""


class Adapter(Model):
    """A mapping from canonical columns to expressions, with named reject and exclude rules.

    `kind` says what the rows are: decided cases, or signals (complaints, citizens' messages), which
    have columns of their own and count for no grade. `rejects` are rules under which a row cannot
    be such a record (it is kept with the rule's name as reason); `excludes` are rules under which
    it rightly is none (withdrawn, still open, a clean inspection). `encoding` is only stated where
    detection would go wrong. `marks` are headings, each with its alternatives, that tell this kind
    of file from another with the same columns. `people` are headings, likewise, of columns that
    name or number people, beside those that say so themselves (驾驶人, 车主姓名): they need not be
    there, nothing is made of them, and what they say is covered in whatever of the row is shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2)
    kind: KindName = "cases"
    columns: Mapping[str, Expression]
    rejects: Mapping[str, Expression] = Field(default_factory=dict)
    excludes: Mapping[str, Expression] = Field(default_factory=dict)
    marks: tuple[tuple[str, ...], ...] = ()
    people: tuple[tuple[str, ...], ...] = ()
    formats: tuple[Format, ...] = ("csv", "xlsx", "parquet", "jsonl", "sqlite")
    encoding: str | None = None
    sample: str | None = None

    @field_validator("columns")
    @classmethod
    def _fills_canonical_columns(
        cls, columns: Mapping[str, Expression], info: ValidationInfo
    ) -> Mapping[str, Expression]:
        if "kind" not in info.data:
            return columns  # it is said already that there is no such kind
        kind = KINDS[info.data["kind"]]
        unknown = sorted(set(columns) - set(kind.names))
        if unknown:
            raise ValueError(f"no canonical column of {kind.name} is called {', '.join(unknown)}")
        missing = [name for name in kind.required if name not in columns]
        if missing:
            raise ValueError(f"the required column {', '.join(missing)} is not mapped")
        return columns

    @field_validator("rejects", "excludes", mode="before")
    @classmethod
    def _are_rules(cls, rules: Any) -> Any:
        for name, rule in rules.items() if isinstance(rules, Mapping) else ():
            if isinstance(rule, bool):
                what = f"rule {name} is {rule} for every row, since == and != do not look at cells"
                raise ValueError(f"{what}; write .isin('…') or ~….isin('…')")
        return rules
