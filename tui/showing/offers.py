"""Which panes the step that is shown has something for, and how many loops it will show."""

from __future__ import annotations

from dataclasses import dataclass

from engine.code.curves import promises_curve
from engine.code.outline import outline_of
from engine.protocol.events import EngineFailed
from engine.protocol.frame import Frame, ReducedCurve, SeriesSnapshot
from engine.protocol.outcomes import Outcome
from tui.layout.arrangement import SIDE_PANES, has_canvas
from tui.player.playback import Playback

MOST_LOOPS = 3
"""How many running loops are shown at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The panes of a step: what its source promises, and what has come of it.

    Those that are ``empty`` have nothing to show now: before its run all that the step only
    promises. While it runs only a canvas is, which comes when it has run, so that no pane comes in
    its midst; once it has ended the output is, where nothing was written.
    """

    panes: frozenset[str]
    empty: frozenset[str]


def offer_of(playback: Playback) -> Offer:
    """What panes the step that is shown has."""
    made = _made(playback)
    return Offer(made | _promised(playback), _may_be_empty(playback) - made)


def loop_rows(playback: Playback) -> int:
    """How many rows to keep for the loops of the step that is shown: one at least."""
    cell = playback.step.cell
    depth = outline_of(cell.source).loops if cell is not None else 0
    return min(max(depth, 1), MOST_LOOPS)


def _may_be_empty(playback: Playback) -> frozenset[str]:
    if not _has_begun(playback):
        return frozenset(SIDE_PANES)
    return frozenset({"canvas" if playback.running == playback.shown else "output"})


def _made(playback: Playback) -> frozenset[str]:
    step, frame = playback.step, playback.record.frame
    cell = step.cell
    made = {
        "prose": bool(step.prose) or step.exercise is not None or cell is None,
        "code": cell is not None,
        "curve": frame is not None and _has_recorded(frame),
        "output": _has_written(playback),
        "tensors": bool(frame and frame.tensors) or bool(playback.work.watches),
    }
    return frozenset(name for name, is_there in made.items() if is_there)


def _promised(playback: Playback) -> frozenset[str]:
    step = playback.step
    cell = step.cell
    if cell is None:
        return frozenset()
    promised = {
        "curve": promises_curve(cell.source) if cell.watch is None else bool(cell.watch),
        "output": step.exercise is not None or outline_of(cell.source).writes,
        "tensors": bool(cell.show),
        "view": bool(step.views),
        "canvas": has_canvas(step),
    }
    return frozenset(name for name, is_there in promised.items() if is_there)


def _has_begun(playback: Playback) -> bool:
    """Whether there is a run of the step that is shown, of now or beside it."""
    step, record, runs = playback.shown, playback.record, playback.runs
    is_or_was = playback.running == step or record.outcome is not None or record.frame is not None
    return is_or_was or bool(runs.left(step)) or bool(runs.racing(step))


def _has_recorded(frame: Frame) -> bool:
    recorded: tuple[ReducedCurve | SeriesSnapshot, ...] = (*frame.curves, *frame.series)
    return any(series.count or series.rejected for series in recorded)


def _has_written(playback: Playback) -> bool:
    record = playback.record
    return (
        isinstance(playback.engine, EngineFailed)
        or bool(record.output.line_count or record.verdicts)
        or record.attempt is not None
        or record.outcome is Outcome.FAILED
    )
