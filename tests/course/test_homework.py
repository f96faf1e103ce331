"""Every checker passes a right answer and stops at each wrong one, with a hint that does not give the answer away."""

import re
from pathlib import Path

import numpy as np
import pytest

from steepest.core.errors import BadFile, BadValue, UnknownName
from steepest.course.blocks import HomeworkBlock
from steepest.course.chapter import CHAPTERS, chapter, homework
from steepest.course.grading import grade, identify
from steepest.course.homework import Homework, NotYet, Work
from steepest.course.marking import mark

from . import test_homework_c2
from .answers import ANSWERS

EVERY = [(id, name) for id in CHAPTERS for name in homework(id)]
TASKS = [task for task in EVERY if task in ANSWERS]


def checked(tmp_path: Path, id: str, name: str, text: str) -> dict:
    file = tmp_path / "mine.py"
    file.write_text(text, "utf-8")
    return mark(str(file), id, name)


def test_every_chapter_has_homework_and_every_homework_a_right_answer_in_a_test() -> None:
    assert {id for id, _ in EVERY} == set(CHAPTERS)
    assert [task for task in EVERY if task not in ANSWERS and task[1] not in test_homework_c2.ANSWERS] == []


@pytest.mark.parametrize(("id", "name"), TASKS)
def test_a_right_answer_passes_every_step(id: str, name: str, tmp_path: Path) -> None:
    found = checked(tmp_path, id, name, ANSWERS[id, name][0])
    assert found["step"] is None, found
    assert len(found["passed"]) >= 3


@pytest.mark.parametrize(
    ("id", "name", "text", "instead"),
    [(*task, *wrong) for task in TASKS for wrong in ANSWERS.get(task, ("", []))[1]],
)
def test_a_wrong_answer_gets_a_hint(id: str, name: str, text: str, instead: str, tmp_path: Path) -> None:
    right = ANSWERS[id, name][0]
    assert text in right
    found = checked(tmp_path, id, name, right.replace(text, instead))
    assert found["step"] is not None
    for language in ("en", "zh"):
        assert found["hint"][language]
        assert not re.search(r"\d\.\d{3}", found["hint"][language]), "no hint tells a number of the answer"


@pytest.mark.parametrize(("id", "name"), TASKS)
def test_there_are_three_wrong_answers_at_least(id: str, name: str) -> None:
    assert len(ANSWERS[id, name][1]) >= 3


@pytest.mark.parametrize(("id", "name"), EVERY)
def test_the_starter_runs_says_whose_it_is_and_is_not_yet_right(id: str, name: str, tmp_path: Path) -> None:
    starter = homework(id)[name].starter
    assert starter == next(b.starter for b in chapter(id).blocks if isinstance(b, HomeworkBlock) and b.name == name)
    file = tmp_path / "mine.py"
    file.write_text(starter, "utf-8")
    assert identify(file) == (id, name)
    found = mark(str(file), id, name)
    assert found["step"] is not None
    assert found["passed"] == []


def test_a_process_of_its_own(tmp_path: Path) -> None:
    id, name = TASKS[0]
    file = tmp_path / "mine.py"
    file.write_text("print('hello')\n" + ANSWERS[id, name][0], "utf-8")
    verdict = grade(file, id, name)
    assert verdict.right
    assert verdict.passed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("while True: pass", "longer than 1 s"),
        ("import os; os._exit(0)", "ended its process"),
        ("import subprocess; subprocess.run(['sleep', '600'])", "longer than 1 s"),
    ],
)
def test_what_does_not_come_back(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(text, "utf-8")
    verdict = grade(file, *TASKS[0], seconds=1 if "longer" in said else 60)
    assert not verdict.right
    assert said in verdict.hint["en"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = (", "line 1: SyntaxError"),
        ("\n\n1 / 0", "line 3: ZeroDivisionError"),
        ("import sys\nsys.exit()", "line 2: SystemExit"),
        ("import nowhere", "line 1: ModuleNotFoundError"),
    ],
)
def test_a_file_that_does_not_run_is_told_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    found = checked(tmp_path, *TASKS[0], text)
    assert said in found["hint"]["en"]
    assert said in found["hint"]["zh"]


def test_whose_homework_a_file_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    with pytest.raises(BadFile, match="cannot be read"):
        identify(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile, match="not a text file"):
        identify(file)
    file.write_text("x = 1")
    with pytest.raises(BadFile, match="first line"):
        identify(file)
    assert identify(file, TASKS[0][0]) == TASKS[0]
    file.write_text("# homework 9.9 neuron")
    with pytest.raises(UnknownName, match=r"9\.9"):
        identify(file)
    file.write_text("# homework 1.2 neurn")
    with pytest.raises(UnknownName, match="neuron"):
        identify(file)
    file.write_text("# homework 1.2 neuron")
    with pytest.raises(BadValue, match=r"not 1\.1"):
        identify(file, "1.1")


# what a checker is made of --------------------------------------------------------------------------------------

STEP = {"en": "step", "zh": "一步"}
HINT = {"en": "hint", "zh": "提示"}


def hint(got: object, truth: object, **options: object) -> str:
    work = Work({})
    try:
        work.expect(STEP, got, truth, HINT, **options)
    except NotYet as not_yet:
        return not_yet.hint["en"]
    assert work.passed == [STEP]
    return ""


def test_expect() -> None:
    truth = np.array([1.0, -2.0])
    assert hint([1.0, -2.0], truth) == ""
    assert hint(truth + 1e-9, truth) == ""
    assert hint(np.float32(truth), truth) == ""
    assert hint(truth + 1e-4, truth) == "hint"
    assert hint(truth[:, None], truth) == "its shape is (2, 1), it should be (2,)"
    assert "return" in hint(None, truth)
    assert "not an array of numbers" in hint("two", truth)
    assert "not an array of numbers" in hint([[1], [2, 3]], truth)
    assert "NaN" in hint([np.nan, 1], truth)
    assert hint(-truth, truth, slips=[(-truth, {"en": "sign", "zh": "符号"})]) == "sign"
    assert hint(0.0, 0.0) == ""
    assert hint(1e-3, 0.0) == "hint"


def called(function: object, *arguments: object, **options: object) -> str:
    try:
        Work({"f": function}).call("f", *arguments, **options)
    except NotYet as not_yet:
        return not_yet.hint["en"]
    return ""


def test_call() -> None:
    array = np.zeros(2)

    def spoils(x: np.ndarray) -> None:
        x += 1

    assert called(len, array) == ""
    assert "changes an array" in called(spoils, array)
    assert "changes an array" in called(lambda p: spoils(p["w"]), {"w": array})
    assert "changes an array" in called(lambda p: p.append(1), [array])
    assert called(spoils, array, keeps=False) == ""
    assert (array == 0).all()
    assert "no such function" in called(None)
    assert "ZeroDivisionError" in called(lambda: 1 / 0)


def test_several() -> None:
    work = Work({})
    assert work.several("f", (1, 2), ("a", "b")) == (1, 2)
    with pytest.raises(NotYet, match="2 things: a, b"):
        work.several("f", (1, 2, 3), ("a", "b"))
    with pytest.raises(NotYet):
        work.several("f", None, ("a", "b"))


def test_a_homework_is_a_value() -> None:
    assert Homework("x", "", print) == Homework("x", "", print)
