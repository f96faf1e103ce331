"""The reader's language in this process: the one that was asked for, else Chinese in a Chinese locale, else English."""

from __future__ import annotations

import os

__all__ = ["LANGUAGES", "choose", "chosen", "reader"]

LANGUAGES = ("en", "zh")
_chosen: str | None = None


def choose(lang: str | None) -> None:
    """Speak `lang` from now on; None: as the locale says."""
    global _chosen
    _chosen = lang


def chosen() -> str | None:
    """The language that was asked for."""
    return _chosen


def reader() -> str:
    """`zh` or `en`."""
    if _chosen is not None:
        return _chosen
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    found = next((name for name in names if name), "")
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"
