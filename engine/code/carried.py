"""Whether a loop goes on from what its iterations before have computed, read from its tree."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from engine.code.loop_names import Loop
from engine.code.names import OwnScope

_PYTHONS_OWN = frozenset(dir(builtins))


def carries(loop: Loop) -> bool:
    """Whether an iteration computes something from what an earlier one has left of it.

    So does k-means, whose centers come of labels that come of the centers before. A count, or a
    copy of the newest value, is nothing computed.
    """
    order = _Order()
    order.visit_loop(loop)
    for name in order.is_read_first:
        behind = _behind(name, order.made)
        if name in behind and any(order.is_computed(one, behind) for one in behind):
            return True
    return False


def paths_in(node: ast.AST) -> frozenset[str]:
    """The names that an expression reads, and the attributes: `self.w` as `self.w`."""
    return frozenset(_paths(node))


def has_call(node: ast.AST) -> bool:
    """Whether something of the lesson's or of a library's is called, and none of Python's own."""
    calls = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(not (isinstance(one, ast.Name) and one.id in _PYTHONS_OWN) for one in calls)


class _Order(OwnScope):
    """Goes through a loop in the order in which it runs: what is read before it is given a value.

    ``made`` has what is given to each name, with the names that this reads; ``targets`` are what it
    and the loops in it go through.
    """

    def __init__(self) -> None:
        self.is_read_first: dict[str, None] = {}
        self.made: dict[str, list[tuple[ast.expr, frozenset[str]]]] = {}
        self.targets: frozenset[str] = frozenset()
        self._met: set[str] = set()

    def is_computed(self, name: str, behind: set[str]) -> bool:
        """Whether a name is given more than a count or a copy of what is `behind` it."""
        counted = {name, *self.targets}
        return any(
            has_call(value) or any(_is_more_than_sum_of(counted, one) for one in ast.walk(value))
            for value, read in self.made.get(name, ())
            if read & behind
        )

    def visit_loop(self, loop: Loop) -> None:
        """Go through its head and its lines."""
        self._read(loop.iter if isinstance(loop, ast.For) else loop.test)
        if isinstance(loop, ast.For):
            self.targets |= paths_in(loop.target)
            self._met |= paths_in(loop.target)
        for statement in (*loop.body, *loop.orelse):
            self.visit(statement)

    def visit_For(self, node: ast.For) -> None:
        """Go through a loop within."""
        self.visit_loop(node)

    def visit_While(self, node: ast.While) -> None:
        """Go through a loop within."""
        self.visit_loop(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Read its value, and give it to what it names."""
        self._read(node.value)
        for target in node.targets:
            self._give(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Read its value, and give it to what it names."""
        if node.value is not None:
            self._read(node.value)
            self._give(node.target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Read both sides, and give the sum or the product of them to the left one."""
        whole = ast.BinOp(node.target, node.op, node.value)
        self._read(whole)
        self._give(node.target, whole)

    def generic_visit(self, node: ast.AST) -> None:
        """Read an expression; go through a statement."""
        if isinstance(node, ast.expr):
            self._read(node)
        else:
            super().generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Read a name."""
        self._read(node)

    def _read(self, node: ast.expr) -> None:
        for path in _paths(node):
            if path not in self._met:
                self._met.add(path)
                self.is_read_first[path] = None

    def _give(self, target: ast.expr, value: ast.expr) -> None:
        match target, value:
            case ast.Tuple(elts=targets) | ast.List(elts=targets), ast.Tuple(elts=values) if len(
                targets
            ) == len(values):
                for one, part in zip(targets, values, strict=True):
                    self._give(one, part)
            case ast.Tuple(elts=targets) | ast.List(elts=targets), _:
                for one in targets:
                    self._give(one, value)
            case ast.Subscript(value=whole) | ast.Starred(value=whole), _:
                self._give(whole, value)
            case ast.Name() | ast.Attribute(), _:
                path = ast.unparse(target)
                self.made.setdefault(path, []).append((value, paths_in(value)))
                self._met.add(path)


def _behind(name: str, made: dict[str, list[tuple[ast.expr, frozenset[str]]]]) -> set[str]:
    """The names that a name's values come of; that name itself where they come of its own."""
    found: set[str] = set()
    left = [name]
    while left:
        for _, read in made.get(left.pop(), ()):
            left += read - found
            found |= read
    return found


def _is_more_than_sum_of(counted: set[str], node: ast.AST) -> bool:
    """Whether it is a sum of anything else than these names and constants, or no sum."""
    if not isinstance(node, ast.BinOp):
        return False
    sides = (node.left, node.right)
    plain = (
        isinstance(one, ast.Constant | ast.BinOp) or ast.unparse(one) in counted for one in sides
    )
    return not isinstance(node.op, ast.Add | ast.Sub) or not all(plain)


def _paths(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute):
            yield ast.unparse(part)
