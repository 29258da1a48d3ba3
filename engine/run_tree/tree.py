"""The runs of a lesson's steps, as a tree: each left another where something was done otherwise.

A run begins where the one before it of the step before has ended, or in the middle of another run
of its step. What its names hold is told by the line of runs that led to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.protocol.changes import Change
from engine.protocol.moments import Left, Moment
from engine.protocol.places import Place

# The step of the root, which all runs come after.
_BEFORE_ALL = -1


@dataclass(eq=False, slots=True)
class RunNode:
    """One run of a step, and where it left its parent: at ``origin``.

    Of what its parent had been changed by until then, itself and those before it, the first
    ``inherited`` changes are in it too. ``source`` is the learner's, in place of the lesson's own.
    ``end`` is the furthest place that it is known to have come to. One that ``is_given_up`` is
    there only for those that left it.
    """

    number: int
    step: int
    parent: RunNode | None
    origin: Place
    inherited: int
    source: str | None
    end: Place
    own_changes: list[Change] = field(default_factory=list)
    has_ended: bool = False
    is_given_up: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that has been changed in it, and in those before it as far as it was inherited."""
        before = () if self.parent is None else self.parent.changes[: self.inherited]
        return (*before, *self.own_changes)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line: a run until a place, and until so many changes have been made in it."""

    run: RunNode
    end: Place
    changes: int


Lineage = tuple[Stretch, ...]
"""The runs that lead to a place, from before the first on."""


class RunTree:
    """All runs of one lesson, by their numbers, and the moments that were kept in each.

    The ``root`` is a run by itself, in which nothing has run: the first run begins at its end.
    """

    def __init__(self) -> None:
        self._last_number = 0
        self._runs: dict[int, RunNode] = {}
        self._moments: dict[int, tuple[RunNode, Moment]] = {}
        self.root = _root()

    def __iter__(self) -> Iterator[RunNode]:
        """Each run, in the order in which they began."""
        return iter([*self._runs.values()])

    def get(self, number: int) -> RunNode | None:
        """The run of this number; None where there is none."""
        return self._runs.get(number)

    def begin(
        self, step: int, parent: RunNode, origin: Place, *, changes: int, source: str | None
    ) -> RunNode:
        """A run begins at a place of another one, with so many changes of that one in it."""
        self._last_number += 1
        run = RunNode(self._last_number, step, parent, origin, changes, source, end=origin)
        self._runs[run.number] = run
        return run

    def restart(self) -> tuple[int, ...]:
        """Forget all runs and moments; the numbers of these moments. No number comes again."""
        self._runs.clear()
        self.root = _root()
        return self.forget_moments()

    def forget_from(self, step: int, *, within_runs: bool) -> tuple[int, ...]:
        """Forget the runs of this step and of those after it; the numbers of the moments in them.

        With `within_runs` also of all that were kept while a step was under way.
        """
        self._runs = {number: run for number, run in self._runs.items() if run.step < step}
        given_up = tuple(
            number
            for number, (owner, moment) in self._moments.items()
            if owner.step >= step
            or moment.place.step > step
            or (moment.is_under_way and (within_runs or moment.place.step >= step))
        )
        self.lose_moments(given_up)
        return given_up

    def forget(self, run: RunNode, *, but: RunNode) -> tuple[int, ...]:
        """Give up what of a run no other one needs; nothing of `but`, in which the lesson stands.

        Returns the numbers of the moments that are given up.
        """
        if run is but:
            return ()
        run.is_given_up = True
        heirs = [one for one in self if one.parent is run]
        needed = [heir.origin for heir in heirs]
        given_up = tuple(
            number
            for number, (owner, moment) in self._moments.items()
            if owner is run and not any(moment.place <= place for place in needed)
        )
        self.lose_moments(given_up)
        if heirs:
            return given_up
        del self._runs[run.number]
        if run.parent is not None and run.parent.is_given_up:
            given_up += self.forget(run.parent, but=but)
        return given_up

    # Moments

    def add_moment(self, number: int, run: RunNode, moment: Moment) -> None:
        """Know of a moment that was kept in a run, or in one before it at the place it left."""
        while (
            run.parent is not None
            and run.parent.step == run.step
            and moment.place <= run.origin
            and moment.changes <= run.inherited
        ):
            run = run.parent
        self._moments[number] = run, moment

    def moment(self, number: int) -> Moment:
        """The moment of this number."""
        return self._moments[number][1]

    def moments(self) -> dict[int, tuple[RunNode, Moment]]:
        """All moments that are kept, each with its run, by their numbers."""
        return dict(self._moments)

    def lose_moments(self, numbers: tuple[int, ...]) -> None:
        """Know of these moments no longer."""
        for number in numbers:
            self._moments.pop(number, None)

    def forget_moments(self) -> tuple[int, ...]:
        """Know of no moment; the numbers of those that there were."""
        numbers = tuple(self._moments)
        self._moments.clear()
        return numbers

    def moment_at(self, place: Place, run: RunNode) -> int | None:
        """The number of the newest moment at a place in a run; None where none is kept."""
        return self._newest(
            number
            for number, (_, moment) in self._on(line_to(run, place))
            if moment.place == place and moment.is_under_way
        )

    def left_by(self, run: RunNode) -> Left:
        """The moments that do not lead to where a run has come to, and the newest of each run."""
        leading = {number for number, _ in self._on(line_to(run, run.end))}
        left = {number: one for number, one in self._moments.items() if number not in leading}
        newest = {one: number for number, (one, moment) in left.items() if moment.is_under_way}
        return Left(frozenset(left), frozenset(newest.values()))

    def serving(self, line: Lineage, step: int | None) -> int | None:
        """The number of the moment from which a line is gone on with; None where none serves.

        That is the newest before a step's run, or in that of `step`.
        """
        return self._newest(
            number
            for number, (_, moment) in self._on(line)
            if not moment.is_under_way or moment.place.step == step
        )

    def _on(self, line: Lineage) -> Iterator[tuple[int, tuple[RunNode, Moment]]]:
        """The moments that have what a line has: its runs, on the same sources and changes."""
        stretches = {stretch.run: stretch for stretch in line}
        sources = {
            stretch.run.step: stretch.run.source
            for stretch in line
            if stretch.run.source is not None
        }
        for number, (run, moment) in self._moments.items():
            stretch = stretches.get(run)
            if (
                stretch is not None
                and moment.place <= stretch.end
                and moment.changes <= stretch.changes
                and moment.edits == _concerning(moment, sources)
            ):
                yield number, (run, moment)

    def _newest(self, numbers: Iterator[int]) -> int | None:
        def age(number: int) -> tuple[Place, bool, int, int]:
            moment = self._moments[number][1]
            return moment.place, moment.is_under_way, moment.changes, number

        return max(numbers, key=age, default=None)


def _root() -> RunNode:
    before_all = Place(_BEFORE_ALL)
    return RunNode(0, _BEFORE_ALL, None, before_all, 0, None, before_all)


def line_to(run: RunNode, place: Place) -> Lineage:
    """The runs that lead to a place in a run, with all that was changed until there.

    A place before that where the run has left its parent is one of the parent's.
    """
    made = sum(is_made_by(change, place) for change in run.changes)
    stretches = [Stretch(run, place, made)]
    while run.parent is not None:
        place, made = min(place, run.origin), min(made, run.inherited)
        run = run.parent
        stretches.append(Stretch(run, place, made))
    return tuple(reversed(stretches))


def line_before(step: int, line: Lineage, sources: Mapping[int, str]) -> Lineage:
    """What of a line leads to the beginning of a step, as far as it has run on these sources."""
    found: list[Stretch] = []
    for stretch in line:
        run = stretch.run
        if run.step >= step or (run.step >= 0 and sources.get(run.step) != run.source):
            break
        found.append(stretch)
    if found and found[-1] is line[-1]:
        last = found[-1]
        found[-1] = Stretch(last.run, max(last.end, Place(step)), len(last.run.changes))
    return tuple(found)


def is_made_by(change: Change, place: Place) -> bool:
    """Whether a change has been made in a run that stands at a place."""
    if change.place is None or change.place.step < place.step:
        return True
    return change.is_under_way and change.place <= place


def _concerning(moment: Moment, sources: Mapping[int, str]) -> dict[int, str]:
    """The sources of the steps that a moment has run, or is running."""
    last = moment.place.step + moment.is_under_way
    return {step: source for step, source in sources.items() if step < last}
