"""A time limit on work that may be interrupted."""

from __future__ import annotations

import threading

from engine.stopping.interruptible import Interruptible

# How soon an interrupt is thrown again where an `except:` has caught it, in seconds.
_INSISTENCE = 0.2


class Alarm:
    """Interrupts the work that runs after `patience` seconds, and again until it is over.

    ``has_rung`` says that it has. Its thread is there until it is switched off, and not after.
    """

    def __init__(self, interruptible: Interruptible, patience: float) -> None:
        self.has_rung = False
        self._interruptible = interruptible
        self._lock = threading.Lock()
        self._is_off = False
        self._ring_in(patience)

    def switch_off(self) -> None:
        """Interrupt no more."""
        with self._lock:
            self._is_off = True
            self._timer.cancel()
        self._timer.join()

    def _ring_in(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        with self._lock:
            if self._is_off:
                return
            self.has_rung = True
            self._interruptible.interrupt()
            self._ring_in(_INSISTENCE)
