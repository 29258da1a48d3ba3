"""After a step has run, what its run says to the predictions and to the attempt; nothing is drawn.

Everything here is for the thread that runs the lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from engine.judging.answers import Unanswerable, judge_curve, judge_number
from engine.judging.exercises import judge, unfinished
from engine.lesson.model import CurveQuestion, Exercise, NumberQuestion, Question, Step
from engine.protocol.curves import Prediction, Shape
from engine.protocol.events import ExerciseJudged, PredictionJudged
from engine.protocol.frame import Frame
from engine.protocol.verdicts import Check, CurveVerdict, NumberVerdict
from engine.stopping.alarm import Alarm
from engine.stopping.exceptions import LessonStopped
from engine.stopping.interruptible import Interruptible

# How long an author's expression or checks may take before they are stopped, in seconds.
_PATIENCE = 10.0

V = TypeVar("V")


class Jury:
    """Judges what one lesson's runs left; what is judged may be stopped by `interruptible`."""

    def __init__(self, interruptible: Interruptible, path: Path) -> None:
        self._interruptible = interruptible
        self._path = path

    def on_predictions(
        self,
        step: Step,
        predictions: Mapping[int, Prediction],
        namespace: Mapping[str, object],
        frame: Frame | None,
    ) -> Iterator[PredictionJudged]:
        """The verdict on each prediction; none on one whose judging the learner stopped."""
        # Every language asks the same questions, so any will do.
        for index, question in enumerate(step.questions_in("en")):
            if index not in predictions:
                continue
            judging = partial(_verdict, question, predictions[index], namespace, frame)
            verdict, stopped = self._ended(judging)
            if stopped is not None:
                verdict = f"the answer had not come after {_PATIENCE:g} s, and was given up"
            if verdict is not None:
                yield PredictionJudged(step.index, index, verdict)

    def on_attempt(
        self, step: Step, exercise: Exercise, namespace: Mapping[str, object]
    ) -> ExerciseJudged | None:
        """The verdict on the names that an attempt left; None where the learner stopped it."""
        so_far: list[Check] = []
        verdict, stopped = self._ended(lambda: judge(exercise, namespace, self._path, so_far))
        if stopped is not None:
            verdict = unfinished(exercise, so_far, stopped, _PATIENCE)
        return ExerciseJudged(step.index, verdict) if verdict is not None else None

    def _ended(self, judging: Callable[[], V]) -> tuple[V | None, LessonStopped | None]:
        """The verdict, None where judging was stopped; the stop where it had gone on too long."""
        verdicts: list[V] = []
        alarm = Alarm(self._interruptible, _PATIENCE)
        try:
            error = self._interruptible.run(lambda: verdicts.append(judging()))
        finally:
            alarm.switch_off()
        if error is None:
            return verdicts[0], None
        return None, error if alarm.has_rung and isinstance(error, LessonStopped) else None


def _verdict(
    question: Question,
    prediction: Prediction,
    namespace: Mapping[str, object],
    frame: Frame | None,
) -> NumberVerdict | CurveVerdict | str:
    try:
        match question, prediction:
            case NumberQuestion(expression=expression, tolerance=tolerance), float():
                return judge_number(expression, namespace, prediction, tolerance)
            case CurveQuestion(series=name), Shape():
                return judge_curve(name, frame.series if frame else (), prediction)
    except Unanswerable as error:
        return str(error)
    raise TypeError(f"{prediction!r} is no prediction for line {question.line}")
