"""Has moments of the run kept, where it is time for one: before a step, as it trains, on a way."""

from __future__ import annotations

import time

from engine.lesson.model import Step
from engine.protocol.moments import Moment
from engine.protocol.places import Place
from engine.running.keeping import Keep, KeepResult, MomentPace
from engine.running.learner_input import LearnerInput
from engine.running.steps_ran import StepsRan
from engine.running.whereabouts import Whereabouts


class Moments:
    """What the worker has kept, and when it is to keep the next; `keep` is None where none are."""

    def __init__(
        self, keep: Keep | None, steps: StepsRan, where: Whereabouts, learner_input: LearnerInput
    ) -> None:
        self._keep = keep
        self._steps = steps
        self._where = where
        self._input = learner_input
        self._pace = MomentPace()

    @property
    def are_kept(self) -> bool:
        """Whether any are kept at all."""
        return self._keep is not None

    def keep_before(self, step: Step) -> bool:
        """Keep the moment before a step with code; whether this is a process that woke from it."""
        place = Place(step.index)
        return self._pace.is_new(place) and self._keep_moment(place) is KeepResult.WOKEN

    def keep_under_way(self, *, is_still: bool) -> None:
        """Keep the moment where the training stands, or one now and then while it runs on."""
        if self.are_kept and (is_still or self._pace.is_due(time.perf_counter())):
            self._keep_at_place()

    def keep_on_the_way(self) -> None:
        """Keep moments often: nobody waits for this run, and who goes back often does so again."""
        if self.are_kept and self._pace.is_due_on_the_way(time.perf_counter()):
            self._where.place = self._where.place_now
            self._keep_at_place()

    def forget_newest(self) -> None:
        """Have another one kept where the newest was: names were changed there since."""
        self._pace.forget_newest()

    def _keep_at_place(self) -> None:
        place = self._where.place
        assert place is not None
        if self._pace.is_new(place):
            self._keep_moment(place)

    def _keep_moment(self, place: Place) -> KeepResult:
        assert self._keep is not None
        began = time.perf_counter()
        is_under_way = self._steps.under_way is not None
        changes = len(self._input.changes)
        kept = self._keep(Moment(place, is_under_way, self._steps.edits(), changes))
        self._pace.note(place, kept, began, time.perf_counter(), is_under_way=is_under_way)
        return kept
