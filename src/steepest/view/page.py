"""A page that opens anywhere: a template, its styles, scripts and data as one file that makes no request.

A template is what the bar has beside the brand, then `<main>` and what is in it; `templates/frame.html` is around it.
A content security policy admits the page's own scripts by their hash and nothing else. In a template `{{word:key}}` is
a sentence in both languages, `{{label:key}}` an accessible label, `{{slot:name}}` what the caller fills in.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..core.errors import BadFile
from ..core.language import reader
from .chart_data import jsonable
from .words import LANGUAGES, Html, both, escape, words

__all__ = ["STYLES", "VENDORED", "embed", "label", "page", "write"]

VENDORED = ("vendor/d3/d3.min.js", "vendor/plot/plot.umd.min.js")
STYLES = ("theme", "layout", "tables", "charts", "print")
_SLOT = re.compile(r"\{\{(word|label|slot):([\w.]+)\}\}")


@cache
def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8").replace("\r\n", "\n")


def _script(name: str) -> tuple[str, str]:
    text = f"\n{_file(name)}\n"
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"<script>{text}</script>", f"'sha256-{digest}'"


def embed(value: Any) -> Html:
    """`value` as JSON that cannot end the script element it stands in."""
    text = json.dumps(jsonable(value), allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Html(text)


def label(key: str) -> str:
    """The attributes that name an element in both languages."""
    text = " / ".join(words(at)[key] for at in LANGUAGES)
    return f'aria-label="{escape(text)}" data-label="{key}"'


def page(template: str, slots: Mapping[str, str], data: Any, scripts: Sequence[str]) -> str:
    """`templates/TEMPLATE.html` in its frame, filled in, with `data` embedded for its `scripts`."""
    markup, hashes = zip(*(_script(name) for name in scripts), strict=True)
    filled = {
        **slots,
        "lang": {"en": "en", "zh": "zh-CN"}[reader()],  # until a script knows better
        "styles": "\n".join(_file(f"static/{name}.css") for name in STYLES),
        "hashes": " ".join(hashes),
        "data": embed(data),
        "words": embed({at: words(at) for at in LANGUAGES}),
        "scripts": "\n".join(markup),
    }

    def fill(match: re.Match[str]) -> str:
        kind, name = match.groups()
        return filled[name] if kind == "slot" else both(name) if kind == "word" else label(name)

    nav, _, main = _file(f"templates/{template}.html").partition("<main>\n")
    framed = _file("templates/frame.html").replace("{{part:nav}}", nav).replace("{{part:main}}", main)
    return _SLOT.sub(fill, framed)


def write(path: str | os.PathLike[str], text: str, what: str) -> None:
    """Write a page to `path`, whole or not at all; `BadFile` when it cannot be written. `what` it is, for the error."""
    goal = Path(path)
    part = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode())
        os.replace(part, goal)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadFile(f"cannot write the {what} to {str(path)!r}: {error.strerror}; choose a writable place") from error
