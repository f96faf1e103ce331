"""Chapters as notebooks: well formed, executed from top to bottom, printing what the chapter shows."""

import base64
import io
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from steepest.core.errors import BadFile, UnknownName
from steepest.course import notebook as module
from steepest.course.blocks import LANGUAGES, Code, FigureBlock, Formula, HomeworkBlock, Quiz
from steepest.course.cells import cells
from steepest.course.chapter import CHAPTERS, chapter, folder
from steepest.course.figures.registry import FIGURES, figure
from steepest.course.notebook import notebook, write

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
CALL = re.compile(r'from steepest\.course import figure\n\nfigure\("[a-z0-9-]+"\)\.plot\((.*)\)')


def same(printed: str, recorded: str) -> bool:
    """Equal but for the last digits: other processors add in another order, and training carries that on."""
    if NUMBER.sub("#", printed) != NUMBER.sub("#", recorded):
        return False
    pairs = zip(NUMBER.findall(printed), NUMBER.findall(recorded), strict=True)
    return all(abs(float(a) - float(b)) <= max(0.02, 0.02 * abs(float(b))) for a, b in pairs)


def printed(cell: dict) -> str:
    return "".join(o["text"] for o in cell["outputs"] if o["output_type"] == "stream" and o["name"] == "stdout")


@pytest.mark.parametrize("id", CHAPTERS)
def test_every_cell_runs_and_prints_what_is_recorded_and_every_figure_is_drawn(id: str, tmp_path: Path) -> None:
    recorded = json.loads((folder(id) / "outputs.json").read_text("utf-8"))
    timed = {cell.name: cell.timed for cell in cells((folder(id) / "code.py").read_text("utf-8"))}
    assert list(recorded) == list(timed)
    book = nbformat.from_dict(notebook(id, pictures=False))
    client = NotebookClient(book, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    for cell in book["cells"]:
        if cell["cell_type"] != "code":
            continue
        if "figure" in cell["metadata"].get("tags", ()):
            (image,) = [o["data"]["image/png"] for o in cell["outputs"] if "image/png" in o.get("data", {})]
            assert min(Image.open(io.BytesIO(base64.b64decode(image))).size) > 100
        elif timed[name := cell["metadata"]["name"]]:
            assert printed(cell)
        else:
            assert same(printed(cell).rstrip("\n"), recorded[name]), name


@pytest.mark.parametrize("id", CHAPTERS)
def test_both_languages_are_well_formed_and_have_the_same_code(id: str) -> None:
    books = {lang: notebook(id, lang, pictures=False) for lang in LANGUAGES}
    for lang, book in books.items():
        nbformat.validate(nbformat.from_dict(book))
        assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
        assert book == notebook(id, lang, pictures=False)
        text = "\n".join(cell["source"] for cell in book["cells"] if cell["cell_type"] == "markdown")
        for block in chapter(id, lang).blocks:
            match block:
                case Formula(latex):
                    assert f"$$\n{latex}\n$$" in text
                case Quiz():
                    assert block.question in text
                    assert all(a.text in text and a.why in text for a in block.answers)
                case HomeworkBlock():
                    assert block.statement in text
                    assert block.starter in text
                    assert f"steepest learn --check {block.name}.py" in text
    code = {lang: [c["source"] for c in book["cells"] if c["cell_type"] == "code"] for lang, book in books.items()}
    blocks = [b for b in chapter(id).blocks if isinstance(b, Code | FigureBlock)]
    for block, en, zh in zip(blocks, code["en"], code["zh"], strict=True):
        if isinstance(block, Code):
            assert en == zh == block.source
        else:
            assert CALL.fullmatch(en)
            assert CALL.fullmatch(zh)[1] == ", ".join(filter(None, [CALL.fullmatch(en)[1], "lang='zh'"]))


def test_what_the_text_fixes_is_in_the_call_and_the_picture_is_kept() -> None:
    fixed = FigureBlock("zigzag", {"optimizer": "rmsprop", "beta": "0.90"})
    told, call = module._figure(fixed, "zh", pictures=True)
    assert "figure(\"zigzag\").plot(optimizer='rmsprop', beta=0.9, lang='zh')" in call["source"]
    assert "`beta=" in told["source"]
    (output,) = call["outputs"]
    picture = Image.open(io.BytesIO(base64.b64decode(output["data"]["image/png"])))
    assert picture.width > output["metadata"]["image/png"]["width"], "sharp on a dense screen"


def test_no_figure_has_a_control_that_its_plot_would_take_for_its_own() -> None:
    assert all(control.name != "lang" for name in FIGURES for control in figure(name).controls)


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_picture", lambda *_: None)
    path = write(tmp_path / "a.ipynb", "1.2", "zh")
    assert json.loads(path.read_text("utf-8"))["cells"][0]["source"].startswith("# 1.2 ")
    path.write_text("mine")
    with pytest.raises(BadFile, match="not overwritten"):
        write(path, "1.2")
    assert path.read_text() == "mine"
    with pytest.raises(BadFile, match="cannot be written"):
        write(tmp_path / "none" / "a.ipynb", "1.2")
    with pytest.raises(UnknownName, match="chapter"):
        write(tmp_path / "b.ipynb", "9.9")
    assert not (tmp_path / "b.ipynb").exists()
