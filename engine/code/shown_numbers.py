"""Numbers that a loop prints, or keeps in a list, each time: what it computes, not what it counts.

Only of loops that train or compute: that carry what they change from one iteration to the next.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from engine.code.carried import carries, has_call, paths_in
from engine.code.curve_names import series_name, unwrapped
from engine.code.loop_names import Loop, LoopNames
from engine.code.names import OwnScope
from engine.code.training import called_of, trains

_LEARNING = frozenset({"fit", "partial_fit", "learn", "step", "train"})
_WRITERS = frozenset({"sys.stdout", "tqdm", "bar", "pbar", "progress_bar"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An expression, and what its curve is called.

    ``skips`` is how many loops it stands in within the one that it is of; it is ``adds`` where an
    iteration of that one has the sum of it.
    """

    value: ast.expr
    series: str
    skips: int = 0
    adds: bool = False


def kept_in(
    loop: Loop, names: LoopNames, functions: frozenset[str], *, must_train: bool
) -> Iterator[Shown]:
    """What the own lines of a loop keep in lists; of one that trains, if it `must_train`."""
    if not (trains(loop, functions) or (not must_train and _computes(loop, names))):
        return
    results = _results_of(loop, names)
    for kept, value in _keeps_of(loop):
        inner = unwrapped(value)
        if paths_in(inner) & results or has_call(inner):
            is_named = isinstance(inner, ast.Name | ast.Attribute)
            yield Shown(value, series_name(inner if is_named else kept))
    for kept, value, skips in _added_up_in(loop, names):
        if paths_in(value) & results or has_call(value):
            yield Shown(value, series_name(kept), skips, adds=True)


def printed_in(loop: Loop, names: LoopNames, functions: frozenset[str]) -> Iterator[Shown]:
    """What the own lines of a loop print, or show beside its bar."""
    if not (trains(loop, functions) or _computes(loop, names)):
        return
    results = _results_of(loop, names)
    calls = (node for node in _own_nodes(loop) if isinstance(node, ast.Call))
    for call in calls:
        for series, value in _printed_by(call):
            if paths_in(value) & results:
                yield Shown(value, series or series_name(value))


def _computes(loop: Loop, names: LoopNames) -> bool:
    """Whether an iteration changes what a later one goes on from, by more than the loop counts."""
    made = {*names.names, *names.inner_names} | names.accumulated
    changed = made - names.targets - names.counters
    return carries(loop) or any(_goes_on(node, changed) for node in ast.walk(loop))


def _goes_on(node: ast.AST, changed: set[str]) -> bool:
    match node:
        case ast.AugAssign(value=value):
            return has_call(value) or bool(paths_in(value) & changed)
        case ast.Call(func=ast.Attribute(attr=name)):
            # In torch, what changes a tensor in place is called so.
            return (name.endswith("_") and not name.startswith("_")) or _learns(node)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="self"))) as call):
            # It has been called for what it does to the object.
            return bool(paths_in(call) & changed)
    return False


def _learns(call: ast.Call) -> bool:
    return called_of(call) in _LEARNING


def _results_of(loop: Loop, names: LoopNames) -> set[str]:
    """What a loop computes: no counter of it all, and nothing from before it."""
    made = {*names.names, *names.inner_names} | names.accumulated
    counted = names.counters - names.names.keys()
    results = made - names.targets - counted
    given: set[str] = set()
    for node in ast.walk(loop):
        match node:
            case ast.AugAssign(target=ast.Attribute() as path, value=ast.Constant()):
                counted.add(ast.unparse(path))
            case ast.Attribute(ctx=ast.Store()):
                given.add(ast.unparse(node))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner))):
                # What it is asked for afterwards, its own lines may have set.
                given |= {owner} if owner == "self" or _learns(node) else set()
    return results | (given - counted - names.targets)


