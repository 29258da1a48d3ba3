"""What a session has that is played in a process of its own: signals, threads, and moments."""

from __future__ import annotations

from contextlib import AbstractContextManager

from engine.kernel.signals import LessonSignals
from engine.kernel.worker_thread import WorkerThread


class OwnProcess:
    """Stands between a session and the process that plays nothing else."""

    def __init__(self, thread: WorkerThread) -> None:
        self._thread = thread

    def take(self) -> None:
        """Let the lesson handle signals, and start threads, as in a process of its own.

        Call on the main thread, before the session starts.
        """
        self._thread.stand_for_main()
        signals = LessonSignals(self._thread.stops.throw, lambda: self._thread.ident)
        self._thread.stops.handle_interrupt = signals.handle_interrupt

    def held(self) -> AbstractContextManager[object]:
        """A context in which no other thread says a word to the worker: for a fork of it."""
        return self._thread.gate.lock

    def rise(self, asleep: float) -> None:
        """Go on in this process, a moment that was kept, and for which that time did not pass.

        It is in seconds. Called before the session's new commands.
        """
        self._thread.gate.paused_seconds += asleep
        self._thread.rise()
