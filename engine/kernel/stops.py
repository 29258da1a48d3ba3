"""Stops what the worker runs: at a boundary, or by an exception that is thrown into its code."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from engine.errors.tracebacks import leaves_no_trace
from engine.gate.gate import Gate
from engine.gate.motion import Motion
from engine.stopping.interruptible import Interruptible

# How long a stop waits for the next boundary before it is thrown into the code, and how soon it is
# thrown again where an `except:` has caught it, in seconds.
_PATIENCE = 0.2
# How soon it is looked again whether the lesson's own code runs, in seconds.
_SOON = 0.002


class Stops:
    """Ends what one thread runs, and keeps at it; `path` is the lesson's file.

    ``handle_interrupt`` has the lesson's own code handle a stop, and says whether it does. The lock
    is that of the thread's commands.
    """

    def __init__(
        self,
        gate: Gate,
        interruptible: Interruptible,
        thread: threading.Thread,
        lock: threading.Lock,
        path: str,
    ) -> None:
        self.handle_interrupt: Callable[[], bool] = lambda: False
        self._gate = gate
        self._interruptible = interruptible
        self._thread = thread
        self._lock = lock
        self._path = path
        self._insists = False

    def interrupt(self) -> None:
        """Have what runs end as by Ctrl+C, which it may catch; call with the lock."""
        if self.handle_interrupt():
            self._gate.note_handled()
            return
        self._gate.interrupt()
        self._insist_in(0)

    def stop(self) -> None:
        """End what runs, and keep at it; call with the lock."""
        self._gate.stop()
        self._insist_in(_PATIENCE)

    def throw(self, exception: type[BaseException]) -> None:
        """Raise an exception of this class in the cell that runs, if one does."""
        self._interruptible.interrupt(exception)

    def rise(self, lock: threading.Lock) -> None:
        """Go on with this lock in a fork, where no timer waits."""
        self._lock = lock
        self._insists = False

    def _insist_in(self, seconds: float) -> None:
        if not self._insists:
            self._insists = True
            self._throw_in(seconds)

    def _throw_in(self, seconds: float) -> None:
        patience = threading.Timer(seconds, self._throw)
        patience.daemon = True
        patience.start()

    def _throw(self) -> None:
        """Throw a stop into the code that runs, and again where its `except:` has caught one.

        A stop that the lesson may catch is thrown into its code alone: what we do between two of
        its iterations has to come to its end.
        """
        with self._lock:
            self._insists = self._gate.motion is Motion.STOPPING and self._thread.is_alive()
            if not self._insists:
                return
            if self._gate.interruption.is_to_be_thrown and not self._is_in_lesson:
                self._throw_in(_SOON)
                return
            self._interruptible.interrupt(self._gate.interruption.exception)
            self._throw_in(_PATIENCE)

    @property
    def _is_in_lesson(self) -> bool:
        """Whether code of the lesson runs, or what that has called, and nothing of ours."""
        frame = sys._current_frames().get(self._thread.ident or 0)
        if frame is None or leaves_no_trace(frame.f_code.co_filename):
            return False
        while frame is not None and frame.f_code.co_filename != self._path:
            frame = frame.f_back
        return frame is not None
