"""What the nodes of a tree are nested in: which function, and which loops of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.code.loop_names import Loop
from engine.code.training import Function

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

    def loops_within(self, loop: Loop) -> Iterator[Loop]:
        """The loops of the same function that stand in this one."""
        inner = (node for node in ast.walk(loop) if isinstance(node, Loop) and node is not loop)
        yield from (one for one in inner if self.scope_of(one) is self.scope_of(loop))
