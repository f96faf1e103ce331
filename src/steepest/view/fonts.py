"""Which fonts a drawn figure is set in: matplotlib's own, and an installed one that has Chinese."""

from __future__ import annotations

from matplotlib.font_manager import fontManager

from ..core.errors import Unavailable

__all__ = ["families"]

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK JP",  # the same characters, under the first name in its file
    "Noto Sans CJK TC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "SimHei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)


def families(lang: str) -> list[str]:
    """Font families in order; `Unavailable` for `zh` where no font has Chinese."""
    installed = {font.name for font in fontManager.ttflist}
    found = next((name for name in CHINESE if name in installed), None)
    if found is None and lang == "zh":
        raise Unavailable(
            "no installed font has Chinese; install one (Debian: apt-get install fonts-noto-cjk), or say lang='en'"
        )
    return ["DejaVu Sans", *([found] if found else [])]
