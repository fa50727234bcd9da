"""Serving the database with Datasette, on this machine unless told otherwise."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from risk.errors import RiskError, StoreError
from risk.store.opening import reading

from .metadata import metadata

if TYPE_CHECKING:
    from datasette.app import Datasette

_HERE: Final = Path(__file__).parent


def serve(db: Path, host: str, port: int, sql: bool | None, say: Callable[[str], None]) -> None:
    """Serve `db` until interrupted; `say` is given the address once it answers there.

    SQL from visitors is let in on this machine's own address only, unless `sql` says otherwise.
    Raises RiskError where Datasette is missing or the port cannot be had, StoreError where the
    database cannot be read.
    """
    application = datasette(db, here=_is_here(host), sql=sql)
    import uvicorn

    with _listen(host, port) as listening:
        config = uvicorn.Config(application.app(), lifespan="on", log_level="warning")
        shown = f"[{host}]" if ":" in host else host
        say(f"http://{shown}:{listening.getsockname()[1]}/")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def datasette(db: Path, here: bool = True, sql: bool | None = None) -> Datasette:
    """Datasette over `db`, described and set up; `here` says that only this machine can ask."""
    try:
        from datasette.app import Datasette
        from datasette.plugins import pm
    except ImportError as error:
        raise RiskError(
            "risk serve needs Datasette.", "Install it with: pip install 'city-risk[serve]'"
        ) from error
    from . import addresses, cells, exports, headers, pages

    _check(db)
    _keep_quiet()
    for plugin in (addresses, cells, exports, headers, pages):
        if not pm.is_registered(plugin):
            pm.register(plugin, name=plugin.__name__)
    return Datasette(
        [str(db)],
        metadata=metadata(db.stem),
        settings=_settings(here, here if sql is None else sql),
        template_dir=str(_HERE / "templates"),
        static_mounts=[(pages.MOUNTED, str(pages.STATIC))],
    )


def _keep_quiet() -> None:
    # With rich installed, Datasette writes a traceback with all locals for every missing page.
    # Imported here and not before datasette.app, which would then miss its own error pages.
    from datasette import handle_exception

    handle_exception.rich = None


def _settings(here: bool, sql: bool) -> dict[str, Any]:
    return {
        "default_allow_sql": sql,
        "allow_csv_stream": here,
        "allow_download": False,
        # Suggesting facets costs more than the page; a facet that times out vanishes in silence.
        "suggest_facets": False,
        "facet_time_limit_ms": 3000,
        "sql_time_limit_ms": 5000,
        "default_page_size": 50,
    }


def _check(db: Path) -> None:
    with reading(db):
        pass
    if set("?#%") & set(str(db)):
        raise StoreError(
            f"{db}: Datasette cannot open a path with ?, # or % in it.", "Rename the file."
        )


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise RiskError(
                f"Port {port} on {host} is in use by another program.",
                "Choose another with --port, or --port 0 for any that is free.",
            ) from error
        raise RiskError(
            f"Cannot listen on {host} port {port}: {error.strerror or error}.",
            "Choose another --host or --port.",
        ) from error
