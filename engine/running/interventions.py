"""What happens in the lesson's names beside its own code: answers to what is asked, and changes.

Where a run is repeated, its changes are made again, each in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from msgspec import structs

from engine.asking.asker import Asker
from engine.gate.gate import Gate
from engine.lesson.model import Step
from engine.notebook.shell import LessonShell
from engine.protocol.changes import Change
from engine.protocol.commands import Ask
from engine.protocol.events import AskAnswered
from engine.protocol.places import Place
from engine.running.event_queue import Teller
from engine.running.learner_input import LearnerInput
from engine.running.steps_ran import StepsRan
from engine.running.whereabouts import Whereabouts
from engine.stopping.interruptible import Interruptible


class Interventions:
    """Carries out what is asked where the run stands; for the worker's thread.

    `ready_shell` gives the shell of the names as they are now, and `note_change` is called once
    something in them was changed. ``asker`` is what others stop.
    """

    def __init__(
        self,
        gate: Gate,
        events: Teller,
        interruptible: Interruptible,
        learner_input: LearnerInput,
        steps: StepsRan,
        where: Whereabouts,
        *,
        ready_shell: Callable[[], LessonShell],
        note_change: Callable[[], None],
    ) -> None:
        self.asker = Asker(str(steps.lesson.path))
        self._gate = gate
        self._events = events
        self._interruptible = interruptible
        self._input = learner_input
        self._steps = steps
        self._where = where
        self._ready_shell = ready_shell
        self._note_change = note_change

    def answer(self, ask: Ask) -> None:
        """Carry out what is asked where the run stands, or where none is, and tell the answer.

        A stop of the run waits until that is told: it could come in the middle of the telling.
        """
        with self._interruptible.closed():
            answered = self._carry_out(ask)
            if answered.change is not None:
                self._note(answered.change)
            self._events.put(answered)

    def repeat_before(self, step: Step) -> None:
        """Make the changes again that were made after the steps before this one had ended."""
        while (change := self._input.next_change) is not None and (
            change.place is None or change.place.step < step.index
        ):
            self._repeat(change)

    def repeat_here(self) -> bool:
        """Make the changes again that were made here.

        Returns whether more of them come before the next iteration ends.
        """
        here, starts = self._where.here, self._where.starts
        while (change := self._input.next_change) is not None and _is_due(change, here, starts):
            self._repeat(change)
        place = None if change is None or not change.is_under_way else change.place
        if place is None or place.step != here.step:
            self._gate.awaits = False
            return False
        return place.statement > 0 and place.position == here.position

    def _repeat(self, change: Change) -> None:
        with self._interruptible.closed():
            self._carry_out(Ask(0, change.text))
            self._note(change)

    def _carry_out(self, ask: Ask) -> AskAnswered:
        shell = self._ready_shell()
        is_under_way = self._steps.under_way is not None
        place = self._where.here if is_under_way else self._where.place
        function = self._where.function_in(sys._getframe())
        spot = self._where.spot_in(function)
        with self._where.unseen():
            answered = self.asker.answer(ask, shell, function, place, spot)
        return structs.replace(
            answered,
            is_under_way=is_under_way,
            noted=len(self._input.changes),
            unread=self._steps.unread(answered.changed),
        )

    def _note(self, change: Change) -> None:
        self._input.note(change)
        self._note_change()


def _is_due(change: Change, here: Place, starts: int) -> bool:
    """Whether a run that stands here has come to the place of a change, or past it.

    So many loops have begun here since the newest iteration ended.
    """
    place = change.place
    if place is None or place.step < here.step:
        return True
    if not change.is_under_way or place.step != here.step:
        return False
    if place.start and place.iteration == here.iteration:
        return place.start <= starts
    return place <= here
