"""The tables of what can be written in a step file are what the reader understands."""

from pathlib import Path

import pytest

from engine.courses.course import read_folder
from engine.lesson import parameters
from engine.lesson.notation import CELL_KEYS, COURSE_KEYS, HEADER_KEYS, MARKDOWN, TAGS
from engine.reading import word_lists
from engine.reading.header import read_header
from engine.reading.reader import read_with_mistakes

HEADER = "# ---\n# tutorch:\n#   title: a\n# ---\n"


@pytest.mark.parametrize("key", CELL_KEYS, ids=lambda key: key.name)
def test_the_example_of_a_cells_key_is_read(tmp_path: Path, key) -> None:
    path = tmp_path / "lesson.py"
    kind = "[markdown] " if key.kinds == (MARKDOWN,) else ""
    body = "# a\n\n# %%\nb = 1" if kind else "digit = 1"
    path.write_text(f"{HEADER}# %%\na = 1\n\n# %% {kind}{key.example}\n{body}\n", encoding="utf-8")

    _, mistakes = read_with_mistakes(path)

    only_half = {"exercise-missing", "solution-missing"} if key.name == "tags" else set()
    assert {mistake.finding.kind for mistake in mistakes} <= only_half


@pytest.mark.parametrize("key", HEADER_KEYS, ids=lambda key: key.name)
def test_the_example_of_a_headers_key_is_read(tmp_path: Path, key) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(f"# ---\n# tutorch:\n#   {key.example}\n# ---\na = 1\n", encoding="utf-8")

    header = read_header(path)

    assert getattr(header, key.name)


def test_the_examples_of_a_courses_keys_are_read(tmp_path: Path) -> None:
    text = "\n".join(key.example for key in COURSE_KEYS)
    (tmp_path / "course.toml").write_text(text, encoding="utf-8")

    folder = read_folder(tmp_path)

    assert folder.title.in_language("en") == "Nets by hand"
    assert (folder.language, folder.order) == ("ko", ("start.py", "nets", "more.ipynb"))


def test_tags_outside_exercises_are_those_that_the_reader_knows() -> None:
    known = [parameters.TAG, word_lists.TAG]

    assert [tag.name for tag in TAGS if not tag.is_of_exercise] == known
