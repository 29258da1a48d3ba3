"""What a session's process does: its worker thread trains, and its main thread serves."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import threading
from ast import literal_eval
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from engine.host.processes import die_with_parent
from engine.kernel.session import Session
from engine.kernel.streams import put_streams_in_place
from engine.lesson.reader import lesson_of
from engine.loops.forks import call_in_forked_child
from engine.protocol import commands
from engine.protocol.commands import RUNS, Command, Numbered, Question, RunTo
from engine.protocol.events import BeginsAgain, Event, StepEnded, StepStarted
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.messages import Answer, Open
from engine.protocol.reduction import reduce_series
from engine.protocol.status import Status
from engine.protocol.wire import HEAD, Kind, decode, encode, packet, prepare
from engine.values.randomness import seed_all

# How long a lesson that is let go may take to end by itself, in seconds.
_PATIENCE = 0.3

# The exit status of a session whose serving thread failed, as where a lesson has changed
# what Python itself is made of. From <sysexits.h>: an internal software error.
SERVING_FAILED = 70

_UNDER_WAY = (Status.RUNNING, Status.PAUSING, Status.PAUSED, Status.STOPPING)

prepare(Question, Numbered)

# Ours, which a lesson beside files of the same names must not get in their place.
_OUR_PACKAGES = ("engine", "tui", "lessons", "assets")


def play(order: Open, link: socket.socket, heard: int, folder: str) -> NoReturn:
    """Play a lesson until the host lets it go, and end the process; call on the main thread.

    `link` leads to the host. A byte comes through the descriptor `heard` when the host has taken
    what this process wrote before a border.
    """
    link.setblocking(True)
    outbox = Outbox(link, heard, order.commands[-1].number if order.commands else 0)
    try:
        session = _session(order, outbox, folder)
        # In a thread, as this one may hold what a stop has to wait for.
        signal.signal(signal.SIGINT, lambda *_: threading.Thread(target=session.stop).start())
        for numbered in order.commands:
            carry_out(numbered.command, session)
        session.start()
        _Server(session, link, outbox, order).serve()
    finally:
        os._exit(SERVING_FAILED)


def main() -> NoReturn:
    """Play what comes, as the command line says, in a new Python; see `engine/host/making.py`."""
    sys.path.pop(0)
    link_number, heard, folder, host = sys.argv[1:]
    die_with_parent(int(host))
    for descriptor in (int(link_number), int(heard)):
        os.set_inheritable(descriptor, False)
    link = socket.socket(fileno=int(link_number))
    order: Open = decode(receive(link)[1], Open)
    play(order, link, int(heard), folder)


class Outbox:
    """What this process says to the host; both of its threads may speak."""

    def __init__(self, link: socket.socket, heard: int, order_number: int) -> None:
        self._link = link
        self._heard = heard
        self._lock = threading.Lock()
        self._is_mute = False
        self.told = 0
        self.told_frame: Frame | None = None
        self.heard_number = self.begun_number = order_number
        self._flush = ctypes.CDLL(None).fflush
        call_in_forked_child(self, Outbox.fall_silent)

    def put(self, event: Event) -> None:
        """Tell an event. What was written before it is heard before it."""
        try:
            self._tell(event)
        except BaseException:
            # The training would wait for ever for what nobody has heard of.
            os._exit(SERVING_FAILED)

    def _tell(self, event: Event) -> None:
        self._flush(None)
        self.told += 1
        if isinstance(event, StepEnded):
            self.told_frame = event.frame
        is_border = isinstance(event, StepStarted)
        self.send(Kind.BORDER if is_border else Kind.EVENT, encode(event))
        if is_border and not self._is_mute:
            os.read(self._heard, 1)

    def send(self, kind: Kind, body: bytes) -> None:
        """Send a packet, once the one before has gone."""
        with self._lock:
            if not self._is_mute:
                self._link.sendall(packet(0, kind, body))

    def fall_silent(self) -> None:
        """Say nothing more: this is a process that the lesson has forked."""
        self._is_mute = True
        self._lock = threading.Lock()


def receive(link: socket.socket) -> tuple[Kind, bytes]:
    """The next packet's kind and body; ends the process where the host is gone."""
    length, _, kind = HEAD.unpack(_read(link, HEAD.size))
    return Kind(kind), _read(link, length)


