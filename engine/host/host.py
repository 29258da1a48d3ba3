"""The host: makes session processes by fork, hears what they write, and passes packets on.

It runs no line of a lesson, starts no thread and never asks CUDA anything, so that what it forks
can do all that a new process can. It ends, and all that it made with it, when the interface does.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from typing import NoReturn

from engine.host.connection import Connection, Packet
from engine.host.making import FORKS, Surroundings, forked, started
from engine.host.processes import adopt_orphans, death_of, end, end_group, end_orphans
from engine.host.telling import News
from engine.kernel.shared_text import TextReader
from engine.protocol.events import Death
from engine.protocol.messages import Open
from engine.protocol.wire import Kind, decode, encode

# What a session needs, and takes long to import: done before the first is made. The last is what
# torch itself imports with the first optimizer, and is imported when nobody waits.
_HEAVY = ("torch", "IPython", "jupytext", "plotext", "engine.host.session_process")
_WHEN_IDLE = ("torch._dynamo",)

# How long a session that is let go may take to end by itself, in seconds.
_PATIENCE = 0.5

# How soon memory is looked at again in which a session's text came, or may come, in milliseconds.
_BETWEEN_LOOKS = 20
_PIPE_SIZE = 1 << 20


class Host:
    """Serves one interface, which is at the other end of `link`.

    A session's process is a fork of this one, or else a new Python, which takes seconds.
    """

    def __init__(self, link: socket.socket, *, forks: bool) -> None:
        self._interface = Connection(link)
        self._forks = forks
        self._sessions: dict[int, _Session] = {}
        self._news = News()
        self._is_asked = False
        self._wakes, wake = os.pipe()
        os.set_blocking(self._wakes, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._wake = wake

    def serve(self) -> None:
        """Go on until the interface is gone; then end every session."""
        adopt_orphans()
        if self._forks:
            _import(_HEAVY)
        if self._forks and not self._hears_something(0):
            _import(_WHEN_IDLE)
        gc.collect()
        gc.freeze()
        # Until here a signal to leave ends this process at once; there is no session yet.
        signal.signal(signal.SIGTERM, self._leave)
        while self._interface.is_open:
            self._hears_something(self._milliseconds_to_wait())
            for packet in self._interface.receive():
                self._take(packet)
            for session in [*self._sessions.values()]:
                self._hear(session)
            self._end_those_that_linger()
            self._bury()
            self._tell()
        for session in self._sessions.values():
            end_group(session.process)
            end(session.process)
            shutil.rmtree(session.folder, ignore_errors=True)
        end_orphans(())

    def _leave(self, *_: object) -> None:
        """Have `serve` end as where the interface is gone."""
        self._interface.is_open = False

    def _hears_something(self, milliseconds: int | None) -> bool:
        waiting = select.poll()
        waiting.register(self._wakes, select.POLLIN)
        writes = select.POLLOUT if self._interface.waits_to_write else 0
        waiting.register(self._interface.fileno(), select.POLLIN | writes)
        for session in self._sessions.values():
            if session.link.is_open:
                writes = select.POLLOUT if session.link.waits_to_write else 0
                waiting.register(session.link.fileno(), select.POLLIN | writes)
            if not self._news.is_full(session.number):
                for pipe in session.pipes:
                    waiting.register(pipe, select.POLLIN)
        came = bool(waiting.poll(milliseconds))
        with suppress(BlockingIOError):
            os.read(self._wakes, 4096)
        self._interface.flush()
        return came

    # What the interface says

    def _take(self, packet: Packet) -> None:
        if packet.kind is Kind.OPEN:
            self._open(packet.session, decode(packet.body, Open))
            return
        if packet.kind is Kind.TELL:
            self._is_asked = True
            return
        session = self._sessions.get(packet.session)
        if session is None:
            return
        match packet.kind:
            case Kind.KILL:
                end(session.process)
            case Kind.QUIT:
                session.link.send(0, Kind.QUIT)
                session.ends_at = time.monotonic() + _PATIENCE
            case _:
                session.link.send(0, packet.kind, packet.body)

    def _open(self, number: int, order: Open) -> None:
        ours, theirs = socket.socketpair()
        heard, hears = os.pipe()
        output, *errors = [_wide_pipe() for _ in range(2 if order.has_errors_apart else 1)]
        writes = (output[1], *(write for _, write in errors))
        folder = tempfile.mkdtemp(prefix="tutorch-")
        given = Surroundings(theirs, heard, writes, folder)
        text = TextReader(folder)
        process = forked(order, given, self._let_go) if self._forks else started(given)
        theirs.close()
        os.close(heard)
        for read, write in (output, *errors):
            os.close(write)
            os.set_blocking(read, False)
        self._news.begin(number, keeps_all=order.has_own_streams)
        link = Connection(ours)
        self._sessions[number] = _Session(
            number, process, link, hears, output[0], errors[0][0] if errors else None, text, folder
        )
        if not self._forks:
            link.send(0, Kind.OPEN, encode(order))

    def _let_go(self) -> None:
        """Close what is this host's alone, in a process that was forked from it."""
        os.close(self._wakes)
        os.close(self._wake)
        self._interface.close()
        for session in self._sessions.values():
            session.close()

    # What sessions say

    def _hear(self, session: _Session) -> None:
        for packet in session.link.receive():
            match packet.kind:
                case Kind.EVENT | Kind.BORDER:
                    self._read_text(session)
                    self._news.add_event(session.number, packet.body)
                    if packet.kind is Kind.BORDER:
                        with suppress(BrokenPipeError):
                            os.write(session.hears, b"\n")
                case _:
                    self._interface.send(session.number, packet.kind, packet.body)
        session.link.flush()
        if not self._news.is_full(session.number):
            self._read_text(session)

    def _read_text(self, session: _Session) -> None:
        """Take what has been written until now, in its order.

        What is in memory was written before what is in a pipe. It is looked at again after a pipe:
        more may have come there before what was found in the pipe, unless it was opened since.
        """
        text, opened = session.text.take(), session.text.opened
        written = {pipe: _read(pipe) for pipe in session.pipes}
        if any(written.values()) and session.text.opened == opened:
            text += session.text.take()
        session.prints = bool(text) or any(written.values())
        if text:
            self._news.add_text(session.number, text, is_error=False)
        for pipe, data in written.items():
            if data:
                is_error = pipe == session.errors
                self._news.add_text(session.number, data, is_error=is_error)
            elif data is not None:
                session.pipes.remove(pipe)
                os.close(pipe)

    # How sessions end

    def _milliseconds_to_wait(self) -> int | None:
        sessions = self._sessions.values()
        ends = [one.ends_at for one in sessions if one.ends_at is not None]
        waits = [max(int(1000 * (at - time.monotonic())) + 1, 0) for at in ends]
        # What comes in memory wakes nobody.
        waits += [_BETWEEN_LOOKS for one in sessions if one.prints]
        return min(waits, default=None)

    def _end_those_that_linger(self) -> None:
        now = time.monotonic()
        for session in self._sessions.values():
            if session.ends_at is not None and now >= session.ends_at:
                end(session.process)

    def _bury(self) -> None:
        """Tell of the sessions that have ended, and end what they have left behind."""
        for session in [*self._sessions.values()]:
            process, status = os.waitpid(session.process, os.WNOHANG)
            if process:
                del self._sessions[session.number]
                self._end(session, death_of(status))

    def _end(self, session: _Session, death: Death) -> None:
        end_group(session.process)
        end_orphans([one.process for one in self._sessions.values()])
        self._hear(session)
        self._news.add_end(session.number, death)
        session.close()
        shutil.rmtree(session.folder, ignore_errors=True)

    def _tell(self) -> None:
        if self._is_asked and self._news.is_there:
            self._is_asked = False
            self._interface.send(0, Kind.TOLD, self._news.take())


