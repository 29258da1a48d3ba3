"""Serves the interface in a session's process: hears what it wants, and answers."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import NoReturn

from engine.kernel.session import Session
from engine.protocol import commands
from engine.protocol.commands import RUNS, Command, Numbered, RunTo, StateQuestion
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.messages import Answer
from engine.protocol.reduction import reduce_series
from engine.protocol.status import Status
from engine.protocol.wire import Kind, decode, encode, prepare
from engine.reading.reader import lesson_of
from engine.serving.inbox import Inbox
from engine.serving.outbox import Outbox
from engine.system.processes import end_process

# How long a lesson that is let go may take to end by itself, in seconds.
_PATIENCE = 0.3

# How long a question waits for the frame that it asks for, in milliseconds.
_UNTIL_A_FRAME = 50

_UNDER_WAY = (
    Status.RUNNING,
    Status.PAUSING,
    Status.PAUSED,
    Status.SEEKING,
    Status.STOPPING,
)

_STANDS = (Status.PAUSED, Status.READY)

prepare(StateQuestion, Numbered)


class Server:
    """Hears commands and questions, one after the other, and has the questions answered.

    A question that asks for a frame while a step runs is answered by the worker, once it has taken
    the frame: a thread that takes the interpreter lock from the training costs it far more than
    the same work done in between. Where the worker comes to no boundary soon, this thread answers
    without the frame. It holds ``works`` whenever it does not wait for the host.
    """

    def __init__(
        self, session: Session, inbox: Inbox, outbox: Outbox, request: FrameRequest
    ) -> None:
        self.works = threading.Lock()
        self._session = session
        self._inbox = inbox
        self._outbox = outbox
        self._request = request
        self._frame: Frame | None = None
        self._is_new_curve = False
        self._lock = threading.Lock()
        self._owed: StateQuestion | None = None
        outbox.on_frame = self._pay

    def serve(self) -> NoReturn:
        """Go on until the host lets the lesson go, or is gone."""
        while True:
            came = self._inbox.next(0 if self._owed is None else _UNTIL_A_FRAME)
            with self.works:
                self._take(came)

    def _take(self, came: tuple[Kind, bytes] | None) -> None:
        match came:
            case None:
                self._pay()
            case Kind.QUESTION, body:
                self._take_question(decode(body, StateQuestion))
            case Kind.COMMAND, body:
                numbered: Numbered = decode(body, Numbered)
                if self._begins(numbered.command):
                    self._outbox.begun_number = numbered.number
                carry_out(numbered.command, self._session)
                self._outbox.heard_number = numbered.number
            case _:
                self._session.close(_PATIENCE)
                end_process(0)

    def _begins(self, command: Command) -> bool:
        """Whether a command makes something run, or the lesson begin again, as things stand."""
        if isinstance(command, (commands.RestartStep, commands.RestartLesson)):
            return True
        return isinstance(command, RUNS) and self._session.status is Status.READY

    def _take_question(self, question: StateQuestion) -> None:
        with self._lock:
            self._owed = question
        take = question.take
        self._is_new_curve = take is not None and take.curve != self._request.curve
        is_for_worker = take is not None and self._session.status is Status.RUNNING
        if take is not None:
            self._look(take)
        if not is_for_worker:
            self._pay()

    def _pay(self) -> None:
        """Answer the question that is owed an answer, if one is, from either thread."""
        with self._lock:
            if self._owed is not None:
                self._outbox.send(Kind.ANSWER, encode(self._answer(self._owed)))
                # Not before: a stop may be thrown in here, and then the other thread answers.
                self._owed = None

    def _answer(self, question: StateQuestion) -> Answer:
        session = self._session
        # In this order: whatever is seen of the session here, its events are counted after it. It
        # may arrive meanwhile: a place on the way never stands beside no place that is sought.
        sought, status, frame = session.sought, session.status, session.frame
        place, changes = session.place, len(session.changes)
        told = self._outbox.told
        is_told = frame is self._frame or frame is self._outbox.told_frame
        self._frame = frame
        if is_told and not (self._is_new_curve and status in _UNDER_WAY):
            frame = None
        elif frame is not None and status in _UNDER_WAY:
            frame = self._reduced(frame)
        return Answer(
            heard=self._outbox.heard_number,
            begun=self._outbox.begun_number,
            told=told,
            status=status,
            done=session.done,
            line=None if question.lines is None else session.running_line(*question.lines),
            asked=session.asked,
            frame=frame,
            completions=None if question.writing is None else session.completions(question.writing),
            place=place,
            sought=None if status in _STANDS else sought,
            last_statement=session.process.last_statement,
            changes=changes,
            spot=session.spot,
        )

    def _look(self, request: FrameRequest) -> None:
        """Have a frame taken, unless only the curves of the one there is are wanted otherwise."""
        stands = self._session.status in _STANDS
        if not (stands and replace(request, curve=self._request.curve) == self._request):
            self._session.request_frame(request)
        self._request = request

    def _reduced(self, frame: Frame) -> Frame:
        """The frame with its curves as the pane that asks can show them.

        Not where a step has ended: the interface then has them whole, to look at as it likes.
        """
        if self._request.curve is None:
            return frame
        curves = reduce_series(frame.series, self._request.curve)
        return replace(frame, series=(), curves=curves, outer=None)


def carry_out(command: Command, session: Session) -> None:
    """Do what a command says, where it fits the moment."""
    match command:
        case commands.RunOrPause(step):
            session.run_or_pause(step)
        case commands.RunStep(step, grain):
            session.run_step(step, grain)
        case commands.RunBefore(step):
            session.run_before(step)
        case commands.RunAll():
            session.run_all()
        case RunTo():
            session.process.run_to(command)
        case commands.GoTo(place):
            session.go_to(place)
        case commands.RestartStep(step):
            session.restart_step(step)
        case commands.RestartLesson():
            session.restart_lesson()
        case commands.StepOn(step, grain):
            session.step_on(step, grain)
        case commands.Pause():
            session.pause()
        case commands.Resume():
            session.resume()
        case commands.Stop():
            session.stop()
        case commands.EndProgram():
            session.end_program()
        case commands.SetLesson(written):
            if written != session.lesson.written:
                lesson = lesson_of(session.lesson.path, written)
                session.take_lesson(replace(lesson, asked=session.lesson.asked))
        case commands.SetSource(step, source):
            session.set_source(step, source)
        case commands.SetArguments(arguments):
            session.set_arguments(arguments)
        case commands.Predict(step, question, number, shape):
            prediction = shape if shape is not None else number
            assert prediction is not None
            session.predict(step, question, prediction)
        case commands.SetSpeed(speed):
            session.set_speed(speed)
        case commands.SetWatches(step, watches):
            session.watch(step, watches)
        case commands.WriteLine(line):
            session.write_line(line)
        case commands.RepeatChanges(changes):
            session.process.repeat_changes(changes)
        case commands.Paint(step, pixels, stroke):
            session.paint(step, pixels, stroke)
        case commands.Ask(number, text, at_once):
            session.ask(number, text, at_once=at_once)
