"""The files' values as they shall be, with each entry's place in the file that it came from."""

from __future__ import annotations

from typing import Any


class Entry(dict[str, Any]):
    """A group of fields in a list; `origin` is its index in the file, None where it is new."""

    def __init__(self, fields: Any = (), origin: int | None = None) -> None:
        super().__init__(fields)
        self.origin = origin


def copied(value: Any, origin: int | None = None) -> Any:
    """A copy that may be changed, in which every entry of a list remembers its index."""
    if isinstance(value, dict):
        return Entry({name: copied(part) for name, part in value.items()}, origin)
    if isinstance(value, list):
        return [copied(part, index) for index, part in enumerate(value)]
    return value


def put(entry: dict[str, Any], field: tuple[str | int, ...], value: Any) -> None:
    """Set a field of an entry, or take it away where the value is None, with its empty groups."""
    name, *rest = field
    assert isinstance(name, str)
    if rest:
        group = entry.get(name)
        group = group if isinstance(group, dict) else Entry()
        put(group, tuple(rest), value)
        value = group or None
    if value is None:
        entry.pop(name, None)
    else:
        entry[name] = value
