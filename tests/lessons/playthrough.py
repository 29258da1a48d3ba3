"""Playing a lesson to its end without a screen, and trying answers to its exercises."""

from __future__ import annotations

import gc
import io
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from golden import Answer, Expected, Golden, numbers
from rich.cells import cell_len

from engine.judging.exercises import judge
from engine.kernel.session import Session
from engine.lesson.model import Lesson, Step
from engine.protocol.events import EngineFailed, StepEnded
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.protocol.verdicts import Verdict
from engine.reading.reader import read_lesson
from engine.running.setup import Setup
from engine.values.randomness import RandomState
from engine.values.views import ViewArtist

# An answer that trains takes seconds: of those every third is tried, the first among them. All
# of them, once they or their checks have changed: TUTORCH_THOROUGH=1 pytest tests/lessons
IS_THOROUGH = "TUTORCH_THOROUGH" in os.environ
_PANE_AT_80X24 = (35, 14)
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_WORDS = re.compile(r"[^\W\d_]")
_TRAINS = "optimizer.step()"
_EVERY_SO_MANY = 3


class LessonBroke(Exception):
    """A step of a lesson did not come to its end; the message is what the learner would read."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer to an exercise, and what its checks said.

    ``kind`` is starter, wrong, right or solution.
    """

    exercise: str
    kind: str
    source: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Played:
    """A lesson that was played to its end, and what its golden figures came to, one for each.

    ``attempts`` are the answers that were tried at its exercises, and ``noticed`` what the teacher
    told, each with the title of the step. ``cut`` are drawings and words that have no room in the
    pane that a terminal of 80x24 has for them.
    """

    lesson: Lesson
    steps: int
    seconds: float
    figures: tuple[object, ...]
    attempts: tuple[Attempt, ...] = ()
    noticed: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()


def play(
    path: Path,
    golden: Sequence[Golden],
    parameters: Mapping[str, object],
    answers: Expected | None = None,
) -> Played:
    """Play a lesson with these parameters; read each figure once its step has run.

    With `answers`, each exercise's starter, its wrong and right answers and its solution are tried
    on the names that the steps before it left, and its step is then run as the solution has it.
    Raises LessonBroke where a step fails, or a figure is of no step.
    """
    lesson = read_lesson(path)
    figures: dict[Golden, object] = {}
    attempts: list[Attempt] = []
    noticed: list[tuple[str, str]] = []
    cut: list[str] = []
    with _session(lesson, parameters) as session:
        began = time.perf_counter()
        for step in _with_code(lesson):
            if answers is not None and step.exercise is not None:
                attempts += _try(step, _answers(step, answers), _names(session), path)
                session.set_source(step.index, step.exercise.solution.source)
            frame, told = _run(session, step)
            noticed += told
            if answers is not None:
                cut += _cut(step, lesson, _names(session))
            for figure in golden:
                if figure.step == step.title:
                    figures[figure] = _read(figure, _names(session), frame)
        seconds = time.perf_counter() - began
    for figure in golden:
        if figure not in figures:
            raise LessonBroke(f"{path.name} has no step {figure.step!r}, for {figure.what}")
    came_to = tuple(figures[one] for one in golden)
    return Played(
        lesson, len(lesson.steps), seconds, came_to, tuple(attempts), tuple(noticed), tuple(cut)
    )


def _cut(step: Step, lesson: Lesson, names: Mapping[str, object]) -> Iterator[str]:
    """What of a step's drawings is too large for its pane, and which of their words are lost.

    Where there are two, the pane scrolls, and may be too low.
    """
    width, height = _PANE_AT_80X24[0], _PANE_AT_80X24[1] // max(1, len(step.views))
    artist = ViewArtist(str(lesson.path), lambda: lesson.words)
    for view, language in product(step.views, ("en", "ko")):
        asked = FrameRequest(width, height, language=language)
        drawing = artist.draw_live(view, names, asked, 0)
        drawn = _COLOURS.sub("", drawing.text).rstrip("\n")
        rows = drawn.split("\n")
        if max(map(cell_len, rows)) > width or (len(rows) > height and len(step.views) == 1):
            yield f"{view.title} is larger than {width} x {height}"
        for text in drawing.texts:
            said = lesson.words.said(text, language).strip()
            if _WORDS.search(said) and said not in drawn:
                yield f"{view.title}: {said}"


