"""Numbers that a loop prints, or keeps in a list, each time: what it computes, not what it counts.

Only of loops that train or compute: that carry what they change from one iteration to the next.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from engine.code.curve_names import series_name, unwrapped
from engine.code.loop_names import Loop, LoopNames
from engine.code.names import OwnScope
from engine.code.training import trains

_PYTHONS_OWN = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Shown:
    """An expression, and what its curve is called."""

    value: ast.expr
    series: str


def kept_in(
    loop: Loop, names: LoopNames, functions: frozenset[str], *, must_train: bool
) -> Iterator[Shown]:
    """What the own lines of a loop append to lists; of one that trains, if it `must_train`."""
    if not (trains(loop, functions) or (not must_train and _computes(loop, names))):
        return
    for call in _own_calls(loop):
        match call:
            case ast.Call(func=ast.Attribute(value=kept, attr="append"), args=[value]):
                inner = unwrapped(value)
                if _is_result(inner, names) or _has_call(inner):
                    is_named = isinstance(inner, ast.Name | ast.Attribute)
                    yield Shown(value, series_name(inner if is_named else kept))


def printed_in(loop: Loop, names: LoopNames, functions: frozenset[str]) -> Iterator[Shown]:
    """What the own lines of a loop print."""
    if not (trains(loop, functions) or _computes(loop, names)):
        return
    for call in _own_calls(loop):
        match call:
            case ast.Call(func=ast.Name(id="print"), args=values):
                for value in (part for one in values for part in _parts(one)):
                    if _is_result(value, names):
                        yield Shown(value, series_name(value))


def _computes(loop: Loop, names: LoopNames) -> bool:
    """Whether an iteration changes what a later one goes on from, by more than the loop counts."""
    made = {*names.names, *names.inner_names} | names.accumulated
    return any(_goes_on(node, made - names.targets - names.counters) for node in ast.walk(loop))


def _goes_on(node: ast.AST, made: set[str]) -> bool:
    match node:
        case ast.AugAssign(value=value):
            return _has_call(value) or bool(_read_in(value) & made)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp() as value):
            reads = [part.id for part in ast.walk(value) if isinstance(part, ast.Name)]
            is_scaled = not isinstance(value.op, ast.Add | ast.Sub)
            others = set(reads) & (made - {name})
            is_more = is_scaled or bool(others) or reads.count(name) > 1 or _has_call(value)
            return name in reads and is_more
        case ast.Call(func=ast.Attribute(attr=name)):
            # In torch, what changes a tensor in place is called so.
            return name.endswith("_") and not name.startswith("_")
    return False


def _is_result(value: ast.expr, names: LoopNames) -> bool:
    """Whether a value is one that the loop computes: no counter, and nothing from before it."""
    made = {*names.names, *names.inner_names} | names.accumulated
    return bool(_read_in(value) & (made - names.targets - names.counters))


def _read_in(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _has_call(node: ast.expr) -> bool:
    """Whether something of the lesson's or of a library's is called, and none of Python's own."""
    calls = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(not (isinstance(one, ast.Name) and one.id in _PYTHONS_OWN) for one in calls)


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    """What a printed expression is made of: the fields of an f-string, what `format` is given."""
    match value:
        case ast.JoinedStr(values=parts):
            yield from (part.value for part in parts if isinstance(part, ast.FormattedValue))
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="format"), args=parts):
            yield from parts
        case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod(), right=right):
            yield from right.elts if isinstance(right, ast.Tuple) else [right]
        case _:
            yield value


class _OwnCalls(OwnScope):
    """Collects the calls of a loop's own lines, without those of loops in it."""

    def __init__(self) -> None:
        self.calls: list[ast.Call] = []

    def visit_For(self, node: ast.For) -> None:
        """Leave out what is of a loop within."""

    def visit_While(self, node: ast.While) -> None:
        """Leave out what is of a loop within."""

    def visit_Call(self, node: ast.Call) -> None:
        """Collect it, and those in it."""
        self.calls.append(node)
        self.generic_visit(node)


def _own_calls(loop: Loop) -> list[ast.Call]:
    finder = _OwnCalls()
    for statement in loop.body:
        finder.visit(statement)
    return finder.calls
