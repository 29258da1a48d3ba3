"""Events on their way from the thread that trains to whatever asks for them."""

from __future__ import annotations

import threading
from typing import Protocol

from engine.protocol.events import Event
from engine.system.forks import call_in_forked_child


class Teller(Protocol):
    """What a session tells its events to."""

    def put(self, event: Event) -> None:
        """Tell an event; called on the thread that trains."""

    def frame_taken(self) -> None:
        """Hear that there is a new frame; called on the thread that trains."""


class EventQueue:
    """Events in the order in which they happened, for a session in the reader's own process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Event] = []
        call_in_forked_child(self, EventQueue.renew_lock)

    def put(self, event: Event) -> None:
        """Add an event; never waits for a reader."""
        with self._lock:
            self._waiting.append(event)

    def frame_taken(self) -> None:
        """Do nothing: what wants a frame looks for it."""

    def renew_lock(self) -> None:
        """Let a forked process add events, also where the lock was held when it was forked."""
        self._lock = threading.Lock()

    def drain(self) -> list[Event]:
        """Take all that waits, oldest first."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            return waiting
