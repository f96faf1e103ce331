"""An entry as text, `NAME[:key=value,…]`, apart and together again. A token without "=" goes on with the key before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..core.errors import BadValue
from ..core.python_file import parts

__all__ = ["joined", "split"]


def split(text: str) -> tuple[str, dict[str, Any]]:
    """The name, which may be `file.py:name`, and {key: value}. Raises `BadValue`."""
    name, colon, rest = text.partition(":")
    if colon and parts(name):
        own, colon, rest = rest.partition(":")
        name += f":{own}"
    pairs: dict[str, Any] = {}
    key = ""
    if colon and not rest.strip():
        raise BadValue(f"optimizer {text!r}: nothing follows the colon; write NAME or NAME:key=value,…")
    for token in filter(None, rest.split(",")):
        before, equals, value = token.partition("=")
        if equals:
            key = before.strip()
            if key in pairs:
                raise BadValue(f"optimizer {text!r}: {key} is given twice; write {key}=a,b for an axis")
            pairs[key] = value.strip()
        elif key:
            pairs[key] += f",{token.strip()}"
        else:
            raise BadValue(f"optimizer {text!r}: {token!r} has no key; write NAME:key=value,…")
    return name.strip(), pairs


def joined(name: str, pairs: Mapping[str, Any]) -> str:
    """The text that means `name` with these values."""
    return name + ":" * bool(pairs) + ",".join(f"{key}={_plain(value)}" for key, value in pairs.items())


def _plain(value: Any) -> str:
    several = isinstance(value, Iterable) and not isinstance(value, str) and bool(getattr(value, "ndim", True))
    return ",".join(map(str, value)) if several else str(value)
