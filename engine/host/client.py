"""A session in another process, with the face that it has in this one: nothing here waits.

What it says of itself is what the last answer said. A command is numbered and sent; until an answer
has heard of a run, the session counts as running.
"""

from __future__ import annotations

import codecs
import time
from collections.abc import Mapping
from typing import Protocol

from engine.lesson.model import Lesson
from engine.lesson.parameters import with_parameters
from engine.protocol.commands import (
    RUNS,
    Command,
    Numbered,
    Paint,
    Pause,
    Predict,
    Question,
    RestartLesson,
    RestartStep,
    Resume,
    RunAll,
    RunBefore,
    RunOrPause,
    RunStep,
    RunTo,
    SetSource,
    SetSpeed,
    StepOn,
    Stop,
    WriteLine,
)
from engine.protocol.curves import Prediction, Shape
from engine.protocol.events import (
    BeginsAgain,
    Death,
    EngineFailed,
    Event,
    LessonBegan,
    LessonRewound,
    OutputWritten,
    SessionDied,
    StepEnded,
    StepStarted,
)
from engine.protocol.frame import Floats, Frame, FrameRequest
from engine.protocol.messages import Answer, Ended, EventTold, Open, Wrote
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.status import Asked, Grain, Status
from engine.protocol.wire import Kind, decode, encode

# How long a stop may take by interruption, in seconds; then the process is ended.
_STOP_PATIENCE = 1.0


class Post(Protocol):
    """What a session needs of the engine: a way to its process, and back."""

    has_own_streams: bool
    has_errors_apart: bool
    is_terminal: bool

    def begin(self, session: RemoteSession) -> int:
        """A number for a session that is about to be opened."""

    def send(self, number: int, kind: Kind, body: bytes = b"") -> None:
        """Say something to the host, or through it to a session."""

    def let_go(self, number: int) -> None:
        """Hear no more of a session."""

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""

    def hear(self) -> None:
        """Give to each session what has come for it."""

    def ask(self) -> bool:
        """Ask the host what has happened; False where that was asked only just now."""


