"""What a cell's source says of a run to come: how deep its loops are, and whether it writes."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

from engine.code.depth import shallow_tree
from engine.code.names import OwnScope

_WRITERS = frozenset({"print", "display", "input", "help"})
# Methods that give nothing that could be shown where a cell ends with a call of one.
_GIVE_NOTHING = frozenset({"backward", "zero_grad", "step", "append", "extend", "sort", "seed"})


@dataclass(frozen=True, slots=True)
class Outline:
    """What can be told of a cell without running it.

    ``loops`` is how deep the loops of its own lines are nested, ``writes`` whether it prints, asks
    for a line or ends with a value, which is shown.
    """

    loops: int
    writes: bool


@lru_cache(maxsize=64)
def outline_of(source: str) -> Outline:
    """The outline of a cell; one with magics, which is not Python yet, may write anything."""
    try:
        tree = shallow_tree(source)
    except SyntaxError:
        return Outline(0, True)
    depth = _Depth()
    depth.visit(tree)
    ends_with_value = bool(tree.body) and _is_value(tree.body[-1])
    writes = ends_with_value or any(_is_writing(node) for node in ast.walk(tree))
    return Outline(depth.deepest, writes)


def _is_value(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Call(func=ast.Attribute(attr=name))):
            return name not in _GIVE_NOTHING
    return isinstance(statement, ast.Expr)


def _is_writing(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in _WRITERS
    return False


class _Depth(OwnScope):
    """Finds how deep the loops are nested."""

    def __init__(self) -> None:
        self.deepest = 0
        self._depth = 0

    def visit_For(self, node: ast.For) -> None:
        self._descend(node)

    def visit_While(self, node: ast.While) -> None:
        self._descend(node)

    def _descend(self, node: ast.AST) -> None:
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        self.generic_visit(node)
        self._depth -= 1
