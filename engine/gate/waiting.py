"""Where the worker stands: it waits at the gate, takes frames and does errands meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.gate.errands import Errand
from engine.gate.gate import Gate
from engine.gate.motion import Motion
from engine.protocol.frame import FrameRequest


class Waiting:
    """Has the worker stand while it is paused, or ahead of its speed; used on its thread alone.

    `look_around` is called before anything else is done or seen there, each time.
    """

    def __init__(self, gate: Gate, look_around: Callable[[], None]) -> None:
        self._gate = gate
        self._look_around = look_around
        self._is_at_end = False

    def stand_at_end(self, take_frame: Callable[[FrameRequest], None]) -> None:
        """As `stand`, where an iteration ends: urgent errands are done here without a pause."""
        self._is_at_end = True
        self.stand(take_frame)

    def stand(self, take_frame: Callable[[FrameRequest], None]) -> None:
        """Wait while paused, and keep to the speed; take frames and do errands meanwhile."""
        try:
            while True:
                self._look_around()
                due = self._wait()
                if due is None:
                    return
                if isinstance(due, FrameRequest):
                    take_frame(due)
                else:
                    self._do(due)
        finally:
            self._gate.is_waiting = self._is_at_end = False

    def _do(self, errand: Errand) -> None:
        """Do what was sent; the time that it takes is no time of the run's."""
        gate = self._gate
        began = time.perf_counter()
        errand()
        with gate.lock:
            gate.paused_seconds += time.perf_counter() - began
            gate.requests.ask_again()
            gate.update()

    def _wait(self) -> FrameRequest | Errand | None:
        """Stand at the boundary until there is something to do, or until it is time to go on."""
        gate = self._gate
        has_stood = gate.is_waiting
        with gate.lock:
            while True:
                is_slow = gate.tempo.left(time.perf_counter()) > 0
                if gate.interruption.is_due and not (has_stood or is_slow):
                    return None
                gate.raise_if_stopping()
                if gate.orders.is_seeking:
                    return None
                if (request := gate.requests.take()) is not None:
                    gate.update()
                    return request
                if gate.motion is Motion.PAUSED:
                    gate.is_waiting = True
                    if (errand := gate.next_errand()) is not None:
                        return errand
                    self._wait_for_a_word()
                    has_stood = True
                    continue
                gate.is_waiting = False
                if gate.errands.has_urgent:
                    # Where no iteration ends, the worker goes on at once to where this one does.
                    if not self._is_at_end:
                        return None
                    errand = gate.errands.take_urgent()
                    gate.update()
                    return errand
                if (left := gate.tempo.left(time.perf_counter())) <= 0:
                    return None
                gate.condition.wait(left)
                has_stood = True

    def _wait_for_a_word(self) -> None:
        began = time.perf_counter()
        self._gate.condition.wait()
        self._gate.paused_seconds += time.perf_counter() - began
