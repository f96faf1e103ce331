"""What the lab lets in: requests for this machine's own address, from its own pages, of bounded size.

A page of another site cannot reach the lab through the reader's browser: the `Host` must be this server's (so that no
foreign name can be made to point here), the `Origin` of whatever has one must be the lab itself, and whatever changes
anything must have one. Links from elsewhere may open pages, never the interface below /api.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..core.messages import translated
from .language import spoken

__all__ = ["HEADERS", "MOST_BODY", "MOST_QUERY", "Guard", "content_security_policy"]

MOST_BODY = 64 * 2**10  # bytes of a request's body
MOST_QUERY = 8 * 2**10  # bytes of path and query
HOSTS = ("127.0.0.1", "localhost")
_READS = ("GET", "HEAD")

# Plot gives each chart this style sheet in an element of its own; it is admitted by its hash
_PLOT = """:where(.plot-d6a7b5) {
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}
:where(.plot-d6a7b5 text),
:where(.plot-d6a7b5 tspan) {
  white-space: pre;
}"""


def content_security_policy() -> str:
    """The policy of the lab's pages: everything from the lab itself, no inline script, no inline style."""
    digest = base64.b64encode(hashlib.sha256(_PLOT.encode()).digest()).decode()
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'sha256-{digest}'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


HEADERS = {
    "content-security-policy": content_security_policy(),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}


class _TooLong(Exception):
    """More came than was announced or allowed."""


class Guard:
    """ASGI middleware: refuses what must not come in, bounds what may, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with one line that says why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = _with_headers(message.get("headers", ()))
            await send(message)

        refusal = _refusal(scope)
        if refusal is not None:
            await _answer(*refusal, scope)(scope, receive, guarded)
            return
        try:
            await self.app(scope, _bounded(receive), guarded)
        except _TooLong:
            if not started:
                await _answer(413, f"the request is longer than {MOST_BODY:,} bytes", scope)(scope, receive, guarded)


def _answer(status: int, message: str, scope: Scope) -> JSONResponse:
    return JSONResponse({"error": translated(message, spoken(HTTPConnection(scope)))}, status)


def _with_headers(given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer; what it sets itself stands."""
    headers = list(given)
    names = {name.lower() for name, _ in headers}
    return headers + [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in names]


def _bounded(receive: Receive) -> Receive:
    """`receive`, which stops reading a body that is too long."""
    length = 0

    async def read() -> Message:
        nonlocal length
        message = await receive()
        length += len(message.get("body", b""))
        if length > MOST_BODY:
            raise _TooLong
        return message

    return read


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Status and reason when a request must not come in; None when it may."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    host = headers.get("host", [])
    port = (scope.get("server") or ("", None))[1]
    ours = [f"{name}:{port}" for name in HOSTS] + (list(HOSTS) if port == 80 else [])
    if len(host) != 1 or host[0].lower() not in ours:
        return 421, f"the lab answers to {ours[0]} only"
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MOST_QUERY:
        return 414, f"the address is longer than {MOST_QUERY:,} bytes"
    return _foreign(scope, headers, host[0].lower()) or _body_refusal(scope, headers)


def _foreign(scope: Scope, headers: dict[str, list[str]], host: str) -> tuple[int, str] | None:
    """Why a request from another site is refused."""
    reads = scope["method"] in _READS
    origin = headers.get("origin", [])
    if origin != [f"http://{host}"] and not (reads and not origin):
        return 403, "only the lab's own pages may do this: the Origin is missing or foreign"
    site = headers.get("sec-fetch-site", ["none"])[0]
    page = headers.get("sec-fetch-mode", [""])[0] == "navigate" and not scope["path"].startswith("/api/")
    if site not in ("none", "same-origin") and not page:
        return 403, "only the lab's own pages may do this: the request comes from another site"
    return None


def _body_refusal(scope: Scope, headers: dict[str, list[str]]) -> tuple[int, str] | None:
    """Why a body is refused before it is read."""
    if scope["method"] in _READS:
        return None
    length: Any = headers.get("content-length", ["0"])[0]
    if not length.isdigit() or int(length) > MOST_BODY:
        return 413, f"the request is longer than {MOST_BODY:,} bytes"
    if headers.get("content-type", [""])[0].partition(";")[0].strip() != "application/json":
        return 415, "send JSON: content-type application/json"
    return None