def _keeps_of(loop: Loop) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What the own lines of a loop put into lists and the like: where, and what."""
    for node in _own_nodes(loop):
        match node:
            case ast.Call(func=ast.Attribute(value=kept, attr="append"), args=[value]):
                yield kept, value
            case ast.AugAssign(target=kept, op=ast.Add(), value=ast.List(elts=[value])):
                yield kept, value
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name() as kept) as place], value=value
            ) if _is_filled(place, kept.id, loop):
                yield kept, value


def _added_up_in(loop: Loop, names: LoopNames) -> Iterator[tuple[ast.expr, ast.expr, int]]:
    """What a loop, and loops in it, add to a row's place of its iteration, as in `total[t] += r`.

    With each how many of those loops it stands in.
    """
    for node, skips in _with_depth(loop, 0):
        match node:
            case ast.AugAssign(
                target=ast.Subscript(value=ast.Name() as kept, slice=ast.Name(id=at)),
                op=ast.Add(),
                value=value,
            ) if at in names.targets | names.counters:
                yield kept, value, skips


def _with_depth(node: ast.AST, depth: int) -> Iterator[tuple[ast.AST, int]]:
    """What a loop runs itself, with the number of loops in it that it stands in."""
    for one in ast.iter_child_nodes(node):
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield one, depth
            yield from _with_depth(one, depth + isinstance(one, Loop))


def _is_filled(place: ast.Subscript, kept: str, loop: Loop) -> bool:
    """Whether a loop puts a value into each place of a row, and reads none but the newest."""
    named = LoopNames(loop)
    newest = ast.unparse(place)
    nodes = list(ast.walk(loop))
    reads = sum(isinstance(one, ast.Name) and one.id == kept for one in nodes)
    reads_newest = sum(
        isinstance(one, ast.Subscript) and ast.unparse(one) == newest for one in nodes
    )
    return reads == reads_newest and bool(paths_in(place.slice) & (named.targets | named.counters))


def _printed_by(call: ast.Call) -> Iterator[tuple[str | None, ast.expr]]:
    """What a call shows to who watches, each with its name where it is given one."""
    match call.func:
        case ast.Name(id="print"):
            values = call.args
        case ast.Attribute(value=owner, attr="info" | "debug") if "log" in ast.unparse(owner):
            values = call.args
        case ast.Attribute(attr="set_description" | "set_description_str" | "set_postfix_str"):
            values = call.args
        case ast.Attribute(value=owner, attr="write") if ast.unparse(owner) in _WRITERS:
            values = call.args
        case ast.Attribute(attr="set_postfix"):
            yield from ((one.arg, one.value) for one in call.keywords)
            for one in call.args:
                if isinstance(one, ast.Dict):
                    yield from ((None, value) for value in one.values)
            return
        case _:
            return
    yield from ((None, part) for one in values for part in _parts(one))


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    """What a printed expression is made of: the fields of an f-string, what `format` is given."""
    match value:
        case ast.JoinedStr(values=parts):
            yield from (part.value for part in parts if isinstance(part, ast.FormattedValue))
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="format"), args=parts):
            yield from parts
            yield from (one.value for one in value.keywords)
        case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod(), right=right):
            yield from right.elts if isinstance(right, ast.Tuple) else [right]
        case ast.Call(func=ast.Name(id="str" | "format"), args=[inner, *_]):
            yield inner
        case ast.BinOp(left=left, op=ast.Add(), right=right) if _is_text(value):
            yield from _parts(left)
            yield from _parts(right)
        case _:
            yield value


def _is_text(value: ast.expr) -> bool:
    """Whether a sum is one of strings."""
    match value:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_text(left) or _is_text(right)
        case ast.Call(func=ast.Name(id="str")) | ast.JoinedStr():
            return True
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


class _OwnNodes(OwnScope):
    """Collects what a loop's own lines have, without those of loops in it."""

    def __init__(self) -> None:
        self.nodes: list[ast.AST] = []

    def visit_For(self, node: ast.For) -> None:
        """Leave out what is of a loop within."""

    def visit_While(self, node: ast.While) -> None:
        """Leave out what is of a loop within."""

    def generic_visit(self, node: ast.AST) -> None:
        """Collect it, and those in it."""
        self.nodes.append(node)
        super().generic_visit(node)


def _own_nodes(loop: Loop) -> list[ast.AST]:
    finder = _OwnNodes()
    for statement in loop.body:
        finder.visit(statement)
    return finder.nodes
