"""The table of contents: sixteen chapters in five parts, each heading the same as its title here."""

import pytest

from steepest.core.errors import UnknownName
from steepest.course import CHAPTERS, chapter, contents
from steepest.course.blocks import LANGUAGES
from steepest.course.contents import absent

TITLES = {id: title for part in contents() for id, title in part.chapters.items()}


def test_five_parts_and_sixteen_chapters_in_order() -> None:
    assert [[*part.chapters] for part in contents()] == [
        ["1.1", "1.2", "1.3", "1.4"],
        ["2.1", "2.2", "2.3", "2.4"],
        ["3.1", "3.2", "3.3"],
        ["4.1", "4.2", "4.3"],
        ["5.1", "5.2"],
    ]
    for text in (*TITLES.values(), *(part.title for part in contents())):
        assert set(text) == set(LANGUAGES)
        assert all(text.values())
    assert [id for id in TITLES if id in CHAPTERS] == list(CHAPTERS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", CHAPTERS)
def test_a_chapter_is_headed_by_its_title(id: str, lang: str) -> None:
    assert chapter(id, lang).title == TITLES[id][lang]


def test_one_that_is_to_come_is_called_by_its_title_in_the_readers_language() -> None:
    assert "Regularisation, is still to come" in str(absent("2.3"))
    assert "“正则化”尚未写成" in str(absent("2.3", "zh"))
    assert "unknown chapter '9.9'" in str(absent("9.9", "zh"))
    with pytest.raises(UnknownName, match="尚未写成"):
        chapter("5.2", "zh")
