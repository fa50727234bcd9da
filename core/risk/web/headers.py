"""Headers on every response, so that no page can make a browser ask another server."""

from __future__ import annotations

from typing import Final

from pluggy import HookimplMarker

from .asgi import Application, Message, Receive, Send, Wrapper

_hookimpl = HookimplMarker("datasette")

HEADERS: Final = {
    "content-security-policy": "default-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}
_ENCODED: Final = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


@_hookimpl
def asgi_wrapper() -> Wrapper:
    """Give Datasette a wrapper that adds `HEADERS` to every response."""
    return _with_headers


def _with_headers(application: Application) -> Application:
    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_ENCODED]}
            await send(message)

        await application(scope, receive, send_with_headers)

    return wrapped
