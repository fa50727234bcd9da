"""The entry points of the group `risk`, with the distributions that declare them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from .answers import describe

GROUP: Final = "risk"
UNKNOWN: Final = "unknown distribution"


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared plugin; `point` is None, and `error` says why, where it cannot be read."""

    name: str
    distribution: str
    version: str
    point: metadata.EntryPoint | None
    error: str = ""


def declarations() -> Iterator[Declaration]:
    """Yield every plugin that an installed distribution declares."""
    try:
        points = tuple(metadata.entry_points(group=GROUP))
    except Exception:  # noqa: BLE001  one unreadable file, of whatever distribution, ends them all
        yield from _one_by_one()
        return
    for point in points:
        yield _declaration(point)


def _one_by_one() -> Iterator[Declaration]:
    seen = set()
    for distribution in metadata.distributions():
        name, version = _label(distribution)
        if name in seen:
            continue
        seen.add(name)
        try:
            points = tuple(distribution.entry_points.select(group=GROUP))
        except Exception as error:  # noqa: BLE001  this is the one
            what = f"its entry_points.txt cannot be read: {describe(error)}"
            yield Declaration(name, name, version, None, what)
            continue
        yield from map(_declaration, points)


def _declaration(point: metadata.EntryPoint) -> Declaration:
    return Declaration(point.name, *_label(point.dist), point)


def _label(distribution: metadata.Distribution | None) -> tuple[str, str]:
    if distribution is None:
        return UNKNOWN, "?"
    try:
        return distribution.name or UNKNOWN, distribution.version or "?"
    except Exception:  # noqa: BLE001  a damaged installation may have no readable METADATA
        return UNKNOWN, "?"
