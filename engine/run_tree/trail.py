"""Which run the process of a session stands in, and where another one begins.

A run of a step that is run again is another run. So is what goes on from a place that is before
where its run had come to, once it trains on or is changed; until then it is still the old one.
"""

from __future__ import annotations

from engine.protocol.changes import Change
from engine.protocol.events import AskAnswered, RunBegan, StepEnded, StepStarted
from engine.protocol.messages import Answer
from engine.protocol.moments import Moment
from engine.protocol.places import Place
from engine.run_tree.tree import Lineage, RunNode, RunTree


class Trail:
    """The way of one session's processes through the runs of its lesson.

    ``run`` is the one that they stand in; the root of the runs where none has begun.
    """

    def __init__(self, runs: RunTree) -> None:
        self.runs = runs
        self.run = runs.root
        self._follows: Lineage = ()
        # What has been told of changes since the newest answer may have been given.
        self._changes = 0

    @property
    def sought(self) -> RunNode:
        """The run that the line which is gone along ends in; the one that is stood in, without."""
        return self._follows[-1].run if self._follows else self.run

    def beside(self) -> Trail:
        """Another one in the same runs, which stands where this one does."""
        other = Trail(self.runs)
        other.run = self.run
        return other

    def restart(self) -> tuple[int, ...]:
        """Stand before every run, and know of none; the numbers of the moments there were."""
        moments = self.runs.restart()
        self.run, self._follows = self.runs.root, ()
        return moments

    def forget_from(self, step: int, *, within_runs: bool) -> tuple[int, ...]:
        """Know of no run of this step and of those after it; stand behind the one before them.

        Returns the numbers of the moments that are given up: those of such runs, and with
        `within_runs` all that were kept while a step was under way.
        """
        while self.run.step >= step and self.run.parent is not None:
            self.run = self.run.parent
        self._follows = ()
        return self.runs.forget_from(step, within_runs=within_runs)

    def follow(self, line: Lineage, moment: Moment | None) -> None:
        """Go on along a line, from a moment on it, or from before the first run."""
        self._follows, self._changes = line, 0
        step = -1 if moment is None else moment.place.step - (not moment.is_under_way)
        self.run = self._followed(step) or self.runs.root

    def begin(self, started: StepStarted) -> RunBegan | None:
        """A run of a step begins: one that is followed is gone through again."""
        followed = self._followed(started.step)
        is_same = followed is not None and followed.step == started.step
        if followed is not None and is_same and followed.source == started.edit:
            self.run = followed
            return None
        self._follows = ()
        origin = Place(started.step)
        return self._leave(started.step, origin, started.changes, started.edit)

    def leave(self, answer: Answer) -> RunBegan:
        """Another run begins where this one stands."""
        assert answer.place is not None
        run = self.run
        return self._leave(run.step, answer.place, answer.changes, run.source)

    def take_change(self, answered: AskAnswered) -> RunBegan | None:
        """Take what was changed: it is of this run, or of another that begins with it."""
        change = answered.change
        if change is None:
            return None
        run, place = self.run, answered.place or self.run.end
        is_behind = place < run.end or answered.noted < len(run.changes)
        is_behind |= run.has_ended and answered.is_under_way
        began = self._leave(run.step, place, answered.noted, run.source) if is_behind else None
        self.run.own_changes.append(change)
        self.run.end = max(self.run.end, place)
        self._changes = len(self.run.changes)
        return began

    def train_on(self, answer: Answer) -> RunBegan | None:
        """The run trains on from where it stands: where that is behind its end, as another one."""
        run, place = self.run, answer.place
        if place is None or place.step != run.step:
            return None
        changes = max(answer.changes, self._changes)
        if not (place < run.end or changes < len(run.changes)):
            return None
        return self._leave(run.step, place, changes, run.source)

    def changes_by(self, answer: Answer | None) -> tuple[Change, ...]:
        """What has been changed by where an answer says that the run stands; None: in all of it."""
        changes = self.run.changes
        return changes if answer is None else changes[: max(answer.changes, self._changes)]

    def end(self, ended: StepEnded) -> None:
        """The run has come to its end."""
        self.run.has_ended = True
        if ended.frame is not None:
            has_recorded = ended.frame.has_recorded
            self.take_place(Place(ended.step, has_recorded, ended.frame.position))

    def take_place(self, place: Place | None) -> None:
        """Know that the run has come to a place."""
        if place is not None and place.step == self.run.step:
            self.run.end = max(self.run.end, place)

    def take_moment(self, number: int, moment: Moment) -> None:
        """Know of a moment that was kept in the run."""
        self.runs.add_moment(number, self.run, moment)

    def _followed(self, step: int) -> RunNode | None:
        """The last run that is followed of a step, or of one before it."""
        found = [stretch.run for stretch in self._follows if stretch.run.step <= step]
        return found[-1] if found else None

    def _leave(self, step: int, origin: Place, changes: int, source: str | None) -> RunBegan:
        parent = self.run
        self.run = self.runs.begin(step, parent, origin, changes=changes, source=source)
        self._follows = ()
        return RunBegan(self.run.number, step, parent.number or None, origin)
