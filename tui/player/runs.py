"""The runs of each step that have left a curve: what each began from, and what was changed in it.

The run of now is one of them; the others are kept beside it until the lesson is restarted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.protocol.events import Outcome
from engine.protocol.frame import Frame, SeriesSnapshot
from engine.protocol.places import Place
from tui.player.changes_made import ChangeMade
from tui.player.differences import Setting, settings_between
from tui.player.going_back import place_of
from tui.player.retold import end_of, is_retold, series_of

MOST_KEPT = 20
"""So many runs of one step are kept at most, beside the run of now."""
_MOST_SETTINGS = 2


@dataclass(slots=True, eq=False)
class Run:
    """A run of a step, the ``ordinal``th; ``series`` are its curves once it has been left.

    ``source`` is the code that ran, ``settings`` what it sets otherwise than the run ``against``
    did, or, where that is None, than the lesson's own code does; ``edit`` is the number of the
    edit where that does not say it, 0 of the lesson's code. ``origin`` is where it left another
    run, or the beginning of the step; ``changes`` are all that count in it, also those that it has
    from that other run. ``number`` is the engine's, where it has given one.
    """

    step: int
    ordinal: int
    source: str
    origin: Place
    settings: tuple[Setting, ...] = ()
    against: int | None = None
    edit: int = 0
    changes: tuple[ChangeMade, ...] = ()
    number: int | None = None
    series: tuple[SeriesSnapshot, ...] = ()
    end: Place | None = None
    outcome: Outcome | None = None
    is_muted: bool = False

    @property
    def own_changes(self) -> tuple[ChangeMade, ...]:
        """Those that were made in it, and not in the run that it comes from."""
        return tuple(one for one in self.changes if one.place >= self.origin)

    def take(self, frame: Frame | None, outcome: Outcome | None) -> None:
        """Keep its curves as they are, and how it has ended, if it has."""
        self.series, self.outcome = series_of(frame), outcome
        if frame is not None:
            self.end = place_of(frame, is_over=False).iteration

    def is_retold_by(self, other: Run) -> bool:
        """Whether it has nothing that the other run has not: no code, no change and no value."""
        end = self.end or self.origin
        changes, others = ([one for one in run.changes if one.place < end] for run in (self, other))
        return (
            self.source == other.source
            and changes == others
            and is_retold(self.series, other.series)
        )


@dataclass(slots=True)
class _StepRuns:
    now: Run | None = None
    left: list[Run] = field(default_factory=list)
    begun: int = 0
    dropped: int = 0
    edits: list[str] = field(default_factory=list)
    front: Run | None = None


class Runs:
    """The runs of one lesson, by their step."""

    def __init__(self) -> None:
        self._steps: dict[int, _StepRuns] = {}
        self._goes_to: Place | None = None

    # What an interface asks

    def now(self, step: int) -> Run | None:
        """The run of a step that is under way, or else the newest; None before the first."""
        return self._of(step).now

    def left(self, step: int) -> tuple[Run, ...]:
        """The runs of a step that were left, oldest first."""
        return tuple(self._of(step).left)

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
        """Keep a run no longer."""
        of = self._of(run.step)
        of.left = [one for one in of.left if one is not run]
        if of.front is run:
            of.front = None

    def bring_to_front(self, run: Run) -> None:
        """Draw a run before all others, that of now included."""
        run.is_muted = False
        of = self._of(run.step)
        of.front = None if run is of.now else run

    # What the session has done

    def begin(self, step: int, source: str, own_source: str) -> None:
        """A run of a step begins with this code, in place of the lesson's own."""
        of, goes_to = self._of(step), self._goes_to
        if goes_to is not None and goes_to.step <= step:
            self._goes_to = None
        is_on_its_way = goes_to is not None and goes_to.step == step
        if is_on_its_way and of.now is not None and of.now.source == source:
            return
        of.begun += 1
        of.now = Run(step, of.begun, source, Place(step))
        of.front = None
        if source != own_source:
            _tell_apart(of.now, own_source, of)

    def leave(self, step: int, frame: Frame | None, outcome: Outcome | None) -> None:
        """The run of a step is over and left, with this last frame."""
        of = self._of(step)
        if of.now is None or (self._goes_to is not None and self._goes_to.step == step):
            return
        of.now.take(frame, outcome)
        _put_by(of.now, of)
        of.now = None

    def leave_for(self, place: Place, frame: Frame | None, outcome: Outcome | None) -> None:
        """The run of a step is left for this place in it, with this last frame."""
        of = self._of(place.step)
        before = of.now
        self._goes_to = place
        if before is None:
            return
        before.take(frame, outcome)
        _put_by(before, of)
        of.begun += 1
        of.front = None
        of.now = Run(
            place.step,
            of.begun,
            before.source,
            place.iteration,
            changes=tuple(one for one in before.changes if one.place < place),
        )

    def arrive(self) -> None:
        """The run that goes on is that of the place that was gone to."""
        self._goes_to = None

    def change(self, change: ChangeMade) -> None:
        """Something was changed in the run of now of its step."""
        run = self._of(change.place.step).now
        if run is not None:
            run.changes = (*run.changes, change)

    def end(self, step: int, frame: Frame | None, outcome: Outcome | None) -> None:
        """The run of a step has ended, and stays the one of now."""
        of = self._of(step)
        if of.now is not None:
            of.now.take(frame, outcome)
            _take_over(of.now, of)

    def clear(self) -> None:
        """Forget all."""
        self._steps.clear()
        self._goes_to = None

    def _of(self, step: int) -> _StepRuns:
        return self._steps.setdefault(step, _StepRuns())


def _tell_apart(run: Run, own_source: str, of: _StepRuns) -> None:
    """Note in what an edit differs from the lesson's code, or else from the run before."""
    if run.source not in of.edits:
        of.edits.append(run.source)
    run.edit = of.edits.index(run.source) + 1
    same = next((one for one in of.left if one.source == run.source), None)
    if same is not None:
        run.settings, run.against = same.settings, same.against
        return
    bases = [(None, own_source), *((one.ordinal, one.source) for one in of.left[-1:])]
    for ordinal, source in bases:
        settings = settings_between(source, run.source)
        if settings and len(settings) <= _MOST_SETTINGS:
            run.settings, run.against = settings, ordinal
            return


def _put_by(run: Run, of: _StepRuns) -> None:
    """Keep a run that was left, if it has anything of its own."""
    if not end_of(run.series) or any(run.is_retold_by(one) for one in of.left):
        return
    _take_over(run, of)
    of.left.append(run)
    of.left.sort(key=lambda one: one.ordinal)
    if len(of.left) > MOST_KEPT:
        of.left.remove(next((one for one in of.left if not one.is_muted), of.left[0]))
        of.dropped += 1


def _take_over(run: Run, of: _StepRuns) -> None:
    """Let a run stand for those that have nothing that it has not; it goes by the oldest's name."""
    retold = [one for one in of.left if one.is_retold_by(run)]
    if not retold:
        return
    of.left = [one for one in of.left if one not in retold]
    first = retold[0]
    run.ordinal, run.origin = first.ordinal, first.origin
    run.settings, run.against, run.edit = first.settings, first.against, first.edit
    run.is_muted = first.is_muted
