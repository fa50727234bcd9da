"""Headings: one spelling for what exporters write in many, and which adapter knows a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import itemgetter

from risk.errors import InputError
from risk.model.adapter import Adapter

# A UTF-8 byte order mark read as Latin-1, and what R's make.names turns that into.
_MANGLED_MARK = re.compile(r"^(\ufeff|ï»¿|ï__|x_u_feff_)", re.IGNORECASE)


def fold_heading(heading: str) -> str:
    """The heading without case, width, spaces, punctuation and a mangled byte order mark."""
    plain = unicodedata.normalize("NFKC", _MANGLED_MARK.sub("", heading.strip()))
    return "".join(char for char in plain.casefold() if char.isalnum())


def columns_by_heading(row: Sequence[str]) -> dict[str, int]:
    """Folded heading -> position of the column that bears it; empty headings are left out.

    Of several columns with one heading the first bears it, the others have a number behind theirs.
    """
    positions: dict[str, int] = {}
    for position, heading in enumerate(row):
        name = folded = fold_heading(heading)
        number = 2
        while name in positions:
            name, number = f"{folded}{number}", number + 1
        if folded:
            positions[name] = position
    return positions


def missing_headings(adapter: Adapter, positions: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The headings the adapter needs that the row has not, each with its alternatives."""
    return [
        names
        for names in _wanted(adapter)
        if not any(fold_heading(name) in positions for name in names)
    ]


def _wanted(adapter: Adapter) -> dict[tuple[str, ...], None]:
    """The headings that an adapter needs, each with its alternatives."""
    expressions = [*adapter.columns.values(), *adapter.rejects.values(), *adapter.excludes.values()]
    wanted = dict.fromkeys(names for expression in expressions for names in expression.reads)
    return wanted | dict.fromkeys(adapter.marks)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The adapter that knows a file and the row (0 = first) that holds its headings."""

    adapter: Adapter
    header_row: int


def recognise(name: str, rows: Sequence[Sequence[str]], adapters: Iterable[Adapter]) -> Recognised:
    """The one adapter whose headings stand in one of the first rows of a file.

    Raises InputError where none or several do, listing each adapter, the nearest first, with some
    of what it missed in the row that suits it best. Where several match, one that needs strictly
    more headings wins.
    """
    heads = [columns_by_heading(row) for row in rows]
    found: list[tuple[Adapter, int]] = []
    nearest: list[_Miss] = []
    for adapter in adapters:
        misses = [missing_headings(adapter, head) for head in heads]
        matching = next((row for row, missed in enumerate(misses) if not missed), None)
        if matching is not None:
            found.append((adapter, matching))
        best = min(range(len(heads)), key=lambda row: len(misses[row]), default=None)
        if best is not None:
            nearest.append(_Miss(adapter.name, misses[best], tuple(heads[best])))
    if len(found) > 1:
        found = _most_demanding(found, heads)
    if len(found) == 1:
        return Recognised(*found[0])
    if found:
        names = ", ".join(adapter.name for adapter, _ in found)
        raise InputError(f"{name}: {len(found)} adapters know this file: {names}.", _CHOOSE)
    nearest.sort(key=lambda miss: len(miss.headings))
    # Of the adapter that misses least all spellings are told, of the others one each.
    listing = "; ".join([*(miss.said() for miss in nearest[:1]), *map(str, nearest[1:])])
    raise InputError(
        f"{name}: no adapter knows the headings of this file ({listing or 'there are none'}).",
        "Check that it is the right file, that its headings stand in the first rows and that its"
        " encoding is right (--encoding), or choose one with --adapter NAME.",
    )


@dataclass(frozen=True, slots=True)
class _Miss:
    """The headings, each with its alternatives, that an adapter missed among those of a row."""

    adapter: str
    headings: Sequence[tuple[str, ...]]
    among: Sequence[str]

    def __str__(self) -> str:
        return self.said(lambda names: names[0] + ("/…" if names[1:] else ""))

    def said(self, spelled: Callable[[Sequence[str]], str] = "/".join) -> str:
        """A few of the headings, each with all of its spellings, the most like what there is first."""
        named = ", ".join(spelled(self._spellings(names)) for names in self.headings[:_NAMED])
        further = len(self.headings) - _NAMED
        return f"{self.adapter} misses {named}{f' and {further} more' if further > 0 else ''}"

    def _spellings(self, names: tuple[str, ...]) -> list[str]:
        close = [
            (max((_likeness(fold_heading(name), said) for said in self.among), default=0.0), name)
            for name in names
        ]
        nearest = max(close, key=itemgetter(0))[1]
        stated = [name for name in names if not _only_adds_a_unit(name, names)]
        return [nearest, *(name for name in stated if name != nearest)]


# Amounts are known with their unit behind every heading, of which a reader needs no list.
_UNIT = re.compile(r"\([^()]*元\)$")


def _only_adds_a_unit(name: str, names: Sequence[str]) -> bool:
    return _UNIT.search(name) is not None and _UNIT.sub("", name) in names


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


_NAMED = 3
_CHOOSE = "Choose one with --adapter NAME."


def _most_demanding(
    found: list[tuple[Adapter, int]], heads: Sequence[Mapping[str, int]]
) -> list[tuple[Adapter, int]]:
    """The adapter that needs all columns of the file that each other one needs, and more."""

    def columns(adapter: Adapter, row: int) -> set[int]:
        return {
            next(heads[row][name] for name in map(fold_heading, names) if name in heads[row])
            for names in _wanted(adapter)
        }

    return [
        (adapter, row)
        for adapter, row in found
        if all(
            columns(adapter, row) > columns(*other) for other in found if other != (adapter, row)
        )
    ] or found
