"""The way of bytes to the terminal: a thread that waits for it, so that nobody else has to."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from time import monotonic

from tui.terminal.backlog import Backlog

# Written in one go, in bytes: little, so that a terminal that is slow is soon known to be.
_CHUNK = 512
# Asks where the cursor is. Every terminal answers that, once it is as far as the question.
_QUESTION = b"\x1b[6n"


class Output:
    """Writes to a terminal in the order of the calls, which all return at once.

    `on_vanished` is called in the writing thread when the terminal has gone; nothing is written
    from then on.
    """

    def __init__(self, descriptor: int, on_vanished: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_vanished = on_vanished
        self._pending = bytearray()
        self._backlog = Backlog()
        self._has_ended = False
        # Signal handlers write too, maybe between two lines of a call: the lock is an RLock.
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="tutorch-output", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Have `data` written."""
        with self._news:
            if not self._has_ended:
                self._pending += data
                self._backlog.write(len(data))
                self._news.notify_all()

    def ask(self) -> None:
        """Ask the terminal to say when it has shown all this."""
        with self._news:
            self.write(_QUESTION)
            self._backlog.ask(monotonic())

    def ask_if_answered(self) -> None:
        """Ask again, where an earlier question was answered."""
        with self._news:
            if self._backlog.is_answered:
                self.ask()

    def answer(self) -> bool:
        """Take in that the terminal has answered a question; False where none was open."""
        with self._news:
            is_open = self._backlog.answer()
            self._news.notify_all()
            return is_open

    @property
    def is_behind(self) -> bool:
        """Whether what is written now would be seen late."""
        with self._news:
            return self._backlog.is_long(monotonic())

    def wait_for_answers(self, until: float) -> None:
        """Wait until no question is open, or for `time.monotonic()` to be `until`."""
        self._wait(lambda: not self._backlog.is_asking(monotonic()), until)

    def wait_until_taken(self, until: float) -> None:
        """Wait until all that is pending has been written, or until `until` as above."""
        self._wait(lambda: self._backlog.is_taken, until)

    def end(self, until: float) -> None:
        """Write no more than is pending, and wait for that, or until `until` as above."""
        self.wait_until_taken(until)
        with self._news:
            self._end()

    def _wait(self, is_true: Callable[[], bool], until: float) -> None:
        with self._news:
            self._news.wait_for(lambda: self._has_ended or is_true(), max(0, until - monotonic()))

    def _end(self) -> None:
        self._has_ended = True
        self._pending.clear()
        self._news.notify_all()

    def _run(self) -> None:
        room = select.poll()
        room.register(self._descriptor, select.POLLOUT)
        while chunk := self._next():
            has_to_wait = not room.poll(0)
            if has_to_wait:
                room.poll()
            try:
                count = os.write(self._descriptor, chunk)
            except OSError:
                self._give_up()
                return
            self._take(count, waited=has_to_wait)

    def _give_up(self) -> None:
        with self._news:
            is_news = not self._has_ended
            self._end()
        if is_news:
            self._on_vanished()

    def _next(self) -> bytes:
        """The next bytes to write, once there are some; none at the end."""
        with self._news:
            self._news.wait_for(lambda: self._pending or self._has_ended)
            return bytes(self._pending[:_CHUNK])

    def _take(self, count: int, *, waited: bool) -> None:
        with self._news:
            del self._pending[:count]
            self._backlog.take(count, monotonic(), waited=waited)
            if self._backlog.is_taken:
                self._news.notify_all()
