"""The processes that play one lesson, one after another: what they said, what the next is told.

What is known of them is what the last answer said. Nothing here waits.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, Protocol

from engine.host.dialogue import Dialogue
from engine.host.heard import Heard
from engine.host.kept import KeptWords
from engine.host.timeline import Timeline
from engine.lesson.model import Lesson
from engine.protocol.commands import Command, GoTo, Numbered, RestartLesson, RunTo
from engine.protocol.completion import Writing
from engine.protocol.events import (
    BeginsAgain,
    Death,
    EngineFailed,
    Event,
    LeftFor,
    LessonRewound,
    MomentKept,
    MomentsLost,
    StepEnded,
    WentBack,
)
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer, Ended, Entry, EventTold, Kept, Lost, Open, Wrote
from engine.protocol.moments import Wake
from engine.protocol.places import LAST_STATEMENT, Place, Spot
from engine.protocol.random_numbers import RandomNumbers
from engine.protocol.status import Status
from engine.protocol.wire import Kind, decode, encode

_MOST_TRIES = 3

# How long a process that is left may take to tell its whole curves, in seconds.
_LEAVING_PATIENCE = 0.15


class Post(Protocol):
    """What a session needs of the engine: a way to its process, and back."""

    has_own_streams: bool
    has_errors_apart: bool
    is_terminal: bool

    @property
    def keeps_moments(self) -> bool:
        """Whether moments of sessions are kept."""

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
        self._kept = KeptWords()
        self.heard = Heard(self._kept)
        self._process = 0
        # How many processes in turn have ended before they said or did anything.
        self._stillborn = 0
        self._number = 0
        self._timeline = Timeline()
        self._waking: tuple[int, RunTo | None] | None = None
        self._leaving: _Leaving | None = None
        # Whether the run is on its way past a last statement, to learn which one that is.
        self._counts_statements = False
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
        if self._leaving is not None or self._counts_statements:
            return Status.SEEKING
        return self._dialogue.status(has_begun=self._has_begun)

    @property
    def origin(self) -> RandomNumbers | None:
        """The random numbers that the lesson began with; None before it has."""
        return self._kept.origin

    @property
    def answer(self) -> Answer | None:
        """The newest answer of the process; None before its first."""
        return self._dialogue.answer

    def events(self) -> list[Event]:
        """What has happened since the last call; asks for what happens until the next."""
        self._post.hear()
        if self._process:
            self._dialogue.insist_on_stop()
            self._leave_if_due()
        if self._post.ask():
            self._ask()
        return self.heard.fetch_events()

    # What the session says

    def open(self, runs: tuple[Command, ...] = ()) -> None:
        """Open the lesson in a process of its own, and have that run these at once."""
        self._waking = None
        numbered = self._begin_process(runs)
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
            keeps_moments=self._post.keeps_moments,
        )
        self._post.send(self._process, Kind.OPEN, encode(order))

    def _begin_process(self, runs: tuple[Command, ...]) -> tuple[Numbered, ...]:
        """Begin to know of a process that is told these first, after all that was told before."""
        self._process = self._post.begin(self)
        self._dialogue = self._begin_dialogue()
        numbered = [self._numbered(command) for command in (*self._kept.commands(), *runs)]
        seeks = any(isinstance(one, GoTo) for one in runs)
        self._dialogue.was_opened_with(numbered, runs=bool(runs), seeks=seeks)
        return tuple(numbered)

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
        # A process that is about to be left is asked for its whole curves, and for nothing else.
        self._dialogue.want(request if self._leaving is None else replace(request, curve=None))
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

    def take_in(self, entry: Entry) -> None:
        """Take what the host has heard of the process."""
        match entry:
            case EventTold(event=data):
                self._dialogue.count_event()
                self._take_event(decode(data, Event))
            case Wrote(data=data, left_out=left_out, is_error=is_error):
                self._take_text(data, left_out, is_error=is_error)
            case Kept(number=number, moment=moment, size=size):
                self._timeline.add(number, moment)
                place, is_under_way = moment.place, moment.is_under_way
                self.heard.take_event(MomentKept(number, place, is_under_way, size))
            case Lost(numbers=numbers, is_memory_low=is_memory_low):
                self._timeline.forget(numbers)
                self.heard.take_event(MomentsLost(numbers, is_memory_low))
            case Ended(death=death):
                self.lose_process(death)
                return
        self._take_late_answer()

    def take_answer(self, body: bytes) -> None:
        """Take an answer, once all the events that it knows of have come."""
        self._dialogue.take_answer(body)
        self._take_late_answer()

    def lose_host(self, death: Death) -> None:
        """Go on under another host: this one has ended, and all moments with it."""
        lost = self._timeline.forget_all()
        if lost:
            self.heard.take_event(MomentsLost(lost, is_memory_low=False))
        self._waking = None
        self.lose_process(death)

    def lose_process(self, death: Death) -> None:
        """Go on in a new process: this one has ended, by its own doing or by ours."""
        self._post.let_go(self._process)
        self._process = 0
        self._counts_statements = False
        if self.heard.is_unable:
            return
        dialogue = self._dialogue
        if self._waking is not None and dialogue.answer is None:
            number, run = self._waking
            self._timeline.forget((number,))
            self._counts_statements = _is_last_statement(run)
            self._go_on(run)
            return
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
                self._begin_again()
            case RunTo() as run:
                self._go_on(run)
            case _:
                self._go_on(None)

    def give_up(self, why: str) -> None:
        """Play nothing more, and say why."""
        self._process = 0
        self.heard.take_event(EngineFailed(why))

    def _go_on_in_new_process(self, again: BeginsAgain) -> None:
        unheard = self._dialogue.unheard_after(again.begun)
        if again.run is None:
            self._begin_again()
        else:
            self._go_on(again.run)
        for command in unheard:
            self.command(command)

    def _begin_again(self) -> None:
        """Go back to before the first step; the lesson begins with random numbers of its own."""
        self._forget(self._timeline.forget_all())
        self._kept.origin = None
        self.heard.take_event(LessonRewound(is_restart=True))
        self.open()

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

    # Back, and on from there

    @property
    def place(self) -> Place | None:
        """How far the run has come that is under way, or that ended last."""
        return self.answer.place if self.answer is not None else None

    @property
    def spot(self) -> Spot | None:
        """Where in the lesson's text the run is paused; None where it is not."""
        return self.answer.spot if self.answer is not None else None

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        if self._leaving is not None:
            return self._leaving.place
        if self._waking is not None and self.answer is None:
            run = self._waking[1]
            return None if run is None else run.place
        return self.answer.sought if self.answer is not None else None

    def go_to(self, place: Place) -> None:
        """Pause at a place of a run; leave the process where it stands, if it is past that.

        It is asked first for the whole curve of what comes after that place.
        """
        if not self._process:
            return
        here = self.place
        if self._dialogue.is_paused and here is not None and _leads_to(here, place):
            self._counts_statements = place.statement == LAST_STATEMENT
            self.command(GoTo(place))
            return
        self._leaving = _Leaving(place, time.monotonic() + _LEAVING_PATIENCE)
        self._dialogue.want(replace(self._request, curve=None))
        self._ask()
        self._leave_if_due()

    def mark(self) -> bool:
        """Have the moment stay where the run stands; whether one is kept there."""
        number = None if self.place is None else self._timeline.at(self.place)
        if number is not None:
            self._post.send(0, Kind.MARK, encode(number))
        return number is not None

    def _leave_if_due(self) -> None:
        """Leave once the frame has whole curves, or does not come."""
        leaving, frame = self._leaving, self.heard.frame
        if leaving is None:
            return
        is_whole = frame is None or bool(frame.series) or not frame.curves
        if not is_whole and time.monotonic() < leaving.ends_at:
            return
        self._leaving = None
        self._post.send(self._process, Kind.KILL)
        self._post.let_go(self._process)
        self._process = 0
        self.heard.take_event(LeftFor(leaving.place, frame))
        run = RunTo(leaving.place.step, leaving.place.step, place=leaving.place)
        self._counts_statements = _is_last_statement(run)
        self._go_on(run)

    def _go_on(self, run: RunTo | None) -> None:
        """Go on in the newest moment that serves, or from the lesson's beginning.

        `run` is what is to run; None: nothing, as where the process has died.
        """
        number = self._serving(run)
        place = None if run is None else run.place
        runs: tuple[Command, ...] = (
            () if run is None else (run,) if place is None else (GoTo(place),)
        )
        if number is None:
            self._forget(self._timeline.forget_all())
            if run is not None:
                self.heard.take_event(LessonRewound())
            self.open(runs)
            return
        self._waking = number, run
        moment = self._timeline.get(number)
        self._forget(self._timeline.forget_after(place or moment.place))
        if run is not None:
            back = WentBack(moment.place.step, number, moment.is_under_way)
            self.heard.take_event(back)
        wake = Wake(number, self._request, self._begin_process(runs))
        self._post.send(self._process, Kind.WAKE, encode(wake))

    def _serving(self, run: RunTo | None) -> int | None:
        edits = self._kept.edits
        if run is None:
            last = self._kept.last_step
            return None if last is None else self._timeline.before_step(last, edits)
        if run.place is not None:
            return self._timeline.until(run.place, edits)
        return self._timeline.before_step(run.target, edits)

    def _forget(self, numbers: tuple[int, ...]) -> None:
        if numbers:
            self._post.send(0, Kind.FORGET, encode(numbers))

    def _take_late_answer(self) -> None:
        answer = self._dialogue.due_answer()
        if answer is None:
            return
        self.heard.take_answer(answer)
        if self._dialogue.is_behind:
            self._ask()
        elif self._counts_statements and answer.status in (Status.PAUSED, Status.READY):
            self._counts_statements = False
            if answer.status is Status.PAUSED and answer.last_statement is not None:
                self.go_to(answer.last_statement)


class _Leaving(NamedTuple):
    """The place that a process is left for, and until when it is waited for what it tells."""

    place: Place
    ends_at: float


def _is_last_statement(run: RunTo | None) -> bool:
    """Whether a run goes to a last statement, and has to be past it to learn which one that is."""
    place = None if run is None else run.place
    return place is not None and place.statement == LAST_STATEMENT


def _leads_to(here: Place, place: Place) -> bool:
    """Whether a run that stands here comes to a place by going on."""
    return here.step == place.step and here < place
