"""The runs of one step as a list: of which curve, in which order, and against which value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from engine.protocol.frame import Reading, SeriesSnapshot
from engine.protocol.outcomes import Outcome
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.runs.retold import end_of, series_of
from tui.runs.run import Run
from tui.runs.run_facts import Facts, facts_of, is_rising, middle_final, names_of_curves, rank
from tui.runs.run_names import names_of


class Order(Enum):
    """What the list is in order of; its value is the word for it."""

    FINAL = "final"
    BEST = "best"
    REACHED = "first to reach it"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True, eq=False)
class ListedRun:
    """A run with its name and what it has come to; ``position`` is how far it has come.

    ``is_now`` of the one that is on the screen, ``is_racing`` of one of a race that is on, and
    ``is_waiting`` of one of these that has not begun.
    """

    run: Run
    name: str
    facts: Facts
    position: int
    outcome: Outcome | None
    is_now: bool
    is_racing: bool
    is_waiting: bool


class RunList:
    """What the learner wants listed of the runs of the step that is shown.

    ``target`` is the value that they have typed; None: the middle one of the finals.
    """

    def __init__(self, playback: Playback) -> None:
        self.order = Order.FINAL
        self.target: float | None = None
        self._playback = playback
        self._step = playback.shown
        self._turned: dict[str, bool] = {}
        self._curve = 0

    @property
    def curves(self) -> list[str]:
        """The names of the curves that there are."""
        return names_of_curves(series for _, series in self._runs())

    @property
    def curve(self) -> str:
        """The curve that is looked at; "" where there is none."""
        names = self.curves
        return names[self._curve % len(names)] if names else ""

    @property
    def more_is_better(self) -> bool:
        """Whether the best of that curve is its highest."""
        return is_rising(self.curve) != self._turned.get(self.curve, False)

    @property
    def dropped(self) -> int:
        """How many runs were given up, as there were too many."""
        return self._playback.runs.dropped(self._step)

    def turn_curve(self) -> None:
        """Look at the next curve."""
        self._curve += 1
        self.target = None

    def turn_order(self) -> None:
        """Have the list in another order."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]

    def turn_better(self) -> None:
        """Have the highest count as the best, or the lowest."""
        self._turned[self.curve] = not self._turned.get(self.curve, False)

    @property
    def target_now(self) -> float | None:
        """The value that is to be reached; None where no run has one."""
        if self.target is not None:
            return self.target
        name = self.curve
        curves = (_curve_of(series, name) for _, series in self._runs())
        known = [one for one in curves if one is not None]
        return middle_final(known, more_is_better=self.more_is_better)

    def listed(self, translate: Translate) -> list[ListedRun]:
        """The runs, in their order."""
        found, racing = self._runs(), self._playback.runs.racing(self._step)
        names = names_of([run for run, _ in found], translate)
        name, target, more = self.curve, self.target_now, self.more_is_better
        now, record = self._playback.runs.now(self._step), self._playback.record_of(self._step)
        listed = [
            ListedRun(
                run,
                names[run.ordinal],
                facts_of(_curve_of(series, name), target, more_is_better=more),
                _position(run, now, record.frame.position if record.frame is not None else 0),
                record.outcome if _is(run, now) else run.outcome,
                _is(run, now),
                run in racing,
                self._playback.racing.is_waiting(run),
            )
            for run, series in found
        ]
        return sorted(listed, key=lambda one: (self._rank(one, more), one.run.ordinal))

    def _rank(self, one: ListedRun, more: bool) -> float:
        match self.order:
            case Order.FINAL:
                return rank(one.facts.final, more_is_better=more)
            case Order.BEST:
                return rank(one.facts.best, more_is_better=more)
            case Order.REACHED:
                return rank(_at(one.facts.reached), more_is_better=False)
            case Order.BEGUN:
                return 0.0

    def _runs(self) -> list[tuple[Run, Sequence[SeriesSnapshot]]]:
        """All runs with their curves, that of now as far as it is known here."""
        runs = self._playback.runs
        left: list[tuple[Run, Sequence[SeriesSnapshot]]] = [
            (run, run.series) for run in runs.left(self._step)
        ]
        left += [(run, run.series) for run in runs.racing(self._step)]
        now, ahead = runs.now(self._step), runs.ahead(self._step)
        series = series_of(self._playback.record_of(self._step).frame)
        if ahead is not None and end_of(ahead.series) > end_of(series):
            return [*left, (ahead, ahead.series)]
        return [*left, (now, series)] if now is not None and series else left


def _curve_of(series: Sequence[SeriesSnapshot], name: str) -> SeriesSnapshot | None:
    return next((one for one in series if one.name == name), None)


def _at(reading: Reading | None) -> float | None:
    return None if reading is None else float(reading.position)


def _is(run: Run, now: Run | None) -> bool:
    return now is not None and run.ordinal == now.ordinal


def _position(run: Run, now: Run | None, position: int) -> int:
    if _is(run, now):
        return position
    return run.end.position if run.end is not None else 0
