"""What the interface says to a session: commands, each with a number, and one question.

A session does what fits the moment, and nothing where a command does not: the interface may be
behind, and cannot tell.
"""

from __future__ import annotations

from msgspec import Struct

from engine.protocol.changes import Change
from engine.protocol.completion import Writing
from engine.protocol.curves import Shape
from engine.protocol.frame import Floats, FrameRequest
from engine.protocol.places import Place
from engine.protocol.status import Grain
from engine.protocol.watching import Watch


class RunOrPause(Struct, frozen=True, tag=True):
    """Run the step where nothing runs, pause what runs, resume what is paused."""

    step: int


class RunStep(Struct, frozen=True, tag=True):
    """Run a step, after those before it that have not run; with a grain, pause there at once."""

    step: int
    grain: Grain | None = None


class RunBefore(Struct, frozen=True, tag=True):
    """Run what of the steps before this one has not run."""

    step: int


class RunAll(Struct, frozen=True, tag=True):
    """Run every step that is left."""


class RunTo(Struct, frozen=True, tag=True):
    """Run step `target` and what it needs; steps before `watched_from` are only on the way.

    It pauses at the first boundary of `grain`, or at `place`, which is in the run of `target`.
    """

    target: int
    watched_from: int
    grain: Grain | None = None
    place: Place | None = None


class GoTo(Struct, frozen=True, tag=True):
    """Go to a place unseen, at full speed, and pause there.

    This goes on with the run of its step that is under way, or else begins one.
    """

    place: Place


class RestartStep(Struct, frozen=True, tag=True):
    """Stop what runs, and run the step again from where it began."""

    step: int


class RestartLesson(Struct, frozen=True, tag=True):
    """Stop what runs, and go back to before the first step."""


class StepOn(Struct, frozen=True, tag=True):
    """Go one grain on; where nothing runs, run the step and pause at its first boundary."""

    step: int
    grain: Grain


class Pause(Struct, frozen=True, tag=True):
    """Hold the training at its next boundary."""


class Resume(Struct, frozen=True, tag=True):
    """Let paused training run on."""


class Stop(Struct, frozen=True, tag=True):
    """End what runs."""


class EndProgram(Struct, frozen=True, tag=True):
    """Do what Python does at the end of a program: wait for threads, call what `atexit` has.

    `ProgramEnded` tells when that is done. It counts where nothing runs.
    """


class SetLesson(Struct, frozen=True, tag=True):
    """Play the file as it was saved again: `written` is its text as `Lesson.written` has it.

    It counts where nothing runs. What has run of steps that are the same now stays as it is.
    """

    written: str


class SetSource(Struct, frozen=True, tag=True):
    """Have the learner's source run in place of the step's own; None: the lesson's own again."""

    step: int
    source: str | None


class SetArguments(Struct, frozen=True, tag=True):
    """Have these stand in `sys.argv` behind the lesson's file, as after a program's name."""

    arguments: tuple[str, ...]


class Predict(Struct, frozen=True, tag=True):
    """Keep a prediction for the step's next run to judge: a number, or the shape of a curve."""

    step: int
    question: int
    number: float | None = None
    shape: Shape | None = None


class SetSpeed(Struct, frozen=True, tag=True):
    """Let so many iterations pass in a second; None is full speed."""

    iterations_per_second: float | None


class WriteLine(Struct, frozen=True, tag=True):
    """Give a line to code that waits for one."""

    line: str


class Paint(Struct, frozen=True, tag=True, eq=False):
    """Put the pixels of a stroke, shape [H, W], into a step's canvas."""

    step: int
    pixels: Floats
    stroke: int


class Ask(Struct, frozen=True, tag=True):
    """Carry out what the learner asks, in the names of where the run stands, and answer.

    That is where it is paused, or where nothing runs; elsewhere it waits until it is so, or, with
    ``at_once``, only until the next iteration ends, and the run goes on. The answer has the same
    `number`.
    """

    number: int
    text: str
    at_once: bool = False


class SetWatches(Struct, frozen=True, tag=True):
    """Have these expressions read in the runs of a step, in place of those of before."""

    step: int
    watches: tuple[Watch, ...]


class RepeatChanges(Struct, frozen=True, tag=True):
    """Carry out again what of these changes comes, each where the run comes to its place.

    They are all that the run had which is repeated; the names have the first of them in them.
    """

    changes: tuple[Change, ...]


Command = (
    RunOrPause
    | RunStep
    | RunBefore
    | RunAll
    | RunTo
    | GoTo
    | RestartStep
    | RestartLesson
    | StepOn
    | Pause
    | Resume
    | Stop
    | EndProgram
    | SetLesson
    | SetSource
    | SetArguments
    | Predict
    | SetSpeed
    | WriteLine
    | Paint
    | Ask
    | SetWatches
    | RepeatChanges
)


RUNS = (RunOrPause, RunStep, RunBefore, RunAll, RunTo, RestartStep, StepOn, GoTo)
"""The commands after which something runs, where nothing does already."""


class Numbered(Struct, frozen=True):
    """A command and its number; numbers count from 1, without gaps, for one session."""

    number: int
    command: Command


class StateQuestion(Struct, frozen=True):
    """What is new? With `take`, a frame is to be taken; `lines` are of the cell in sight.

    ``writing`` is what the learner writes, where it is asked what may follow.
    """

    take: FrameRequest | None
    lines: tuple[int, int] | None
    writing: Writing | None = None
