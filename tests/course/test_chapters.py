"""Every chapter: two texts with the same bones, code that prints what is shown, quizzes with one right answer."""

import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from steepest.core.errors import BadFile, UnknownName
from steepest.course.blocks import LANGUAGES, Code, FigureBlock, Formula, HomeworkBlock, Prose, Quiz
from steepest.course.cells import cells
from steepest.course.chapter import CHAPTERS, chapter, folder, homework
from steepest.course.figures.registry import figure
from steepest.course.glossary import glossary
from steepest.course.html import html, mathml
from steepest.course.latex import inline, unicode
from steepest.course.markup import parts

BOTH = [(id, language) for id in CHAPTERS for language in LANGUAGES]


def text(id: str, language: str) -> str:
    return (folder(id) / f"{language}.md").read_text("utf-8")


def spoken(block: object) -> list[str]:
    """Every Markdown text of a block."""
    match block:
        case Prose():
            return [block.markdown]
        case Quiz():
            return [block.question, *(a.text for a in block.answers), *(a.why for a in block.answers)]
        case HomeworkBlock():
            return [block.statement]
    return []


@pytest.mark.parametrize("id", CHAPTERS)
def test_both_texts_have_the_same_directives(id: str) -> None:
    bones = {}
    for language in LANGUAGES:
        body = parts(text(id, language)).body
        bones[language] = [(d.kind, d.name, dict(d.arguments)) for d in body if not isinstance(d, str)]
    assert bones["en"] == bones["zh"]


@pytest.mark.parametrize("id", CHAPTERS)
def test_both_texts_have_the_same_formulas_headings_and_right_answers(id: str) -> None:
    en, zh = (chapter(id, language) for language in LANGUAGES)
    assert [b.latex for b in en.blocks if isinstance(b, Formula)] == [
        b.latex for b in zh.blocks if isinstance(b, Formula)
    ]
    headings = [re.findall(r"^#+ ", text(id, language), re.MULTILINE) for language in LANGUAGES]
    assert headings[0] == headings[1]
    for a, b in zip(en.blocks, zh.blocks, strict=True):
        assert type(a) is type(b)
        if isinstance(a, Quiz) and isinstance(b, Quiz):
            assert [x.right for x in a.answers] == [x.right for x in b.answers]


@pytest.mark.parametrize("id", CHAPTERS)
def test_the_chapter_shows_every_cell_and_every_homework_once(id: str) -> None:
    blocks = chapter(id).blocks
    shown = [b.name for b in blocks if isinstance(b, Code)]
    assert sorted(shown) == sorted(c.name for c in cells((folder(id) / "code.py").read_text("utf-8")))
    assert [b.name for b in blocks if isinstance(b, HomeworkBlock)] == list(homework(id))


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_what_a_chapter_must_have(id: str, language: str) -> None:
    one = chapter(id, language)
    assert one.title
    assert one.summary
    assert 10 <= one.minutes <= 180
    kinds = [type(b) for b in one.blocks]
    assert kinds.count(Quiz) >= 3
    assert kinds.count(HomeworkBlock) >= 1
    assert kinds.count(Code) >= 3
    assert kinds.count(FigureBlock) >= 1
    assert kinds[0] is Prose
    written = "".join(t for b in one.blocks for t in spoken(b))
    size = len(re.findall(r"[\u4e00-\u9fff]", written)) if language == "zh" else len(written.split())
    assert size >= 900
    if language == "en":
        assert not re.search(r"[\u4e00-\u9fff]", written)


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_quizzes_have_one_right_answer_and_say_why(id: str, language: str) -> None:
    keys = [b.key for b in chapter(id, language).blocks if isinstance(b, Quiz)]
    assert len(set(keys)) == len(keys)
    for block in chapter(id, language).blocks:
        if isinstance(block, Quiz):
            assert sum(a.right for a in block.answers) == 1
            assert all(a.text and a.why for a in block.answers)
            assert len({a.text for a in block.answers}) == len(block.answers) >= 2


