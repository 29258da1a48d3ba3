"""A session in another process, with the face that it has in this one: nothing here waits.

What it says of itself is what the last answer said. A command is numbered and sent; until an answer
has heard of a run, the session counts as running.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Protocol

from engine.host.dialogue import Dialogue
from engine.host.kept import Kept
from engine.lesson.model import Lesson
from engine.lesson.parameters import with_parameters
from engine.protocol import commands
from engine.protocol.commands import Command, Numbered, RestartLesson, RunTo
from engine.protocol.completion import Completions, Writing
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
from engine.protocol.messages import Ended, EventTold, Open, Wrote
from engine.protocol.status import Asked, Grain, Status
from engine.protocol.wire import Kind, decode, encode

_MOST_TRIES = 3


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
        self._kept = Kept()
        self._process = 0
        # How many processes in turn have ended before they said or did anything.
        self._stillborn = 0
        self._unable = False
        self._is_closed = False
        self._events: list[Event] = []
        self._number = 0
        self._frame: Frame | None = None
        self._completions: Completions | None = None
        self._lines: tuple[int, int] | None = None
        self._running_line: int | None = None
        self._under_way: StepStarted | None = None
        self._began_at = 0.0
        self._dialogue = self._begin_dialogue()

    def _begin_dialogue(self) -> Dialogue:
        """Begin to know of a process; nothing is known of it yet."""
        process = self._process
        return Dialogue(
            lambda kind, body: self._post.send(process, kind, body),
            is_text_whole=self._post.has_own_streams,
        )

    # What an interface asks

    @property
    def status(self) -> Status:
        """What the session is doing, as far as it has said."""
        if self._unable:
            return Status.UNABLE
        return self._dialogue.status(has_begun=self._has_begun)

    @property
    def done(self) -> int:
        """How many steps, from the first on, have been run to their end."""
        answer = self._dialogue.answer
        return answer.done if answer is not None else 0

    @property
    def frame(self) -> Frame | None:
        """The newest frame of the step that runs, or that ran last."""
        return self._frame

    @property
    def completions(self) -> Completions | None:
        """The newest answer to what may follow; none comes while code runs."""
        return self._completions

    @property
    def asked(self) -> Asked | None:
        """What the code that runs waits for the learner to write; None while it does not."""
        answer = self._dialogue.answer
        return answer.asked if answer is not None else None

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        self._post.hear()
        if self._process:
            self._dialogue.insist_on_stop()
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
        self._command(commands.RunOrPause(index))

    def run_step(self, index: int, grain: Grain | None = None) -> None:
        """Run a step, after those before it that have not run; with a grain, pause there."""
        self._command(commands.RunStep(index, grain))

    def run_before(self, index: int) -> None:
        """Run what of the steps before this one has not run."""
        self._command(commands.RunBefore(index))

    def run_all(self) -> None:
        """Run every step that is left; from the first where none is."""
        self._command(commands.RunAll())

    def step_on(self, index: int, grain: Grain) -> None:
        """Go one grain on; where nothing runs, run the step and pause at its first boundary."""
        self._command(commands.StepOn(index, grain))

    def restart_step(self, index: int) -> None:
        """Stop what runs, and run the step again from where it began."""
        self._command(commands.RestartStep(index))
        self._dialogue.begin_to_stop(RunTo(index, index))

    def restart_lesson(self) -> None:
        """Stop what runs, and go back to before the first step."""
        self._command(RestartLesson())
        self._dialogue.begin_to_stop(RestartLesson())

    def pause(self) -> None:
        """Hold the training at its next boundary."""
        self._command(commands.Pause())

    def resume(self) -> None:
        """Let paused training run on."""
        self._command(commands.Resume())

    def stop(self) -> None:
        """End what runs: by interruption, and where that has no effect with its process."""
        self._command(commands.Stop())
        self._dialogue.begin_to_stop(None)

    def set_source(self, step: int, source: str | None) -> None:
        """Have `source` run in place of an exercise's cell; None: the lesson's own."""
        self._command(commands.SetSource(step, source))

    def predict(self, step: int, question: int, prediction: Prediction) -> None:
        """Predict what a number or a curve will be; the end of the step's next run is told it."""
        if isinstance(prediction, Shape):
            self._command(commands.Predict(step, question, shape=prediction))
        else:
            self._command(commands.Predict(step, question, number=float(prediction)))

    def set_speed(self, iterations_per_second: float | None) -> None:
        """Let so many iterations of the training loop pass in a second; None is full speed."""
        self._command(commands.SetSpeed(iterations_per_second))

    def write_line(self, line: str) -> None:
        """Give a line to code that waits for one."""
        self._command(commands.WriteLine(line))

    def paint(self, step: int, pixels: Floats, stroke: int) -> None:
        """Put the learner's pixels, shape [H, W], into the canvas of a step that has run."""
        self._command(commands.Paint(step, pixels, stroke))

    def request_frame(self, request: FrameRequest) -> None:
        """Ask for a new frame; it is there at `frame` once the worker has passed a boundary."""
        self._request = request
        self._dialogue.want(request)
        if self.status is Status.RUNNING:
            self._ask()

    def ask_for_completions(self, writing: Writing) -> None:
        """Ask what may follow in what the learner writes; the answer comes to `completions`."""
        self._dialogue.want_completions(writing)
        self._ask()

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
                self._dialogue.count_event()
                self._take_event(decode(data, Event))
            case Wrote(data=data, left_out=left_out, is_error=is_error):
                self._take_text(data, left_out, is_error=is_error)
            case Ended(death=death):
                self.lose_process(death)
                return
        self._take_late_answer()

    def take_answer(self, body: bytes) -> None:
        """Take an answer, once all the events that it knows of have come."""
        self._dialogue.take_answer(body)
        self._take_late_answer()

    def lose_process(self, death: Death) -> None:
        """Go on in a new process: this one has ended, by its own doing or by ours."""
        self._post.let_go(self._process)
        self._process = 0
        if self._unable:
            return
        dialogue = self._dialogue
        if dialogue.begins_again is not None:
            self._go_on_in_new_process(dialogue.begins_again)
            return
        has_lived = dialogue.answer is not None or self._under_way is not None
        self._stillborn = 0 if has_lived or dialogue.is_ended_by_us else self._stillborn + 1
        if self._stillborn and (not self._has_begun or self._stillborn == _MOST_TRIES):
            self.give_up(f"a lesson's process cannot be made here: it ended with {death.status}")
            return
        self._take_unended_text()
        step = self._under_way.step if self._under_way is not None else self._kept.last_step
        seconds = time.monotonic() - self._began_at if self._under_way is not None else 0.0
        told = None if dialogue.is_ended_by_us else death
        self._under_way = None
        self._events.append(SessionDied(step, seconds, self._frame, told))
        # What was to follow a stop follows it only where that is what has ended the process.
        match dialogue.after_stop if dialogue.is_ended_by_us else None:
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
        unheard = self._dialogue.unheard_after(again.begun)
        self._frame = None
        self._open(() if again.run is None else (again.run,))
        for command in unheard:
            self._command(command)

    def _take_event(self, event: Event) -> None:
        match event:
            case BeginsAgain():
                self._dialogue.begins_again = event
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
        text = self._dialogue.text_of(data, is_error=is_error, is_last=is_last)
        step = self._kept.last_step
        if step is not None and (text or left_out):
            self._events.append(OutputWritten(step, text, left_out, is_error=is_error))

    def _take_late_answer(self) -> None:
        answer = self._dialogue.due_answer()
        if answer is None:
            return
        self._running_line = answer.line
        self._completions = answer.completions or self._completions
        if answer.frame is not None:
            self._frame = answer.frame
        if self._dialogue.is_behind:
            self._ask()

    # One process after another

    @property
    def _has_begun(self) -> bool:
        """Whether a process of this session has run a step."""
        return self._kept.last_step is not None

    def _open(self, runs: tuple[Command, ...]) -> None:
        self._process = self._post.begin(self)
        self._dialogue = self._begin_dialogue()
        numbered = [self._numbered(command) for command in (*self._kept.commands(), *runs)]
        self._dialogue.was_opened_with(numbered, runs=bool(runs))
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
        self._post.send(self._process, Kind.OPEN, encode(order))

    def _command(self, command: Command) -> None:
        self._kept.note(command)
        if self._process:
            self._dialogue.command(self._numbered(command))
            self._ask()

    def _ask(self) -> None:
        if self._process and not self._is_closed:
            self._dialogue.ask(self._lines)

    def _numbered(self, command: Command) -> Numbered:
        self._number += 1
        return Numbered(self._number, command)
