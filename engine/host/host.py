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
from engine.host.processes import (
    adopt_orphans,
    death_of,
    die_with_parent,
    end,
    end_group,
    end_orphans,
)
from engine.host.telling import News
from engine.protocol.events import Death
from engine.protocol.messages import Open
from engine.protocol.wire import Kind, decode

# What a session needs, and takes long to import: done before the first is made. The last is what
# torch itself imports with the first optimizer, and is imported when nobody waits.
_HEAVY = ("torch", "IPython", "jupytext", "plotext", "engine.host.session_process")
_WHEN_IDLE = ("torch._dynamo",)

# How long a session that is let go may take to end by itself, in seconds.
_PATIENCE = 0.5
_PIPE_SIZE = 1 << 20
_MOST_AT_ONCE = 1 << 20


class Host:
    """Serves one interface, which is at the other end of `link`."""

    def __init__(self, link: socket.socket) -> None:
        self._interface = Connection(link)
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
        _import(_HEAVY)
        if not self._hears_something(0):
            _import(_WHEN_IDLE)
        gc.collect()
        gc.freeze()
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
        pipes = [_wide_pipe() for _ in range(2 if order.has_errors_apart else 1)]
        folder = tempfile.mkdtemp(prefix="tutorch-")
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            self._become_session(
                order, theirs, heard, [write for _, write in pipes], folder, parent
            )
        theirs.close()
        os.close(heard)
        for read, write in pipes:
            os.close(write)
            os.set_blocking(read, False)
        self._news.begin(number, keeps_all=order.has_own_streams)
        self._sessions[number] = _Session(
            number, process, Connection(ours), hears, [read for read, _ in pipes], folder
        )

    def _become_session(
        self,
        order: Open,
        link: socket.socket,
        heard: int,
        writes: list[int],
        folder: str,
        parent: int,
    ) -> NoReturn:
        """Let go of what is the host's, in the process that it has forked, and play."""
        try:
            os.setpgid(0, 0)
            die_with_parent(parent)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(writes[0], 1)
            os.dup2(writes[-1], 2)
            for descriptor in (*writes, self._wakes, self._wake):
                os.close(descriptor)
            self._interface.close()
            for session in self._sessions.values():
                session.close()
            tempfile.tempdir = None
            from engine.host.session_process import play

            play(order, link, heard, folder)
        finally:
            os._exit(1)

    # What sessions say

    def _hear(self, session: _Session) -> None:
        for packet in session.link.receive():
            match packet.kind:
                case Kind.EVENT | Kind.BORDER:
                    self._read_pipes(session)
                    self._news.add_event(session.number, packet.body)
                    if packet.kind is Kind.BORDER:
                        with suppress(BrokenPipeError):
                            os.write(session.hears, b"\n")
                case _:
                    self._interface.send(session.number, packet.kind, packet.body)
        session.link.flush()
        if not self._news.is_full(session.number):
            self._read_pipes(session)

    def _read_pipes(self, session: _Session) -> None:
        """Take what has been written until now."""
        for place, pipe in enumerate([*session.pipes]):
            left = _MOST_AT_ONCE
            while left > 0:
                try:
                    data = os.read(pipe, left)
                except BlockingIOError:
                    break
                if not data:
                    session.pipes.remove(pipe)
                    os.close(pipe)
                    break
                left -= len(data)
                self._news.add_text(session.number, data, is_error=place > 0)

    # How sessions end

    def _milliseconds_to_wait(self) -> int | None:
        ends = [one.ends_at for one in self._sessions.values() if one.ends_at is not None]
        return max(int(1000 * (min(ends) - time.monotonic())) + 1, 0) if ends else None

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
    """A session's process and what leads to it; ``pipes`` are its output, then its errors."""

    def __init__(
        self,
        number: int,
        process: int,
        link: Connection,
        hears: int,
        pipes: list[int],
        folder: str,
    ) -> None:
        self.number = number
        self.process = process
        self.link = link
        self.hears = hears
        self.pipes = pipes
        self.folder = folder
        self.ends_at: float | None = None

    def close(self) -> None:
        """Let go of all that leads to it."""
        self.link.close()
        for descriptor in (self.hears, *self.pipes):
            os.close(descriptor)
        self.pipes = []


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
    """Serve the interface at the descriptor that the command line names."""
    link = socket.socket(fileno=int(sys.argv[1]))
    sys.path.pop(0)
    Host(link).serve()
    os._exit(0)
