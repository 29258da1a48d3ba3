"""What a session's processes have told so far, as the interface asks after it."""

from __future__ import annotations

import time

from engine.client.dialogue import Dialogue
from engine.client.kept import KeptWords
from engine.protocol.completion import Completions
from engine.protocol.events import (
    EngineFailed,
    Event,
    LessonBegan,
    LessonRewound,
    OutputWritten,
    SessionDied,
    StepEnded,
    StepStarted,
    WentBack,
)
from engine.protocol.frame import Frame
from engine.protocol.messages import Answer
from engine.protocol.outcomes import Death
from engine.protocol.status import Status

_RUNNING = (Status.RUNNING, Status.PAUSING, Status.STOPPING)


class Heard:
    """Events that are to be fetched, and the newest frame, completions and running line.

    What the next process has to be told of them is noted in `kept`.
    """

    def __init__(self, kept: KeptWords) -> None:
        self.frame: Frame | None = None
        self.completions: Completions | None = None
        self.is_unable = False
        self.lines: tuple[int, int] | None = None
        self._kept = kept
        self._running_line: int | None = None
        self._under_way: StepStarted | None = None
        self._began_at = 0.0
        self._events: list[Event] = []

    @property
    def is_step_under_way(self) -> bool:
        """Whether a step has started of which no end was told."""
        return self._under_way is not None

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, as it was said last."""
        if self.lines != (first, last):
            self.lines, self._running_line = (first, last), None
        return self._running_line

    def fetch_events(self) -> list[Event]:
        """What has happened since the last call."""
        events, self._events = self._events, []
        return events

    def forget_from(self, step: int) -> None:
        """Know nothing of this step and of those after it: they are others now."""
        if self.frame is not None and self.frame.step >= step:
            self.frame = None
        if self._kept.last_step is not None:
            self._kept.last_step = min(self._kept.last_step, step)

    def take_event(self, event: Event) -> None:
        """Take what has happened."""
        match event:
            case LessonBegan(origin):
                self._kept.origin = origin
                return
            case StepStarted(step):
                self._under_way = event
                self._kept.last_step = step
                self._began_at = time.monotonic()
                self.frame = None
            case StepEnded(frame=frame):
                self._under_way = None
                self.frame = frame
            case EngineFailed():
                self.is_unable = True
            case LessonRewound():
                self.frame = self._under_way = None
            case WentBack(step, is_under_way=is_under_way):
                self.frame = None
                self._under_way = StepStarted(step) if is_under_way else None
                self._kept.last_step = step
                self._began_at = time.monotonic()
        self._events.append(event)

    def take_written(
        self, dialogue: Dialogue, data: bytes, left_out: int, *, is_error: bool
    ) -> None:
        """Take what a process has written, after `left_out` bytes of which nothing was kept."""
        self._take_text(dialogue.text_of(data, is_error=is_error), left_out, is_error=is_error)

    def take_unended(self, dialogue: Dialogue) -> None:
        """Take what a process has written of a character that never came whole."""
        for is_error in (False, True):
            text = dialogue.text_of(b"", is_error=is_error, is_last=True)
            self._take_text(text, 0, is_error=is_error)

    def take_answer(self, answer: Answer) -> None:
        """Take what an answer says that counts from now on."""
        self._running_line = answer.line
        self.completions = answer.completions or self.completions
        if answer.frame is not None and not self._is_overtaken(answer):
            self.frame = answer.frame

    def _is_overtaken(self, answer: Answer) -> bool:
        """Whether the end of the step that the answer saw run has been told since.

        That told the last frame, with all values of its curves: this one is older.
        """
        return self._under_way is None and answer.status in _RUNNING

    def take_death_of_asked(self, death: Death | None) -> None:
        """Take the end of a process by what was asked in it; None: we have ended it."""
        gone = self._kept.last_step if self._under_way is None else None
        self._under_way = None
        self._events.append(SessionDied(None, 0.0, None, death, gone))

    def take_death(self, death: Death | None) -> None:
        """Take the end of a process, and of the step that it ran; None: we have ended it."""
        under_way = self._under_way
        step = under_way.step if under_way is not None else self._kept.last_step
        seconds = time.monotonic() - self._began_at if under_way is not None else 0.0
        self._under_way = None
        self._events.append(SessionDied(step, seconds, self.frame, death))

    def _take_text(self, text: str, left_out: int, *, is_error: bool) -> None:
        step = self._kept.last_step
        if step is not None and (text or left_out):
            self._events.append(OutputWritten(step, text, left_out, is_error=is_error))
