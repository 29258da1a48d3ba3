"""What a curve pane draws of a frame's curves and of other runs, each reduced only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.protocol.frame import CurveRequest, Positions, ReducedCurve
from engine.protocol.reduction import read_at, reduce_series, shown_within
from tui.plots.reading_line import RunReading
from tui.plots.runs import RunLine
from tui.showing.shown_runs import ShownRun

_Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Curves of the run of now, and the lines of others, over one window."""

    curves: Sequence[ReducedCurve]
    runs: tuple[RunLine, ...]


class RunLines:
    """Keeps the curves of runs that were left as they were last reduced."""

    def __init__(self) -> None:
        self._reduced: dict[object, tuple[ReducedCurve, ...]] = {}

    def drawn(
        self,
        curves: Sequence[ReducedCurve],
        runs: Sequence[ShownRun],
        wanted: CurveRequest,
        columns: int,
    ) -> Drawn:
        """What of curves and runs is seen; `columns` is how many dots there are side by side.

        Runs are shown as the curves of now are, and as is `wanted` where there are none. Zoomed,
        that is the last part of what is bright, and of others what they have there.
        """
        shown_as = curves[0].request if curves else wanted
        window = _window(curves, runs, shown_as.zoom)
        request = replace(shown_as, columns=max(columns, 1), cursor=None)
        before, self._reduced = self._reduced, {}
        lines = []
        for run in runs:
            key = run.series, request, window
            reduced = before.get(key)
            if reduced is None:
                reduced = reduce_series(run.series, request, window)
            self._reduced[key] = reduced
            lines.append(RunLine(run.name, run.ordinal, reduced, run.is_bright))
        return Drawn(
            curves if window is None else shown_within(curves, *window),
            tuple(line for line in lines if line.begun),
        )

    def readings(self, runs: Sequence[ShownRun], cursor: int | None) -> list[RunReading]:
        """What each run held at the reading line, newest first; nothing of one that ended before.

        Of several curves it is the first.
        """
        if cursor is None:
            return []
        found = []
        for run in sorted(runs, key=lambda one: one.ordinal, reverse=True):
            first = next((one for one in run.series if one.count and run.name), None)
            if first is not None and int(first.positions[-1]) >= cursor:
                reading = read_at(first, cursor)
                if reading is not None:
                    found.append(RunReading(run.name, run.ordinal, reading))
        return found


def _window(
    curves: Sequence[ReducedCurve], runs: Sequence[ShownRun], zoom: float
) -> _Window | None:
    """The positions that are shown: the last of those that what is bright has; None: all."""
    if zoom >= 1:
        return None
    ends = [(one.first, one.last) for one in curves if one.count]
    bright = [run for run in runs if run.is_bright] if ends else runs
    for run in bright:
        ends += [_ends(one.bucket_first, one.positions) for one in run.series if one.count]
    if not ends:
        return None
    first, last = min(one for one, _ in ends), max(one for _, one in ends)
    return last - round((last - first) * zoom), last


def _ends(buckets: Positions, positions: Positions) -> _Window:
    return int(buckets[0] if len(buckets) else positions[0]), int(positions[-1])
