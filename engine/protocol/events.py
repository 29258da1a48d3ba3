"""What the engine tells: few, rare facts, in the order in which they happened."""

from __future__ import annotations

from msgspec import Struct

from engine.protocol.changes import Change
from engine.protocol.commands import RunTo
from engine.protocol.frame import Frame
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Death, Exit, LessonTraceback, Outcome
from engine.protocol.pictures import Picture
from engine.protocol.places import Place, Spot
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.verdicts import CurveVerdict, NumberVerdict, Verdict


class EngineReady(Struct, frozen=True, tag=True):
    """torch is imported and cells can run; `device` is torch's default one."""

    device: str


class EngineFailed(Struct, frozen=True, tag=True):
    """Cells cannot run at all, for instance because torch is not installed."""

    message: str


class LessonRewound(Struct, frozen=True, tag=True):
    """The namespace is empty again, as before the first step.

    ``is_restart`` says that the lesson was restarted, and no step is about to be run again.
    """

    is_restart: bool = False


class BeginsAgain(Struct, frozen=True, tag=True):
    """The session's process ends, so that the lesson can begin again in a new one.

    ``run`` is what is to run there; where it is None the lesson has been restarted, and begins with
    random numbers of its own. ``begun`` is the number of the command that asked for it.
    """

    run: RunTo | None
    begun: int


class LessonBegan(Struct, frozen=True, tag=True):
    """The first step is about to run, from these random numbers."""

    origin: RandomNumbers


class StepStarted(Struct, frozen=True, tag=True):
    """A step's cell begins to run; `on_the_way` says that it was another that was asked for.

    ``edit`` is the learner's source, where it runs in place of the lesson's own, and ``changes``
    counts the changes that the names have in them.
    """

    step: int
    on_the_way: bool = False
    edit: str | None = None
    changes: int = 0


class OutputWritten(Struct, frozen=True, tag=True):
    """Text that a cell wrote; `left_out` bytes before it were too many to keep."""

    step: int
    text: str
    left_out: int = 0
    is_error: bool = False


class PictureShown(Struct, frozen=True, tag=True, eq=False):
    """A cell has shown a picture behind what it had written until then.

    ``number`` counts the lesson's pictures from 1; a figure has one number, however often it is
    shown. ``is_update`` says that it stands in place of the one that has this number already.
    """

    step: int
    number: int
    picture: Picture
    is_update: bool = False


class ProgramEnded(Struct, frozen=True, tag=True):
    """What belongs to the end of a program has been done, or was stopped."""


Written = OutputWritten | PictureShown
"""What stands in a step's output."""


class StopCaught(Struct, frozen=True, tag=True):
    """A step's own code has caught the stop; ``goes_on`` says that it runs on after that.

    Where it ends soon after, this is told before its end.
    """

    step: int
    goes_on: bool


class StepEnded(Struct, frozen=True, tag=True, eq=False):
    """A step's cell has ended, with the last frame of it and what went wrong, if anything did.

    Where it has ended the program by itself, ``exit`` says so, and no traceback does; with a status
    other than 0 it has failed. ``goes_on`` says that it could not be read, and that another step
    runs all the same, on the way to which it stands.
    """

    step: int
    outcome: Outcome
    seconds: float
    frame: Frame | None
    traceback: LessonTraceback | None
    exit: Exit | None = None
    goes_on: bool = False


class SessionDied(Struct, frozen=True, tag=True, eq=False):
    """The process that ran the lesson has ended, and another has taken its place.

    ``step`` is the step that ran, or else the last one that did; None where what was asked has
    ended it. ``death`` says how the process ended, and is None where it was ended because a stop
    had no effect in it. ``gone`` is a step that had ended, and whose names went with what was
    asked.
    """

    step: int | None
    seconds: float
    frame: Frame | None
    death: Death | None
    gone: int | None = None


