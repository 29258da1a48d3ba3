"""What is said to one process of a session, and what it has said: numbers, answers, stops, text."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable

from engine.protocol.commands import (
    RUNS,
    Ask,
    Command,
    EndProgram,
    GoTo,
    Numbered,
    Pause,
    RestartLesson,
    RestartStep,
    Resume,
    RunOrPause,
    RunStep,
    StateQuestion,
    StepOn,
)
from engine.protocol.completion import Writing
from engine.protocol.events import BeginsAgain
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Answer
from engine.protocol.places import Place
from engine.protocol.status import Status
from engine.protocol.wire import Kind, decode, encode

# How long a stop may take by interruption, in seconds; then the process is ended.
_STOP_PATIENCE = 1.0

# How long a question waits for its answer before what the last one said is doubted, in seconds.
_SILENCE = 1.0

# How long after one question a session that trains is asked the next, in seconds, where no frame
# is wanted and nothing has happened: each question takes time from the training.
_BETWEEN_LOOKS = 0.2

_IMPORTING = (Status.LOADING, Status.WAITING)


class Dialogue:
    """One process, from its opening to its end; `say` sends a packet to it.

    ``answer`` is its newest answer of which all events have come. ``awaited`` is the step that the
    newest run was commanded of, None where that is of more than one. ``begins_again`` says what the
    next process is to do where this one ends of its own will, and ``after_stop`` where it is ended
    because a stop had no effect.
    """

    def __init__(self, say: Callable[[Kind, bytes], None], *, is_text_whole: bool) -> None:
        self.answer: Answer | None = None
        self.begins_again: BeginsAgain | None = None
        self.after_stop: Command | None = None
        self.is_ended_by_us = False
        self._say = say
        self._late_answer: Answer | None = None
        self._is_asked = False
        self._asked_at = 0.0
        self._is_news = False
        self._told = 0
        self._newest = 0
        self._runs_from = 0
        self.awaited: int | None = None
        self._stops_at: float | None = None
        self._stop_number = 0
        self._stopped_in: Status | None = None
        self._asked: set[int] = set()
        self._seeks = False
        self._seek_number = 0
        self._goes_to: Place | None = None
        self._unheard: list[Numbered] = []
        self._take: FrameRequest | None = None
        self._writing: Writing | None = None
        # Bytes that are no text go through as they are, or have a sign in their place.
        errors = "surrogateescape" if is_text_whole else "replace"
        self._decoders = [codecs.getincrementaldecoder("utf-8")(errors) for _ in range(2)]

    def status(self, *, has_begun: bool) -> Status:
        """What the session is doing, as far as it has said; `has_begun` once it has run a step."""
        if self.answer is None:
            if self._seeks:
                return Status.SEEKING
            if not self._has_run_after(0):
                return Status.LOADING
            return Status.RUNNING if has_begun else Status.WAITING
        status, heard = self.answer.status, self.answer.heard
        if status in _IMPORTING and self._seeks:
            return Status.SEEKING
        if status is Status.LOADING and self._has_run_after(heard):
            return Status.WAITING
        if self._seek_number > heard and status is Status.PAUSED:
            return Status.SEEKING
        if self._stop_number > heard and status is not Status.READY:
            return Status.STOPPING
        return self._status_once_heard(status, heard)

    def _status_once_heard(self, status: Status, heard: int) -> Status:
        """What the session will do that does this, by what it was told and has not heard of yet.

        While code holds the interpreter lock it hears of nothing.
        """
        for numbered in self._unheard:
            if numbered.number <= heard:
                continue
            command = numbered.command
            if status is Status.READY and isinstance(command, (*RUNS, RestartLesson, EndProgram)):
                status = Status.RUNNING
            elif status is Status.RUNNING and isinstance(command, (Pause, RunOrPause)):
                status = Status.PAUSING
            elif status is Status.PAUSING and isinstance(command, (Resume, RunOrPause)):
                status = Status.RUNNING
        return status

    def _has_run_after(self, heard: int) -> bool:
        """Whether a run was commanded of which the process had not heard by then, and no stop."""
        return self._runs_from > heard and self._runs_from >= self._stop_number

    @property
    def is_paused(self) -> bool:
        """Whether the run stands, and nothing was said since."""
        return (
            self.answer is not None and self.answer.status is Status.PAUSED and not self.is_behind
        )

    # Commands

    def was_opened_with(self, numbered: list[Numbered], *, runs: bool, seeks: bool = False) -> None:
        """Know what the process was told as it was opened.

        That is whether it makes it run, and whether it then `seeks` a place.
        """
        self._seeks = seeks
        self._newest = numbered[-1].number if numbered else 0
        for one in numbered:
            self._note_where_to(one)
        if runs:
            self._runs_from = self._newest

    def command(self, numbered: Numbered) -> None:
        """Send a command, and ask what came of it."""
        self._newest = numbered.number
        self._is_news = True
        self._unheard.append(numbered)
        if isinstance(numbered.command, (*RUNS, RestartLesson)):
            self._runs_from = numbered.number
            self.awaited = _step_of(numbered.command)
        if isinstance(numbered.command, Ask):
            self._asked.add(numbered.command.number)
        self._note_where_to(numbered)
        self._say(Kind.COMMAND, encode(numbered))

    def _note_where_to(self, numbered: Numbered) -> None:
        if isinstance(numbered.command, GoTo):
            self._seek_number, self._goes_to = numbered.number, numbered.command.place

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        if self.answer is None or self.answer.heard < self._seek_number:
            return self._goes_to
        return self.answer.sought

    def unheard_after(self, number: int) -> list[Command]:
        """The commands of which nothing has been heard, from behind that number on."""
        return [one.command for one in self._unheard if one.number > number]

    # Questions

    def want(self, request: FrameRequest) -> None:
        """Have the next question ask for a frame."""
        self._take = request

    def want_completions(self, writing: Writing) -> None:
        """Have the next question ask what may follow; an older one that waits is forgotten."""
        self._writing = writing

    def ask(self, lines: tuple[int, int] | None) -> None:
        """Ask how the session stands, unless that is asked already or hardly worth it."""
        now = time.monotonic()
        is_wanted = self._take is not None or self._writing is not None
        is_worth_it = is_wanted or self._is_news or not self._trains
        if self._is_asked or not (is_worth_it or now - self._asked_at >= _BETWEEN_LOOKS):
            return
        self._is_asked, self._is_news, self._asked_at = True, False, now
        self._say(Kind.QUESTION, encode(StateQuestion(self._take, lines, self._writing)))
        self._take = self._writing = None

    @property
    def is_silent(self) -> bool:
        """Whether a question has gone unanswered for so long that the answer before is out of date.

        So it is while code holds the interpreter lock.
        """
        return self._is_asked and time.monotonic() - self._asked_at > _SILENCE

    @property
    def _trains(self) -> bool:
        return self.answer is not None and self.answer.status is Status.RUNNING

    def take_answer(self, body: bytes) -> None:
        """Take an answer; it counts once it is due."""
        self._late_answer = decode(body, Answer)

    @property
    def is_behind(self) -> bool:
        """Whether the answer that counts has not heard of every command."""
        return self.answer is not None and self.answer.heard < self._newest

    def count_event(self) -> None:
        """One event more has come."""
        self._told += 1
        self._is_news = True

    def due_answer(self) -> Answer | None:
        """The answer that counts from now on, as the events that it knows of have come."""
        answer = self._late_answer
        if answer is None or answer.told > self._told:
            return None
        self._late_answer, self.answer = None, answer
        # What it imports once it has arrived is for another run.
        self._seeks &= self.is_behind or answer.status in (*_IMPORTING, Status.SEEKING)
        # Not before: the next answer would come in the place of this one, and its frame be lost.
        self._is_asked = False
        self._unheard = [one for one in self._unheard if one.number > answer.begun]
        return answer

    # What is asked

    def note_answered(self, number: int) -> None:
        """What was asked under this number has been answered."""
        self._asked.discard(number)

    @property
    def asks(self) -> bool:
        """Whether what is asked is under way, as far as is known: where no step trains."""
        status = None if self.answer is None else self.answer.status
        if status is Status.STOPPING:
            status = self._stopped_in
        return bool(self._asked) and status in (Status.READY, Status.PAUSED, Status.PAUSING)

    # Stops

    def begin_to_stop(self, then: Command | None) -> None:
        """A stop has been sent; where it has no effect, `then` is for the next process."""
        self._stop_number = self._newest
        self._stopped_in = self.answer.status if self.answer is not None else None
        self._stops_at = time.monotonic() + _STOP_PATIENCE
        self.after_stop = then

    def insist_on_stop(self) -> None:
        """End the process where a stop has been without effect for too long."""
        if self._stops_at is None or time.monotonic() < self._stops_at:
            return
        answer = self.answer
        has_stopped = answer is not None and (
            answer.heard >= self._stop_number and answer.status is not Status.STOPPING
        )
        self._stops_at = None
        if not has_stopped and answer is not None:
            self.is_ended_by_us = True
            self._say(Kind.KILL, b"")

    # Text

    def text_of(self, data: bytes, *, is_error: bool, is_last: bool = False) -> str:
        """What was written as text; the beginning of a character waits for its end."""
        return self._decoders[is_error].decode(data, is_last)


def _step_of(command: Command) -> int | None:
    match command:
        case RunStep(step) | RunOrPause(step) | RestartStep(step) | StepOn(step):
            return step
        case _:
            return None
