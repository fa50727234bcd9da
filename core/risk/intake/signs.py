"""Which of many date formats a text can fit: only those with the very signs it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

Parse = Callable[["ir.StringValue", tuple[str, ...]], "ir.TimestampValue"]


def by_signs(text: ir.StringValue, formats: Sequence[str], parse: Parse) -> ir.TimestampValue:
    """What `parse` reads in the formats whose signs between the digits the text has.

    On DuckDB a failed trial costs ten times what looking for a sign does.
    """
    alike: dict[str, list[str]] = {}
    for form in formats:
        alike.setdefault("".join(sorted(_signs(form))), []).append(form)

    def parsed(groups: list[str]) -> ir.TimestampValue:
        if len(groups) == 1:
            return parse(text, tuple(alike[groups[0]]))
        middle = len(groups) / 2
        tests = {(sign, n) for group in groups for sign in group for n in (1, group.count(sign))}
        sign, times = min(tests, key=lambda test: (abs(_passing(groups, *test) - middle), test))
        there = [group for group in groups if group.count(sign) >= times]
        absent = [group for group in groups if group.count(sign) < times]
        has = text.contains(sign) if times == 1 else text.like(f"%{sign}" * times + "%")
        moment: ir.TimestampValue = has.ifelse(parsed(there), parsed(absent))
        return moment

    return parsed(list(alike))


def _passing(groups: list[str], sign: str, times: int) -> int:
    return sum(group.count(sign) >= times for group in groups)


def _signs(form: str) -> str:
    head, *pieces = form.split("%")
    return head + "".join(piece[1:] for piece in pieces)
