"""Events on their way from the thread that trains to whoever asks for them."""

from __future__ import annotations

import threading
from collections import deque

from engine.loops.forks import call_in_forked_child
from engine.protocol.events import Event, OutputWritten

# How much text may wait to be read, in characters. Of a cell that prints without end the oldest
# is let go and counted, so that it can fill neither the memory nor the screen's time.
_WAITING_LIMIT = 1_000_000


class EventQueue:
    """Events in the order in which they happened; texts that wait together become one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Event | _WaitingText] = []
        self._is_closed = False
        call_in_forked_child(self, EventQueue.renew_lock)

    def put(self, event: Event) -> None:
        """Add an event; never waits for a reader."""
        with self._lock:
            if not self._is_closed:
                self._waiting.append(event)

    def write(self, step: int, text: str) -> None:
        """Add text that a cell wrote, to the text before it where that is still unread."""
        with self._lock:
            if self._is_closed:
                return
            last = self._waiting[-1] if self._waiting else None
            if not isinstance(last, _WaitingText) or last.step != step:
                last = _WaitingText(step)
                self._waiting.append(last)
            last.add(text)

    def renew_lock(self) -> None:
        """Let a forked process write, whoever held the lock when it was forked; nobody reads it."""
        self._lock = threading.Lock()

    def drain(self) -> list[Event]:
        """Take all that waits, oldest first."""
        with self._lock:
            return self._taken()

    def close(self) -> list[Event]:
        """Take all that waits, and from now on nothing more in."""
        with self._lock:
            self._is_closed = True
            return self._taken()

    def _taken(self) -> list[Event]:
        waiting, self._waiting = self._waiting, []
        return [item.as_event() if isinstance(item, _WaitingText) else item for item in waiting]


class _WaitingText:
    """Text not yet read: its newest part, and how much before that was let go."""

    def __init__(self, step: int) -> None:
        self.step = step
        self._parts: deque[str] = deque()
        self._size = 0
        self._left_out = 0

    def add(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
        while self._size > _WAITING_LIMIT and len(self._parts) > 1:
            gone = len(self._parts.popleft())
            self._size -= gone
            self._left_out += gone

    def as_event(self) -> OutputWritten:
        text = "".join(self._parts)
        cut = max(len(text) - _WAITING_LIMIT, 0)
        return OutputWritten(self.step, text[cut:], self._left_out + cut)
