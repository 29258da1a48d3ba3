"""Which cell is looked into, and at which of its lines: where the step runs, stands or broke."""

from __future__ import annotations

from dataclasses import dataclass

from engine.lesson.model import Cell
from engine.protocol.made import LineMade
from tui.player.playback import Playback
from tui.rendering.code import Moment


@dataclass(frozen=True, slots=True)
class Sight:
    """A cell, and the file's line to mark in it; without a cell or a line there is none.

    ``made`` is what lines of the cell have made, where the run waits in it.
    """

    cell: Cell | None
    line: int | None
    moment: Moment
    made: tuple[LineMade, ...] = ()


def sight_of(playback: Playback) -> Sight:
    """What to show of the step's code: where it stands in a function of another cell, that cell."""
    standing = playback.standing
    if standing is not None and not _is_in_own_cell(playback, standing.line):
        for step in playback.lesson.steps[: playback.shown]:
            if step.cell is not None and _has_line(step.cell, step.cell.source, standing.line):
                return Sight(step.cell, standing.line, Moment.NEXT)
    return sight_in_own_cell(playback)


def sight_in_own_cell(playback: Playback) -> Sight:
    """What to show where only the step's own cell is: in place of a function's line its call."""
    cell, standing = playback.step.cell, playback.standing
    if standing is not None and _is_in_own_cell(playback, standing.line):
        return Sight(cell, standing.line, Moment.NEXT, playback.made)
    return Sight(cell, marked_line(playback), Moment.RUNNING, playback.made)


def marked_line(playback: Playback) -> int | None:
    """The file's line to mark in the step that is shown: where it runs, or where it broke."""
    cell = playback.step.cell
    if cell is None or playback.running != playback.shown:
        return playback.record.error_line
    last = cell.line + playback.source.count("\n")
    return playback.session.running_line(cell.line, last)


def trouble_at_line(playback: Playback) -> str:
    """What to say at the marked line: the error that broke the step there; empty if none."""
    return "" if playback.running == playback.shown else playback.record.error


def _is_in_own_cell(playback: Playback, line: int) -> bool:
    cell = playback.step.cell
    return cell is not None and _has_line(cell, playback.source, line)


def _has_line(cell: Cell, source: str, line: int) -> bool:
    """Whether the file's line `line` is one of `source`, which is a cell's or stands in for it."""
    return cell.line <= line <= cell.line + source.count("\n")
