"""Which sources a run reads, and with which adapter each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from risk.errors import InputError, UsageError
from risk.model.adapter import Adapter

from .headings import Recognised, recognise
from .sheets_beside import sheets_with_rows
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
    try:
        return _recognised(open_source(place, encoding or stated), adapters)
    except InputError as error:
        raise InputError(
            error.what, f"{_sheets_that_fit(place, adapters)}{error.remedy}"
        ) from error


def _recognised(source: Source, adapters: Sequence[Adapter]) -> Chosen:
    fitting = [adapter for adapter in adapters if source.format in adapter.formats]
    return source, recognise(source.name, source.head, fitting)


def _sheets_that_fit(place: str, adapters: Sequence[Adapter]) -> str:
    """How to name the sheets of the same workbook that an adapter knows; empty where none is."""
    file, _, selection = place.partition("::")
    found = []
    for sheet in sheets_with_rows(Path(file)):
        if sheet != selection.strip():
            with suppress(InputError):
                _recognised(open_source(f"{file}::{sheet}"), adapters)
                found.append(f"{Path(file).name}::{sheet}")
    return f"Did you mean its sheet {' or '.join(found)}? " if found else ""
