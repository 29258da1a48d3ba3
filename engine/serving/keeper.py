"""Keeps moments of a session: forks of it, asleep on a socket to the host, that can be woken.

The worker's thread forks, where it passes a boundary, and is the only thread that goes on in the
fork. OpenMP's threads are given back before, as they would be missing there, and be waited for.
"""

from __future__ import annotations

import os
import random
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn
from weakref import WeakSet

from engine.kernel.session import Session
from engine.kernel.threads import give_threads_back, sees_device
from engine.kernel.waiting_threads import busy_threads, no_waiting_threads
from engine.protocol.moments import Moment, Wake
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.outcomes import SERVING_FAILED
from engine.protocol.wire import Kind, decode, encode, prepare
from engine.running.keeping import KeepResult
from engine.serving.inbox import Inbox
from engine.serving.outbox import Outbox
from engine.serving.server import Server, carry_out
from engine.streams.shared_text import TextWriter
from engine.system.forks import nothing_put_right
from engine.system.open_files import lead_to, open_files, restore
from engine.system.processes import (
    die_with_parent,
    end_behind_others,
    end_process,
    own_children,
)
from engine.system.temporary import TemporaryFolders

# How long the serving thread may be at work before a moment is not kept, in seconds.
_PATIENCE = 0.05
# The worker and the thread that serves.
_OWN_THREADS = 2
_MOST_DESCRIPTORS = 4
# A moment is to be ended before anything else where the machine's memory runs out.
_OOM = Path("/proc/self/oom_score_adj")
_FIRST_TO_GO = b"1000"

prepare(Wake, Moment)


class Keeper:
    """Keeps moments, and goes on in the processes that are woken from them."""

    def __init__(self, outbox: Outbox, folders: TemporaryFolders) -> None:
        self._outbox = outbox
        self._folders = folders
        self._host = os.getppid()
        self._in_between: list[int] = []
        self._oom = _read_oom()
        self._in_the_way: threading.Thread | None = None
        self._told: WeakSet[threading.Thread] = WeakSet()

    def begin(self, session: Session, server: Server, memory: TextWriter) -> None:
        """Know what a moment is of; to be called before the first is kept."""
        self._session, self._server, self._memory = session, server, memory

    def keep(self, moment: Moment) -> KeepResult:
        """Keep this moment; called on the worker's thread, and returns in woken processes too."""
        if not self._can_keep(moment):
            return KeepResult.NOT_KEPT
        with no_waiting_threads() as is_alone:
            return self._keep(moment) if is_alone else KeepResult.NOT_KEPT

    def _keep(self, moment: Moment) -> KeepResult:
        works = self._server.works
        if not give_threads_back() or not works.acquire(timeout=_PATIENCE):
            return KeepResult.NOT_KEPT
        try:
            with self._session.process.held():
                return self._fork(moment)
        finally:
            works.release()

    def _can_keep(self, moment: Moment) -> bool:
        """Whether a fork holds all that there is: no other thread, no child, and no device.

        OpenMP's threads, and those of libraries that only wait, can be begun again.
        """
        self._reap()
        busy = busy_threads()
        if len(busy) > _OWN_THREADS:
            self._tell_of(busy[-1], moment)
            return False
        return own_children() <= set(self._in_between) and not sees_device()

    def _tell_of(self, thread: threading.Thread, moment: Moment) -> None:
        """Tell once of a thread that stays in the way while a step trains."""
        if not moment.is_under_way or thread in self._told:
            return
        if self._in_the_way is not thread:
            self._in_the_way = thread
            return
        self._told.add(thread)
        names = (thread.name,)
        self._outbox.put(Noticed(moment.place.step, Slip.NO_MOMENTS, None, names))

    def _fork(self, moment: Moment) -> KeepResult:
        numbers, files = random.getstate(), open_files()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._folders.count_moment()
        with theirs:
            self._outbox.send_descriptor(Kind.KEPT, encode(moment), theirs.fileno())
        fell_asleep = time.perf_counter()
        try:
            is_moment = self._is_fork(ours)
        except OSError:
            is_moment = False
        if not is_moment:
            ours.close()
            return KeepResult.KEPT
        try:
            self._outbox.close()
            given = self._sleep(ours)
            random.setstate(numbers)
            restore(files)
            self._rise(time.perf_counter() - fell_asleep, *given)
        except BaseException:
            end_process(SERVING_FAILED)
        return KeepResult.WOKEN

    def _is_fork(self, way: socket.socket) -> bool:
        """Fork; whether this is the fork, which is no child of this process but of the host.

        The process in between ends at once. It says the fork's number by `way`, before the host
        can have become its parent.
        """
        with nothing_put_right():
            between = os.fork()
            if between:
                # Now: what ends this process's group, as where a step dies at once, must spare it.
                with suppress(OSError):
                    os.setpgid(between, between)
                self._in_between.append(between)
                return False
            try:
                process = os.fork()
            except BaseException:
                end_process(1)
        if process:
            way.send(process.to_bytes(4, sys.byteorder))
            end_behind_others()
        self._in_between.clear()
        return True

    def _reap(self) -> None:
        self._in_between = [one for one in self._in_between if not _has_ended(one)]

    # In the fork

    def _sleep(self, way: socket.socket) -> list[int]:
        """Wait to be woken; the descriptors that came. The moment itself sleeps on in a fork."""
        os.setpgid(0, 0)
        self._become_child_of_host()
        while True:
            _write_oom(_FIRST_TO_GO)
            message, descriptors, _, _ = socket.recv_fds(way, 1, _MOST_DESCRIPTORS)
            if not message:
                end_process(0)
            if not self._is_fork(way):
                break
            os.setpgid(0, 0)
            for descriptor in descriptors:
                os.close(descriptor)
            self._become_child_of_host()
        way.close()
        _write_oom(self._oom)
        return descriptors

    def _become_child_of_host(self) -> None:
        while os.getppid() != self._host:
            if os.getppid() == 1:
                end_process(0)
            time.sleep(0.001)
        die_with_parent(self._host)

    def _rise(self, asleep: float, link_number: int, heard: int, *writes: int) -> None:
        """Become a session of its own, which this thread trains and a new one serves.

        It has been asleep for so many seconds.
        """
        link = socket.socket(fileno=link_number)
        inbox = Inbox(link)
        opened = inbox.next()
        assert opened is not None
        wake: Wake = decode(opened[1], Wake)
        lead_to(writes)
        numbers = [one.number for one in wake.commands]
        self._outbox.move(link, heard, max(numbers, default=0))
        self._memory.move(wake.text)
        self._session.process.rise(asleep)
        self._server = server = Server(self._session, inbox, self._outbox, wake.request)
        self._session.request_frame(wake.request)
        for numbered in wake.commands:
            carry_out(numbered.command, self._session)
        threading.Thread(target=_serve, args=(server.serve,), daemon=True).start()


def _has_ended(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:
        return True


def _read_oom() -> bytes:
    with suppress(OSError):
        return _OOM.read_bytes()
    return b""


def _write_oom(value: bytes) -> None:
    """Say how soon this process is to be ended where memory runs out."""
    with suppress(OSError):
        _OOM.write_bytes(value)


def _serve(serve: Callable[[], NoReturn]) -> None:
    try:
        serve()
    finally:
        end_process(SERVING_FAILED)
