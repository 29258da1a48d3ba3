"""A rehearsal: every step and exercise of a lesson is run as a learner would, and what fails told.

The lesson goes from its top to its end with the exercises as the learner finds them, and once more
with the author's solutions in their place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from engine.authoring.checking import languages_of
from engine.authoring.drawn_words import untranslated
from engine.authoring.findings import OfRun
from engine.authoring.mends import Mend
from engine.lesson.findings import Finding
from engine.lesson.model import ChoiceQuestion, CurveQuestion, Lesson, NumberQuestion, Step
from engine.lesson.sentences import Cannot, Sentence, sentence
from engine.protocol.curves import Prediction, Shape
from engine.protocol.events import (
    EngineFailed,
    Event,
    ExerciseJudged,
    OutputWritten,
    PredictionJudged,
    SessionDied,
    StepEnded,
)
from engine.protocol.outcomes import LessonTraceback, Outcome
from engine.protocol.status import Status
from engine.protocol.verdicts import Fault, NumberVerdict

_LOOKS_PER_SECOND = 50


class CannotRun(Cannot):
    """No lesson can run here."""


@dataclass(frozen=True, slots=True)
class RehearsedStep:
    """What is run now."""

    step: Step
    with_solution: bool


def rehearse(
    lesson: Lesson, session: RehearsedSession, wait: Callable[[float], None]
) -> Iterator[RehearsedStep | Mend]:
    """Run the lesson in a session of it; each scene before it is run, each finding once.

    `wait` waits so many seconds at most, or until the session has something to say. Raises
    CannotRun where torch or the device is missing.
    """
    session.start()
    try:
        rehearsal = _Rehearsal(lesson, session, wait)
        rehearsal.wait_for_torch()
        told: set[Mend] = set()
        for part in rehearsal.play_twice():
            match part:
                case RehearsedStep():
                    yield part
                case Mend() if part not in told:
                    told.add(part)
                    yield part
    finally:
        session.close()


class RehearsedSession(Protocol):
    """What a rehearsal needs of a session."""

    @property
    def status(self) -> Status:
        """What the session is doing."""

    def start(self) -> None:
        """Begin to import torch."""

    def events(self) -> list[Event]:
        """What has happened since the last call."""

    def run_step(self, index: int) -> None:
        """Run a step, after those before it that have not run."""

    def set_source(self, step: int, source: str | None) -> None:
        """Have this source run in place of a step's own."""

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Predict something, to have the run judge it."""

    def close(self) -> None:
        """Let the lesson go."""


class _Rehearsal:
    """One session, and the lesson that it plays twice."""

    def __init__(
        self, lesson: Lesson, session: RehearsedSession, wait: Callable[[float], None]
    ) -> None:
        self._session = session
        self._lesson = lesson
        self._wait = wait
        self._with_solutions = False

    def wait_for_torch(self) -> None:
        for event in self._events_until_ready():
            if isinstance(event, EngineFailed):
                raise CannotRun(sentence("{why}", why=event.message))

    def play_twice(self) -> Iterator[RehearsedStep | Mend]:
        """The lesson with its starters; then, where it has exercises, with their solutions."""
        yield from self._play()
        exercises = {
            step.index: step.exercise for step in self._lesson.steps if step.exercise is not None
        }
        if exercises:
            self._with_solutions = True
            for index, exercise in exercises.items():
                self._session.set_source(index, exercise.solution.source)
            yield from self._play()

    def _play(self) -> Iterator[RehearsedStep | Mend]:
        """Each step until one fails: those after it cannot be reached."""
        steps = [step for step in self._lesson.steps if step.cell is not None]
        for step in steps:
            has_solution = self._with_solutions and step.exercise is not None
            yield RehearsedStep(step, has_solution)
            self._predict(step)
            self._session.run_step(step.index)
            events = self._events_until_ready()
            for event in events:
                yield from self._mends(step, event)
            outcomes = {event.outcome for event in events if isinstance(event, StepEnded)}
            if outcomes != {Outcome.DONE}:
                return

    def _predict(self, step: Step) -> None:
        """Answer the step's questions, whatever the answer, so that the run must judge them."""
        for place, question in enumerate(step.questions_in("en")):
            match question:
                case NumberQuestion():
                    self._session.predict(step.index, place, 0.0)
                case CurveQuestion():
                    self._session.predict(step.index, place, Shape.CONVERGES)
                case ChoiceQuestion():
                    pass

    def _events_until_ready(self) -> list[Event]:
        """All but the output: what a lesson prints is not looked at, and may be much."""
        told: list[Event] = []
        while True:
            is_over = self._session.status in (Status.READY, Status.UNABLE)
            came = self._session.events()
            told += [event for event in came if not isinstance(event, OutputWritten)]
            if is_over and not came:
                return told
            self._wait(1 / _LOOKS_PER_SECOND)

    def _mends(self, step: Step, event: Event) -> Iterator[Mend]:
        match event:
            case StepEnded(outcome=Outcome.DONE):
                yield from self._unwatched(step, event)
                yield from self._untranslated(step, event)
                yield from self._never_come_to(event)
            case StepEnded():
                yield self._failed(event)
            case SessionDied():
                yield self._died(step, event)
            case PredictionJudged():
                yield from self._unanswered(step, event)
            case ExerciseJudged() if self._with_solutions:
                yield from self._failed_by_the_solution(event)
            case ExerciseJudged():
                yield from self._not_failed_by_the_starter(step, event)

    def _never_come_to(self, ended: StepEnded) -> Iterator[Mend]:
        """The step after one that ends the program, where a run of all ends too."""
        after = self._lesson.steps[ended.step + 1 :]
        cell = next((step.cell for step in after if step.cell is not None), None)
        if ended.exit is not None and ended.exit.line is not None and cell is not None:
            line = self._written(ended.exit.line)
            yield self._mend(cell.line, OfRun.NEVER_COMES.told(line=line))

    def _failed(self, ended: StepEnded) -> Mend:
        step = self._lesson.steps[ended.step]
        assert step.cell is not None
        error: str | Sentence = sentence("it was stopped")
        line = None
        if ended.traceback is not None:
            error, line = _error(ended.traceback), ended.traceback.line
        elif ended.exit is not None:
            error = sentence("it ends with status {status}", status=ended.exit.status)
            line = ended.exit.line
        is_solution = self._with_solutions and step.exercise is not None
        what = sentence("the solution" if is_solution else "this step")
        finding = OfRun.STEP_FAILS.told(what=what, why=error)
        return self._mend(self._written(line or step.cell.line), finding)

    def _died(self, step: Step, died: SessionDied) -> Mend:
        assert step.cell is not None
        death = died.death
        how = sentence("was stopped")
        if death is not None and death.signal is not None:
            name = death.signal_name or sentence("signal {number}", number=death.signal)
            how = sentence("was ended by {signal}", signal=name)
        elif death is not None:
            how = sentence("ended with status {status}", status=death.status)
        return self._mend(step.cell.line, OfRun.STEP_DIES.told(how=how))

    def _unwatched(self, step: Step, ended: StepEnded) -> Iterator[Mend]:
        """Names that the author asked curves of, and that the run gave none."""
        if ended.step != step.index or step.cell is None or step.cell.watch is None:
            return
        if step.exercise is not None and not self._with_solutions:
            return
        series = ended.frame.series if ended.frame is not None else ()
        recorded = {one.name for one in series if one.count}
        for name in step.cell.watch:
            if name not in recorded:
                yield self._mend(step.cell.line, OfRun.WATCH_EMPTY.told(name=name))

    def _untranslated(self, step: Step, ended: StepEnded) -> Iterator[Mend]:
        """What the step's drawings say in their own language alone."""
        drawings = ended.frame.views if ended.frame is not None else ()
        languages = languages_of(self._lesson)
        for view, drawing in zip(step.views, drawings, strict=False):
            yield from untranslated(self._lesson, languages, drawing.texts, view.line)

    def _unanswered(self, step: Step, judged: PredictionJudged) -> Iterator[Mend]:
        if step.exercise is not None and not self._with_solutions:
            return
        question = step.questions_in("en")[judged.question]
        match judged.verdict:
            case str(why):
                yield self._mend(question.line, OfRun.QUESTION_UNANSWERED.told(why=why))
            case NumberVerdict(actual=actual) if math.isnan(actual):
                yield self._mend(question.line, OfRun.QUESTION_NAN.told())

    def _failed_by_the_solution(self, judged: ExerciseJudged) -> Iterator[Mend]:
        for found in judged.verdict.findings:
            line = found.line
            why: str | Sentence = found.message_in("en")
            if found.fault is Fault.RAISED:
                line = self._written(line)
                error = found.text.in_language("en")
                why = sentence("the check called it, and it raised {error}", error=error)
            yield self._mend(line, OfRun.SOLUTION_REFUSED.told(why=why))

    def _not_failed_by_the_starter(self, step: Step, judged: ExerciseJudged) -> Iterator[Mend]:
        assert step.exercise is not None
        if judged.verdict.passed:
            yield self._mend(step.exercise.checks[0].line, OfRun.STARTER_PASSES.told())
        for found in judged.verdict.findings:
            if found.fault in (Fault.BROKEN, Fault.ENDLESS):
                why = found.message_in("en")
                yield self._mend(found.line, OfRun.CHECK_BREAKS.told(why=why))

    def _written(self, line: int) -> int:
        """Where the line that ran stands: a solution counts its lines from its exercise's cell."""
        for step in self._lesson.steps:
            if step.cell is None or step.exercise is None or not self._with_solutions:
                continue
            solution = step.exercise.solution
            if 0 <= line - step.cell.line <= solution.source.count("\n"):
                return line - step.cell.line + solution.line
        return line

    def _mend(self, line: int, finding: Finding) -> Mend:
        return Mend(self._lesson.path, line, finding)


def _error(traceback: LessonTraceback) -> str:
    """The type and the first line of the message, which stand below the last call."""
    lines = traceback.lines
    calls = [at for at, line in enumerate(lines) if line.lstrip().startswith("File ")]
    below = lines[calls[-1] + 1 :] if calls else lines
    return next((line for line in below if not line.startswith(" ")), lines[-1])
