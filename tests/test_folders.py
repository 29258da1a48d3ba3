"""Folders of lessons: their order, their sections, and what `course.toml` says."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.courses.course import read_folder
from engine.courses.folders import Entry, Section, UnreadableLesson, iter_lessons, list_lessons
from engine.lesson.model import LessonError


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a = 1\n", encoding="utf-8")
    return folder


def told(entries: tuple[Entry, ...]) -> list[str]:
    """Files by their names, sections by their titles in brackets."""
    return [
        f"[{entry.title.in_language('en')}]" if isinstance(entry, Section) else entry.path.name
        for entry in entries
    ]


def course(folder: Path, text: str) -> Path:
    (folder / "course.toml").write_text(text, encoding="utf-8")
    return folder


def test_names_are_ordered_by_the_numbers_in_them(tmp_path: Path) -> None:
    fill(tmp_path, "10_last.py", "2_second.py", "1_first.ipynb", "part10.py", "part9.py")
    (tmp_path / "1_first.ipynb").write_text('{"cells": [], "nbformat": 4}')

    listed = list_lessons(tmp_path)

    assert told(listed) == ["1_first.ipynb", "2_second.py", "10_last.py", "part9.py", "part10.py"]


def test_folders_are_sections_after_the_lessons_of_their_own_folder(tmp_path: Path) -> None:
    fill(tmp_path, "b/02_nets/deep.py", "b/one.py", "z.py", "a.py")

    listed = list_lessons(tmp_path)

    assert told(listed) == ["a.py", "z.py", "[b]", "one.py", "[b / nets]", "deep.py"]


def test_folders_without_lessons_are_no_sections(tmp_path: Path) -> None:
    fill(tmp_path, "a.py", "data/rows.csv", "empty/deeper/readme.md")

    assert told(list_lessons(tmp_path)) == ["a.py"]


@pytest.mark.parametrize(
    "hidden", [".git/hook.py", "__pycache__/a.py", "node_modules/a.py", "env/lib/a.py"]
)
def test_what_tools_keep_is_passed_over(tmp_path: Path, hidden: str) -> None:
    fill(tmp_path, "a.py", hidden, "env/pyvenv.cfg")

    assert told(list_lessons(tmp_path)) == ["a.py"]


def test_a_folder_that_leads_back_is_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "deep/a.py")
    (tmp_path / "deep" / "back").symlink_to(tmp_path)

    assert told(list_lessons(tmp_path)) == ["[deep]", "a.py"]


def test_the_course_file_orders_what_it_names_before_the_rest(tmp_path: Path) -> None:
    fill(tmp_path, "a.py", "b.py", "c.py", "part/x.py", "other/y.py")
    course(tmp_path, 'order = ["c.py", "part", "a.py"]')

    listed = list_lessons(tmp_path)

    own = f"[{read_folder(tmp_path).title.in_language('en')}]"
    assert told(listed) == ["c.py", "[part]", "x.py", own, "a.py", "b.py", "[other]", "y.py"]


def test_the_course_file_gives_titles_and_a_language(tmp_path: Path) -> None:
    fill(tmp_path, "part/a.py")
    course(tmp_path, 'title = {en = "Nets", ko = "신경망"}\nlanguage = "ko"\n')
    course(tmp_path / "part", 'title = "Part one"\n')

    folder = read_folder(tmp_path)
    (section, _) = list_lessons(tmp_path)

    assert folder.title.texts == {"en": "Nets", "ko": "신경망"}
    assert folder.language == "ko"
    assert isinstance(section, Section)
    assert section.title.in_language("ko") == "Part one"


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ('title = "a"\norder = [', 2, "mend it here"),
        ('title = "a"\n\nordre = []', 3, "did you mean order?"),
        ("title = 3", 1, 'write `title = "My course"`'),
        ('title = "a"\nlanguage = 3', 2, 'write `language = "ko"`'),
        ('order = "a.py"', 1, 'write `order = ["first.py", "part2"]`'),
        ('order = ["../secret.py"]', 1, "beside this file"),
        ('order = ["gone.py"]', 1, "order names 'gone.py', which is not here; mend the name"),
    ],
)
def test_a_mistake_in_the_course_file_is_listed_and_hides_no_lesson(
    tmp_path: Path, text: str, line: int, mend: str
) -> None:
    course(fill(tmp_path, "a.py"), text)

    problem, lesson = list_lessons(tmp_path)

    assert isinstance(problem, UnreadableLesson)
    assert (problem.path.name, problem.line) == ("course.toml", line)
    assert mend in problem.problem
    assert lesson.path.name == "a.py"


def test_a_course_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(LessonError, match="it is not UTF-8"):
        read_folder(tmp_path)


def test_files_and_folders_together_are_listed_once_each(tmp_path: Path) -> None:
    fill(tmp_path, "a.py", "b.py", "part/c.py")

    listed = tuple(iter_lessons((tmp_path / "part", tmp_path / "b.py", tmp_path / "part/c.py")))

    assert told(listed) == ["b.py", "c.py"]
    assert len({entry.path for entry in listed}) == 2


def test_a_missing_file_among_others_is_listed_with_the_reason(tmp_path: Path) -> None:
    fill(tmp_path, "a.py")

    listed = tuple(iter_lessons((tmp_path / "gone.py", tmp_path / "a.py")))

    assert isinstance(listed[0], UnreadableLesson)
    assert "there is no such file" in listed[0].message
    assert told(listed) == ["gone.py", "a.py"]


def test_names_of_folders_are_shown_without_their_controls(tmp_path: Path) -> None:
    fill(tmp_path, "bad\x1b]52;c;name/a.py")

    section = list_lessons(tmp_path)[0]

    assert isinstance(section, Section)
    assert "\x1b" not in section.title.in_language("en")
