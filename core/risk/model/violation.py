"""A violation type: one entry of a department's catalogue."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from .base import Model
from .law import LegalReference
from .measure import Cause

Subject = Literal["individual", "organisation", "both"]


class Exemption(Model):
    """When a violation of this type goes unpunished in practice (免罚), and who says so.

    `first_within_months`: a violation counts as the first where none of the same kind was found in
    so many months before (24 for market regulators, 12 for Shanxi's environment list); None where
    the issuer names no period. `condition` and `source` are empty where nothing is known of them, as
    of most types that no list names. `if_corrected` and `if_no_harm` tell which conditions the list sets.
    """

    listed: Literal["commonly", "sometimes", "rarely", "no"]
    condition: str = ""
    source: str = ""
    verified: bool = False
    first_within_months: int | None = Field(default=None, ge=1)
    if_corrected: bool = False
    if_no_harm: bool = False


class ViolationType(Model):
    """A kind of violation that a department finds, with the law and the causes behind it.

    `phrases` are further wordings by which case files name the type; `order_first` means that the
    law wants an order to correct before any fine; `no_explicit_rule` marks conduct that no law
    expressly regulates (annex 1, part one (二): 包容审慎). `shared_topics` name matters that other
    departments handle too, such as 油烟 or 占道, by which their points are listed side by side.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    agency: str = Field(min_length=1)
    subject: Subject
    legal_references: tuple[LegalReference, ...] = ()
    severe_penalties: tuple[str, ...] = ()
    coercive_measures: tuple[str, ...] = ()
    procedure: Literal["summary", "summary_or_ordinary", "ordinary"]
    hearing_possible: bool
    order_first: bool = False
    no_explicit_rule: bool = False
    phrases: tuple[str, ...] = ()
    shared_topics: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = Field(default=(), validate_default=True)
    exemption: Exemption | None = None

    @property
    def department(self) -> str:
        """The id of the department, which is the part of the type's id before the dot."""
        return self.id.partition(".")[0]

    @field_validator("causes")
    @classmethod
    def _both_sides_have_causes(cls, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
        missing = {"机关", "相对人"} - {cause.side for cause in causes}
        if missing:
            raise ValueError(
                f"no cause on the side of {'、'.join(sorted(missing))} (annex 1, part two (二)): "
                "add one among its causes (成因)"
            )
        return causes
