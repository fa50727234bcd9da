"""What our templates are given beside what Datasette gives them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pluggy import HookimplMarker

from risk.store import read
from risk.store.dictionary import DICTIONARY

from . import words
from .cells import GRADES, badge, breadth
from .links import Links, first_page
from .metadata import LISTS, TITLE

if TYPE_CHECKING:
    from datasette.app import Datasette
    from jinja2 import Environment

_hookimpl = HookimplMarker("datasette")

STATIC: Final = Path(__file__).parent / "static"
MOUNTED: Final = "-/pages"
_STYLE: Final = "risk.css"


@_hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Give every template, that of error pages too, the site's words and links."""
    database = _served(datasette).name
    digest = hashlib.sha256((STATIC / _STYLE).read_bytes()).hexdigest()[:8]
    env.globals.update(
        site_title=TITLE,
        site_lists=LISTS,
        site_database=database,
        site_style=datasette.urls.path(f"/{MOUNTED}/{_STYLE}?{digest}"),
        links=Links(datasette.urls, database),
        words=words,
        badge=badge,
        breadth=breadth,
        grades=GRADES,
        gravest_first=_gravest_first,
        heading=_heading,
        table_title=lambda name: DICTIONARY[name].name,
        first_page=first_page,
    )


@_hookimpl
def extra_template_vars(
    template: str, database: str | None, table: str | None, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """The overview for the index, and everything about a risk point for its page."""
    if template == "index.html":
        return lambda: _overview(datasette)
    if template == "row.html" and database and table == "risk_points":
        return lambda: _point(datasette, database, request.url_vars["pks"])
    return None


def _served(datasette: Datasette) -> Any:
    return next(db for db in datasette.databases.values() if db.path)


def _heading(metadata: Mapping[str, Any], column: str) -> str:
    return str(metadata.get("headings", {}).get(column, column))


def _gravest_first(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A facet's values as they come, but grades in their own order."""
    order = list(GRADES)
    graded = all(value["value"] in GRADES for value in values)
    return sorted(values, key=lambda value: order.index(value["value"])) if graded else values


async def _overview(datasette: Datasette) -> dict[str, Any]:
    return {"overview": await asyncio.to_thread(read.overview, Path(_served(datasette).path))}


async def _point(datasette: Datasette, database: str, path: str) -> dict[str, Any]:
    from datasette.utils import tilde_decode

    db = datasette.get_database(database)
    point = await asyncio.to_thread(read.explain, Path(db.path), tilde_decode(path))
    law = await db.execute(
        "SELECT * FROM 法律依据 WHERE 违法行为 = ? AND 部门 = ?",
        [point["violation"]["name"], point["department"]["name"]],
    )
    busiest = max((month["cases"] for month in point["monthly"]), default=0)
    return {"point": point, "law": [dict(row) for row in law.rows], "busiest": busiest}
