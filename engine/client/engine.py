"""The engine as the interface has it: the host's process, started once, and the sessions in it.

Everything here is for the interface's process: no torch may enter.
"""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import ClassVar

from engine.client.post import Addressee
from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson
from engine.protocol.frame import FrameRequest
from engine.protocol.messages import Kept, Told
from engine.protocol.outcomes import Death
from engine.protocol.wire import Kind, decode, encode
from engine.system.connection import Connection
from engine.system.processes import adopt_orphans, children, death_of_program, end_orphans
from engine.system.starting import FORK_IS_SAFE, FORKS, ROOT

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from engine.host.host import main; main()"
)

# How long the host may take to end when it is let go, in seconds.
_PATIENCE = 2.0
# A host that ends so soon after it was started would do so again, in seconds.
_TOO_SOON = 10.0
_MOST_TRIES = 3

_READ, _WRITE = select.POLLIN, select.POLLOUT


class Engine:
    """Starts the host, and hears it for all sessions; one for the interface's process.

    Sessions ask it to `hear` what has come, which never waits. With `has_own_streams` what lessons
    read is this process's own input, and with `has_errors_apart` their errors come as such.
    However often a session wants to ask, it does so `asks_per_second` times at most. Where the host
    `forks`, sessions begin in milliseconds; where it does not, each is a new Python. Moments of
    sessions that are kept may have `moments` bytes of memory together, and none is kept where
    that is 0.
    """

    # The hosts of all engines of this process.
    _hosts: ClassVar[set[int]] = set()

    def __init__(
        self,
        *,
        has_own_streams: bool = False,
        has_errors_apart: bool = False,
        is_terminal: bool = True,
        asks_per_second: float = 25.0,
        forks: bool = FORK_IS_SAFE,
        moments: int = 0,
    ) -> None:
        self.has_own_streams = has_own_streams
        self.has_errors_apart = has_errors_apart
        self.is_terminal = is_terminal
        self._sessions: dict[int, Addressee] = {}
        self._last_number = 0
        self._host: subprocess.Popen[bytes] | None = None
        self._link: Connection | None = None
        self._forks = forks
        self._moments = moments
        self._interval = 1 / asks_per_second
        self._asked_at: dict[int, float] = {}
        self._started_at = 0.0
        self._tries = 0
        self._is_asked = False

    @property
    def keeps_moments(self) -> bool:
        """Whether moments of sessions are kept."""
        return self._forks and self._moments > 0

    def start(self) -> None:
        """Start the host, which begins to import torch; does nothing where it is there already."""
        if self._link is not None:
            return
        ours, theirs = socket.socketpair()
        adopt_orphans()
        words = [str(ROOT), str(theirs.fileno()), FORKS if self._forks else "starts"]
        words.append(str(self._moments))
        with theirs:
            self._host = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, *words],
                stdin=None if self.has_own_streams else subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._hosts.add(self._host.pid)
        self._link = Connection(ours)
        self._started_at = time.monotonic()
        self._is_asked = False

    def open(
        self,
        lesson: Lesson,
        *,
        device: str | None = None,
        request: FrameRequest,
        parameters: Mapping[str, object] | None = None,
    ) -> RemoteSession:
        """A session that plays `lesson`, once it is started.

        Raises ParameterError where the lesson cannot take the parameters.
        """
        return RemoteSession(self, lesson, device, request, parameters or {})

    def fileno(self) -> int:
        """The descriptor that can be read when something has come; -1 while there is none."""
        return self._link.fileno() if self._link is not None else -1

    def wait(self, seconds: float) -> None:
        """Wait until something comes, `seconds` at most."""
        if self._link is None:
            time.sleep(seconds)
            return
        waiting = select.poll()
        waiting.register(self._link.fileno(), _READ | (_WRITE if self._link.waits_to_write else 0))
        waiting.poll(1000 * seconds)

    def close(self) -> None:
        """Let every session go, and the host with them."""
        if self._link is None or self._host is None:
            return
        self._link.close()
        # It may be importing torch, and hear nothing else.
        self._host.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._host.wait(_PATIENCE)
        if self._host.poll() is None:
            self._host.kill()
            self._host.wait()
            self._end_orphans()
        self._hosts.discard(self._host.pid)
        self._link = self._host = None

    # What sessions say and hear

    def begin(self, addressee: Addressee) -> int:
        """A number for a process that is about to be opened."""
        self.start()
        self._last_number += 1
        self._sessions[self._last_number] = addressee
        return self._last_number

    def send(self, number: int, kind: Kind, body: bytes = b"") -> None:
        """Say something to the host, or through it to a session."""
        if self._link is not None:
            self._link.send(number, kind, body)

    def let_go(self, number: int) -> None:
        """Hear no more of a process."""
        self._sessions.pop(number, None)
        self._asked_at.pop(number, None)

    def hear(self) -> None:
        """Give to each session what has come for it."""
        link = self._link
        if link is None:
            return
        link.flush()
        for packet in link.receive():
            if packet.kind is Kind.TOLD:
                self._is_asked = False
                told: Told = decode(packet.body, Told)
                for entry in told.entries:
                    if entry.session in self._sessions:
                        self._sessions[entry.session].take_in(entry)
                    elif isinstance(entry, Kept):
                        # Its process was left meanwhile, and nobody would come back to it.
                        self.send(0, Kind.FORGET, encode((entry.number,)))
            elif packet.session in self._sessions:
                self._sessions[packet.session].take_answer(packet.body)
        if not link.is_open:
            self._lose_host()

    def ask(self, number: int) -> bool:
        """Ask the host what has happened; False where that process was asked only just now."""
        now = time.monotonic()
        if self._link is None or now - self._asked_at.get(number, 0.0) < self._interval:
            return False
        self._asked_at[number] = now
        if not self._is_asked:
            self._is_asked = True
            self._link.send(0, Kind.TELL)
        return True

    def _end_orphans(self) -> None:
        """End what has come to this process from a host of its own that is gone.

        What this process has started by itself, and what other hosts do, goes on.
        """
        spared = children(os.getsid(0)) | self._hosts
        end_orphans(lambda: spared)

    def _lose_host(self) -> None:
        """Start another host where this one has ended, and open every session in it again."""
        assert self._host is not None
        assert self._link is not None
        self._link.close()
        self._host.kill()
        death = death_of_program(self._host.wait())
        self._hosts.discard(self._host.pid)
        self._end_orphans()
        self._link = self._host = None
        lasted = time.monotonic() - self._started_at
        self._tries = self._tries + 1 if lasted < _TOO_SOON else 0
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            if self._tries < _MOST_TRIES:
                session.lose_host(death)
            else:
                session.give_up(_told(death))


def _told(death: Death) -> str:
    how = (
        f"by signal {death.signal_name or death.signal}"
        if death.signal
        else f"with status {death.status}"
    )
    return f"the engine's process cannot be started here: it ended {how}"
