"""Which panes the step that is shown has something for, and how many loops it will show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.code.outline import outline_of
from engine.code.promises import promises_curve
from engine.lesson.model import Step
from engine.protocol.events import EngineFailed
from engine.protocol.frame import Frame, ReducedCurve, SeriesSnapshot
from engine.protocol.outcomes import Outcome
from tui.layout.arrangement import SIDE_PANES, TWO_COLUMNS_FROM, has_canvas
from tui.player.playback import Playback
from tui.player.standing import is_sought
from tui.rendering.remarks import Remark

MOST_LOOPS = 3
"""How many running loops are shown at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The panes of a step: what its source promises, and what has come of it.

    Those that are ``empty`` have nothing to show now: before its run all that the step only
    promises. While it runs a canvas is, which comes when it has run, and the output that has but
    what the teacher noticed, so that no pane comes in its midst; once it has ended the output is,
    where nothing is told there or will be at once.
    """

    panes: frozenset[str]
    empty: frozenset[str]


def offer_of(playback: Playback, told: Collection[Remark] = ()) -> Offer:
    """What panes the step that is shown has; what is `told` stands whole under its code."""
    made = _made(playback, told)
    return Offer(made | _promised(playback), _may_be_empty(playback) - made)


def promises_output(step: Step) -> bool:
    """Whether the lesson's own code of a step writes something, as far as its source tells."""
    return step.cell is not None and outline_of(step.cell.source).writes


def has_loops(playback: Playback) -> bool:
    """Whether the step that is shown has iterations, by its source or by what has run of it."""
    frame = playback.record.frame
    return (frame is not None and bool(frame.loops)) or _depth_of_loops(playback.step) > 0


def loop_rows(playback: Playback, width: int) -> int:
    """How many rows to keep for the loops of the step that is shown: one at least.

    One too where so many columns are so few that its run puts other panes in sight: what begins
    there moves everything in any case, and rows are dear.
    """
    depth = _depth_of_loops(playback.step)
    return min(max(depth, 1), MOST_LOOPS) if width >= TWO_COLUMNS_FROM else 1


def _depth_of_loops(step: Step) -> int:
    return outline_of(step.cell.source).loops if step.cell is not None else 0


def _may_be_empty(playback: Playback) -> frozenset[str]:
    if not _has_begun(playback):
        return frozenset(SIDE_PANES)
    if not _is_under_way(playback):
        will_tell = _awaits_verdict(playback) and promises_output(playback.step)
        return frozenset() if will_tell else frozenset({"output"})
    return frozenset({"canvas"} if promises_output(playback.step) else {"canvas", "output"})


def _made(playback: Playback, told: Collection[Remark]) -> frozenset[str]:
    step, frame = playback.step, playback.record.frame
    cell = step.cell
    made = {
        "prose": cell is None or _has_text(playback),
        "code": cell is not None,
        "curve": frame is not None and _has_recorded(frame),
        "output": _has_written(playback) or (not told and _has_come_to_more(playback)),
        "tensors": bool(frame and frame.tensors) or bool(playback.work.watches),
    }
    return frozenset(name for name, is_there in made.items() if is_there)


def _has_text(playback: Playback) -> bool:
    """Whether there is prose to read, a question, or help that was asked for."""
    is_told = any(part.markdown or part.questions for part in playback.step.prose)
    return is_told or bool(playback.work.hints) or playback.work.solution_shown


def _promised(playback: Playback) -> frozenset[str]:
    step = playback.step
    cell = step.cell
    if cell is None:
        return frozenset()
    promised = {
        "curve": promises_curve(cell.source) if cell.watch is None else bool(cell.watch),
        "output": promises_output(step) or step.exercise is not None or _tells_more(playback),
        "tensors": bool(cell.show),
        "view": bool(step.views),
        "canvas": has_canvas(step),
    }
    return frozenset(name for name, is_there in promised.items() if is_there)


def _awaits_verdict(playback: Playback) -> bool:
    """Whether an exercise has run to its end, and what its checks say is still to come."""
    record = playback.record
    has_run = playback.step.exercise is not None and record.outcome is Outcome.DONE
    return has_run and record.attempt is None


def _has_come_to_more(playback: Playback) -> bool:
    """Whether a run that has ended says more than it wrote, which the code may tell as well."""
    record = playback.record
    has_ended = record.outcome is not None
    return record.attempt is not None or (has_ended and _tells_more(playback))


def _tells_more(playback: Playback) -> bool:
    """Whether the teacher has noticed more than what stands over the curve, which is the newest."""
    frame = playback.record.frame
    over_curve = 1 if frame is not None and _has_recorded(frame) else 0
    return len(playback.record.noticed) > over_curve


def _has_begun(playback: Playback) -> bool:
    """Whether there is a run of the step that is shown, of now or beside it."""
    step, record, runs = playback.shown, playback.record, playback.runs
    was = record.outcome is not None or record.frame is not None
    is_or_was = was or _is_under_way(playback)
    return is_or_was or bool(runs.left(step)) or bool(runs.racing(step))


def _is_under_way(playback: Playback) -> bool:
    """Whether the step that is shown runs, or is run again unseen to a place in it."""
    return playback.running == playback.shown or is_sought(playback)


def _has_recorded(frame: Frame) -> bool:
    recorded: tuple[ReducedCurve | SeriesSnapshot, ...] = (*frame.curves, *frame.series)
    return any(series.count or series.rejected for series in recorded)


def _has_written(playback: Playback) -> bool:
    record = playback.record
    return (
        isinstance(playback.engine, EngineFailed)
        or bool(record.output.line_count)
        or any((record.exit, record.death))
        or record.outcome is Outcome.FAILED
    )
