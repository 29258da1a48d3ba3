"""`tutorch reset`: it asks first, forgets one lesson or all, and says what it did."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.lesson.keys import step_keys
from engine.lesson.model import Lesson
from engine.progress.keeping import open_progress
from engine.reading.reader import read_lesson
from tui import cli

LESSON = """# ---
# tutorch:
#   title: {en: %s, ko: %s}
# ---

# %%%% Only
a = 1
"""


@pytest.fixture
def lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Lesson, Lesson]:
    """Two lessons that are all there are; the locale is English."""
    monkeypatch.setattr("tui.commands.naming.LESSONS", tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    paths = (tmp_path / "00_descent.py", tmp_path / "01_logits.py")
    for path, titles in zip(paths, [("Descent", "하강"), ("Logits", "로짓")], strict=True):
        path.write_text(LESSON % titles, encoding="utf-8")
    return read_lesson(paths[0]), read_lesson(paths[1])


@pytest.fixture
def done(lessons: tuple[Lesson, Lesson], state_home: Path) -> Path:
    """The folder in which it is kept that both lessons are done, and Korean chosen."""
    progress = open_progress(state_home / "tutorch")
    for lesson in lessons:
        progress.keep_done(progress.open_lesson(lesson), step_keys(lesson)[0])
    progress.keep_language("ko")
    progress.close()
    return state_home / "tutorch"


def steps_done(folder: Path) -> dict[str, int]:
    """How many steps are done in each lesson."""
    progress = open_progress(folder)
    found = {key.partition(" ")[0]: one.done for key, one in progress.summaries().items()}
    progress.close()
    return found


def reset(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli.tutorch, ["reset", *arguments], input=answer)


def test_one_lesson_is_forgotten_and_the_other_stays(done: Path) -> None:
    result = reset("0", answer="y\n")

    assert result.exit_code == 0
    assert result.output.endswith("Forgotten: what was done in Descent.\n")
    assert steps_done(done) == {"Descent": 0, "Logits": 1}


def test_without_a_name_every_lesson_is_forgotten(done: Path) -> None:
    result = reset(answer="y\n")

    assert result.output.startswith("Forget what was done in every lesson? [y/N]")
    assert steps_done(done) == {"Descent": 0, "Logits": 0}


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_nothing_is_forgotten_where_the_answer_is_no(done: Path, answer: str) -> None:
    result = reset("0", answer=answer)

    assert result.exit_code == 0
    assert result.output.endswith("Nothing was forgotten.\n")
    assert steps_done(done) == {"Descent": 1, "Logits": 1}


def test_nothing_is_forgotten_where_nobody_can_answer(done: Path) -> None:
    result = reset("0")

    assert result.exit_code == 1
    assert steps_done(done) == {"Descent": 1, "Logits": 1}


def test_yes_asks_nothing(done: Path) -> None:
    result = reset("0", "--yes")

    assert result.output == "Forgotten: what was done in Descent.\n"
    assert steps_done(done) == {"Descent": 0, "Logits": 1}


def test_the_language_stays(done: Path) -> None:
    reset("--yes")

    assert open_progress(done).settings().language == "ko"


def test_a_lesson_is_called_by_its_korean_title_in_a_korean_locale(
    done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")

    assert "하강" in reset("0", answer="n\n").output


def test_a_lesson_that_is_not_there_is_told_with_the_nearest(done: Path) -> None:
    result = reset("descend", "--yes")

    assert result.exit_code == 2
    assert "no lesson is called 'descend'; the nearest: 00_descent" in result.stderr
    assert steps_done(done) == {"Descent": 1, "Logits": 1}


def test_where_nothing_can_be_kept_it_says_that_nothing_was_forgotten(
    lessons: tuple[Lesson, Lesson], state_home: Path
) -> None:
    (state_home / "tutorch").write_text("a file where the folder should be", encoding="utf-8")

    result = reset("--yes")

    assert result.exit_code == 1
    assert result.stderr.startswith("nothing was forgotten: Nothing is kept now")


def test_asking_opens_no_file(lessons: tuple[Lesson, Lesson], state_home: Path) -> None:
    reset("0", answer="n\n")

    assert list(state_home.iterdir()) == []
