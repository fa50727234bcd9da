"""Finding a risk point by what a person types: an id, the beginning of one, or a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from risk.errors import UsageError

TITLES: Final = "SELECT id, title FROM risk_points ORDER BY id"
_SHOWN: Final = 5


def find_point(path: Path, titles: Mapping[str, str], text: str) -> str:
    """The id of the point meant by `text` among the `titles` (by id) of the database at `path`.

    Raises UsageError where no point or more than one is meant, naming the nearest.
    """
    if text in titles:
        return text
    meant = [id for id, title in titles.items() if title == text]
    meant = meant or [id for id in titles if text and id.startswith(text)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        more = f", and {len(meant) - _SHOWN} more" if meant[_SHOWN:] else ""
        raise UsageError(
            f"{path}: {text!r} may mean {len(meant)} risk points.",
            f"Say which: {_listed(meant[:_SHOWN], titles)}{more}.",
        )
    near = _nearest(titles, text)
    if near:
        remedy = f"Nearest: {_listed(near, titles)}."
    else:
        remedy = f"See them with: risk points --db {path}" if titles else "It holds no risk points."
    raise UsageError(f"{path}: there is no risk point {text!r}.", remedy)


def _nearest(titles: Mapping[str, str], text: str) -> list[str]:
    ids = get_close_matches(text, titles, n=_SHOWN, cutoff=0.4)
    named = [id for id, title in titles.items() if text and text in title]
    similar = get_close_matches(text, titles.values(), n=_SHOWN, cutoff=0.4)
    named += [id for id, title in titles.items() if title in similar]
    return list(dict.fromkeys([*ids, *named]))[:_SHOWN]


def _listed(ids: Iterable[str], titles: Mapping[str, str]) -> str:
    return ", ".join(f"{id} ({titles[id]})" for id in ids)
