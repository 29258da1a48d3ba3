"""What a program's file was given: kept by its path, and forgotten with what was done in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reading import lesson_of

from engine.lesson.model import Lesson
from engine.progress.keeping import Progress, open_progress


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    opened = open_progress(tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def programs(tmp_path: Path) -> tuple[Lesson, Lesson]:
    """Two of the same name, which are one lesson, in folders of their own."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    texts = [lesson_of(tmp_path / name, "a = 1\n", name="train.py") for name in ("one", "other")]
    return texts[0], texts[1]


@pytest.mark.parametrize("given", [("--name", "한글 'a b'", ""), ("",), ()])
def test_what_a_file_was_given_comes_back(
    progress: Progress, programs: tuple[Lesson, Lesson], given: tuple[str, ...]
) -> None:
    program, other = (one.header for one in programs)
    progress.keep_arguments(program, ("--before",))

    progress.keep_arguments(program, given)

    assert progress.arguments(program) == given
    assert progress.arguments(other) == ()


def test_what_a_file_was_given_goes_with_what_was_done(
    progress: Progress, programs: tuple[Lesson, Lesson]
) -> None:
    program, other = programs
    key = progress.open_lesson(program)
    for one in programs:
        progress.keep_arguments(one.header, ("--rate", "3"))

    progress.reset(key)

    assert progress.arguments(program.header) == ()
    assert progress.arguments(other.header) == ("--rate", "3")
    progress.reset(None)
    assert progress.arguments(other.header) == ()
