"""The catalogue as officers write it: laws by their key, dates only where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import field_validator

from risk.model.base import Model
from risk.model.law import Article, Date, Fine, Item, Law, LegalReference, Role, Verified, cite
from risk.model.measure import MeasureTemplate
from risk.model.violation import ViolationType

from .reading import Complaints, Entry, nearest


class WrittenReference(Model):
    """A legal reference that names its law by the key in laws.yaml."""

    role: Role
    law: str
    article: Article
    items: tuple[Item, ...] = ()
    fine: Fine | None = None
    verified: Verified
    note: str = ""
    in_force_from: Date | None = None
    in_force_to: Date | None = None


class WrittenType(ViolationType):
    """A violation type whose references are still to be resolved."""

    legal_references: tuple[WrittenReference, ...] = ()  # type: ignore[assignment]


class WrittenTemplate(MeasureTemplate):
    """A measure template whose `basis` is still a law's key and an article: RTSL 93."""

    @field_validator("basis")
    @classmethod
    def _is_a_citation(cls, basis: str) -> str:
        return basis


def resolved_type(
    entry: Entry[WrittenType], laws: Mapping[str, Law], complaints: Complaints
) -> ViolationType:
    """Give the violation type with titles and dates of its laws; complain where there are none."""
    references: list[LegalReference] = []
    for index, written in enumerate(entry.model.legal_references):
        law = laws.get(written.law)
        if law is None and complaints.explain(written.law):
            continue
        if law is None:
            where = entry.where("legal_references", index, "law")
            complaints.add(where, _no_such_law(written.law, laws))
        elif wrong := _misdated(written, law):
            field, what = wrong
            complaints.add(entry.where("legal_references", index, field), what)
        else:
            references.append(_resolve(written, law))
    return ViolationType(**{**dict(entry.model), "legal_references": tuple(references)})


def resolved_template(
    entry: Entry[WrittenTemplate], laws: Mapping[str, Law], complaints: Complaints
) -> MeasureTemplate | None:
    """Give the template with its basis as a citation, or None after complaining of the basis."""
    key, _, article = entry.model.basis.partition(" ")
    if key and key not in laws:
        if not complaints.explain(key):
            complaints.add(entry.where("basis"), _no_such_law(key, laws))
        return None
    try:
        basis = cite(laws[key].title, article) if key else ""
    except ValueError as error:
        complaints.add(entry.where("basis"), f"what follows {key} {error}")
        return None
    return MeasureTemplate(**{**dict(entry.model), "basis": basis})


def _no_such_law(key: str, laws: Mapping[str, Law]) -> str:
    return f"laws.yaml has no law {key!r}{nearest(key, laws)}"


def _misdated(written: WrittenReference, law: Law) -> tuple[str, str] | None:
    start = written.in_force_from or law.in_force_from
    end = written.in_force_to or law.in_force_to
    if start < law.in_force_from:
        return "in_force_from", f"{law.key} is in force from {law.in_force_from} only"
    if end and law.in_force_to and end > law.in_force_to:
        return "in_force_to", f"{law.key} is in force to {law.in_force_to} only"
    if end and end < start:
        return "in_force_to", "lies before the day from which the article is in force"
    return None


def _resolve(written: WrittenReference, law: Law) -> LegalReference:
    return LegalReference(
        role=written.role,
        law_key=law.key,
        law=law.title,
        law_short_names=law.short_names,
        article=written.article,
        items=written.items,
        in_force_from=written.in_force_from or law.in_force_from,
        in_force_to=written.in_force_to or law.in_force_to,
        fine=written.fine,
        verified=written.verified,
        note=written.note,
    )
