"""Addresses of pages, so that no template puts one together by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses within one database; `urls` is Datasette's own builder."""

    urls: Any
    database: str

    def table(self, name: str) -> str:
        """The page of a table or view."""
        return str(self.urls.table(self.database, name))

    def where(self, name: str, **wanted: str) -> str:
        """The page of a table or view, with only the rows whose columns have these values."""
        return f"{self.table(name)}?{urlencode(wanted)}"

    def row(self, name: str, keys: list[str], row: Mapping[str, Any]) -> str:
        """The page of one row; `keys` are the primary keys, none where rows only have a number."""
        from datasette.utils import tilde_encode

        path = ",".join(tilde_encode(str(row[key])) for key in keys or ["rowid"])
        return str(self.urls.row(self.database, name, path))

    def point(self, id: str) -> str:
        """The page of a risk point."""
        return self.row("risk_points", ["id"], {"id": id})


def first_page(url: str) -> str:
    """`url` without the place in the list: on a list made shorter, page 3 may not be there."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, True) if pair[0] != "_next"]
    return urlunsplit(parts._replace(query=urlencode(kept)))
