"""Laws and the articles of them that a violation type rests on."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from .base import Model
from .legal_words import fine_range

Role = Literal["forbids", "punishes", "discretion", "coercion", "exempts"]
Verified = Literal["text", "eye", "unverified"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ARTICLE = re.compile(
    r"(?P<number>[1-9][0-9]{0,3})(?P<inserted>之[一二三四五六七八九十]+)?"
    r"(?P<parts>(\([1-9][0-9]{0,2}[款项]?\))*)"
)


def _plain_date(value: Any) -> Any:
    # Pydantic takes a bare number for seconds since 1970.
    if isinstance(value, str) and not _DATE.fullmatch(value.strip()):
        raise ValueError(f"must be a date written 2021-04-29, not {value!r}")
    return value


def _plain_article(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    return _match_article(str(value)).group()


def _match_article(article: str) -> re.Match[str]:
    # Whoever types Chinese types （2款） with full-width brackets.
    match = _ARTICLE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", article)))
    if match is None:
        raise ValueError(
            f"must be an article's number, as in 93, 133之一, 93(2款) or 99(4), not {article!r}"
        )
    return match


def _not_before_it_begins(end: dt.date | None, others: ValidationInfo) -> dt.date | None:
    begins = others.data.get("in_force_from")
    if end is not None and begins is not None and end < begins:
        raise ValueError(f"lies before the day from which it is in force, {begins}")
    return end


Date = Annotated[dt.date, BeforeValidator(_plain_date)]
Article = Annotated[str, BeforeValidator(_plain_article)]
ShortName = Annotated[str, Field(min_length=2)]
Item = Annotated[int, Field(ge=1, le=99)]


class Repeal(Model):
    """The article that ends a law: `law` is the key of the law that it stands in."""

    law: str
    article: Article


class Law(Model):
    """One version of a law, regulation or rule, with the dates between which it is in force.

    `dates_verified` tells whether the date of commencement was read in the text itself.
    `replaced_by` is the key of the version that follows the day after this one ends, `repealed_by`
    the article that ends it; both may be left out. `yields_to` is the key of a higher or newer law
    that goes before this one where both punish the same act. `short_names` are those that files write for
    the title: 道交法; they serve to recognise what a text cites.
    """

    key: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    title: str = Field(min_length=2)
    short_names: tuple[ShortName, ...] = ()
    version_date: Date
    in_force_from: Date
    in_force_to: Date | None = None
    dates_verified: bool = False
    replaced_by: str = ""
    repealed_by: Repeal | None = None
    yields_to: str = ""
    note: str = ""

    @field_validator("in_force_to")
    @classmethod
    def _ends_after_it_begins(cls, end: dt.date | None, others: ValidationInfo) -> dt.date | None:
        return _not_before_it_begins(end, others)

    @property
    def followers(self) -> tuple[str, ...]:
        """The keys of the laws that take this one's place, as far as the catalogue says."""
        repealing = (self.repealed_by.law,) if self.repealed_by else ()
        return tuple(filter(None, (self.replaced_by, *repealing)))


class Fine(Model):
    """The range of a statutory fine: yuan, or multiples of `basis` where the law says so.

    A `basis` written 元/平方米 means yuan for each square metre. `order_first` where the
    article fines only whoever does not obey an order to correct.
    """

    min: float = Field(ge=0, allow_inf_nan=False)
    max: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    basis: str = ""
    order_first: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """The range as laws word it, e.g. 20至200元."""
        return fine_range(self.min, self.max, self.basis)

    @model_validator(mode="after")
    def _range_is_ordered(self) -> Fine:
        if self.max is not None and self.max < self.min:
            raise ValueError("max is smaller than min")
        return self


class LegalReference(Model):
    """One article of one law in one role towards a violation type.

    `verified` says how the article was checked: `text` (numbers and amounts were matched in a
    stored text of the law), `eye` (read by a person), `unverified` (shown as such everywhere).
    `article` is the number, with what is within it in brackets: 93, 133之一, 93(2款), 99(4项).
    `items` are those (项) of the article that are this type's where the others are other matters;
    they and `law_short_names` only serve to recognise what a text cites.
    """

    role: Role
    law_key: str
    law: str
    law_short_names: tuple[str, ...] = ()
    article: Article
    items: tuple[Item, ...] = ()
    in_force_from: Date
    in_force_to: Date | None = None
    fine: Fine | None = None
    verified: Verified
    note: str = ""

    @field_validator("in_force_to")
    @classmethod
    def _ends_after_it_begins(cls, end: dt.date | None, others: ValidationInfo) -> dt.date | None:
        return _not_before_it_begins(end, others)

    def in_force_on(self, day: dt.date) -> bool:
        """Whether the article is in force on `day` (both ends included)."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def citation(self) -> str:
        """The article as an official writes it, e.g. 《道路交通安全法》第九十三条."""
        return cite(self.law, self.article)


def cite(law: str, article: str) -> str:
    """Give the citation 《law》第…条 in Chinese numerals.

    `93(2款)` becomes 第九十三条第二款 and `99(4项)` 第九十九条第四项. A bare `99(4)` becomes
    第九十九条（4）: sources write paragraphs and items alike, and a wrong guess would be a wrong
    citation. What is no article's number is a ValueError.
    """
    match = _match_article(article)
    parts = re.findall(r"\(([0-9]+)([款项]?)\)", match["parts"])
    within = "".join(f"第{numeral(int(n))}{kind}" if kind else f"（{n}）" for n, kind in parts)
    return f"《{law}》第{numeral(int(match['number']))}条{match['inserted'] or ''}{within}"


def numeral(number: int) -> str:
    """A whole number from 1 to 9999 in Chinese numerals, as articles are numbered."""
    figures = str(number)
    units = ["千", "百", "十", ""][-len(figures) :]
    spoken = "".join(
        "零" if figure == "0" else "零一二三四五六七八九"[int(figure)] + unit
        for figure, unit in zip(figures, units, strict=True)
    )
    spoken = re.sub("零+", "零", spoken).rstrip("零")
    return spoken.removeprefix("一") if 10 <= number < 20 else spoken
