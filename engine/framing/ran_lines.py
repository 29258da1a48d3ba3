"""What each line of a running cell has made, told where the run waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.code.assignments import BeforeLine, assignments_of, newest
from engine.lesson.model import Cell
from engine.protocol.frame import LoopProgress
from engine.protocol.made import LineMade, Made
from engine.protocol.statements import NextStatement
from engine.values.made import describe_value


class RanLines:
    """Remembers what was told of the lines of one cell, to say what is new."""

    def __init__(self, cell: Cell | None, namespace: Mapping[str, object]) -> None:
        self._cell = cell
        self._namespace = namespace
        self._told: dict[int, LineMade] = {}
        self._moment: object = None

    def told(
        self,
        loops: Sequence[LoopProgress],
        statement: NextStatement | None,
        line_before: int | None = None,
    ) -> tuple[LineMade, ...]:
        """What is to be said of each line, in order; () where the run is not in the cell's own.

        What has changed before `statement` was done at `line_before`.
        """
        moment = (tuple((loop.line, loop.done) for loop in loops), statement)
        if moment != self._moment:
            self._moment = moment
            self._look(loops, statement, line_before)
        return tuple(one for one in self._told.values() if one.values or one.changed)

    def _look(
        self,
        loops: Sequence[LoopProgress],
        statement: NextStatement | None,
        line_before: int | None,
    ) -> None:
        place = self._place(loops, statement)
        if self._cell is None or place is None:
            self._told = {}
            return
        first = self._cell.line - 1
        found = newest(assignments_of(self._cell.source), place)
        made = {line + first: self._made(line + first, names) for line, names in found.items()}
        own = range(self._cell.line, self._cell.line + self._cell.source.count("\n") + 1)
        if statement is not None and line_before is not None and line_before in own:
            self._add_changes(made, line_before, statement.changes.names)
        lines = [self._compared(one) for line, one in sorted(made.items())]
        self._told = {one.line: one for one in lines}

    def _place(
        self, loops: Sequence[LoopProgress], statement: NextStatement | None
    ) -> BeforeLine | None:
        """Where the run stands in the cell, its lines counted from 1; None where it does not."""
        if self._cell is None:
            return None
        first, count = self._cell.line - 1, self._cell.source.count("\n") + 1
        own = {loop.line - first: loop.done for loop in loops}
        if not all(1 <= line <= count for line in own):
            return None
        if statement is not None:
            line = statement.line - first
            return BeforeLine(line, own) if 1 <= line <= count else None
        # At a boundary the innermost loop's body has run to its end, and so has a loop in it.
        innermost = max(own, default=0)
        ends = [one.line for one in assignments_of(self._cell.source) if innermost in one.loops]
        return BeforeLine(max(ends, default=innermost) + 1, own) if own else None

    def _made(self, line: int, names: Sequence[str]) -> LineMade:
        values = (
            describe_value(name, self._namespace[name]) for name in names if name in self._namespace
        )
        return LineMade(line, tuple(value for value in values if value is not None))

    def _add_changes(self, made: dict[int, LineMade], line: int, changed: Sequence[str]) -> None:
        before = made.get(line, LineMade(line, ()))
        named = {value.name for value in before.values}
        others = tuple(name for name in changed if name not in named)
        made[line] = replace(before, changed=others)

    def _compared(self, line: LineMade) -> LineMade:
        before = self._told.get(line.line)
        kept: tuple[Made, ...] = before.values if before is not None else ()
        return replace(line, is_new=line.values != kept or bool(line.changed))
