"""What a file is to hold is told by its ending."""

import pytest

from steepest.core.errors import BadValue
from steepest.view.endings import FIGURE, REPORT, ending


def test_endings() -> None:
    assert ending("a/b.SVG") == ".svg"
    assert ending("x.html", REPORT) == ".html"
    for path, among, told in (
        ("x.gif", FIGURE, r"a figure ends in \.svg"),
        ("x.pdf", REPORT, r"a report ends in \.html"),
        ("report", (*REPORT, *FIGURE), r"choose among \.html, \.svg"),
    ):
        with pytest.raises(BadValue, match=told):
            ending(path, among)
