"""Every message has its Chinese; what is said is found in the source, so that a new message without it fails here."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from steepest.core.errors import BadValue
from steepest.core.messages import catalogue, translated
from steepest.core.registry import unknown
from tools.messages import CATALOGUE, made, messages, missing


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_every_message_of_the_source_has_its_chinese() -> None:
    assert len(made()) > 250
    assert missing() == {}, "fill these in: python tools/messages.py"


def test_the_catalogue_has_no_message_that_nobody_says() -> None:
    import json

    assert json.loads(CATALOGUE.read_text("utf-8"))["steepest"].keys() <= made().keys()


@pytest.mark.parametrize("template", catalogue())
def test_a_translation_has_the_fields_of_its_message_and_is_chinese(template: str) -> None:
    chinese = catalogue()[template]
    assert (
        not fields(template) or len(re.findall("[A-Za-z]", re.sub(r"{\d+}", "", template))) >= 3
    )  # else it fits anything
    assert fields(chinese) <= fields(template)
    if fields(chinese) != fields(template):
        assert "{0}s" in template or "{2}s" in template  # a plural
    if template != "steepest: {0}":
        assert re.search("[一-鿿]", chinese)
    assert not re.search("[;?!]|: |。$", re.sub("`[^`]*`|{{.*}}", "", chinese).replace("steepest: ", ""))


def test_what_the_source_says_is_found() -> None:
    source = """
def f(name, n):
    why = "is gone" if n else f"has {n} ends"
    raise BadFile(f"{name}: {why}; " + ("close it" if n else "open it"))

def g(path, what):
    return Unavailable(f"{path} needs {what}")

g("x", "more room")
HTTPException(400, f"{{no}} JSON in {g}")
def h():
    return 403, "not here"
print("not a message")
"""
    assert messages(source).keys() == {
        "{0}: {1}; close it",
        "{0}: {1}; open it",
        "is gone",
        "has {0} ends",
        "{0} needs {1}",
        "more room",
        "{{no}} JSON in {0}",
        "not here",
    }


def test_english_stays_as_it_is_in_one_line() -> None:
    assert translated("axes:\n  too many", "en") == "axes: too many"
    assert translated("what nobody has ever said", "zh") == "what nobody has ever said"


@pytest.mark.parametrize(
    ("error", "chinese"),
    [
        (unknown("optimizer", "adma", ("adam", "sgd")), "未知的优化器 'adma'；是不是 'adam'？"),
        (unknown("adam dialect", "x", ("torch", "optax")), "未知的 adam 方言 'x'；可用的有：torch, optax"),
        (BadValue("learning rate: the axis is empty; give at least one value"), "学习率：轴是空的；至少给一个值"),
        (BadValue("runs/a b: cannot be read: Permission denied; give another folder as out"),
         "runs/a b：无法读取：没有权限；请用 out 指定别的文件夹"),
        (BadValue("r: run 3 has not finished (it is running); finish it with `steepest resume r`"),
         "r：第 3 次运行还没完成（还在进行）；用 `steepest resume r` 完成它"),
        (BadValue("steepest: race a is running; a loss plane needs a finished race"),
         "steepest: 比赛 a 还在进行；损失平面要等比赛完成"),
        (BadValue('an answer is {"chapter": "2.2", "quiz": "…", "right": true}'),
         '答案的格式是 {"chapter": "2.2", "quiz": "…", "right": true}'),
    ],
)  # fmt: skip
def test_fields_are_translated_where_they_are_phrases(error: Exception, chinese: str) -> None:
    assert translated(str(error), "zh") == chinese


def test_what_a_user_typed_is_not_touched() -> None:
    typed = "seeds: {0} of {learning rate} at 'known: x'"
    assert repr(typed)[1:-1] in translated(f"optimizer {typed!r}: nothing follows the colon; write NAME or "
                                           "NAME:key=value,…", "zh")  # fmt: skip


def test_a_long_message_takes_no_time_to_look_up() -> None:
    """Found from left to right, never by trying: a text made of what templates are made of is looked up in a moment."""
    from time import perf_counter

    begun = perf_counter()
    translated("x" + ": ; got  at most , it has (it is " * 3000, "zh")
    assert perf_counter() - begun < 1.0  # some milliseconds; by trying, hours


def test_a_field_in_chinese_takes_no_spaces() -> None:
    assert translated("seeds must be a whole number, got 1.5", "zh") == "种子必须是整数，得到 1.5"
    assert translated("lr must be a whole number, got 1.5", "zh") == "lr 必须是整数，得到 1.5"
    assert translated("'f.xyz': choose among .html, .svg", "zh") == "'f.xyz'：扩展名请从 .html, .svg 中选"
