"""Answers in JSON: numbers exactly as Python has them, what is not finite as null; errors as one line with a status,
in the language of the page."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

import numpy as np
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..core.errors import BadFile, SteepestError, TooLarge, Unavailable, UnknownName
from ..core.messages import translated
from .language import spoken

__all__ = ["HANDLERS", "Json", "plain"]

_STATUSES = ((UnknownName, 404), (TooLarge, 413), (BadFile, 404), (Unavailable, 503))


def plain(value: Any) -> Any:
    """`value` as what JSON can say: arrays as lists, dataclasses as dicts, NaN and infinities as None."""
    if isinstance(value, np.ndarray) or hasattr(value, "__array__"):
        array = np.asarray(value)
        if array.dtype.kind != "f" or np.isfinite(array).all():
            return array.tolist()
        return np.where(np.isfinite(array), array.astype(object), None).tolist()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


class Json(Response):
    """A JSON answer."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of `content`."""
        form: dict[str, Any] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
        try:
            text = json.dumps(content, default=plain, **form)  # as a chart comes: plain data, at the encoder's speed
        except ValueError:  # something is not finite
            text = json.dumps(plain(content), **form)
        return text.encode()


def _steepest(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)
    return Json({"error": translated(str(error), spoken(request))}, status)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return Json({"error": translated(error.detail, spoken(request))}, error.status_code, headers=error.headers)


def _fault(request: Request, error: Exception) -> Response:
    said = f"internal error, {type(error).__name__}; the terminal says where"
    return Json({"error": translated(said, spoken(request))}, 500)


HANDLERS = {SteepestError: _steepest, HTTPException: _http, Exception: _fault}