class _Session:
    """A session's process and what leads to it.

    ``pipes`` are those of its output and its errors that are open, and ``errors`` is that of its
    errors where these come apart. ``text`` is output that is read before them. ``prints`` says
    whether some came when it was last looked at.
    """

    def __init__(
        self,
        number: int,
        process: int,
        link: Connection,
        hears: int,
        output: int,
        errors: int | None,
        text: TextReader,
        folder: str,
    ) -> None:
        self.number = number
        self.process = process
        self.link = link
        self.hears = hears
        self.pipes = [output] if errors is None else [output, errors]
        self.errors = errors
        self.text = text
        self.folder = folder
        self.prints = False
        self.ends_at: float | None = None

    def close(self) -> None:
        """Let go of all that leads to it."""
        self.link.close()
        self.text.close()
        for descriptor in (self.hears, *self.pipes):
            os.close(descriptor)
        self.pipes = []


def _read(pipe: int) -> bytes | None:
    """All that is in a pipe; nothing at its end, and None where nothing has come."""
    try:
        return os.read(pipe, _PIPE_SIZE)
    except BlockingIOError:
        return None


def _wide_pipe() -> tuple[int, int]:
    """A pipe that holds as much as one may: code that keeps the processor may write that much."""
    read, write = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(PermissionError):
            fcntl.fcntl(read, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)
    return read, write


def _import(names: tuple[str, ...]) -> None:
    for name in names:
        # What is not installed is missed, and told of, by the session that needs it.
        with suppress(ImportError, OSError):
            importlib.import_module(name)


def main() -> NoReturn:
    """Serve the interface at the descriptor that the command line names, forking if it says so."""
    link = socket.socket(fileno=int(sys.argv[1]))
    forks = sys.argv[2] == FORKS
    sys.path.pop(0)
    Host(link, forks=forks).serve()
    os._exit(0)
