"""What is known of the runs of a lesson: each step's last one, those that were left, its moments.

The session tells of them by events, of which each is taken here by a method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.protocol.events import (
    LeftFor,
    MomentKept,
    MomentsLost,
    RunBegan,
    SessionDied,
    StepEnded,
    WentBack,
)
from tui.language.catalogue import Translate
from tui.player.step_record import StepRecord
from tui.runs.past import Past
from tui.runs.racing import Racing
from tui.runs.runs import Runs
from tui.runs.told_changes import ToldChanges


class Chronicle:
    """A record of each step's last run, and beside it the runs and moments of the past.

    ``running`` is the step that is under way, ``ended`` the one that has just come to its end,
    while nothing has followed.
    """

    def __init__(self, runs: Runs, past: Past, racing: Racing) -> None:
        self.running: int | None = None
        self.ended: int | None = None
        self.changes = ToldChanges()
        self._runs = runs
        self._past = past
        self._racing = racing
        self._records: dict[int, StepRecord] = {}
        # What was known of the steps before, by the moments that are kept.
        self._earlier: dict[int, dict[int, StepRecord]] = {}

    def of(self, step: int) -> StepRecord:
        """What is known of the last run of a step; an empty record before it has run."""
        return self._records.setdefault(step, StepRecord())

    @property
    def steps_that_ran(self) -> list[int]:
        """The steps of which something is shown that they have made."""
        return [step for step, one in self._records.items() if one.outcome is not None]

    def seconds_of_work(self, first: int) -> float:
        """How long the last runs of step `first` and of those after it took, or take by now."""
        return sum(one.seconds_so_far for step, one in self._records.items() if step >= first)

    def take_lesson(self, kept: int, moved: Callable[[int], int]) -> None:
        """Know of the first `kept` steps alone, whose lines stand where `moved` says."""
        self._records = {step: one for step, one in self._records.items() if step < kept}
        for record in self._records.values():
            record.move(moved)
        for history in (self._runs, self._past, self.changes):
            history.forget_from(kept)

    # Runs

    def take_begun(self, began: RunBegan) -> None:
        """A run has a number now: one that begins, or that has left another one."""
        self.changes.begin(began.run, began.step, began.parent, began.origin)
        if not self._racing.has(began.run):
            self._runs.take_begun(began, is_under_way=self.running == began.step)

    def begin(self, step: int, source: str, own_source: str) -> None:
        """A step is under way, with this code in place of the lesson's own."""
        before = self.of(step)
        self._runs.leave(step, before.frame, before.outcome)
        earlier = self._before(step).items()
        ran = {index: one.source for index, one in earlier if one.source is not None}
        self._runs.begin(step, source, own_source, ran)
        self._records[step] = StepRecord(source=source)
        self._past.begin(step)
        self.running, self.ended = step, None

    def end(self, ended: StepEnded, translate: Translate) -> None:
        """The run of a step has ended."""
        record = self.of(ended.step)
        record.take_end(ended, translate)
        self._runs.end(ended.step, record.frame, record.outcome)
        self.running, self.ended = None, ended.step

    def die(self, died: SessionDied) -> None:
        """A process has ended, and with it the run of the step that was under way, if one was."""
        self.running = self.ended = None
        if died.step is not None:
            record = self.of(died.step)
            record.take_death(died)
            self._runs.end(died.step, record.frame, record.outcome)

    def rewind(self, *, is_restart: bool) -> None:
        """No step has run any more; after a restart no run of before is listed either."""
        self._lose_from(0)
        self._past.clear()
        self._earlier.clear()
        self.running = self.ended = None
        if is_restart:
            self._racing.stop()
            self._runs.clear()

    # Moments

    def keep_moment(self, kept: MomentKept, translate: Translate) -> None:
        """A moment is kept, and with it what had been written by then."""
        record = self.of(kept.place.step)
        output = record.output
        if kept.apart is not None:
            output = self._past.output_since(kept.apart.since, kept.apart.written, translate)
        self._past.mark(kept.number, kept.place.step, output, record.noticed)
        self._earlier[kept.number] = self._before(kept.place.step)
        self._past.size = kept.size

    def lose_moments(self, lost: MomentsLost) -> None:
        """Moments are kept no more."""
        for number in lost.numbers:
            self._earlier.pop(number, None)
        self._past.forget(lost.numbers, memory_was_low=lost.is_memory_low)

    def leave_for(self, left: LeftFor) -> None:
        """Keep the run that is left for a place in it, or in another one."""
        place, frame, record = left.place, left.frame, self.of(left.place.step)
        last = frame if frame is not None and frame.step == place.step else record.frame
        self._past.leave(place, last)
        self._runs.leave_for(place, last, record.outcome)

    def go_back(
        self, back: WentBack, source: str | None, source_before: Callable[[int], str]
    ) -> bool:
        """Know nothing of what came after, and of a run that goes on what was known of it.

        That one runs `source`, and `source_before` is what each step before has run. Whether a run
        goes on.
        """
        self._lose_from(back.step)
        self.running = self.ended = None
        if back.moment is not None:
            self._take_up(self._earlier.get(back.moment, {}), source_before)
        if not back.is_under_way or back.moment is None:
            return False
        self.running = back.step
        record = self.of(back.step)
        record.output = self._past.output_at(back.moment)
        record.noticed = self._past.noticed_at(back.moment)
        # Only moments of the code of now are gone back to.
        record.source = source
        self._past.arrive()
        self._runs.arrive()
        return True

    def _before(self, step: int) -> dict[int, StepRecord]:
        """What is known of the steps before one."""
        return {index: record for index, record in self._records.items() if index < step}

    def _take_up(self, earlier: Mapping[int, StepRecord], source_of: Callable[[int], str]) -> None:
        """Have these be the records of the steps before.

        From the first on that has run another source, as in a race, what they wrote is not known.
        """
        is_known = True
        for step, record in earlier.items():
            if record.source is None:
                continue
            source = source_of(step)
            is_known &= source == record.source
            self._records[step] = (
                record if is_known else StepRecord(source=source, outcome=record.outcome)
            )

    def _lose_from(self, first: int) -> None:
        for step in [step for step in self._records if step >= first]:
            record = self._records.pop(step)
            self._runs.leave(step, record.frame, record.outcome)
