"""Whether each iteration finds its cost of other data: of batches in turn one may cost more."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.teaching.sources import Assigning, Sources, called, covers, names_in, targets_of

_DRAWS = frozenset({"next", "randint", "randperm", "sample", "choice", "multinomial"})
_COUNTS = frozenset({"range", "count"})


def takes_batches(cost: str, sources: Sources) -> bool:
    """Whether a cost is made of what its iteration picks, as of `x[i % 4]` or `next(batches)`."""
    made = sources.assignments(cost)[:1]
    if not made or made[0].value is None:
        return False
    around = [loop for loop in _loops(sources) if covers(loop, made[0].lineno)]
    if not around:
        return False
    loop = max(around, key=lambda one: one.lineno)
    return _Picking(loop, cost).picks(made[0].value)


class _Picking:
    """What one loop picks from iteration to iteration."""

    def __init__(self, loop: ast.For | ast.While, cost: str) -> None:
        self._counters: set[str] = set()
        self._picked: set[str] = set()
        if isinstance(loop, ast.For):
            counts = any(
                isinstance(one, ast.Call) and called(one) in _COUNTS for one in ast.walk(loop.iter)
            )
            names = {one.id for one in ast.walk(loop.target) if isinstance(one, ast.Name)}
            (self._counters if counts else self._picked).update(names)
        assigned = [one for one in ast.walk(loop) if isinstance(one, Assigning)]
        assigned.sort(key=lambda one: one.lineno)
        for one in assigned:
            self._follow(one)
        self._picked.discard(cost)

    def picks(self, node: ast.expr) -> bool:
        """Whether an expression picks data, or reads what was picked."""
        if any(name in self._picked for name in names_in(node)):
            return True
        return any(map(self._picks_here, ast.walk(node)))

    def _picks_here(self, node: ast.AST) -> bool:
        match node:
            case ast.Subscript(slice=index):
                return any(name in self._counters for name in names_in(index))
            case ast.Call():
                return called(node) in _DRAWS
        return False

    def _follow(self, node: Assigning) -> None:
        names = {one.id for one in targets_of(node) if isinstance(one, ast.Name)}
        match node:
            case ast.AugAssign(value=ast.Constant(value=int())):
                self._counters |= names
            case ast.Assign(value=value) | ast.NamedExpr(value=value) if self.picks(value):
                self._picked |= names
            case ast.Assign(value=value) | ast.NamedExpr(value=value) if any(
                one in self._counters for one in names_in(value)
            ):
                self._counters |= names


def _loops(sources: Sources) -> Iterator[ast.For | ast.While]:
    return (one for one in sources.nodes() if isinstance(one, ast.For | ast.While))
