"""What a session has that is played in a process of its own, and that no interface asks for.

Signals, threads and moments, and what those processes that were before it leave to it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from engine.kernel.session_state import SessionState
from engine.kernel.signals import LessonSignals
from engine.kernel.worker_thread import WorkerThread
from engine.protocol.changes import Change
from engine.protocol.commands import RunTo
from engine.protocol.places import Place
from engine.running.learner_input import LearnerInput
from engine.streams.keyboard import Keyboard


class OwnProcess:
    """Stands between a session and the process that plays nothing else."""

    def __init__(
        self, thread: WorkerThread, state: SessionState, learner_input: LearnerInput
    ) -> None:
        self._thread = thread
        self._state = state
        self._input = learner_input

    @property
    def keyboard(self) -> Keyboard:
        """Where code that waits for the learner reads."""
        return self._thread.worker.keyboard

    @property
    def last_statement(self) -> Place | None:
        """The newest statement that a run was held before, or came by on its way; None if none."""
        return self._thread.worker.where.last_statement

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

    def run_to(self, run: RunTo) -> None:
        """Run what a session before this one was to run, in a process that has ended."""
        if self._state.may_begin:
            self._thread.run_to(run)

    def repeat_changes(self, changes: tuple[Change, ...]) -> None:
        """Have these changes, which a run had, be in the run that comes, each from its place on.

        It is of that run as long as it goes on without a change of its own.
        """
        self._input.repeat(changes)
        self._thread.gate.awaits = True
