"""What ten million recorded points cost: the work of one frame, and memory; all in this process."""

from __future__ import annotations

import gc
import math
import resource
import sys
import time

from bench.budgets import Bound, Budget, Measured, middle
from engine.loops.recorder import Recorder
from engine.protocol.frame import CurveRequest, ReducedCurve
from engine.protocol.reduction import reduce_series
from engine.protocol.wire import decode, encode
from tui.plots.curve import draw_curve
from tui.rendering.palette import DARK

FRAME = Budget("a frame's work, 10 million points", Bound.AT_MOST, 1.5, "times that with 1,000")
ZOOMED = Budget("the same, the last tenth, smoothed", Bound.AT_MOST, 1.5, "times that with 1,000")
MEMORY = Budget("memory, 10 million points", Bound.AT_MOST, 64.0, "MiB")

MANY, FEW = 10_000_000, 1_000

# The curve's pane at 120x40.
_WIDTH, _HEIGHT = 57, 14
_WHOLE = CurveRequest(2 * _WIDTH)
_ZOOMED = CurveRequest(2 * _WIDTH, zoom=0.1, smoothing=0.9)
_MIB = 1 << 20


def measure_recording(pairs: int) -> list[Measured]:
    """Record both series, then take and draw their frames in turn; the memory is the process's."""
    few = _recorded(FEW)
    gc.collect()
    before = _peak_size()
    many = _recorded(MANY)
    _frame_seconds(many, _WHOLE)
    grown = _peak_size() - before
    return [
        _compare(FRAME, few, many, _WHOLE, pairs),
        _compare(ZOOMED, few, many, _ZOOMED, pairs),
        Measured(MEMORY, grown, (grown,), "by how much the process grew"),
    ]


def _peak_size() -> float:
    """The most memory that this process has had until now, in MiB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / _MIB if sys.platform == "darwin" else 1024 * size / _MIB


def _recorded(count: int) -> Recorder:
    """A cost that falls and swings alike whatever the count, so that its pictures are alike."""
    recorder = Recorder()
    for position in range(count):
        share = position / count
        recorder.record("cost", position, math.exp(-5 * share) + 0.02 * math.sin(90 * share))
    return recorder


def _compare(
    budget: Budget, few: Recorder, many: Recorder, request: CurveRequest, pairs: int
) -> Measured:
    times = [
        (_frame_seconds(few, request), _frame_seconds(many, request)) for _ in range(pairs + 1)
    ][1:]
    best = f"{1000 * min(long for _, long in times):.2f} ms at best"
    return middle(budget, [long / short for short, long in times], best)


def _frame_seconds(recorder: Recorder, request: CurveRequest) -> float:
    """What the session does for a frame of one curve, the wire, and what the interface does."""
    began = time.perf_counter()
    sent = encode(reduce_series(recorder.snapshot(), request))
    draw_curve(decode(sent, tuple[ReducedCurve, ...]), _WIDTH, _HEIGHT, DARK)
    return time.perf_counter() - began
