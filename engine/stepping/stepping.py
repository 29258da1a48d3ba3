"""Stepping by statements: where to stop in the lesson's code, and what the statement before did.

There is a trace function only from the first such step until the lesson runs on; whether to wait at
a stop is the gate's business.
"""

from __future__ import annotations

import sys
from bdb import Bdb
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import FrameType
from typing import Any

from engine.gate.passage import Passage
from engine.lesson.model import Cell
from engine.loops.runtime import LoopRuntime
from engine.protocol.frame import FrameRequest
from engine.protocol.places import LoopPass, Stand
from engine.protocol.statements import NextStatement, StatementChanges
from engine.stepping.statements import statement_starts
from engine.stepping.visits import Visits
from engine.system.forks import call_in_forked_child
from engine.values.changes import Memory, compare, remember

# Each statement of a cell's own is a code object by itself, and has a frame by itself.
_MODULE = 0
_MODULE_NAMES = ("<module>", "<cell line:")


@dataclass(frozen=True, slots=True)
class Standing:
    """The statement that runs next, and the names of the function that it is in.

    At the lesson's own level ``own_names`` is empty: there the names are the lesson's.
    ``line_before`` is the statement that was stood before in the same function, None if none was.
    """

    statement: NextStatement
    own_names: Mapping[str, object]
    line_before: int | None


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a frame was last stopped in, and what its names meant then, if that will be asked."""

    start: int
    instruction: int
    memory: Memory | None


class StatementStepper(Bdb):
    """Stops before each statement of a lesson, in whichever of its functions that stands.

    Used on the worker's thread. ``standing`` is not None while it stands, so that the frames that
    the gate takes there can tell of it. `loops` gives those of the namespace of now.
    """

    def __init__(
        self,
        passage: Passage,
        path: str,
        take_frame: Callable[[FrameRequest], None],
        loops: Callable[[], LoopRuntime],
    ) -> None:
        super().__init__()
        self.standing: Standing | None = None
        self._passage = passage
        self._path = path
        self._take_frame = take_frame
        self._loops = loops
        self.visits = Visits()
        self._counted_at = 0
        self._count = 0
        self._cells: dict[int, Cell] = {}
        self._own_lines = range(0)
        self._starts: dict[int, int] = {}
        self._namespace: Mapping[str, object] = {}
        self._shown: Sequence[str] = ()
        self._stops: dict[int, _Stop] = {}
        self._follows = False
        self._is_suspended = False
        self._has_passed_boundary = False
        passage.on_statement_steps(self.follow)
        call_in_forked_child(self, StatementStepper.finish)

    def begin(self, cell: Cell, namespace: Mapping[str, object], shown: Sequence[str]) -> None:
        """Say what runs from now on; changed tensors are named as in `shown` where they can be."""
        self._own_lines = range(cell.line, cell.line + cell.source.count("\n") + 1)
        self._cells.pop(cell.line, None)
        self._cells[cell.line] = cell
        self._namespace = namespace
        self._shown = shown
        self._counted_at = self._count = 0

    def move(self, moved: Callable[[int], int]) -> None:
        """Have the statements of cells that have run stand where their lines are now."""
        self._read_cells()
        self._starts = {moved(line): moved(start) for line, start in self._starts.items()}

    def follow(self) -> None:
        """Stop before each statement from here on; called at a boundary, or where a step starts."""
        if self._follows:
            self._has_passed_boundary = True
            if (since := self._loops().boundary.newest_end()) is not None:
                self._count_visits(since)
            return
        self._read_cells()
        self._follows = True
        self._count_visits(self._loops().boundary.newest_end())
        for frame in self._lesson_frames(sys._getframe()):
            self._stops[self._key(frame)] = self._stop_in(frame)
            frame.f_trace = self.trace_dispatch
        self.set_step()
        sys.settrace(self.trace_dispatch)

    def finish(self) -> None:
        """Stop nowhere, leave no trace function behind, and let the lesson's names go.

        So does a process that was forked from the worker.
        """
        if self._follows:
            self._let_go(sys._getframe())
        self._namespace = {}

    @property
    def count(self) -> int:
        """How many statements it has stopped before since the newest iteration that counted."""
        return self._count if self._loops().position == self._counted_at else 0

    @property
    def counted(self) -> tuple[int, int]:
        """The newest iteration count at which statements were stopped before, and how many."""
        return self._counted_at, self._count

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """A context in which code of the lesson's that a view calls is no part of its run."""
        before, self._is_suspended = self._is_suspended, True
        try:
            yield
        finally:
            self._is_suspended = before

    # What bdb asks

    def trace_dispatch(self, frame: FrameType, event: str, arg: Any) -> Any:
        """Have the event handled; None, and so no local trace function, where that ended it all."""
        if self._is_suspended:
            return None
        following = super().trace_dispatch(frame, event, arg)
        return following if self._follows else None

    def dispatch_call(self, frame: FrameType, arg: Any) -> Any:
        """Look into a call of the lesson's own functions; anything else is stepped over."""
        del arg
        if not self._passage.follows_statements:
            self._let_go(frame)
        if self._passage.gate.walks and frame.f_lineno not in self._own_lines:
            self.visits.miss_some()
            return None
        return self.trace_dispatch if self.stop_here(frame) else None

    def stop_here(self, frame: FrameType) -> bool:
        """Whether the frame is of the lesson's statements: no lambda, and none of a view's."""
        code = frame.f_code
        return (
            code.co_filename == self._path
            and frame.f_globals is self._namespace
            and not _is_expression(code.co_name)
        )

    def break_here(self, frame: FrameType) -> bool:
        """Nowhere: there are no breakpoints."""
        del frame
        return False

    def user_line(self, frame: FrameType) -> None:
        """Stand before the statement that begins here, unless the one before still goes on."""
        before = self._stops.get(self._key(frame))
        if _is_ours(frame) or self._goes_on(frame, before):
            return
        stop = self._stop_in(frame)
        changes = _changes(before, stop)
        self._stops[self._key(frame)] = stop
        self._has_passed_boundary = False
        self._count, self._counted_at = self.count + 1, self._loops().position
        self.standing = Standing(
            NextStatement(stop.start, changes),
            {} if _is_module(frame) else frame.f_locals,
            None if before is None else before.start,
        )
        self.visits.add(stop.start)
        try:
            follows = self._passage.pass_statement(self._take_frame)
        finally:
            self.standing = None
        if not follows:
            self._let_go(frame)

    def user_return(self, frame: FrameType, return_value: Any) -> None:
        """Forget the function that ends; its caller's statement goes on."""
        del return_value
        if not _is_module(frame):
            self._stops.pop(id(frame), None)

    def function_in(self, frame: FrameType | None) -> FrameType | None:
        """The innermost of the lesson's functions that `frame` was called by, or is of.

        None at the lesson's own level, and where nothing runs.
        """
        innermost = next(self._lesson_frames(frame), None)
        return None if innermost is None or _is_module(innermost) else innermost

    # Where to stop

    def _goes_on(self, frame: FrameType, before: _Stop | None) -> bool:
        """Whether a line is a further one of the statement that was stopped at before.

        A statement that runs again, as the head of a loop, begins where it began. Only of a loop
        that is one line the second iteration begins further on: there a boundary tells.
        """
        line = frame.f_lineno
        start = self._starts.get(line, line)
        if before is None or start != before.start or frame.f_lasti <= before.instruction:
            return False
        is_one_line = self._starts.get(line + 1) != start
        return not (is_one_line and self._has_passed_boundary)

    def _stop_in(self, frame: FrameType) -> _Stop:
        start = self._starts.get(frame.f_lineno, frame.f_lineno)
        memory = None if self._passage.gate.walks else remember(self._names_in(frame), self._shown)
        return _Stop(start, frame.f_lasti, memory)

    def _names_in(self, frame: FrameType) -> Mapping[str, object]:
        own = frame.f_globals
        return own if _is_module(frame) else ChainMap(frame.f_locals, own)

    def _key(self, frame: FrameType) -> int:
        return _MODULE if _is_module(frame) else id(frame)

    def _lesson_frames(self, frame: FrameType | None) -> Iterator[FrameType]:
        while frame is not None:
            if self.stop_here(frame):
                yield frame
            frame = frame.f_back

    def _count_visits(self, since: LoopPass | None) -> None:
        is_at_start = self._loops().boundary.stand is Stand.STEP_BEGINS
        self.visits.begin(since, is_at_start=is_at_start)

    def _read_cells(self) -> None:
        for cell in self._cells.values():
            self._starts |= statement_starts(cell.source, cell.line)
        self._cells.clear()

    def _let_go(self, frame: FrameType | None) -> None:
        sys.settrace(None)
        self._follows = False
        self._stops.clear()
        for traced in self._lesson_frames(frame):
            traced.f_trace = None


def _changes(before: _Stop | None, now: _Stop) -> StatementChanges:
    """What the statement before did; nothing where the worker walked by it."""
    if before is None or before.memory is None or now.memory is None:
        return StatementChanges()
    return compare(before.memory, now.memory)


def _is_module(frame: FrameType) -> bool:
    """Whether a frame is of the lesson's own level; its locals do not tell in a comprehension."""
    return frame.f_code.co_name.startswith(_MODULE_NAMES)


def _is_expression(name: str) -> bool:
    """Whether code of this name is a lambda, a comprehension or an annotation."""
    if name == "__annotate__":
        return True
    return name.startswith("<") and not name.startswith(_MODULE_NAMES)


def _is_ours(frame: FrameType) -> bool:
    """Whether what runs next has no width in the source: the end of a hooked `while`."""
    positions = frame.f_code.co_positions()
    line, end_line, column, end_column = next(islice(positions, frame.f_lasti // 2, None))
    return column is not None and (line, column) == (end_line, end_column)
