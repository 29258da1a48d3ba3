"""The search for the operation that spoilt a cost: back to just before it, and on with checks.

It happens in a process of its own, which nobody sees and which is ended when it has been found.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.host.succession import Succession
from engine.protocol.commands import Ask, Resume
from engine.protocol.events import AskAnswered, EngineFailed, SessionDied, StepEnded
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.places import Place
from engine.protocol.status import Status

# What the lesson's namespace calls `engine.teaching.checking.CHECK_HOOK`.
_CHECK = "__tutorch_check__()"
# An iteration may spoil the parameters with which the next one finds its cost.
_BEFORE = 2


class Search:
    """One search; nothing here waits, so it has to be polled until it ``is_over``."""

    def __init__(
        self, begin_beside: Callable[[Place], Succession], step: int, position: int
    ) -> None:
        self.is_over = False
        self._step = step
        start = max(position - _BEFORE, 0)
        self._processes = begin_beside(Place(step, start > 0, start))
        self._has_asked = False

    def poll(self) -> Noticed | None:
        """What has been found, once it has been; None before, and where nothing is to be found."""
        if self.is_over:
            return None
        for event in self._processes.events():
            match event:
                case Noticed(slip=Slip.FIRST_NOT_FINITE):
                    self.end()
                    return event
                case AskAnswered():
                    self._processes.command(Resume())
                case StepEnded(step=step) if step == self._step:
                    self.end()
                case SessionDied() | EngineFailed():
                    self.end()
        if not self.is_over:
            self._go_on()
        return None

    def end(self) -> None:
        """Search no more."""
        if not self.is_over:
            self.is_over = True
            self._processes.end()

    def _go_on(self) -> None:
        self._processes.look()
        if not self._has_asked and self._processes.status is Status.PAUSED:
            self._has_asked = True
            self._processes.command(Ask(1, _CHECK))