class MomentKept(Struct, frozen=True, tag=True):
    """A moment is kept, of `place` or before that step; all that was written before is told.

    All moments together have ``size`` bytes of memory that nothing else has. ``apart`` is what had
    been written in the run of a race, which is told nowhere else; None where it was no such run.
    """

    number: int
    place: Place
    is_under_way: bool
    size: int
    apart: WrittenApart | None = None


class WrittenApart(Struct, frozen=True):
    """What a step has written since a moment, by its number, or since its beginning (None)."""

    since: int | None
    written: tuple[Written, ...]


class MomentsLost(Struct, frozen=True, tag=True):
    """Moments are kept no longer; `is_memory_low` where the machine's memory is."""

    numbers: tuple[int, ...]
    is_memory_low: bool


class RunBegan(Struct, frozen=True, tag=True):
    """A run of a step has begun, which has left its parent at ``origin``.

    At the step's beginning the parent is the run of a step before, or None. Else it is another run
    of the same step, which had gone on from there.
    """

    run: int
    step: int
    parent: int | None
    origin: Place


class EditsBrought(Struct, frozen=True, tag=True):
    """The learner's sources of these steps are those of a run that was gone back into.

    None: the lesson's own.
    """

    edits: dict[int, str | None]


class LeftFor(Struct, frozen=True, tag=True, eq=False):
    """The run that stood elsewhere is left for this place; the frame is its last.

    ``run`` is its number; None where none had begun.
    """

    place: Place
    frame: Frame | None
    run: int | None = None


class WentBack(Struct, frozen=True, tag=True):
    """The lesson is where it was before this step, or, at a moment in its run, there.

    ``moment`` is the moment's number, None where the steps before have to run again too. ``edits``
    are the learner's sources of the steps that have run on such there, by the step's index.
    """

    step: int
    moment: int | None
    is_under_way: bool
    edits: dict[int, str]


class PredictionJudged(Struct, frozen=True, tag=True):
    """What a run says to a prediction: a verdict, or in words why it gives no answer.

    ``question`` is the place of the question in the step.
    """

    step: int
    question: int
    verdict: NumberVerdict | CurveVerdict | str


class ExerciseJudged(Struct, frozen=True, tag=True):
    """What the checks of an exercise say to what the learner's code left."""

    step: int
    verdict: Verdict


class AskAnswered(Struct, frozen=True, tag=True):
    """What came of what was asked, under its number: `said` is the value, or what went wrong.

    ``printed`` is what it wrote. ``changed`` names what it assigned or wrote to, if anything, and
    that is then a change of the run at `place`, None where none has begun, and at `spot` in its
    text; where none ``is_under_way`` it stood behind the end of the newest. ``noted`` counts the
    changes before it. ``has_drawn`` says that it drew random numbers, which changes what the run
    draws. ``unread`` are those of ``changed`` whose names no code has. All text is cut where it is
    long, and nothing in it moves a cursor.
    """

    number: int
    text: str
    outcome: Outcome
    said: str
    printed: str
    changed: tuple[str, ...]
    place: Place | None
    spot: Spot
    has_drawn: bool = False
    is_under_way: bool = True
    noted: int = 0
    unread: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it changed something that code may read."""
        return len(self.unread) < len(self.changed)

    @property
    def change(self) -> Change | None:
        """What it changed of the run, in names or random numbers; None where that is nothing."""
        if not (self.changed or self.has_drawn):
            return None
        return Change(
            self.place,
            self.text,
            self.is_under_way,
            self.spot,
            has_failed=self.outcome is Outcome.FAILED,
            was_stopped=self.outcome is Outcome.STOPPED,
        )


Event = (
    EngineReady
    | EngineFailed
    | LessonRewound
    | LessonBegan
    | BeginsAgain
    | StepStarted
    | OutputWritten
    | PictureShown
    | StepEnded
    | StopCaught
    | ProgramEnded
    | SessionDied
    | MomentKept
    | MomentsLost
    | RunBegan
    | EditsBrought
    | LeftFor
    | WentBack
    | PredictionJudged
    | ExerciseJudged
    | AskAnswered
    | Noticed
)
