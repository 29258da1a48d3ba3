"""The rewrite of a lesson's loops: each `for` and `while` calls a hook, as does what is noted.

Only trees are touched here; what a hooked loop does when it runs is in `engine/loops/runtime.py`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.code.curves import plan_of
from engine.code.loop_names import LoopNames
from engine.code.module_plan import plan_of_module
from engine.code.plan import Mark, Plan, WholeFile
from engine.loops.labels import label_of

FOR_HOOK = "__tutorch_for__"
WHILE_HOOK = "__tutorch_while__"
LEAVE_HOOK = "__tutorch_leave__"
RAN_OUT_HOOK = "__tutorch_ran_out__"
NOTE_HOOK = "__tutorch_note__"

_NO_PLAN = plan_of(ast.Module([], []), WholeFile())

# Where Python says that an iterable which gives no iterator stands: before 3.13, at the `for`.
_ITERATES_AT_THE_ITERABLE = sys.version_info >= (3, 13)


@dataclass(frozen=True, slots=True)
class LoopSite:
    """A loop as it stands in the lesson's file; in another file it has no ``line``, 0.

    ``names`` are those its body assigns outside of nested loops, ``inner_names`` those that loops
    nested in it assign, ``accumulated`` those that any of them changes with `+=` and the like.
    Where the step names nothing to watch, ``guessed`` are the names that the loop records, and
    ``notes`` says that its own lines note something, ``records_within`` that loops nested in it do,
    or record what they guess each time.
    """

    label: str
    line: int
    names: frozenset[str]
    inner_names: frozenset[str]
    accumulated: frozenset[str]
    guessed: tuple[str, ...] = ()
    notes: bool = False
    records_within: bool = False
    all_names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_names", self.names | self.inner_names)


@dataclass(frozen=True, slots=True)
class NoteSite:
    """An expression that is noted, under ``series`` or as a dictionary of what is noted.

    With ``is_tag`` it is what the next one is noted under. ``skips`` is how many of the loops that
    it stands in, innermost first, it is no value of. With ``is_asked`` it was asked for by name,
    and with ``adds`` an iteration has the sum of its values.
    """

    series: str | None
    is_tag: bool
    skips: int
    is_asked: bool
    adds: bool


class LoopInstrumenter(ast.NodeTransformer):
    """Hooks the loops of cells; `sites` grows by one entry for each, in the file's order.

    `for x in xs` becomes `for x in FOR_HOOK(xs, n)`, and `while test` becomes
    `while WHILE_HOOK(n) and test` with a `finally` around it that calls `LEAVE_HOOK(n)`: a `for`
    tells by its iterator when it is left, a `while` has nothing that would. Its `else` begins with
    `RAN_OUT_HOOK(n)`, so that it is known whether it was left. The test's truth is asked by Python
    itself. An expression that is noted becomes `NOTE_HOOK(expression, n)`, and `notes` grows in the
    same way. Positions are kept, so tracebacks point at the learner's own columns. ``whole`` is
    what is known of the file that the cells are of.
    Comprehensions, `async for`, and the loops of methods that train nothing stay as they are: such
    methods run inside torch's own calls.
    """

    def __init__(
        self,
        sites: list[LoopSite],
        notes: list[NoteSite],
        tell: Callable[[list[LoopSite]], None],
        whole: WholeFile,
    ) -> None:
        self.sites = sites
        self.notes = notes
        self._tell = tell
        self.whole = whole
        self._plan = _NO_PLAN

    def visit_Module(self, node: ast.Module) -> ast.AST:
        """Hook a whole cell, and tell which loops it has before it runs."""
        known = len(self.sites)
        self._plan = self._plan_of(node)
        hooked = self.generic_visit(node)
        self._tell(self.sites[known:])
        return hooked

    def visit(self, node: ast.AST) -> Any:
        """Hook what is noted, beside what the other methods do."""
        visited = super().visit(node)
        mark = self._plan.marks.get(id(node))
        return visited if mark is None else self._noted(visited, mark)

    def _noted(self, node: ast.expr, mark: Mark) -> ast.Call:
        self.notes.append(NoteSite(mark.series, mark.is_tag, mark.skips, mark.is_asked, mark.adds))
        return _call(NOTE_HOOK, len(self.notes) - 1, node, node)

    def visit_For(self, node: ast.For) -> ast.AST:
        """Hook the iterable."""
        if id(node) in self._plan.left:
            return self.generic_visit(node)
        number = self._add_site(node)
        self.generic_visit(node)
        place = node.iter if _ITERATES_AT_THE_ITERABLE else node
        node.iter = _call(FOR_HOOK, number, place, node.iter)
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        """Hook what comes before the test, and what comes after the loop however it is left."""
        if id(node) in self._plan.left:
            return self.generic_visit(node)
        number = self._add_site(node)
        self.generic_visit(node)
        test = node.test
        node.test = ast.BoolOp(ast.And(), [_call(WHILE_HOOK, number, test), test])
        ast.copy_location(node.test, test)
        ran_out = _without_width(ast.Expr(_call(RAN_OUT_HOOK, number, test)), test)
        node.orelse.insert(0, ran_out)
        left = _without_width(ast.Expr(_call(LEAVE_HOOK, number, test)), test)
        return ast.copy_location(ast.Try([node], [], [], [left]), node)

    def _add_site(self, node: ast.For | ast.While) -> int:
        assigned = LoopNames(node)
        self.sites.append(
            LoopSite(
                label=label_of(node),
                line=self._line_of(node),
                names=frozenset(assigned.names),
                inner_names=frozenset(assigned.inner_names),
                accumulated=frozenset(assigned.accumulated),
                guessed=self._plan.names.get(id(node), ()),
                notes=id(node) in self._plan.noting,
                records_within=id(node) in self._plan.around,
            )
        )
        return len(self.sites) - 1

    def _plan_of(self, cell: ast.Module) -> Plan:
        return plan_of(cell, self.whole)

    def _line_of(self, loop: ast.For | ast.While) -> int:
        return loop.lineno


class ModuleInstrumenter(LoopInstrumenter):
    """Hooks the loops that train in modules of the lesson's, whose lines are none of its file's."""

    def _plan_of(self, cell: ast.Module) -> Plan:
        return plan_of_module(cell, self.whole)

    def _line_of(self, loop: ast.For | ast.While) -> int:
        del loop
        return 0


def _without_width(call: ast.Expr, place: ast.expr) -> ast.Expr:
    """`call` behind the end of `place`, so that stepping by statements sees that it is none."""
    for part in ast.walk(call):
        ast.copy_location(part, place)
        if isinstance(part, ast.expr | ast.stmt):
            part.lineno = place.end_lineno or place.lineno
            part.col_offset = place.end_col_offset or place.col_offset
    return call


def _call(hook: str, number: int, place: ast.AST, *arguments: ast.expr) -> ast.Call:
    call = ast.Call(
        func=ast.Name(hook, ast.Load()), args=[*arguments, ast.Constant(number)], keywords=[]
    )
    for part in (call, call.func, call.args[-1]):
        ast.copy_location(part, place)
    return call
