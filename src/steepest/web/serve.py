"""The lab as a server on this machine: a port, a browser, and an end by Ctrl-C. Races that run go on without it."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from ..core.errors import BadValue, Unavailable
from ..core.registry import unknown

__all__ = ["HOST", "PORT", "PORTS", "address", "bind", "open_lab"]

HOST = "127.0.0.1"
PORT, PORTS = 8377, 20  # without --port: the first that is free
PAGES = ("course", "surfaces", "race", "digits")


def bind(port: int | None = None) -> socket.socket:
    """A socket that listens on `port` of this machine alone; None: the first free one from PORT on.

    Raises `Unavailable` in one line when it is taken, `BadValue` when it is no port.
    """
    if port is not None and not 0 <= port <= 65535:
        raise BadValue(f"a port is a number from 0 to 65535, got {port}")
    error: OSError | None = None
    for one in range(PORT, PORT + PORTS) if port is None else (port,):
        # asyncio sends at once only where the protocol is named; else answers wait 40 ms for an acknowledgement
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((HOST, one))
            made.listen(128)
            return made
        except OSError as refused:
            made.close()
            error = refused
    which = f"port {port}" if port is not None else f"every port from {PORT} to {PORT + PORTS - 1}"
    raise Unavailable(f"{which} cannot be had ({error and error.strerror}); give another, e.g. --port 9000")


def address(path: str, port: int, lang: str | None = None) -> str:
    """The URL of a page of the lab. Raises `UnknownName` for a page that there is not."""
    parts = urlsplit(path if path.startswith("/") else f"/{path}")
    first = parts.path.split("/")[1]
    if first and first not in PAGES:
        raise unknown("page", first, PAGES)
    query = parts.query
    if lang is not None and "lang=" not in query:
        query = f"{query}&lang={lang}".lstrip("&")
    return f"http://{HOST}:{port}{parts.path}{'?' if query else ''}{query}"


def open_lab(
    path: str = "/",
    *,
    port: int | None = None,
    races: Path | None = None,
    home: Path | None = None,
    browser: bool = True,
    lang: str | None = None,
    workloads: Sequence[str] = (),
) -> None:
    """Serve the lab until Ctrl-C, and open the page `path` in the reader's browser.

    races      the folder of races (default: runs/ here); home: where progress is kept (default: the user's data folder)
    workloads  `file.py:name`, each to be raced from the page too
    """
    own = {}
    for text in workloads:
        from ..workloads.loading import workload

        own[text] = workload(text)
    made = bind(port)
    try:
        url = address(path, made.getsockname()[1], lang)
        import uvicorn

        from ..course.progress import home_folder
        from .app import create_app

        app = create_app(Path("runs") if races is None else races, home_folder() if home is None else home, own)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1, ws="none"
        )
        print(f"Steepest lab: {url}  (Ctrl-C ends it; races go on)", file=sys.stderr, flush=True)
        if browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.default_int_handler)  # from here on Ctrl-C is the way to end the lab
        with suppress(KeyboardInterrupt):  # which uvicorn passes on when it has shut down
            uvicorn.Server(config).run(sockets=[made])
    finally:
        made.close()
