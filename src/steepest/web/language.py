"""The language of an answer: what the address asks for (`?lang=zh`), else the first that the browser accepts."""

from __future__ import annotations

from starlette.requests import HTTPConnection

__all__ = ["spoken"]


def spoken(connection: HTTPConnection) -> str:
    """`zh` or `en`."""
    lang = connection.query_params.get("lang") or connection.headers.get("accept-language", "")
    return "zh" if lang.lower().startswith("zh") else "en"
