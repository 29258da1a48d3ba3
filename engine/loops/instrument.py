"""The rewrite of a lesson's loops: every `for` and `while` outside classes calls one hook.

Only trees are touched here; what a hooked loop does when it runs is in `engine/loops/runtime.py`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.lesson.names import OwnScope

FOR_HOOK = "__tutorch_for__"
WHILE_HOOK = "__tutorch_while__"
LEAVE_HOOK = "__tutorch_leave__"
RAN_OUT_HOOK = "__tutorch_ran_out__"

_LABEL_LENGTH = 28

# Where Python says that an iterable which gives no iterator stands: before 3.13, at the `for`.
_ITERATES_AT_THE_ITERABLE = sys.version_info >= (3, 13)


@dataclass(frozen=True, slots=True)
class LoopSite:
    """A loop as it stands in the lesson's file.

    ``names`` are those its body assigns outside of nested loops, ``inner_names`` those that loops
    nested in it assign, ``accumulated`` those that any of them changes with `+=` and the like.
    """

    label: str
    line: int
    names: frozenset[str]
    inner_names: frozenset[str]
    accumulated: frozenset[str]
    all_names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_names", self.names | self.inner_names)


class LoopInstrumenter(ast.NodeTransformer):
    """Hooks the loops of cells; `sites` grows by one entry for each, in the file's order.

    `for x in xs` becomes `for x in FOR_HOOK(xs, n)`, and `while test` becomes
    `while WHILE_HOOK(n) and test` with a `finally` around it that calls `LEAVE_HOOK(n)`: a `for`
    tells by its iterator when it is left, a `while` has nothing that would. Its `else` begins with
    `RAN_OUT_HOOK(n)`, so that it is known whether it was left. The test's truth is asked by Python
    itself. Positions are kept, so tracebacks point at the learner's own columns.
    Classes, comprehensions and `async for` stay as they are.
    """

    def __init__(self, sites: list[LoopSite], tell: Callable[[list[LoopSite]], None]) -> None:
        self.sites = sites
        self._tell = tell

    def visit_Module(self, node: ast.Module) -> ast.AST:
        """Hook a whole cell, and tell which loops it has before it runs."""
        known = len(self.sites)
        hooked = self.generic_visit(node)
        self._tell(self.sites[known:])
        return hooked

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        """Leave a class whole: its methods run inside torch's own calls."""
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        """Hook the iterable."""
        number = self._add_site(node, ast.unparse(node.target))
        self.generic_visit(node)
        place = node.iter if _ITERATES_AT_THE_ITERABLE else node
        node.iter = _call(FOR_HOOK, number, place, node.iter)
        return node

    def visit_While(self, node: ast.While) -> ast.Try:
        """Hook what comes before the test, and what comes after the loop however it is left."""
        number = self._add_site(node, f"while {ast.unparse(node.test)}")
        self.generic_visit(node)
        test = node.test
        node.test = ast.BoolOp(ast.And(), [_call(WHILE_HOOK, number, test), test])
        ast.copy_location(node.test, test)
        ran_out = _without_width(ast.Expr(_call(RAN_OUT_HOOK, number, test)), test)
        node.orelse.insert(0, ran_out)
        left = _without_width(ast.Expr(_call(LEAVE_HOOK, number, test)), test)
        return ast.copy_location(ast.Try([node], [], [], [left]), node)

    def _add_site(self, node: ast.For | ast.While, label: str) -> int:
        assigned = _Assignments()
        assigned.visit_loop(node)
        self.sites.append(
            LoopSite(
                label=label if len(label) <= _LABEL_LENGTH else label[: _LABEL_LENGTH - 1] + "…",
                line=node.lineno,
                names=frozenset(assigned.names),
                inner_names=frozenset(assigned.inner_names),
                accumulated=frozenset(assigned.accumulated),
            )
        )
        return len(self.sites) - 1


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


class _Assignments(OwnScope):
    """Collects the names that a loop assigns, told apart by whether a nested loop does it."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.inner_names: set[str] = set()
        self.accumulated: set[str] = set()
        self._depth = 0

    def visit_loop(self, node: ast.For | ast.While) -> None:
        if isinstance(node, ast.For):
            self.visit(node.target)
        else:
            self.visit(node.test)
        for statement in node.body:
            self.visit(statement)

    def visit_For(self, node: ast.For) -> None:
        self._visit_inner(node)

    def visit_While(self, node: ast.While) -> None:
        self._visit_inner(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            (self.inner_names if self._depth else self.names).add(node.id)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.accumulated.add(node.target.id)
        self.generic_visit(node)

    def _visit_inner(self, node: ast.For | ast.While) -> None:
        self._depth += 1
        self.visit_loop(node)
        self._depth -= 1
        for statement in node.orelse:
            self.visit(statement)
