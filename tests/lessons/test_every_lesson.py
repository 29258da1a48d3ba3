"""What holds for every lesson in the folder: it plays to its end, and its exercises are sound.

What is expected of one of them stands in `expected/`, under the name of its file.
"""

from __future__ import annotations

import ast
import gc
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from golden import FOLDER, LESSONS, Golden, expected_of
from playthrough import Attempt, Played, play

from engine.authoring.checking import check_text
from engine.authoring.mends import Mend
from engine.authoring.rehearsal import rehearse
from engine.judging.wording import assertions_in
from engine.kernel.session import Session
from engine.lesson.model import Cell
from engine.lesson.parameters import parameters_in, with_parameters
from engine.protocol.verdicts import Fault
from engine.reading.reader import read_lesson


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Each lesson in turn, for all the tests together: what is played is kept in one process."""
    yield request.param
    # What its sessions have named, data sets among it, lies in circles.
    gc.collect()


@cache
def played(path: Path) -> Played:
    """The lesson, shortened where it can be; figures are read of what is as in the whole lesson."""
    expected = expected_of(path)
    return play(path, figures_of(path), expected.shortened, answers=expected)


def figures_of(path: Path) -> tuple[Golden, ...]:
    """The golden figures of a lesson; of one that is shortened, those of steps before that."""
    expected = expected_of(path)
    if not expected.shortened:
        return expected.golden
    lesson = read_lesson(path)
    first = min(one.line for one in parameters_in(lesson) if one.name in expected.shortened)
    before = {step.title for step in lesson.steps if step.cell and last_line(step.cell) < first}
    return tuple(figure for figure in expected.golden if figure.step in before)


def last_line(cell: Cell) -> int:
    return cell.line + cell.source.count("\n")


def attempts_of_kind(path: Path, kind: str) -> list[Attempt]:
    return [attempt for attempt in played(path).attempts if attempt.kind == kind]


def told(attempt: Attempt) -> str:
    """What a failing test says of an attempt."""
    findings = "\n".join(attempt.verdict.messages_in("en")) or "(the checks pass)"
    return f"{attempt.exercise}, {attempt.kind}:\n{attempt.source}\n\n{findings}"


def test_a_lesson_plays_to_its_end(path: Path) -> None:
    assert played(path).steps > 0


def test_a_lesson_comes_to_its_golden_figures(path: Path) -> None:
    figures = figures_of(path)
    if not figures:
        pytest.skip("its figures are those of the whole lesson: make lessons")

    ours = played(path).figures

    for figure, value in zip(figures, ours, strict=True):
        assert figure.agrees(value), f"{figure.what}: {figure.expected}, and ours is {value}"


def test_the_starter_of_an_exercise_fails(path: Path) -> None:
    for attempt in attempts_of_kind(path, "starter"):
        faults = {finding.fault for finding in attempt.verdict.findings}

        assert faults, told(attempt)
        assert faults <= {Fault.FAILED, Fault.MISSING}, told(attempt)


def test_the_solution_of_an_exercise_passes(path: Path) -> None:
    for attempt in attempts_of_kind(path, "solution"):
        assert attempt.verdict.passed, told(attempt)


def test_another_right_answer_passes(path: Path) -> None:
    for attempt in attempts_of_kind(path, "right"):
        assert attempt.verdict.passed, told(attempt)


def test_a_wrong_answer_fails_and_is_told_why(path: Path) -> None:
    for attempt in attempts_of_kind(path, "wrong"):
        faults = {one.fault for one in attempt.verdict.findings}

        assert faults, told(attempt)
        assert faults <= {Fault.FAILED, Fault.NOTHING, Fault.UNFIT}, told(attempt)
        assert all(attempt.verdict.messages_in("en")), told(attempt)


def test_a_finding_is_told_in_both_languages(path: Path) -> None:
    for attempt in played(path).attempts:
        findings = [one for one in attempt.verdict.findings if one.fault is Fault.FAILED]
        for finding in findings:
            assert finding.message_in("en") != finding.message_in("ko"), told(attempt)


def test_the_teacher_notices_only_what_a_lesson_shows_on_purpose(path: Path) -> None:
    assert set(played(path).noticed) == expected_of(path).noticed


def test_drawings_and_their_words_have_room_in_a_terminal_of_80x24(path: Path) -> None:
    assert played(path).cut == ()


def test_every_exercise_has_a_wrong_answer(path: Path) -> None:
    exercises = {step.title for step in read_lesson(path).steps if step.exercise is not None}
    expected = expected_of(path)

    assert {title for title, wrong in expected.wrong_answers.items() if wrong} == exercises
    assert set(expected.right_answers) <= exercises


def test_the_hints_of_an_exercise_come_in_three_layers(path: Path) -> None:
    hints = {
        (step.title, language): len(step.exercise.hints_in(language))
        for step in read_lesson(path).steps
        if step.exercise is not None
        for language in ("en", "ko")
    }

    assert set(hints.values()) == {3}, hints


def test_each_assertion_of_a_check_is_in_the_list_by_itself(path: Path) -> None:
    statements = [
        (step.title, assertions_in(statement))
        for step in read_lesson(path).steps
        if step.exercise is not None
        for check in step.exercise.checks
        for statement in ast.parse(check.source).body
    ]

    crowded = [title for title, assertions in statements if len(assertions) > 1]
    assert crowded == [], "of two in one statement only one is listed"


def test_a_check_of_the_file_finds_nothing_to_mend(path: Path) -> None:
    lesson, findings = check_text(path)
    assert [str(finding) for finding in findings] == []
    assert lesson is not None

    shortened = with_parameters(lesson, expected_of(path).shortened)
    told = [
        str(each)
        for each in rehearse(shortened, Session(shortened), time.sleep)
        if isinstance(each, Mend)
    ]

    assert told == []


def test_what_is_expected_is_of_a_lesson() -> None:
    expected = {path.name for path in (Path(__file__).parent / "expected").glob("*.py")}

    assert expected <= {path.name for path in FOLDER.glob("*.py")}
