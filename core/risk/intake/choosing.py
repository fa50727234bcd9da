"""Which sources a run reads, and with which adapter each."""

from __future__ import annotations

from collections.abc import Sequence

from risk.errors import UsageError
from risk.model.adapter import Adapter

from .headings import Recognised, recognise
from .source import Source
from .sources import open_source

Chosen = tuple[Source, Recognised]


def choose(
    places: Sequence[str], adapters: Sequence[Adapter], name: str | None, encoding: str | None
) -> list[Chosen]:
    """Each source with the adapter that knows it; all are looked at before any is read.

    `name` narrows the adapters to one, `encoding` goes before detection. Raises InputError or
    UsageError in plain words.
    """
    offered = _named(adapters, name)
    return [_choose(place, offered, encoding) for place in places]


def _named(adapters: Sequence[Adapter], name: str | None) -> Sequence[Adapter]:
    if name is None:
        return adapters
    named = [adapter for adapter in adapters if adapter.name == name]
    if not named:
        known = ", ".join(adapter.name for adapter in adapters)
        raise UsageError(f"The plugin has no adapter {name!r}.", f"It has {known or 'none'}.")
    return named


def _choose(place: str, adapters: Sequence[Adapter], encoding: str | None) -> Chosen:
    stated = next((a.encoding for a in adapters if len(adapters) == 1 and a.encoding), None)
    source = open_source(place, encoding or stated)
    fitting = [adapter for adapter in adapters if source.format in adapter.formats]
    return source, recognise(source.name, source.head, fitting)
