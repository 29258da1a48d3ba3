"""What each line of a running cell, or of a function in one, has made, told where the run waits."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import FrameType

from engine.code.assignments import (
    Assignment,
    BeforeLine,
    FunctionBody,
    assignments_of,
    function_at,
    newest,
)
from engine.framing.drawings import TakenAt
from engine.lesson.model import Cell
from engine.protocol.frame import LoopProgress
from engine.protocol.made import LineMade, Made
from engine.protocol.statements import NextStatement
from engine.stepping.stepping import Standing
from engine.values.made import describe_value


@dataclass(frozen=True, slots=True)
class CalledFunction:
    """A function of the lesson's that runs, and the cell, as it ran, that its lines are in.

    ``is_in_loop`` says that a loop runs there, or around it.
    """

    cell: Cell
    frame: FrameType
    is_in_loop: bool = False

    @property
    def body(self) -> FunctionBody | None:
        """What its source says; None where that is not found."""
        code = self.frame.f_code
        return function_at(self.cell.source, code.co_firstlineno - self.cell.line + 1)

    def has(self, line: int) -> bool:
        """Whether a line of the file is one of its own."""
        body = self.body
        return body is not None and line - self.cell.line + 1 in body.lines

    @property
    def names(self) -> Mapping[str, object]:
        """Its own names, and those that it shares with the lesson."""
        code, lesson = self.frame.f_code, self.frame.f_globals
        shared = {one: lesson[one] for one in code.co_names if one in lesson}
        for own in code.co_varnames:
            shared.pop(own, None)
        return ChainMap(self.frame.f_locals, shared)


class RanLines:
    """Remembers what was told of the lines of one cell, to say what is new."""

    def __init__(self, cell: Cell | None, namespace: Mapping[str, object]) -> None:
        self._cell = cell
        self._namespace = namespace
        self._told: dict[int, LineMade] = {}
        self._moment: object = None
        self._is_outdated = False
        # Not all that stands there: that would keep the names of a function alive.
        self._statement: NextStatement | None = None

    def outdate(self) -> None:
        """Look at the values again, though the run stands where it stood: names were changed."""
        self._is_outdated = True

    def told(
        self, at: TakenAt, standing: Standing | None = None, function: CalledFunction | None = None
    ) -> tuple[LineMade, ...]:
        """What is to be said of each line, in order: of the cell's own, and of the function's.

        () where the run is in neither.
        """
        moment = (at.position, tuple((loop.line, loop.done) for loop in at.loops))
        statement = None if standing is None else standing.statement
        if moment != self._moment or statement is not self._statement:
            self._moment, self._statement, self._is_outdated = moment, statement, False
            self._look(at.loops, standing, function)
        elif self._is_outdated:
            self._is_outdated = False
            were_new = {line for line, one in self._told.items() if one.is_new}
            self._look(at.loops, standing, function)
            for line in were_new & self._told.keys():
                self._told[line] = replace(self._told[line], is_new=True)
        return tuple(one for one in self._told.values() if one.values or one.changed)

    def _look(
        self,
        loops: Sequence[LoopProgress],
        standing: Standing | None,
        function: CalledFunction | None,
    ) -> None:
        made: dict[int, LineMade] = {}
        lines: list[range] = []
        place = self._place(loops, standing, function)
        if self._cell is not None and place is not None:
            found = newest(assignments_of(self._cell.source), place)
            made |= _made(found, self._cell, self._namespace)
            lines.append(_lines_of(self._cell))
        body = None if function is None else function.body
        if function is not None and body is not None:
            inside = _place_in(body, function, loops, standing)
            if inside is not None:
                made |= _made(newest(body.assignments, inside), function.cell, function.names)
                lines.append(_lines_of(function.cell))
        if standing is not None and any(standing.line_before in one for one in lines):
            assert standing.line_before is not None
            _add_changes(made, standing.line_before, standing.statement.changes.names)
        compared = [self._compared(one) for line, one in sorted(made.items())]
        self._told = {one.line: one for one in compared}

    def _place(
        self,
        loops: Sequence[LoopProgress],
        standing: Standing | None,
        function: CalledFunction | None,
    ) -> BeforeLine | None:
        """Where the run stands in the cell, its lines counted from 1; None where it does not."""
        if self._cell is None:
            return None
        first, lines = self._cell.line - 1, _lines_of(self._cell)
        around = loops if function is None else [one for one in loops if not function.has(one.line)]
        if not all(loop.line in lines for loop in around):
            return None
        own = {loop.line - first: loop.done for loop in around}
        innermost = max(own, default=0)
        if function is not None and own:
            # Where in its body the function was called is not known.
            return BeforeLine(innermost + 1, own)
        if standing is not None:
            line = standing.statement.line
            return BeforeLine(line - first, own) if line in lines else None
        if function is not None or not own:
            return None
        return BeforeLine(_after(assignments_of(self._cell.source), innermost), own)

    def _compared(self, line: LineMade) -> LineMade:
        before = self._told.get(line.line)
        kept: tuple[Made, ...] = before.values if before is not None else ()
        return replace(line, is_new=line.values != kept or bool(line.changed))


def _place_in(
    body: FunctionBody,
    function: CalledFunction,
    loops: Sequence[LoopProgress],
    standing: Standing | None,
) -> BeforeLine | None:
    """Where the run stands in a function, by the lines of its cell; None where that is unclear."""
    first = function.cell.line - 1
    done = {loop.line - first: loop.done for loop in loops if function.is_in_loop}
    if standing is None and (not loops or not function.has(loops[-1].line)):
        return None
    line = (loops[-1].line if standing is None else standing.statement.line) - first
    own = {loop: done[loop] for loop in body.loops_around(line) if loop in done}
    return BeforeLine(_after(body.assignments, line) if standing is None else line, own)


def _after(assignments: Sequence[Assignment], loop: int) -> int:
    """The line after what has run where an iteration of a loop has ended, which begins on a line.

    At a boundary the innermost loop's body has run to its end, and so has a loop in it.
    """
    return max((one.line for one in assignments if loop in one.loops), default=loop) + 1


def _made(
    found: Mapping[int, Sequence[str]], cell: Cell, names: Mapping[str, object]
) -> dict[int, LineMade]:
    """What these lines of a cell have made, by their lines in the file."""
    made = {}
    for at, own in found.items():
        values = (describe_value(name, names[name]) for name in own if name in names)
        line = at + cell.line - 1
        made[line] = LineMade(line, tuple(value for value in values if value is not None))
    return made


def _add_changes(made: dict[int, LineMade], line: int, changed: Sequence[str]) -> None:
    before = made.get(line, LineMade(line, ()))
    named = {value.name for value in before.values}
    others = tuple(name for name in changed if name not in named)
    made[line] = replace(before, changed=others)


def _lines_of(cell: Cell) -> range:
    return range(cell.line, cell.line + cell.source.count("\n") + 1)