def _answers(step: Step, expected: Expected) -> Iterator[tuple[str, str]]:
    """The kind and the source of each answer, the solution last."""
    assert step.cell is not None
    assert step.exercise is not None
    solution = step.exercise.solution.source
    yield "starter", step.cell.source
    every = _EVERY_SO_MANY if _TRAINS in solution and not IS_THOROUGH else 1
    for wrong in expected.wrong_answers.get(step.title, ())[::every]:
        yield "wrong", _changed(solution, wrong)
    for right in expected.right_answers.get(step.title, ())[::every]:
        yield "right", _changed(solution, right)
    yield "solution", solution


def _try(
    step: Step, answers: Iterator[tuple[str, str]], names: Mapping[str, object], path: Path
) -> Iterator[Attempt]:
    assert step.cell is not None
    assert step.exercise is not None
    begins = RandomState.now()
    for kind, source in answers:
        begins.restore()
        own = {**names}
        exec(compile("\n" * (step.cell.line - 1) + source, str(path), "exec"), own)
        yield Attempt(step.title, kind, source, judge(step.exercise, own, path))
    begins.restore()


def _changed(source: str, answer: Answer) -> str:
    """The answer as a whole cell: the source with each part replaced by what follows it."""
    if isinstance(answer, str):
        return answer
    for part, instead in zip(answer[::2], answer[1::2], strict=True):
        assert part in source, f"{part!r} is not in:\n{source}"
        source = source.replace(part, instead)
    return source


@contextmanager
def _session(lesson: Lesson, parameters: Mapping[str, object]) -> Iterator[Session]:
    # What the session before has named, data sets among it, lies in circles.
    gc.collect()
    session = Session(lesson, Setup(parameters=parameters))
    session.start()
    while session.status is Status.LOADING:
        time.sleep(0.002)
    try:
        yield session
    finally:
        session.close()


def _with_code(lesson: Lesson) -> list[Step]:
    return [step for step in lesson.steps if step.cell is not None]


def _run(session: Session, step: Step) -> tuple[Frame | None, list[tuple[str, str]]]:
    """Run a step to its end, however long that takes; its last frame, and what was noticed."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        session.run_step(step.index)
        while session.status not in (Status.READY, Status.UNABLE):
            time.sleep(0.002)
    noticed = []
    for event in session.events():
        match event:
            case Noticed(slip=slip):
                noticed.append((step.title, slip.name))
            case EngineFailed(message):
                raise LessonBroke(message)
            case StepEnded(outcome=outcome) as ended if outcome is not Outcome.DONE:
                lines = ended.traceback.lines if ended.traceback else ()
                told = "\n".join([printed.getvalue(), *lines])
                raise LessonBroke(f"step {step.title!r}: {outcome.name}\n{told}")
    trouble = session._worker._runner.namespace.teacher.trouble
    if trouble is not None:
        raise trouble
    return session.frame, noticed


def _names(session: Session) -> dict[str, object]:
    shell = session._worker._runner.namespace.shell
    return {} if shell is None else shell.namespace


def _read(figure: Golden, names: dict[str, object], frame: Frame | None) -> object:
    if figure.at is None:
        try:
            return numbers(eval(figure.value, {**names}))
        except Exception as error:
            problem = f"{figure.value!r} gives no number, for {figure.what}"
            raise LessonBroke(f"{problem}: {type(error).__name__}: {error}") from error
    assert frame is not None
    curves = [one for one in frame.series if one.name == figure.value]
    if not curves or figure.at not in curves[0].positions:
        raise LessonBroke(f"{figure.value!r} has no value at {figure.at}, for {figure.what}")
    return float(curves[0].values[list(curves[0].positions).index(figure.at)])
