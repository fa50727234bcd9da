"""CSV files as a spreadsheet opens them: marked as UTF-8 and named in Chinese."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from pluggy import HookimplMarker

from .asgi import Application, Message, Receive, Send, Wrapper

_hookimpl = HookimplMarker("datasette")
_DISPOSITION: Final = b"content-disposition"
_FILE: Final = b'attachment; filename="'
_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()


@_hookimpl
def asgi_wrapper() -> Wrapper:
    """Give Datasette a wrapper that readies downloaded CSV files for Excel.

    Without the mark a Chinese Excel takes UTF-8 for GBK and shows nonsense; Datasette names the
    file as it spells the table in addresses, with ~ and figures.
    """
    return _for_spreadsheets


def _for_spreadsheets(application: Application) -> Application:
    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        unmarked = False

        async def send_marked(message: Message) -> None:
            nonlocal unmarked
            if message["type"] == "http.response.start":
                headers = dict(message.get("headers", []))
                named = headers.get(_DISPOSITION, b"")
                if named.startswith(_FILE) and named.endswith(b'.csv"'):
                    unmarked = True
                    headers[_DISPOSITION] = _named(named)
                    message = {**message, "headers": list(headers.items())}
            elif unmarked:
                unmarked = False
                message = {**message, "body": _MARK + message.get("body", b"")}
            await send(message)

        await application(scope, receive, send_marked)

    return wrapped


def _named(disposition: bytes) -> bytes:
    from datasette.utils import tilde_decode

    name = tilde_decode(disposition[len(_FILE) : -1].decode())
    return f"attachment; filename*=UTF-8''{quote(name)}".encode()
