"""What the learner has done: kept, found again, summed up and forgotten."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from keeping import ROOT
from titled import lesson

from engine.progress.data import (
    KeptAnswer,
    LastPlace,
    LessonProgress,
    Settings,
    StepProgress,
    Summary,
)
from engine.progress.keeping import Progress, open_progress
from engine.protocol.watching import Watch
from engine.reading.reader import read_lesson


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    opened = open_progress(tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path, progress: Progress) -> Iterator[Progress]:
    """A second player on the same file."""
    opened = open_progress(tmp_path / "state")
    yield opened
    opened.close()


# What is kept is found again


def test_what_is_watched_comes_back_in_its_order_and_takes_the_place_of_what_was(
    progress: Progress, other: Progress
) -> None:
    progress.keep_watches("l", "s1", [Watch("cost"), Watch("W.norm()"), Watch("lr")])

    progress.keep_watches("l", "s1", [Watch("W.norm()", is_charted=True), Watch("cost")])

    step = other.lesson("l").step("s1")
    assert step.watches == (Watch("W.norm()", is_charted=True), Watch("cost"))
    assert other.lesson("l").step("s2").watches == ()


def test_what_is_watched_is_forgotten_with_the_lesson(progress: Progress) -> None:
    progress.keep_watches("l", "s1", [Watch("cost")])
    progress.keep_watches("m", "s1", [Watch("lr")])

    progress.reset("l")

    assert progress.lesson("l").step("s1").watches == ()
    assert progress.lesson("m").step("s1").watches == (Watch("lr"),)


def test_all_of_a_step_comes_back_in_the_next_run(progress: Progress, other: Progress) -> None:
    before = time.time()
    answers = {0: KeptAnswer(1, True), 1: KeptAnswer(1.0, False), 2: KeptAnswer("diverges", None)}

    progress.keep_done("l", "s")
    progress.keep_passed("l", "s")
    progress.keep_edit("l", "s", "한글 = 'W\n'\0")
    progress.keep_hints_seen("l", "s", 2)
    progress.keep_solution_seen("l", "s")
    for question, answer in answers.items():
        progress.keep_answer("l", "s", question, answer)
    step = other.lesson("l").step("s")

    assert step.done_at is not None
    assert step.passed_at is not None
    assert before <= step.done_at <= step.passed_at
    assert step == StepProgress(
        step.done_at, step.passed_at, "한글 = 'W\n'\0", 2, solution_seen=True, answers=answers
    )
    assert [type(answer.given) for answer in step.answers.values()] == [int, float, str]


def test_settings_and_places_come_back(progress: Progress, other: Progress) -> None:
    progress.keep_language("ko")
    progress.keep_theme("nord")
    progress.keep_place("first", "a #1")
    progress.keep_place("second", "b #1")
    progress.keep_place("first", "c #1")

    assert other.settings() == Settings("ko", "nord")
    assert other.last_place() == LastPlace("first", "c #1")
    assert other.lesson("second").last_step == "b #1"


def test_before_anything_is_kept_all_is_empty(progress: Progress) -> None:
    assert progress.notice is None
    assert progress.is_kept
    assert progress.settings() == Settings(None, None)
    assert progress.last_place() is None
    assert progress.summaries() == {}
    assert progress.lesson("l") == LessonProgress({}, None)
    assert progress.lesson("l").step("s") == StepProgress()


def test_a_step_done_again_keeps_the_time_it_was_first_done(progress: Progress) -> None:
    progress.keep_done("l", "s")
    first = progress.lesson("l").step("s").done_at
    time.sleep(0.002)

    progress.keep_done("l", "s")

    assert progress.lesson("l").step("s").done_at == first


def test_the_starter_brought_back_is_no_edit(progress: Progress) -> None:
    progress.keep_edit("l", "s", "a = 1")

    progress.keep_edit("l", "s", None)

    assert progress.lesson("l").step("s").edit is None


def test_an_answer_given_again_replaces_the_one_before(progress: Progress) -> None:
    progress.keep_answer("l", "s", 0, KeptAnswer(0, False))

    progress.keep_answer("l", "s", 0, KeptAnswer(2, True))

    assert progress.lesson("l").step("s").answers == {0: KeptAnswer(2, True)}


@pytest.mark.parametrize("given", [0.1 + 0.2, float("inf"), float("-inf"), float("nan")])
def test_a_predicted_number_comes_back_to_the_last_digit(progress: Progress, given: float) -> None:
    progress.keep_answer("l", "s", 0, KeptAnswer(given, None))

    assert repr(progress.lesson("l").step("s").answers[0].given) == repr(given)


# Two players


def test_two_players_change_one_step_and_neither_loses_its_change(
    progress: Progress, other: Progress
) -> None:
    progress.keep_hints_seen("l", "s", 3)
    other.keep_hints_seen("l", "s", 1)
    progress.keep_edit("l", "s", "mine")
    other.keep_edit("l", "s", "theirs")
    other.keep_solution_seen("l", "s")
    progress.keep_done("l", "s")

    step = other.lesson("l").step("s")

    assert (step.edit, step.hints_seen, step.solution_seen) == ("theirs", 3, True)
    assert step.done_at is not None


# What a lesson is known by


def test_a_lesson_whose_file_moved_is_the_same_lesson(progress: Progress) -> None:
    key = progress.open_lesson(lesson("/old/03_gradient.py", "Train"))

    moved = progress.open_lesson(lesson("/new/00_gradient.py", "Train"))

    assert moved == key


def test_a_lesson_with_a_new_title_is_the_same_lesson_even_when_it_moves_later(
    progress: Progress,
) -> None:
    key = progress.open_lesson(lesson("/old/gradient.py", "Train"))

    retitled = progress.open_lesson(lesson("/old/gradient.py", "Train", title="Down"))
    moved = progress.open_lesson(lesson("/new/gradient.py", "Train", title="Down"))

    assert [retitled, moved] == [key, key]


def test_lessons_of_one_title_in_files_of_other_names_are_two(progress: Progress) -> None:
    first = progress.open_lesson(lesson("/a/first.py", title="Untitled"))

    second = progress.open_lesson(lesson("/a/second.py", title="Untitled"))

    assert first != second


def test_files_of_one_name_and_no_title_are_each_their_own(
    progress: Progress, tmp_path: Path
) -> None:
    keys = set()
    for project in ("first", "second"):
        path = tmp_path / project / "src" / "main.py"
        path.parent.mkdir(parents=True)
        path.write_text("cost = 1.0\n", encoding="utf-8")
        keys.add(progress.open_lesson(read_lesson(path)))

    assert len(keys) == 2


def test_a_lesson_is_found_by_its_header_alone(progress: Progress) -> None:
    opened = lesson("/old/gradient.py", "Train")

    key = progress.open_lesson(opened)

    assert progress.key_of(opened.header) == key


def test_a_lesson_in_a_folder_whose_name_is_not_utf_8_is_kept(progress: Progress) -> None:
    key = progress.open_lesson(lesson("/caf\udce9/gradient.py", "Train"))

    progress.keep_done(key, "Train #1")

    assert progress.summaries() == {key: Summary(1, 2)}


# The list


def test_the_summary_counts_the_steps_that_the_lesson_has_now(progress: Progress) -> None:
    key = progress.open_lesson(lesson("/a/gradient.py", "Old", "Train"))
    progress.keep_done(key, "Old #1")
    progress.keep_done(key, "Train #1")
    assert progress.summaries() == {key: Summary(2, 3)}

    progress.open_lesson(lesson("/a/gradient.py", "Train", "New", "Newer"))

    assert progress.summaries() == {key: Summary(1, 4)}


# Forgetting


def test_one_lesson_is_forgotten_and_the_others_stay(progress: Progress) -> None:
    for name in ("first", "second"):
        progress.keep_done(name, "s")
        progress.keep_answer(name, "s", 0, KeptAnswer(1, True))
        progress.keep_place(name, "s")

    progress.reset("second")

    assert progress.lesson("second") == LessonProgress({"s": StepProgress()}, None)
    assert progress.last_place() == LastPlace("first", "s")
    assert progress.lesson("first").step("s").answers == {0: KeptAnswer(1, True)}


def test_all_is_forgotten_and_the_language_stays(progress: Progress) -> None:
    key = progress.open_lesson(lesson("/a/gradient.py", "Train"))
    progress.keep_done(key, "Train #1")
    progress.keep_edit(key, "Train #1", "a = 2")
    progress.keep_place(key, "Train #1")
    progress.keep_language("ko")

    progress.reset(None)

    assert progress.summaries() == {key: Summary(0, 2)}
    assert progress.lesson(key).step("Train #1") == StepProgress()
    assert progress.last_place() is None
    assert progress.settings().language == "ko"


def test_a_lesson_that_is_open_while_it_is_forgotten_counts_on(
    progress: Progress, other: Progress
) -> None:
    key = progress.open_lesson(lesson("/a/gradient.py", "Train"))
    other.reset(None)

    progress.keep_done(key, "Train #1")

    assert other.summaries() == {key: Summary(1, 2)}


def test_importing_it_imports_nothing_heavy() -> None:
    heavy = "{'torch', 'numpy', 'textual', 'jupytext', 'IPython', 'yaml'}"
    program = f"import sys, engine.progress.keeping; print(*sorted({heavy} & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []


# What was opened


def test_what_was_opened_comes_newest_first_and_once(progress: Progress, tmp_path: Path) -> None:
    for name in ("a.py", "b", "a.py"):
        progress.keep_opened(tmp_path / name)

    assert progress.recent() == (tmp_path / "a.py", tmp_path / "b")


def test_only_the_newest_of_what_was_opened_is_remembered(
    progress: Progress, tmp_path: Path
) -> None:
    for number in range(20):
        progress.keep_opened(tmp_path / f"{number}.py")

    recent = progress.recent()

    assert recent[0] == tmp_path / "19.py"
    assert len(recent) == 8


def test_a_name_that_is_no_text_is_not_remembered(progress: Progress) -> None:
    progress.keep_opened(Path("/tmp/\udcff.py"))

    assert progress.recent() == ()
