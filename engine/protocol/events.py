"""What the engine tells: few, rare facts as frozen dataclasses, and the queue that carries them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from engine.protocol.frame import Frame
from engine.protocol.verdicts import CurveVerdict, NumberVerdict, Verdict


class Outcome(Enum):
    """How a step ended."""

    DONE = auto()
    FAILED = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class EngineReady:
    """torch is imported and cells can run; `device` is torch's default one."""

    torch_version: str
    device: str


@dataclass(frozen=True, slots=True)
class EngineFailed:
    """Cells cannot run at all, for instance because torch is not installed."""

    message: str


@dataclass(frozen=True, slots=True)
class LessonRewound:
    """The namespace is empty again, as before the first step.

    ``begins_anew`` says that the lesson was restarted, and no step is about to be run again.
    """

    begins_anew: bool = False


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step's cell begins to run; `on_the_way` says that it was another that was asked for."""

    step: int
    on_the_way: bool = False


@dataclass(frozen=True, slots=True)
class OutputWritten:
    """Text that a cell wrote; `left_out` characters before it were too many to keep."""

    step: int
    text: str
    left_out: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class StepEnded:
    """A step's cell has ended, with the last frame of it and what went wrong, if anything did."""

    step: int
    outcome: Outcome
    seconds: float
    frame: Frame | None
    traceback: LessonTraceback | None


@dataclass(frozen=True, slots=True)
class PredictionJudged:
    """What a run says to a prediction: a verdict, or in words why it gives no answer.

    ``question`` is the place of the question in the step.
    """

    step: int
    question: int
    verdict: NumberVerdict | CurveVerdict | str


@dataclass(frozen=True, slots=True)
class ExerciseJudged:
    """What the checks of an exercise say to what the learner's code left."""

    step: int
    verdict: Verdict


Event = (
    EngineReady
    | EngineFailed
    | LessonRewound
    | StepStarted
    | OutputWritten
    | StepEnded
    | PredictionJudged
    | ExerciseJudged
)


@dataclass(frozen=True, slots=True)
class LessonTraceback:
    """An error as lines of plain text, and the lesson's line where it broke (None: in none).

    ``asked_in_vain`` is how much memory there was not ("" where the error does not say), and None
    where memory is not what was missing.
    """

    lines: tuple[str, ...]
    line: int | None
    asked_in_vain: str | None = None
