"""The processes that play one lesson, one after another: what they said, what the next is told.

What is known of them is what the last answer said. Nothing here waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.host.dialogue import Dialogue
from engine.host.heard import Heard
from engine.host.kept import Kept
from engine.lesson.model import Lesson
from engine.protocol.commands import Command, Numbered, RestartLesson, RunTo
from engine.protocol.completion import Writing
from engine.protocol.events import (
    BeginsAgain,
    Death,
    EngineFailed,
    Event,
    LessonRewound,
    StepEnded,
)
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer, Ended, EventTold, Open, Wrote
from engine.protocol.status import Status
from engine.protocol.wire import Kind, decode, encode

_MOST_TRIES = 3


class Post(Protocol):
    """What a session needs of the engine: a way to its process, and back."""

    has_own_streams: bool
    has_errors_apart: bool
    is_terminal: bool

    def begin(self, processes: Succession) -> int:
        """A number for a process that is about to be opened."""

    def send(self, number: int, kind: Kind, body: bytes = b"") -> None:
        """Say something to the host, or through it to a session."""

    def let_go(self, number: int) -> None:
        """Hear no more of a process."""

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""

    def hear(self) -> None:
        """Give to each session what has come for it."""

    def ask(self) -> bool:
        """Ask the host what has happened; False where that was asked only just now."""


class Succession:
    """One session's process, and the next one where that has ended.

    ``heard`` is what they have told; ``is_closed`` once the lesson has been let go.
    """

    def __init__(
        self,
        post: Post,
        lesson: Lesson,
        device: str | None,
        request: FrameRequest,
        parameters: Mapping[str, object],
    ) -> None:
        self.is_closed = False
        self._post = post
        self._lesson = lesson
        self._device = device
        self._request = request
        self._parameters = {name: repr(value) for name, value in parameters.items()}
        self._kept = Kept()
        self.heard = Heard(self._kept)
        self._process = 0
        # How many processes in turn have ended before they said or did anything.
        self._stillborn = 0
        self._number = 0
        self._dialogue = self._begin_dialogue()

    def _begin_dialogue(self) -> Dialogue:
        """Begin to know of a process; nothing is known of it yet."""
        process = self._process
        return Dialogue(
            lambda kind, body: self._post.send(process, kind, body),
            is_text_whole=self._post.has_own_streams,
        )

    # What the session asks

    @property
    def status(self) -> Status:
        """What the process is doing, as far as it has said."""
        if self.heard.is_unable:
            return Status.UNABLE
        return self._dialogue.status(has_begun=self._has_begun)

    @property
    def answer(self) -> Answer | None:
        """The newest answer of the process; None before its first."""
        return self._dialogue.answer

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        self._post.hear()
        if self._process:
            self._dialogue.insist_on_stop()
        if self._post.ask():
            self._ask()
        return self.heard.fetch_events()

    # What the session says

    def open(self, runs: tuple[Command, ...] = ()) -> None:
        """Open the lesson in a process of its own, and have that run these at once."""
        self._process = self._post.begin(self)
        self._dialogue = self._begin_dialogue()
        numbered = [self._numbered(command) for command in (*self._kept.commands(), *runs)]
        self._dialogue.was_opened_with(numbered, runs=bool(runs))
        order = Open(
            path=str(self._lesson.path),
            source=self._lesson.source,
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

    def command(self, command: Command) -> None:
        """Send a command, and ask what came of it; the next process is told what outlives one."""
        self._kept.note(command)
        if self._process:
            self._dialogue.command(self._numbered(command))
            self._ask()

    def stop_with(self, command: Command, then: Command | None) -> None:
        """Send a command that stops what runs; where it has no effect, `then` is for the next."""
        self.command(command)
        self._dialogue.begin_to_stop(then)

    def request_frame(self, request: FrameRequest) -> None:
        """Have the next question ask for a frame."""
        self._request = request
        self._dialogue.want(request)
        if self.status is Status.RUNNING:
            self._ask()

    def ask_for_completions(self, writing: Writing) -> None:
        """Have the next question, which is asked at once, ask what may follow."""
        self._dialogue.want_completions(writing)
        self._ask()

    def close(self) -> None:
        """Let the lesson go. Its process ends by itself, or is ended soon."""
        if self._process:
            self._post.send(self._process, Kind.QUIT)
            self._post.let_go(self._process)
        self.is_closed = True

    def _numbered(self, command: Command) -> Numbered:
        self._number += 1
        return Numbered(self._number, command)

    def _ask(self) -> None:
        if self._process and not self.is_closed:
            self._dialogue.ask(self.heard.lines)

    @property
    def _has_begun(self) -> bool:
        """Whether a process of this session has run a step."""
        return self._kept.last_step is not None

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
        if self.heard.is_unable:
            return
        dialogue = self._dialogue
        if dialogue.begins_again is not None:
            self._go_on_in_new_process(dialogue.begins_again)
            return
        has_lived = dialogue.answer is not None or self.heard.is_step_under_way
        self._stillborn = 0 if has_lived or dialogue.is_ended_by_us else self._stillborn + 1
        if self._stillborn and (not self._has_begun or self._stillborn == _MOST_TRIES):
            self.give_up(f"a lesson's process cannot be made here: it ended with {death.status}")
            return
        self._take_unended_text()
        self.heard.take_death(None if dialogue.is_ended_by_us else death)
        # What was to follow a stop follows it only where that is what has ended the process.
        match dialogue.after_stop if dialogue.is_ended_by_us else None:
            case RestartLesson():
                self.heard.take_event(LessonRewound(is_restart=True))
                self._kept.origin = None
                self.open()
            case RunTo() as run:
                self.open((run,))
            case _:
                self.open()

    def give_up(self, why: str) -> None:
        """Play nothing more, and say why."""
        self._process = 0
        self.heard.take_event(EngineFailed(why))

    def _go_on_in_new_process(self, again: BeginsAgain) -> None:
        if again.run is None:
            self._kept.origin = None
        unheard = self._dialogue.unheard_after(again.begun)
        self.heard.frame = None
        self.open(() if again.run is None else (again.run,))
        for command in unheard:
            self.command(command)

    def _take_event(self, event: Event) -> None:
        match event:
            case BeginsAgain():
                self._dialogue.begins_again = event
                return
            case StepEnded():
                self._take_unended_text()
        self.heard.take_event(event)

    def _take_unended_text(self) -> None:
        """Take what has come of a character that never came whole."""
        for is_error in (False, True):
            self._take_text(b"", 0, is_error=is_error, is_last=True)

    def _take_text(
        self, data: bytes, left_out: int, *, is_error: bool, is_last: bool = False
    ) -> None:
        text = self._dialogue.text_of(data, is_error=is_error, is_last=is_last)
        self.heard.take_text(text, left_out, is_error=is_error)

    def _take_late_answer(self) -> None:
        answer = self._dialogue.due_answer()
        if answer is None:
            return
        self.heard.take_answer(answer)
        if self._dialogue.is_behind:
            self._ask()