def _read(link: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = link.recv(size - len(data), socket.MSG_WAITALL)
        if not more:
            os._exit(0)
        data += more
    return data


class _Server:
    """Hears commands and questions, one after the other, and answers the questions."""

    def __init__(self, session: Session, link: socket.socket, outbox: Outbox, order: Open) -> None:
        self._session = session
        self._link = link
        self._outbox = outbox
        self._request: FrameRequest = order.request
        self._frame: Frame | None = None

    def serve(self) -> None:
        """Go on until the host lets the lesson go, or is gone."""
        while True:
            kind, body = receive(self._link)
            match kind:
                case Kind.QUESTION:
                    self._outbox.send(Kind.ANSWER, encode(self._answer(decode(body, Question))))
                case Kind.COMMAND:
                    numbered: Numbered = decode(body, Numbered)
                    if self._begins(numbered.command):
                        self._outbox.begun_number = numbered.number
                    carry_out(numbered.command, self._session)
                    self._outbox.heard_number = numbered.number
                case _:
                    self._session.close(_PATIENCE)
                    os._exit(0)

    def _begins(self, command: Command) -> bool:
        """Whether a command makes something run, or the lesson begin again, as things stand."""
        if isinstance(command, (commands.RestartStep, commands.RestartLesson)):
            return True
        return isinstance(command, RUNS) and self._session.status is Status.READY

    def _answer(self, question: Question) -> Answer:
        session = self._session
        is_new_curve = question.take is not None and question.take.curve != self._request.curve
        if question.take is not None:
            self._look(question.take)
        # In this order: whatever is seen of the session here, its events are counted after it.
        status, frame = session.status, session.frame
        told = self._outbox.told
        is_told = frame is self._frame or frame is self._outbox.told_frame
        self._frame = frame
        if is_told and not (is_new_curve and status in _UNDER_WAY):
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
        )

    def _look(self, request: FrameRequest) -> None:
        """Have a frame taken, unless only the curves of the one there is are wanted otherwise."""
        stands = self._session.status in (Status.PAUSED, Status.READY)
        if not (stands and replace(request, curve=self._request.curve) == self._request):
            self._session.request_frame(request)
        self._request = request

    def _reduced(self, frame: Frame) -> Frame:
        """The frame with its curves as the pane that asks can show them.

        Not where a step has ended: the interface then has them whole, to look at as it likes.
        """
        if self._request.curve is None:
            return frame
        return replace(frame, series=(), curves=reduce_series(frame.series, self._request.curve))


def _session(order: Open, outbox: Outbox, folder: str) -> Session:
    lesson = lesson_of(Path(order.path), order.source)
    if order.origin is None:
        seed_all()

    def begin_again(run: RunTo | None) -> None:
        outbox.put(BeginsAgain(run, outbox.begun_number))
        os._exit(0)

    session = Session(
        lesson,
        device=order.device,
        request=order.request,
        parameters={name: literal_eval(value) for name, value in order.parameters.items()},
        teller=outbox,
        origin=order.origin,
        begin_again=begin_again,
        folder=folder,
    )
    put_streams_in_place(
        session.keyboard,
        has_own_streams=order.has_own_streams,
        is_terminal=order.is_terminal,
    )
    sys.argv = [order.path]
    for name in [*sys.modules]:
        if name.partition(".")[0] in _OUR_PACKAGES:
            del sys.modules[name]
    return session


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
            session.run_to(command)
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
        case commands.SetSource(step, source):
            session.set_source(step, source)
        case commands.Predict(step, question, number, shape):
            prediction = shape if shape is not None else number
            assert prediction is not None
            session.predict(step, question, prediction)
        case commands.SetSpeed(speed):
            session.set_speed(speed)
        case commands.WriteLine(line):
            session.write_line(line)
        case commands.Paint(step, pixels, stroke):
            session.paint(step, pixels, stroke)
