"""Chinese names in addresses, as browsers send them."""

from __future__ import annotations

import re
from typing import Final

from pluggy import HookimplMarker

from .asgi import Application, Message, Receive, Send, Wrapper

_hookimpl = HookimplMarker("datasette")
_NOT_ASCII: Final = re.compile(rb"%([89A-Fa-f][0-9A-Fa-f])")


@_hookimpl
def asgi_wrapper() -> Wrapper:
    """Give Datasette a wrapper that writes 风险点清单.json in an address as Datasette does.

    Datasette spells it with ~ for %, and by itself only mends addresses without an ending.
    """
    return _with_tildes


def _with_tildes(application: Application) -> Application:
    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope.get("raw_path"):
            scope = {**scope, "raw_path": _NOT_ASCII.sub(rb"~\1", scope["raw_path"])}
        await application(scope, receive, send)

    return wrapped
