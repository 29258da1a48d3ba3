"""The runs of each step that have left a curve: what each began from, and what was changed in it.

The run of now is one of them; the others are kept beside it until the lesson is restarted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.protocol.events import RunBegan
from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from tui.runs.run import Run
from tui.runs.telling_apart import tell_apart
from tui.runs.told_changes import ToldChange

MOST_KEPT = 20
"""So many runs of one step are kept at most, beside the run of now."""


@dataclass(slots=True)
class _StepRuns:
    """The runs of one step; ``now`` may be one of ``left`` again, as far as it has come by now."""

    now: Run | None = None
    left: list[Run] = field(default_factory=list)
    racing: list[Run] = field(default_factory=list)
    begun: int = 0
    dropped: int = 0
    edits: list[str] = field(default_factory=list)
    front: Run | None = None


class Runs:
    """The runs of one lesson, by their step; `forget` has the engine give up those that went."""

    def __init__(self, forget: Callable[[int], None]) -> None:
        self._forget = forget
        self._steps: dict[int, _StepRuns] = {}
        self._goes_to: Place | None = None
        self._enters: Run | None = None
        # The numbers of runs that begin with their step, by that.
        self._begun: dict[int, int] = {}

    # What an interface asks

    def now(self, step: int) -> Run | None:
        """The run of a step that is under way, or else the newest; None before the first."""
        return self._of(step).now

    def left(self, step: int) -> tuple[Run, ...]:
        """The runs of a step that were left, oldest first, without the one that is that of now."""
        of = self._of(step)
        return tuple(run for run in of.left if not _is(run, of.now))

    def ahead(self, step: int) -> Run | None:
        """The run of now as it was left, where it is gone through again; None where it is not."""
        of = self._of(step)
        return next((run for run in of.left if _is(run, of.now)), None)

    def racing(self, step: int) -> tuple[Run, ...]:
        """The runs of a race that is on, in its order."""
        return tuple(self._of(step).racing)

    def front(self, step: int) -> Run | None:
        """The run that the learner has brought to the front; None: that of now stands there."""
        return self._of(step).front

    def dropped(self, step: int) -> int:
        """How many runs were given up, as there were too many."""
        return self._of(step).dropped

    # What the learner does with them

    def mute(self, run: Run) -> None:
        """Do not draw a run, or draw it again."""
        run.is_muted = not run.is_muted

    def delete(self, run: Run) -> None:
        """Keep a run no longer, and have the engine give up what it keeps of it."""
        of = self._of(run.step)
        of.left = [one for one in of.left if one is not run]
        self._give_up(run, of)

    def bring_to_front(self, run: Run) -> None:
        """Draw a run before all others, that of now included."""
        run.is_muted = False
        of = self._of(run.step)
        of.front = None if _is(run, of.now) else run

    def enter(self, run: Run) -> None:
        """Know that the way to the end of this run has been asked for."""
        self._enters = run

    # What the session has done

    def take_begun(self, began: RunBegan, *, is_under_way: bool) -> None:
        """Take that a run has begun: in the middle of another one, or with its step."""
        of = self._of(began.step)
        if not is_under_way or of.now is None:
            self._begun[began.step] = began.run
            return
        of.begun += 1
        of.now.ordinal, of.now.number, of.now.origin = of.begun, began.run, began.origin.iteration
        of.now.settings, of.now.against = (), None
        of.now.inherited = len(of.now.changes)
        of.front = None

    def begin(
        self, step: int, source: str, own_source: str, earlier: Mapping[int, str] | None = None
    ) -> None:
        """A run of a step begins with this code, in place of the lesson's own.

        `earlier` is what the steps before have run, by their index.
        """
        of, goes_to, number = self._of(step), self._goes_to, self._begun.pop(step, None)
        if goes_to is not None and goes_to.step <= step:
            self._goes_to = None
        is_on_its_way = goes_to is not None and goes_to.step == step
        if is_on_its_way and of.now is not None and number is None:
            return
        followed = None if number is not None else self._followed(step, source)
        of.front = None
        if followed is not None:
            of.now = followed.again(Place(step))
            return
        of.begun += 1
        of.now = Run(step, of.begun, source, Place(step), number, earlier=earlier or {})
        tell_apart(of.now, own_source, of.left, of.edits)

    def leave(self, step: int, frame: Frame | None, outcome: Outcome | None) -> None:
        """The run of a step is over and left, with this last frame."""
        of = self._of(step)
        is_left_for_there = self._goes_to is not None and self._goes_to.step == step
        if of.now is None or is_left_for_there:
            return
        of.now.take(frame, outcome)
        if of.now.series:
            self._put_by(of.now, of)
        of.now = None

    def leave_for(self, place: Place, frame: Frame | None, outcome: Outcome | None) -> None:
        """The run of a step is left for this place in it, or in the run that is entered."""
        of, entered = self._of(place.step), self._enters
        before = of.now
        self._goes_to, self._enters = place, None
        if before is not None:
            before.take(frame, outcome)
            if before.series:
                self._put_by(before, of)
        if entered is not None and entered.end == place:
            before = entered
        if before is not None:
            of.now = before.again(place)
            of.front = None

    def begin_beside(
        self, step: int, source: str, own_source: str, earlier: Mapping[int, str] | None = None
    ) -> Run:
        """A run of a race is to begin with its step, on this code, and on this of steps before."""
        of = self._of(step)
        of.begun += 1
        before = {} if of.now is None else of.now.earlier
        run = Run(step, of.begun, source, Place(step), earlier={**before, **(earlier or {})})
        known = of.left if of.now is None else [*of.left, of.now]
        tell_apart(run, own_source, known, of.edits)
        of.racing.append(run)
        return run

    def branch_beside(self, change: ToldChange) -> Run:
        """A run of a race is to leave that of now where it stands, by this change."""
        of, place = self._of(change.place.step), change.place
        of.begun += 1
        source = "" if of.now is None else of.now.source
        before = () if of.now is None else of.now.changes
        changes = (*(one for one in before if one.place <= place), change)
        run = Run(
            place.step,
            of.begun,
            source,
            place.iteration,
            changes=changes,
            inherited=len(changes) - 1,
            earlier={} if of.now is None else of.now.earlier,
        )
        of.racing.append(run)
        return run

    def end_beside(self, run: Run) -> None:
        """A run of a race is over, and is one that was left from now on, also without a value."""
        of = self._of(run.step)
        if run not in of.racing:
            return
        of.racing.remove(run)
        if of.now is not None and of.now.series and run.is_retold_by(of.now):
            self._give_up(run, of)
        else:
            self._put_by(run, of)

    def arrive(self) -> None:
        """The run that goes on is that of the place that was gone to."""
        self._goes_to = None

    def change(self, change: ToldChange) -> None:
        """Something was changed in the run of now of its step."""
        run = self._of(change.place.step).now
        if run is not None:
            run.changes = (*run.changes, change)

    def end(self, step: int, frame: Frame | None, outcome: Outcome | None) -> None:
        """The run of a step has ended, and stays the one of now."""
        of = self._of(step)
        if of.now is not None:
            of.now.take(frame, outcome)
            self._take_over(of.now, of)

    def forget_from(self, step: int) -> None:
        """Forget the runs of this step and of those after it, which the engine has given up."""
        self._steps = {of: runs for of, runs in self._steps.items() if of < step}
        self._begun = {of: run for of, run in self._begun.items() if of < step}

    def clear(self) -> None:
        """Forget all."""
        self._steps.clear()
        self._begun.clear()
        self._goes_to = self._enters = None

    def _of(self, step: int) -> _StepRuns:
        return self._steps.setdefault(step, _StepRuns())

    def _followed(self, step: int, source: str) -> Run | None:
        """The run that was kept and that a step goes through again, on the way to somewhere."""
        left = reversed(self._of(step).left)
        found = (one for one in left if one.source == source and one.series)
        return next(found, None) if self._goes_to is not None else None

    def _put_by(self, run: Run, of: _StepRuns) -> None:
        """Keep a run that was left, if it has anything of its own."""
        if any(run.is_retold_by(one) for one in of.left):
            return
        self._take_over(run, of)
        if any(one.ordinal == run.ordinal for one in of.left):
            # It came otherwise than when it was gone through before: it is another one.
            of.begun += 1
            run.ordinal = of.begun
        of.left.append(run)
        of.left.sort(key=lambda one: one.ordinal)
        if len(of.left) > MOST_KEPT:
            oldest = min(of.left, key=lambda one: (bool(one.series), not one.is_muted))
            of.left.remove(oldest)
            of.dropped += 1
            self._give_up(oldest, of)

    def _take_over(self, run: Run, of: _StepRuns) -> None:
        """Let a run stand for those that have nothing that it has not; by the oldest's name."""
        retold = [one for one in of.left if one.is_retold_by(run)]
        if not retold:
            return
        of.left = [one for one in of.left if one not in retold]
        first = retold[0]
        # One without a number is gone through again, and has the number that it had.
        run.number = run.number or first.number
        for one in retold:
            if one.number != run.number:
                self._give_up(one, of)
        run.ordinal, run.origin, run.inherited = first.ordinal, first.origin, first.inherited
        run.settings, run.against, run.edit = first.settings, first.against, first.edit
        run.is_muted = first.is_muted

    def _give_up(self, run: Run, of: _StepRuns) -> None:
        if of.front is run:
            of.front = None
        if run.number is not None:
            self._forget(run.number)


def _is(run: Run, now: Run | None) -> bool:
    return now is not None and run.ordinal == now.ordinal