class RemoteSession:
    """Plays one lesson in a process of its own, and in the next one where that has ended.

    A command that does not fit the moment does nothing: the session's process alone judges that.
    Where a stop has no effect within a second, the process is ended.
    """

    def __init__(
        self,
        post: Post,
        lesson: Lesson,
        device: str | None,
        request: FrameRequest,
        parameters: Mapping[str, object],
    ) -> None:
        with_parameters(lesson, parameters)
        self.lesson = lesson
        self._post = post
        self._device = device
        self._request = request
        self._parameters = {name: repr(value) for name, value in parameters.items()}
        self._kept = _Kept()
        self._process = 0
        self._unable = False
        self._is_closed = False
        self._events: list[Event] = []
        self._number = 0
        self._frame: Frame | None = None
        self._lines: tuple[int, int] | None = None
        self._running_line: int | None = None
        self._under_way: StepStarted | None = None
        self._began_at = 0.0
        self._forget_process()

    def _forget_process(self) -> None:
        """Begin to know of a process; nothing is known of it yet."""
        self._answer: Answer | None = None
        self._late_answer: Answer | None = None
        self._is_asked = False
        self._told = 0
        self._runs_from = 0
        self._stops_at: float | None = None
        self._stop_number = 0
        self._is_ended_by_us = False
        self._begins_again: BeginsAgain | None = None
        self._after_stop: Command | None = None
        self._unheard: list[Numbered] = []
        self._take: FrameRequest | None = None
        # Where streams are the lesson's own, bytes that are no text go through as they are.
        errors = "surrogateescape" if self._post.has_own_streams else "replace"
        self._decoders = [codecs.getincrementaldecoder("utf-8")(errors) for _ in range(2)]

    # What an interface asks

    @property
    def status(self) -> Status:
        """What the session is doing, as far as it has said."""
        if self._unable:
            return Status.UNABLE
        if self._answer is None:
            return Status.RUNNING if self._runs_from and self._has_begun else Status.LOADING
        status = self._answer.status
        if status is Status.READY and self._runs_from > self._answer.heard:
            return Status.RUNNING
        if self._stop_number > self._answer.heard and status is not Status.READY:
            return Status.STOPPING
        return status

    @property
    def done(self) -> int:
        """How many steps, from the first on, have been run to their end."""
        return self._answer.done if self._answer is not None else 0

    @property
    def frame(self) -> Frame | None:
        """The newest frame of the step that runs, or that ran last."""
        return self._frame

    @property
    def asked(self) -> Asked | None:
        """What the code that runs waits for the learner to write; None while it does not."""
        return self._answer.asked if self._answer is not None else None

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        self._post.hear()
        self._insist_on_stop()
        if self._post.ask():
            self._ask()
        events, self._events = self._events, []
        return events

    def hear(self) -> None:
        """Take what has come, to be told by `events`."""
        self._post.hear()

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""
        return self._post.fileno()

    def running_line(self, first: int, last: int) -> int | None:
        """The line between `first` and `last` that the worker is in, as it was said last."""
        if self._lines != (first, last):
            self._lines, self._running_line = (first, last), None
        return self._running_line

    @property
    def is_closed(self) -> bool:
        """Whether the lesson has been let go."""
        return self._is_closed

    # What an interface commands

    def start(self) -> None:
        """Open the lesson in a process of its own."""
        self._open(())

    def run_or_pause(self, index: int) -> None:
        """Run the step where nothing runs, pause what runs, resume what is paused."""
        self._command(RunOrPause(index))

    def run_step(self, index: int, grain: Grain | None = None) -> None:
        """Run a step, after those before it that have not run; with a grain, pause there."""
        self._command(RunStep(index, grain))

    def run_before(self, index: int) -> None:
        """Run what of the steps before this one has not run."""
        self._command(RunBefore(index))

    def run_all(self) -> None:
        """Run every step that is left; from the first where none is."""
        self._command(RunAll())

    def step_on(self, index: int, grain: Grain) -> None:
        """Go one grain on; where nothing runs, run the step and pause at its first boundary."""
        self._command(StepOn(index, grain))

    def restart_step(self, index: int) -> None:
        """Stop what runs, and run the step again from where it began."""
        self._command(RestartStep(index))
        self._begin_to_stop(RunTo(index, index))

    def restart_lesson(self) -> None:
        """Stop what runs, and go back to before the first step."""
        self._command(RestartLesson())
        self._begin_to_stop(RestartLesson())

    def pause(self) -> None:
        """Hold the training at its next boundary."""
        self._command(Pause())

    def resume(self) -> None:
        """Let paused training run on."""
        self._command(Resume())

    def stop(self) -> None:
        """End what runs: by interruption, and where that has no effect with its process."""
        self._command(Stop())
        self._begin_to_stop(None)

    def set_source(self, step: int, source: str | None) -> None:
        """Have `source` run in place of an exercise's cell; None: the lesson's own."""
        self._command(SetSource(step, source))

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Predict what a number or a curve will be; the end of the step's next run is told it."""
        if isinstance(prediction, Shape):
            self._command(Predict(step, question, shape=prediction))
        else:
            self._command(Predict(step, question, number=float(prediction)))

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let so many iterations of the training loop pass in a second; None is full speed."""
        self._command(SetSpeed(iterations_per_second))

    def write_line(self, line: str) -> None:
        """Give a line to code that waits for one."""
        self._command(WriteLine(line))

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Put the learner's pixels, shape [H, W], into the canvas of a step that has run."""
        self._command(Paint(step, pixels, stroke))

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame; it is there at `frame` once the worker has passed a boundary."""
        self._request = self._take = request

    def close(self) -> None:
        """Let the lesson go. Its process ends by itself, or is ended soon."""
        if self._process:
            self._post.send(self._process, Kind.QUIT)
            self._post.let_go(self._process)
        self._is_closed = True

    # What the engine hands over

    def take_in(self, entry: EventTold | Wrote | Ended) -> None:
        """Take what the host has heard of the process."""
        match entry:
            case EventTold(event=data):
                self._told += 1
                self._take_event(decode(data, Event))
            case Wrote(data=data, left_out=left_out, is_error=is_error):
                self._take_text(data, left_out, is_error=is_error)
            case Ended(death=death):
                self.lose_process(death)
                return
        self._take_late_answer()

    def take_answer(self, body: bytes) -> None:
        """Take an answer, once all the events that it knows of have come."""
        self._is_asked = False
        self._late_answer = decode(body, Answer)
        if self._late_answer.heard < self._number:
            self._ask()
        self._take_late_answer()

    def lose_process(self, death: Death) -> None:
        """Go on in a new process: this one has ended, by its own doing or by ours."""
        self._post.let_go(self._process)
        self._process = 0
        if self._begins_again is not None:
            self._go_on_in_new_process(self._begins_again)
            return
        if self._answer is None and not self._has_begun and not self._is_ended_by_us:
            self.give_up(f"a lesson's process cannot be made here: it ended with {death.status}")
            return
        self._take_unended_text()
        step = self._under_way.step if self._under_way is not None else self._kept.last_step
        seconds = time.monotonic() - self._began_at if self._under_way is not None else 0.0
        told = None if self._is_ended_by_us else death
        self._under_way = None
        self._events.append(SessionDied(step, seconds, self._frame, told))
        # What was to follow a stop follows it only where that is what has ended the process.
        match self._after_stop if self._is_ended_by_us else None:
            case RestartLesson():
                self._events.append(LessonRewound(is_restart=True))
                self._kept.origin = None
                self._open(())
            case RunTo() as run:
                self._open((run,))
            case _:
                self._open(())

    def give_up(self, why: str) -> None:
        """Play nothing more, and say why."""
        self._process = 0
        self._unable = True
        self._events.append(EngineFailed(why))

    def _go_on_in_new_process(self, again: BeginsAgain) -> None:
        if again.run is None:
            self._kept.origin = None
        unheard = [one.command for one in self._unheard if one.number > again.begun]
        self._frame = None
        self._open(() if again.run is None else (again.run,))
        for command in unheard:
            self._command(command)

    def _take_event(self, event: Event) -> None:
        match event:
            case BeginsAgain():
                self._begins_again = event
                return
            case LessonBegan(origin):
                self._kept.origin = origin
                return
            case StepStarted(step):
                self._under_way = event
                self._kept.last_step = step
                self._began_at = time.monotonic()
                self._frame = None
            case StepEnded(frame=frame):
                self._take_unended_text()
                self._under_way = None
                self._frame = frame
            case EngineFailed():
                self._unable = True
            case LessonRewound():
                self._frame = None
        self._events.append(event)

    def _take_unended_text(self) -> None:
        """Take what has come of a character that never came whole."""
        for is_error in (False, True):
            self._take_text(b"", 0, is_error=is_error, is_last=True)

    def _take_text(
        self, data: bytes, left_out: int, *, is_error: bool, is_last: bool = False
    ) -> None:
        text = self._decoders[is_error].decode(data, is_last)
        step = self._kept.last_step
        if step is not None and (text or left_out):
            self._events.append(OutputWritten(step, text, left_out, is_error=is_error))

    def _take_late_answer(self) -> None:
        answer = self._late_answer
        if answer is None or answer.told > self._told:
            return
        self._late_answer = None
        self._answer = answer
        self._unheard = [one for one in self._unheard if one.number > answer.begun]
        self._running_line = answer.line
        if answer.frame is not None:
            self._frame = answer.frame

    # One process after another

    @property
    def _has_begun(self) -> bool:
        """Whether a process of this session has run a step."""
        return self._kept.last_step is not None

    def _open(self, commands: tuple[Command, ...]) -> None:
        self._forget_process()
        self._process = self._post.begin(self)
        numbered = [self._numbered(command) for command in (*self._kept.commands(), *commands)]
        if commands:
            self._runs_from = self._number
        order = Open(
            path=str(self.lesson.path),
            source=self.lesson.source,
            device=self._device,
            parameters=self._parameters,
            request=self._request,
            has_own_streams=self._post.has_own_streams,
            has_errors_apart=self._post.has_errors_apart,
            is_terminal=self._post.is_terminal,
            commands=tuple(numbered),
            origin=self._kept.origin,
        )
        self._say(Kind.OPEN, order)

    def _command(self, command: Command) -> None:
        self._kept.note(command)
        if not self._process:
            return
        numbered = self._numbered(command)
        self._unheard.append(numbered)
        if isinstance(command, (*RUNS, RestartLesson)):
            self._runs_from = numbered.number
        self._say(Kind.COMMAND, numbered)
        self._ask()

    def _ask(self) -> None:
        """Ask the session how it stands, unless it is asked already."""
        if not self._is_asked and self._process and not self._is_closed:
            self._is_asked = True
            self._say(Kind.QUESTION, Question(self._take, self._lines))
            self._take = None

    def _numbered(self, command: Command) -> Numbered:
        self._number += 1
        return Numbered(self._number, command)

    def _say(self, kind: Kind, data: object) -> None:
        self._post.send(self._process, kind, encode(data))

    def _begin_to_stop(self, then: Command | None) -> None:
        self._stop_number = self._number
        self._stops_at = time.monotonic() + _STOP_PATIENCE
        self._after_stop = then

    def _insist_on_stop(self) -> None:
        """End the process where a stop has been without effect for too long."""
        if self._stops_at is None or time.monotonic() < self._stops_at:
            return
        answer = self._answer
        has_stopped = answer is not None and (
            answer.heard >= self._stop_number and answer.status is not Status.STOPPING
        )
        self._stops_at = None
        if not has_stopped and self._process and answer is not None:
            self._is_ended_by_us = True
            self._post.send(self._process, Kind.KILL)


class _Kept:
    """What a new process has to be told of what the one before it knew."""

    def __init__(self) -> None:
        self.origin: RandomNumbers | None = None
        self.last_step: int | None = None
        self._sources: dict[int, SetSource] = {}
        self._predictions: dict[tuple[int, int], Predict] = {}
        self._speed = SetSpeed(None)

    def note(self, command: Command) -> None:
        """Keep what outlives a process."""
        match command:
            case SetSource(step):
                self._sources[step] = command
            case Predict(step, question):
                self._predictions[step, question] = command
            case SetSpeed():
                self._speed = command

    def commands(self) -> tuple[Command, ...]:
        """The commands that say all of it again."""
        return (*self._sources.values(), *self._predictions.values(), self._speed)
