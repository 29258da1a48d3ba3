"""How a session stands: read on any thread, and judged without a question to the worker."""

from __future__ import annotations

import sys
from types import FrameType

from engine.gate.motion import Motion
from engine.kernel.worker_thread import WorkerThread
from engine.protocol.completion import Completions, Writing
from engine.protocol.places import Place, Spot
from engine.protocol.status import Status


class SessionState:
    """What can be said of a session from its worker's thread, as it is now."""

    def __init__(self, thread: WorkerThread) -> None:
        self._thread = thread
        self._worker = thread.worker

    @property
    def status(self) -> Status:
        """What the session is doing."""
        thread = self._thread
        if thread.is_unable:
            return Status.UNABLE
        if not thread.can_run:
            return self._loading
        if self._worker.interventions.asker.is_stopping:
            return Status.STOPPING
        if not thread.commands_waiting:
            return Status.READY
        if self._worker.late_imports.is_under_way:
            return self._loading
        return self._moving

    @property
    def may_begin(self) -> bool:
        """Whether nothing runs, and a run may be commanded."""
        return self.status in (Status.READY, Status.LOADING)

    @property
    def is_at_work(self) -> bool:
        """Whether a command is being carried out, or waits for one that is."""
        return self._thread.can_run and self._thread.commands_waiting > 0

    @property
    def sought(self) -> Place | None:
        """The place that the run is on its way to; None while it is not."""
        if self._is_heading_for_place:
            return self._thread.heading_for
        return self._thread.gate.sought

    @property
    def spot(self) -> Spot | None:
        """Where in the lesson's text a run is paused; None where none is."""
        if self.status is not Status.PAUSED:
            return None
        return self._worker.where.spot_in(self._frame)

    def running_line(self, path: str, first: int, last: int) -> int | None:
        """The line of this file between `first` and `last` that the worker is in."""
        frame = self._frame
        while frame is not None:
            if frame.f_code.co_filename == path and first <= frame.f_lineno <= last:
                return frame.f_lineno
            frame = frame.f_back
        return None

    def completions(self, writing: Writing) -> Completions | None:
        """What may follow in what the learner writes, by the names of now; None while code runs."""
        if self.status not in (Status.READY, Status.PAUSED):
            return None
        return self._worker.completions(writing, self._frame)

    @property
    def _loading(self) -> Status:
        return Status.WAITING if self._thread.awaits_run else Status.LOADING

    @property
    def _moving(self) -> Status:
        """What the run is doing that is under way, by what was last said to its gate."""
        gate = self._thread.gate
        motion = gate.motion
        if motion is not Motion.STOPPING and self._is_heading_for_place:
            return Status.SEEKING
        match motion:
            case Motion.STOPPING:
                return Status.STOPPING
            case Motion.PAUSED:
                return Status.PAUSED if gate.is_waiting else Status.PAUSING
            case Motion.SEEKING | Motion.SEEKING_STATEMENT:
                return Status.SEEKING
            case _:
                return Status.RUNNING

    @property
    def _is_heading_for_place(self) -> bool:
        """Whether the run has not begun yet that goes to a place."""
        heading_for = self._thread.heading_for
        return heading_for is not None and self._worker.steps.under_way != heading_for.step

    @property
    def _frame(self) -> FrameType | None:
        """The frame of Python's that the worker's thread is in."""
        return sys._current_frames().get(self._thread.ident)
