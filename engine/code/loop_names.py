"""The names that a loop assigns, read from its tree."""

from __future__ import annotations

import ast

from engine.code.names import OwnScope

Loop = ast.For | ast.While


class LoopNames(OwnScope):
    """The names that a loop assigns, told apart by whether a loop nested in it does.

    Both are in the order of the source. ``accumulated`` are those that are changed with `+=` and
    the like, ``added`` those of them that are added to or taken from, ``counters`` those by a
    constant alone; ``targets`` are those that a `for` gives values to.
    """

    def __init__(self, loop: Loop) -> None:
        self.names: dict[str, None] = {}
        self.inner_names: dict[str, None] = {}
        self.accumulated: set[str] = set()
        self.added: set[str] = set()
        self.counters: set[str] = set()
        self.targets: set[str] = set()
        self.deleted: set[str] = set()
        self._depth = 0
        self._visit_loop(loop)

    def visit_For(self, node: ast.For) -> None:
        """Note what a nested loop assigns."""
        self._visit_inner(node)

    def visit_While(self, node: ast.While) -> None:
        """Note what a nested loop assigns."""
        self._visit_inner(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Note an assignment."""
        match node.ctx:
            case ast.Store():
                (self.inner_names if self._depth else self.names)[node.id] = None
            case ast.Del():
                self.deleted.add(node.id)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Note what is added to."""
        if isinstance(node.target, ast.Name):
            name = node.target.id
            self.accumulated.add(name)
            if isinstance(node.op, ast.Add | ast.Sub):
                self.added.add(name)
                if isinstance(node.value, ast.Constant):
                    self.counters.add(name)
        self.generic_visit(node)

    def _visit_loop(self, node: Loop) -> None:
        if isinstance(node, ast.For):
            named = ast.walk(node.target)
            self.targets |= {one.id for one in named if isinstance(one, ast.Name)}
            self.visit(node.target)
        else:
            self.visit(node.test)
        for statement in node.body:
            self.visit(statement)

    def _visit_inner(self, node: Loop) -> None:
        self._depth += 1
        self._visit_loop(node)
        self._depth -= 1
        for statement in node.orelse:
            self.visit(statement)
