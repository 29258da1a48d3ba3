"""The search for the operation that spoilt a cost: back to just before it, and on with checks.

It happens in a process of its own, which nobody sees and which is ended when it has been found.
"""

from __future__ import annotations

from msgspec import structs

from engine.client.succession import Succession
from engine.client.written import WrittenBeside
from engine.protocol.commands import Ask, Resume
from engine.protocol.events import (
    AskAnswered,
    EngineFailed,
    MomentKept,
    OutputWritten,
    PictureShown,
    RunBegan,
    SessionDied,
    StepEnded,
    WentBack,
    WrittenApart,
)
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.places import Place
from engine.protocol.status import Status

# What the lesson's namespace calls `engine.teaching.checking.CHECK_HOOK`.
_CHECK = "__tutorch_check__()"
# An iteration may spoil the parameters with which the next one finds its cost.
_BEFORE = 2


class Search:
    """One search; nothing here waits, so it has to be polled until it ``is_over``."""

    def __init__(self, main: Succession, step: int, position: int) -> None:
        self.is_over = False
        self._step = step
        start = max(position - _BEFORE, 0)
        goal = main.travel.goal(Place(step, start > 0, start))
        self._main = main
        self._leaves_run = goal.run is not None
        self._since: int | None = None
        self._written = WrittenBeside()
        self._processes = main.beside()
        self._processes.begin_at(goal)
        self._has_asked = self._has_run = False

    def poll(self) -> Noticed | None:
        """What has been found, once it has been; None before, and where nothing is to be found."""
        if self.is_over:
            return None
        for event in self._processes.events():
            match event:
                case Noticed(slip=Slip.FIRST_NOT_FINITE):
                    self.end()
                    return event
                case WentBack(moment=moment, is_under_way=is_under_way):
                    self._since = moment if is_under_way else None
                case OutputWritten(step) | PictureShown(step) if step == self._step:
                    self._written.take(event)
                case MomentKept() if self._leaves_run and not self._has_asked:
                    # It is one of the run that stands, which may be gone back to.
                    apart = WrittenApart(self._since, self._written.all)
                    self._main.heard.take_event(structs.replace(event, apart=apart))
                case RunBegan(step=step) if step == self._step:
                    self._has_run = True
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
        """Search no more; nothing stays of what was run for it."""
        if self.is_over:
            return
        self.is_over = True
        if self._has_run:
            self._processes.give_up_run()
        self._processes.end()

    def _go_on(self) -> None:
        if self._has_asked or self._processes.status is not Status.PAUSED:
            return
        self._has_asked = True
        if self._leaves_run:
            # What it keeps from here on is of a run of its own, which is given up.
            self._processes.leave_run()
            self._has_run = True
        self._processes.command(Ask(1, _CHECK))
