"""Both languages say the same things, and what is put into a sentence is escaped."""

import re

import pytest

from steepest.view.durations import duration
from steepest.view.words import Html, both, escape, say, sentences, told, words


def test_both_languages_have_the_same_keys():
    assert list(words("zh")) == list(words("en"))


@pytest.mark.parametrize("key", list(words("en")))
def test_both_languages_fill_in_the_same_values(key):
    names = [set(re.findall(r"{(\w+)}", words(at)[key])) for at in ("en", "zh")]
    assert names[0] == names[1]
    assert all(words(at)[key].strip() for at in ("en", "zh"))


def test_english_is_english_and_chinese_has_no_english_punctuation():
    for key, text in words("en").items():
        if key not in ("switch.language", "switch.language.label"):
            assert not re.search("[\u4e00-\u9fff]", text), key
    for key, text in words("zh").items():
        assert not re.search("[\u4e00-\u9fff][,;!?]", text), key


def test_values_are_escaped_once():
    assert say("en", "curves.all", name="<b>&") == "All settings of &lt;b&gt;&amp;"
    assert say("en", "curves.all", name=Html("<b>x</b>")) == "All settings of <b>x</b>"
    assert "\x00" not in escape("a\x00b\ud800")


def test_metrics_are_named_in_each_language():
    said = both("sensitivity.lead", metric="test_accuracy")
    assert "test accuracy" in said
    assert "测试集准确率" in said
    assert "my metric" in both("sensitivity.lead", metric="my_metric")


def test_chinese_sentences_stand_without_a_space():
    said = sentences([told("facts.no_interval"), told("leaderboard.tied")])
    assert "。标有" in said
    assert "interval. Rows" in said


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0.21, "210 ms", "210 毫秒"),
        (61.2, "61.2 s", "61.2 秒"),
        (725, "12 min 5 s", "12 分 5 秒"),
        (3599.9, "60 min 0 s", "60 分 0 秒"),
        (12000, "3 h 20 min", "3 小时 20 分"),
        (None, "–", "–"),
    ],
)
def test_durations(seconds, en, zh):
    assert duration(seconds) == {"en": en, "zh": zh}
