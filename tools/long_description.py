"""The package's long description: the README, whose links to files of the repository would lead nowhere elsewhere."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_ALONE = re.compile(r"^\[[^\]]+\]\((?!https?://)[^)]+\)\n\n", re.M)  # a line that is nothing else
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?://|#)[^)]+\)")


def without_links_inside(text: str) -> str:
    """Markdown with links to files as their text alone; other links stay."""
    return _LINK.sub(r"\1", _ALONE.sub("", text))


class LongDescription(MetadataHookInterface):
    """Sets `readme` while a wheel or a source archive is built."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the text in."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": without_links_inside(text)}
