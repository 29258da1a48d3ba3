"""Which cell is looked into, and at which of its lines: where the step runs, stands or broke."""

from __future__ import annotations

from dataclasses import dataclass

from engine.code.assignments import assignments_of
from engine.code.syntax import SyntaxTrouble
from engine.lesson.model import Cell
from engine.protocol.made import LineMade
from tui.editing.dials import Dial, differ_in_numbers_only
from tui.experiments.turning import dial_of
from tui.player.playback import Playback
from tui.player.standing import made_so_far, next_statement, waits
from tui.rendering.code import LineTime
from tui.rendering.difference import lines_of_edit


@dataclass(frozen=True, slots=True)
class Sight:
    """A cell as the learner has it, and the file's line to mark in it; there may be neither.

    ``made`` is what lines of the cell have made, where the run waits in it. ``edited`` are the
    lines that are the learner's, counted from the cell's first, which is 0; ``warned`` are those
    at which the teacher has noticed something. ``trouble`` is what broke an edit at the line that
    is marked, ``dial`` the number that the learner has in hand.
    """

    cell: Cell | None
    line: int | None
    moment: LineTime
    made: tuple[LineMade, ...] = ()
    edited: frozenset[int] = frozenset()
    trouble: str = ""
    dial: Dial | None = None
    warned: frozenset[int] = frozenset()

    @property
    def telling(self) -> frozenset[int]:
        """The lines that each iteration has say what they have made, counted as `edited` are."""
        source = "" if self.cell is None else self.cell.source
        return frozenset(one.line - 1 for one in assignments_of(source) if one.names and one.loops)


def sight_of(playback: Playback) -> Sight:
    """What to show of the step's code: where it stands in a function of another cell, that cell."""
    line, moment = _line_where_it_waits(playback)
    if line and not _is_in_own_cell(playback, line):
        for step in range(playback.shown):
            cell = playback.edits.cell_of(step)
            if cell is not None and _has_line(cell, line):
                made, edited = _made_in(cell, playback), _lines_of_edit(playback, step)
                return Sight(cell, line, moment, made, edited)
    return sight_in_own_cell(playback)


def _line_where_it_waits(playback: Playback) -> tuple[int, LineTime]:
    """The file's line before which the step waits, or of the loop in which; 0 where in none."""
    standing = next_statement(playback)
    if standing is not None:
        return standing.line, LineTime.NEXT
    spot = playback.session.spot if waits(playback) else None
    return 0 if spot is None else spot.line, LineTime.RUNNING


def sight_in_own_cell(playback: Playback) -> Sight:
    """What to show where only the step's own cell is: in place of a function's line its call."""
    cell, standing = playback.edits.cell_of(playback.shown), next_statement(playback)
    standing = None if _refused(playback) is not None else standing
    edited = _lines_of_edit(playback, playback.shown)
    dial = dial_of(playback)
    if standing is not None and _is_in_own_cell(playback, standing.line):
        made, warned = _made_in(cell, playback), _lines_warned_at(playback)
        return Sight(cell, standing.line, LineTime.NEXT, made, edited, dial=dial, warned=warned)
    trouble = trouble_at_line(playback) if playback.work.edit is not None else ""
    line = marked_line(playback)
    warned = _lines_warned_at(playback)
    made = _made_in(cell, playback)
    return Sight(cell, line, LineTime.RUNNING, made, edited, trouble, dial, warned)


def marked_line(playback: Playback) -> int | None:
    """The file's line to mark in the step that is shown: where it runs, or where it broke.

    None where the run was of another source than the learner has now, whose lines are others.
    """
    cell, record = playback.edits.cell_of(playback.shown), playback.record
    refused = _refused(playback)
    if cell is not None and refused is not None:
        return cell.line + refused.line
    if record.source is not None and not _has_lines_of(playback, record.source):
        return None
    if cell is None or playback.running != playback.shown:
        return record.error_line
    return playback.session.running_line(cell.line, _last_line(cell))


def _has_lines_of(playback: Playback, source: str) -> bool:
    """Whether the source of now has the lines of what ran, or runs, where these stood."""
    if playback.running == playback.shown:
        return differ_in_numbers_only(source, playback.source)
    return source == playback.source


def trouble_at_line(playback: Playback) -> str:
    """What to say at the marked line: the error that broke the step there; empty if none."""
    refused = _refused(playback)
    if refused is not None:
        return refused.words
    return "" if playback.running == playback.shown else playback.record.error


def _made_in(cell: Cell | None, playback: Playback) -> tuple[LineMade, ...]:
    """What the lines of a cell have made so far."""
    if cell is None:
        return ()
    return tuple(one for one in made_so_far(playback) if _has_line(cell, one.line))


def _is_in_own_cell(playback: Playback, line: int) -> bool:
    cell = playback.edits.cell_of(playback.shown)
    return cell is not None and _has_line(cell, line)


def _has_line(cell: Cell, line: int) -> bool:
    """Whether the file's line `line` is one of a cell, or of what stands in for it."""
    return cell.line <= line <= _last_line(cell)


def _last_line(cell: Cell) -> int:
    return cell.line + cell.source.count("\n")


def _refused(playback: Playback) -> SyntaxTrouble | None:
    """Why the source of now was not run."""
    refused = playback.record.refused
    is_of_now = refused is not None and refused.source == playback.source
    return refused if is_of_now else None


def _lines_warned_at(playback: Playback) -> frozenset[int]:
    """The lines of the cell that the teacher has named, counted from its first, which is 0."""
    cell, record = playback.edits.cell_of(playback.shown), playback.record
    if cell is None or record.source not in (None, cell.source):
        return frozenset()
    lines = (one.line for one in record.noticed)
    return frozenset(
        line - cell.line for line in lines if line is not None and _has_line(cell, line)
    )


def _lines_of_edit(playback: Playback, step: int) -> frozenset[int]:
    own, edit = playback.lesson.steps[step].cell, playback.works.of(step).edit
    return frozenset() if own is None or edit is None else lines_of_edit(own.source, edit)