@pytest.mark.parametrize("id", CHAPTERS)
def test_right_answers_do_not_stand_in_one_place(id: str) -> None:
    places = {[a.right for a in b.answers].index(True) for b in chapter(id).blocks if isinstance(b, Quiz)}
    assert len(places) > 1


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_every_formula_has_a_form_for_the_page_and_for_the_terminal(id: str, language: str) -> None:
    for block in chapter(id, language).blocks:
        if isinstance(block, Formula):
            element = ElementTree.fromstring(mathml(block.latex, block=True))
            assert element.tag.endswith("math")
            assert "\\" not in "".join(element.itertext())
            assert "\\" not in unicode(block.latex)
        for markdown in spoken(block):
            page = html(markdown)
            assert "merror" not in page
            prose = re.sub(r"<(pre|code)[ >].*?</\1>", "", page, flags=re.DOTALL)
            assert "$" not in prose, "a formula without its second dollar"
            assert "**" not in prose, "emphasis that Markdown did not take for emphasis"
            assert "\\frac" not in inline(markdown)


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_figures_exist_and_take_what_the_text_fixes(id: str, language: str) -> None:
    for block in chapter(id, language).blocks:
        if isinstance(block, FigureBlock):
            figure(block.name).values(**block.fixed)


@pytest.mark.parametrize("id", CHAPTERS)
def test_what_is_recorded_is_narrow_enough_too(id: str) -> None:
    recorded = json.loads((folder(id) / "outputs.json").read_text("utf-8"))
    assert all(max(map(len, output.splitlines()), default=0) <= 100 for output in recorded.values())


@pytest.mark.parametrize("id", CHAPTERS)
def test_code_is_narrow_enough_to_be_read_beside_its_text(id: str) -> None:
    lines = (folder(id) / "code.py").read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 110] == []


@pytest.mark.parametrize("id", CHAPTERS)
def test_both_texts_use_the_terms_that_the_chapter_introduces(id: str) -> None:
    assert chapter(id).terms
    for language in LANGUAGES:
        said = text(id, language).lower()
        missing = [key for key in chapter(id).terms if glossary()[key].words[language].lower() not in said]
        assert missing == [], language


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_no_text_uses_another_word_for_a_term(id: str, language: str) -> None:
    said = text(id, language).lower()
    used = [word for term in glossary().values() for word in term.avoid.get(language, ()) if word.lower() in said]
    assert used == []


def test_the_glossary_says_what_every_term_is() -> None:
    for term in glossary().values():
        assert all(term.words[language] and term.about[language] for language in LANGUAGES)
    for language in LANGUAGES:
        words = [term.words[language] for term in glossary().values()]
        assert len(set(words)) == len(words)
    introduced = [key for id in CHAPTERS for key in chapter(id).terms]
    assert len(set(introduced)) == len(introduced), "a term is introduced once"
    assert set(introduced) <= set(glossary())


def test_reading_the_course_loads_no_jax() -> None:
    code = """
import sys
from steepest.course import CHAPTERS, FIGURES, chapter, figure
for id in CHAPTERS:
    for language in ("en", "zh"):
        chapter(id, language)
for name in FIGURES:
    figure(name).as_dict()
import steepest.course.grading, steepest.course.progress, steepest.course.html, steepest.cli.chapters
assert "jax" not in sys.modules
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_unknown_names() -> None:
    with pytest.raises(UnknownName, match="chapter"):
        chapter("9.9")
    with pytest.raises(UnknownName, match="language"):
        chapter(CHAPTERS[0], "fr")


def test_what_is_not_well_formed_is_told_with_its_line() -> None:
    head = "# T\n\nSummary.\n\n"
    for body, said in [
        ("```figur x\n```\n", "line 5: unknown directive 'figur'; did you mean 'figure'"),
        ("```figure\n```\n", "needs a name"),
        ("```figure x beta\n```\n", "key=value"),
        ("```figure x\nbody\n```\n", "must not have"),
        ("```formula\n```\n", "needs a body"),
        ("```quiz a b=1\nx\n```\n", "key=value"),
    ]:
        with pytest.raises(BadFile, match=re.escape(said)):
            parts(head + body, "en.md")
    for start in ("", "T\n\nx", "# T\n\n## U", "# T"):
        with pytest.raises(BadFile, match="begin with"):
            parts(start)
