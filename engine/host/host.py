"""The host: makes session processes by fork, hears what they write, and passes packets on.

It runs no line of a lesson, starts no thread and never asks CUDA anything, so that what it forks
can do all that a new process can. It ends, and all that it made with it, when the interface does.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import NoReturn

import msgspec

from engine.host.importing import import_for
from engine.host.making import forked, started
from engine.host.moments import KeptMoments
from engine.host.played import PlayedSession, SharedFolder, Ways
from engine.host.telling import News
from engine.host.waiting import Waiting
from engine.protocol.messages import Open
from engine.protocol.moments import Left, Moment, Wake
from engine.protocol.outcomes import Death
from engine.protocol.wire import Kind, decode, encode
from engine.streams.shared_text import TEXT
from engine.system.connection import Connection, Packet
from engine.system.processes import adopt_orphans, death_of, end, end_group, end_orphans
from engine.system.starting import FORKS

# What a session needs, and takes long to import: done before the first is made. The last is what
# torch itself imports with the first optimizer, and is imported when nobody waits.
_HEAVY = ("torch", "IPython", "jupytext", "plotext", "engine.serving.session_process")
_WHEN_IDLE = ("torch._dynamo",)

# How long a session that is let go may take to end by itself, in seconds.
_PATIENCE = 0.5

# How soon memory is looked at again in which a session's text came, or may come, in milliseconds.
_BETWEEN_LOOKS = 20
# How often the machine's memory is looked at while moments are kept, in milliseconds.
_BETWEEN_LOOKS_AT_MEMORY = 1000

# How a process ends that was to be woken from a moment that is kept no longer.
NOT_KEPT = Death(None, 69)


class Host:
    """Serves one interface, which is at the other end of `link`.

    A session's process is a fork of this one, or else a new Python, which takes seconds.
    """

    def __init__(self, link: socket.socket, *, forks: bool, limit: int) -> None:
        self._link = link
        self._interface = Connection(link)
        self._forks = forks
        self._sessions: dict[int, PlayedSession] = {}
        self._news = News()
        self._moments = KeptMoments(limit, self._tell_lost)
        self._memory_at = 0.0
        self._is_asked = False
        self._waiting = Waiting()

    def serve(self) -> None:
        """Go on until the interface is gone; then end every session."""
        adopt_orphans()
        if self._forks:
            import_for(self._link, _HEAVY)
        if self._forks and not self._hears_something(0):
            import_for(self._link, _WHEN_IDLE)
        gc.collect()
        gc.freeze()
        # Until here a signal to leave ends this process at once; there is no session yet.
        signal.signal(signal.SIGTERM, self._leave)
        while self._interface.is_open:
            ready = self._hears_something(self._milliseconds_to_wait())
            for packet in self._interface.receive():
                self._take(packet)
            for session in [*self._sessions.values()]:
                self._hear(session)
            self._moments.hear(ready)
            self._look_at_memory()
            self._end_those_that_linger()
            self._bury()
            self._tell()
        for session in self._sessions.values():
            end_group(session.process)
            end(session.process)
            session.folder.leave()
        self._moments.forget([moment.number for moment in self._moments])
        end_orphans(set)

    def _leave(self, *_: object) -> None:
        """Have `serve` end as where the interface is gone."""
        self._interface.is_open = False

    def _hears_something(self, milliseconds: int | None) -> set[int]:
        """Wait, so long at most; the descriptors at which something has come."""
        links = [session.link for session in self._sessions.values() if session.link.is_open]
        connections = [self._interface, *links]
        pipes = [
            pipe
            for session in self._sessions.values()
            if not self._news.is_full(session.number)
            for pipe in session.pipes
        ]
        came = self._waiting.wait(
            [one.fileno() for one in (*connections, *self._moments)] + pipes,
            [one.fileno() for one in connections if one.waits_to_write],
            milliseconds,
        )
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
        if packet.kind is Kind.WAKE:
            self._wake_moment(packet.session, decode(packet.body, Wake))
            return
        if packet.kind is Kind.MARK:
            self._moments.mark(decode(packet.body, int))
            return
        if packet.kind is Kind.LEFT:
            self._moments.leave(packet.session, decode(packet.body, Left))
            return
        if packet.kind is Kind.FORGET:
            self._moments.forget(decode(packet.body, tuple[int, ...]))
            return
        session = self._sessions.get(packet.session)
        if session is None:
            return
        match packet.kind:
            case Kind.KILL:
                end(session.process)
            case Kind.QUIT:
                self._moments.forget_family(session.family)
                session.link.send(0, Kind.QUIT)
                session.ends_at = time.monotonic() + _PATIENCE
            case _:
                session.link.send(0, packet.kind, packet.body)

    def _open(self, number: int, order: Open) -> None:
        ways = Ways(SharedFolder(), apart=order.has_errors_apart)
        given = ways.surroundings
        process = forked(order, given, self._let_go) if self._forks else started(given)
        ways.hand_over()
        self._news.begin(number, keeps_all=order.has_own_streams)
        self._sessions[number] = PlayedSession(number, order.family or number, process, ways)
        if not self._forks:
            ways.link.send(0, Kind.OPEN, encode(order))

    def _wake_moment(self, number: int, wake: Wake) -> None:
        """Have a moment go on as a session."""
        self._news.begin(number, keeps_all=False)
        moment = self._moments.get(wake.moment)
        if moment is None:
            self._news.add_end(number, NOT_KEPT)
            return
        text = f"{TEXT}-{number}"
        ways = Ways(moment.folder, apart=False, text=text)
        session = PlayedSession(number, moment.family, moment.wake(ways), ways)
        ways.hand_over()
        if session.process:
            self._sessions[number] = session
            session.link.send(0, Kind.WAKE, encode(msgspec.structs.replace(wake, text=text)))
        else:
            session.close()
            session.folder.leave()
            self._news.add_end(number, NOT_KEPT)

    def _let_go(self) -> None:
        """Close what is this host's alone, in a process that was forked from it."""
        self._waiting.close()
        self._interface.close()
        for session in self._sessions.values():
            session.close()
        self._moments.close()

    # What sessions say

    def _hear(self, session: PlayedSession) -> None:
        for packet in session.link.receive():
            match packet.kind:
                case Kind.EVENT | Kind.BORDER:
                    self._read_text(session)
                    self._news.add_event(session.number, packet.body)
                    if packet.kind is Kind.BORDER:
                        with suppress(BrokenPipeError):
                            os.write(session.hears, b"\n")
                case Kind.KEPT:
                    self._read_text(session)
                    self._keep(session, decode(packet.body, Moment))
                case _:
                    self._interface.send(session.number, packet.kind, packet.body)
        session.link.flush()
        if not self._news.is_full(session.number):
            self._read_text(session)

    def _read_text(self, session: PlayedSession) -> None:
        for is_error, data in session.read_text():
            self._news.add_text(session.number, data, is_error=is_error)

    # Moments

    def _keep(self, session: PlayedSession, moment: Moment) -> None:
        way = socket.socket(fileno=session.link.descriptors.popleft())
        if session.ends_at is not None:
            way.close()
            return
        number = self._moments.add(session.family, moment, way, session.folder)
        self._moments.make_room()
        self._news.add_kept(session.number, number, moment, self._moments.size)

    def _tell_lost(self, family: int, numbers: tuple[int, ...], is_memory_low: bool) -> None:
        for session in self._sessions.values():
            if session.family == family:
                self._news.add_lost(session.number, numbers, is_memory_low=is_memory_low)

    # How sessions end

    def _milliseconds_to_wait(self) -> int | None:
        sessions = self._sessions.values()
        ends = [one.ends_at for one in sessions if one.ends_at is not None]
        waits = [max(int(1000 * (at - time.monotonic())) + 1, 0) for at in ends]
        # What comes in memory wakes nobody.
        waits += [_BETWEEN_LOOKS for one in sessions if one.prints]
        if self._moments:
            waits.append(_BETWEEN_LOOKS_AT_MEMORY)
        return min(waits, default=None)

    def _look_at_memory(self) -> None:
        now = time.monotonic()
        if now >= self._memory_at:
            self._memory_at = now + _BETWEEN_LOOKS_AT_MEMORY / 1000
            self._moments.make_room_in_memory()

    def _end_those_that_linger(self) -> None:
        now = time.monotonic()
        for session in self._sessions.values():
            if session.ends_at is not None and now >= session.ends_at:
                end(session.process)

    def _bury(self) -> None:
        """Tell of the sessions that have ended, and end what they have left behind."""
        for session in [*self._sessions.values()]:
            process, status = 0, 0
            # One that woke a moment ago may not have become this process's child yet.
            with suppress(ChildProcessError):
                process, status = os.waitpid(session.process, os.WNOHANG)
            if process:
                del self._sessions[session.number]
                self._end(session, death_of(status))

    def _end(self, session: PlayedSession, death: Death) -> None:
        end_group(session.process)
        self._hear(session)
        end_orphans(self._known)
        self._hear(session)
        self._news.add_end(session.number, death)
        session.close()
        session.folder.leave()

    def _known(self) -> set[int]:
        """The processes of sessions and moments, of what these have kept just now too."""
        for session in [*self._sessions.values()]:
            self._hear(session)
        return {one.process for one in self._sessions.values()} | self._moments.settle()

    def _tell(self) -> None:
        if self._is_asked and self._news.is_there:
            self._is_asked = False
            self._interface.send(0, Kind.TOLD, self._news.take())


def main() -> NoReturn:
    """Serve the interface at the descriptor that the command line names, forking if it says so."""
    link = socket.socket(fileno=int(sys.argv[1]))
    forks = sys.argv[2] == FORKS
    limit = int(sys.argv[3])
    sys.path.pop(0)
    Host(link, forks=forks, limit=limit).serve()
    os._exit(0)
