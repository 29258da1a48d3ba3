"""What the nodes of a tree are nested in: which function, and which loops of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.code.loop_names import Loop
from engine.code.training import (
    Function,
    goes_through_callbacks,
    is_compiled,
    is_inside_torch,
)

_Scope = ast.Module | ast.ClassDef | Function | ast.Lambda


class Nesting:
    """Knows what stands around each node of one tree."""

    def __init__(self, tree: ast.Module) -> None:
        self._parents = {
            id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        }

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes that a node stands in, innermost first."""
        while (parent := self._parents.get(id(node))) is not None:
            yield parent
            node = parent

    def scope_of(self, node: ast.AST) -> ast.AST:
        """The function, class or module that a node stands in."""
        return next(one for one in self.around(node) if isinstance(one, _Scope))

    def loops_around(self, node: ast.AST) -> list[Loop]:
        """The loops of the same function that a node stands in, innermost first."""
        found: list[Loop] = []
        for parent in self.around(node):
            if isinstance(parent, _Scope):
                break
            if isinstance(parent, Loop):
                found.append(parent)
        return found

    def stays_plain(self, loop: Loop) -> bool:
        """Whether a loop is compiled, calls callbacks, or is in a class where torch calls it.

        None of these is looked at: a compiler reads them, or they are no steps of a training.
        """
        around = list(self.around(loop))
        functions = [one for one in around if isinstance(one, Function)]
        is_of_callbacks = isinstance(loop, ast.For) and goes_through_callbacks(loop.iter)
        if is_of_callbacks or any(map(is_compiled, functions)):
            return True
        is_in_class = any(isinstance(one, ast.ClassDef) for one in around)
        return is_in_class and (not functions or any(map(is_inside_torch, functions)))

    def loops_within(self, loop: Loop) -> Iterator[Loop]:
        """The loops of the same function that stand in this one."""
        inner = (node for node in ast.walk(loop) if isinstance(node, Loop) and node is not loop)
        yield from (one for one in inner if self.scope_of(one) is self.scope_of(loop))
