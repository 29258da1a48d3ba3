"""What a player has seen of its session: outputs, frames and outcomes of every step; no widget.

The screen asks `poll` a few times a second and draws what it says has changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, auto

from engine.events import (
    EngineFailed,
    EngineReady,
    Event,
    LessonRewound,
    Outcome,
    OutputWritten,
    StepEnded,
    StepStarted,
)
from engine.frame import Frame, LoopProgress
from engine.lesson import Lesson, Step
from engine.session import Session, Status
from tui.rendering.scrollback import Scrollback


class Change(Flag):
    """What is not as it was at the poll before."""

    NONE = 0
    STATUS = auto()
    STEP = auto()
    OUTPUT = auto()
    FRAME = auto()


@dataclass(slots=True)
class StepRecord:
    """What is known of one step's last run."""

    output: Scrollback = field(default_factory=Scrollback)
    frame: Frame | None = None
    previous_loops: tuple[LoopProgress, ...] = ()
    outcome: Outcome | None = None
    seconds: float = 0.0
    error_line: int | None = None


_BUSY = frozenset({Status.RUNNING, Status.PAUSING, Status.PAUSED, Status.STOPPING})


class Playback:
    """A session, and beside it everything that is shown of it."""

    def __init__(self, lesson: Lesson, session: Session) -> None:
        self.lesson = lesson
        self.session = session
        self.shown = 0
        self.running: int | None = None
        self.engine: EngineReady | EngineFailed | None = None
        self.status = Status.LOADING
        self._records: dict[int, StepRecord] = {}

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.lesson.steps[self.shown]

    @property
    def outcomes(self) -> list[Outcome | None]:
        """How each step ended when it last ran; None where it did not.

        A step without code is done as soon as the steps before it are.
        """
        done = self.session.done
        return [
            Outcome.DONE
            if step.cell is None and step.index < done
            else self.record_of(step.index).outcome
            for step in self.lesson.steps
        ]

    @property
    def is_busy(self) -> bool:
        """Whether a cell is under way, paused ones included."""
        return self.status in _BUSY

    def marked_line(self) -> int | None:
        """The file's line to mark in the step that is shown: where it runs, or where it broke."""
        cell = self.step.cell
        if cell is None or self.running != self.shown:
            return self.record.error_line
        last = cell.line + cell.source.count("\n")
        return self.session.running_line(cell.line, last)

    @property
    def is_elsewhere(self) -> bool:
        """Whether another step runs than the one that is shown."""
        return self.running is not None and self.running != self.shown

    @property
    def live_record(self) -> StepRecord:
        """What is known of the step that runs, or else of the one that is shown."""
        return self.record if self.running is None else self.record_of(self.running)

    @property
    def record(self) -> StepRecord:
        """What is known of the step that is shown."""
        return self.record_of(self.shown)

    def record_of(self, step: int) -> StepRecord:
        """What is known of a step; an empty record before it has run."""
        return self._records.setdefault(step, StepRecord())

    def show_step(self, index: int) -> bool:
        """Turn to another step; False where there is none."""
        if not 0 <= index < len(self.lesson.steps) or index == self.shown:
            return False
        self.shown = index
        return True

    def poll(self) -> Change:
        """Take in what has happened since the last poll."""
        changes = Change.NONE
        for event in self.session.events():
            changes |= self._take_in(event)
        frame = self.session.frame
        if frame is not None and frame is not self.record_of(frame.step).frame:
            self._keep_frame(frame)
            changes |= Change.FRAME
        status = self.session.status
        if status is not self.status:
            self.status = status
            changes |= Change.STATUS
        return changes

    def _take_in(self, event: Event) -> Change:
        match event:
            case EngineReady():
                self.engine = event
                return Change.STATUS
            case EngineFailed():
                self.engine = event
                return Change.STATUS | Change.OUTPUT
            case LessonRewound():
                self._records.clear()
                self.running = None
                return Change.STEP | Change.OUTPUT | Change.FRAME
            case StepStarted(step, on_the_way):
                self._records[step] = StepRecord()
                self.running = step
                if not on_the_way:
                    self.shown = step
                return Change.STEP | Change.OUTPUT | Change.FRAME
            case OutputWritten(step, text, left_out):
                self._write(step, text, left_out)
                return Change.OUTPUT
            case StepEnded():
                return self._end(event)

    def _write(self, step: int, text: str, left_out: int) -> None:
        output = self.record_of(step).output
        if left_out:
            output.write(f"\n\x1b[33m… {left_out:,} characters were too many to keep …\x1b[0m\n")
        output.write(text)

    def _end(self, event: StepEnded) -> Change:
        record = self.record_of(event.step)
        record.outcome = event.outcome
        record.seconds = event.seconds
        self.running = None
        if event.frame is not None:
            self._keep_frame(event.frame)
        if event.outcome is not Outcome.DONE:
            self.shown = event.step
        if event.traceback is not None:
            record.error_line = event.traceback.line
            lines = "\n".join(event.traceback.lines)
            record.output.write(f"\x1b[31m{lines}\x1b[0m\n")
        return Change.STEP | Change.OUTPUT | Change.FRAME

    def _keep_frame(self, frame: Frame) -> None:
        record = self.record_of(frame.step)
        if record.frame is not None:
            record.previous_loops = record.frame.loops
        record.frame = frame
