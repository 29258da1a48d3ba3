"""Which panes the step that is shown has something for, and how many loops it will show."""

from __future__ import annotations

from engine.code.curves import promises_curve
from engine.code.outline import outline_of
from engine.lesson.model import Cell
from engine.protocol.events import EngineFailed
from engine.protocol.frame import Frame, ReducedCurve, SeriesSnapshot
from engine.protocol.outcomes import Outcome
from tui.layout.arrangement import has_canvas
from tui.player.playback import Playback

MOST_LOOPS = 3
"""How many running loops are shown at most."""


def panes_of(playback: Playback) -> frozenset[str]:
    """The panes of the step that is shown: what its source promises, and what has come of it."""
    step, record = playback.step, playback.record
    cell, frame = step.cell, record.frame
    offers = {
        "prose": bool(step.prose) or step.exercise is not None or cell is None,
        "code": cell is not None,
        "curve": _has_curve(cell, frame),
        "output": _has_output(playback),
        "tensors": bool((cell and cell.show) or (frame and frame.tensors))
        or bool(playback.work.watches),
        "view": bool(step.views),
        "canvas": has_canvas(step),
    }
    return frozenset(name for name, is_there in offers.items() if is_there)


def loop_rows(playback: Playback) -> int:
    """How many rows to keep for the loops of the step that is shown: one at least."""
    cell = playback.step.cell
    depth = outline_of(cell.source).loops if cell is not None else 0
    return min(max(depth, 1), MOST_LOOPS)


def _has_curve(cell: Cell | None, frame: Frame | None) -> bool:
    if cell is None:
        return False
    if promises_curve(cell.source) if cell.watch is None else cell.watch:
        return True
    if frame is None:
        return False
    recorded: tuple[ReducedCurve | SeriesSnapshot, ...] = (*frame.curves, *frame.series)
    return any(series.count or series.rejected for series in recorded)


def _has_output(playback: Playback) -> bool:
    cell, record = playback.step.cell, playback.record
    return (
        isinstance(playback.engine, EngineFailed)
        or bool(record.output.line_count or record.verdicts)
        or record.attempt is not None
        or record.outcome is Outcome.FAILED
        or (cell is not None and (playback.step.exercise is not None or _writes(cell)))
    )


def _writes(cell: Cell) -> bool:
    return outline_of(cell.source).writes
