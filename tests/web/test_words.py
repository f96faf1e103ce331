"""Both languages say the same things, and every word that a module asks for is there."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

STATIC = Path(str(files("steepest.web") / "static"))
WORDS = {lang: json.loads((STATIC / f"words.{lang}.json").read_text("utf-8")) for lang in ("en", "zh")}
ASKED = {key for module in STATIC.rglob("*.js") for key in re.findall(r'\bt\(\s*"([\w.]+)"', module.read_text("utf-8"))}


def test_both_languages_have_the_same_keys() -> None:
    assert list(WORDS["en"]) == list(WORDS["zh"])


def test_every_word_that_is_asked_for_is_there() -> None:
    assert len(ASKED) > 60
    assert set(WORDS["en"]) >= ASKED


@pytest.mark.parametrize("key", WORDS["en"])
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    names = [set(re.findall(r"{(\w+)}", WORDS[lang][key])) for lang in ("en", "zh")]
    assert names[0] == names[1]
    assert all(WORDS[lang][key].strip() for lang in WORDS)


def test_english_is_english_and_chinese_has_chinese_punctuation() -> None:
    for key, text in WORDS["en"].items():
        assert key.startswith("switch.language") or not re.search("[\u4e00-\u9fff]", text), key
    for key, text in WORDS["zh"].items():
        assert key.startswith("switch.language") or not re.search("[\u4e00-\u9fff][,;!?]", text), key


def test_no_page_has_an_inline_script_or_style_or_a_foreign_address() -> None:
    shell = (STATIC / "index.html").read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", shell)
    assert "<style" not in shell
    assert not re.search(r"\son\w+=|\sstyle=", shell)
    for file in [*STATIC.rglob("*.js"), *STATIC.rglob("*.css"), STATIC / "index.html"]:
        for address in re.findall(r"https?://[^\s\"'`)]+", file.read_text("utf-8")):
            assert address == "http://www.w3.org/2000/svg", (file.name, address)
