"""Loops that train by lines of their own, as `w -= lr * grad`, without `backward()` or optimizer.

They are known by the form of such a line and by the field's words: nothing is looked at as it runs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.code.curve_names import unwrapped
from engine.code.loop_names import Loop
from engine.code.training import Function, called_of

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_RATES = frozenset({"lr", "eta", "alpha"})
_LONG_RATES = ("learningrate", "stepsize")
_SLOPES = frozenset({"grad", "grads", "gradient", "gradients", "df", "deriv", "derivative"})
_ASKING = frozenset({"grad", "grad_and_value", "value_and_grad"})
# What makes a tensor of one that is given to it, and what a tensor makes of itself.
_MADE_OF = frozenset({"clamp", "clip", "Parameter", "Variable", "tensor"})
_MADE_BY = frozenset({"clamp", "clip", "requires_grad_"})
_LIBRARIES = frozenset({"torch", "np", "numpy", "nn", "autograd"})
_TRANSPOSED = frozenset({"T", "mT", "t", "transpose"})


def descending_loops(trees: Iterable[ast.Module]) -> list[Loop]:
    """The loops that train so: by lines of their own, or in a function of the trees' they call."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.name for node in nodes if isinstance(node, Function) and moves(node)}
    return [
        node
        for node in nodes
        if isinstance(node, Loop) and (descends(node) or _calls_one_of(node, names))
    ]


def descends(loop: Loop) -> bool:
    """Whether a loop moves, against a gradient, what is none of the things that it goes through."""
    through = _paths_in(loop.target) if isinstance(loop, ast.For) else frozenset()
    return any(not _paths_in(moved) & through for moved in _moved_in(loop))


def moves(function: ast.AST) -> bool:
    """Whether lines of a function move something against a gradient."""
    return bool(_moved_in(function))


def _calls_one_of(loop: Loop, names: set[str]) -> bool:
    return any(isinstance(node, ast.Call) and called_of(node) in names for node in ast.walk(loop))


def _moved_in(scope: ast.AST) -> list[ast.expr]:
    """What the lines of a loop or a function move against a gradient."""
    nodes = list(ast.walk(scope))
    moves = [move for node in nodes for move in _moves_of(node)]
    if not moves:
        return []
    made = _made_in(nodes)
    return [move.moved for move in moves if _is_descent(move, made)]


@dataclass(frozen=True, slots=True)
class _Move:
    """A line that adds to or takes from what it names: by what."""

    moved: ast.expr
    by: ast.expr
    is_less: bool


def _moves_of(node: ast.AST) -> Iterator[_Move]:
    match node:
        case ast.AugAssign(target=moved, op=ast.Add() | ast.Sub() as op, value=by):
            yield _Move(moved, by, isinstance(op, ast.Sub))
        case ast.Assign(
            targets=[moved], value=ast.ListComp(elt=part) | ast.DictComp(value=part) as parts
        ) if _root_of(moved) in _paths_in(parts):
            # A new list or dict of parameters, each of which is moved.
            for move in _moves_by(part):
                if isinstance(move.moved, ast.Name) and move.is_less:
                    yield _Move(moved, move.by, move.is_less)
        case ast.Assign(targets=[moved], value=value):
            moves = _moves_by(value)
            yield from (one for one in moves if ast.unparse(one.moved) == ast.unparse(moved))
        case ast.Return(value=ast.expr() as value):
            yield from _moves_by(value)
        case ast.Call(func=ast.Attribute(value=moved, attr="sub_" | "add_" as name), args=[by]):
            for one in node.keywords:
                by = ast.BinOp(one.value, ast.Mult(), by)
            yield _Move(moved, by, (name == "sub_") != _is_negative(by))


def _moves_by(value: ast.expr) -> list[_Move]:
    """What a sum moves: its first part, by each of the others."""
    terms: list[tuple[ast.expr, bool]] = []
    value = _same_tensor(value)
    while isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Sub):
        terms.append((value.right, isinstance(value.op, ast.Sub)))
        value = value.left
    moved = _same_tensor(value)
    return [_Move(moved, by, is_less) for by, is_less in terms]


def _is_negative(product: ast.expr) -> bool:
    while isinstance(product, ast.BinOp):
        product = product.left
    return isinstance(product, ast.UnaryOp) and isinstance(product.op, ast.USub)


def _same_tensor(node: ast.expr) -> ast.expr:
    """What an expression has the values of, as `w` in `w.detach().requires_grad_()`.

    Those that are held within bounds count as the same.
    """
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[inner, *_]) if (
            name in _MADE_OF and not _is_method(node)
        ):
            return _same_tensor(inner)
        case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in _MADE_BY:
            return _same_tensor(inner)
    inner = unwrapped(node)
    return node if inner is node else _same_tensor(inner)


def _is_method(call: ast.Call) -> bool:
    """Whether a call is one of a value's own methods, and not a function of a library."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
            return owner not in _LIBRARIES
    return isinstance(call.func, ast.Attribute)


def _is_descent(move: _Move, made: dict[str, list[ast.expr]]) -> bool:
    root = _root_of(move.moved)
    factors = _factors(move.by, made)
    if any(_is_gap_to(factor, move.moved) for factor in factors):
        # A running mean moves so, too.
        return False
    behind = _behind(move.by, made, root)
    has_rate = any(map(_is_rate, factors))
    is_scaled = has_rate or any(isinstance(one, ast.Constant) for one in factors)
    read = frozenset().union(*map(_paths_in, behind))
    asks = any(map(_finds_gradient, behind))
    if asks or any(_is_slope(path, root) for path in read):
        return has_rate or (move.is_less and (is_scaled or asks))
    if root not in read and not (root.startswith("self.") and any(map(_asks_self, behind))):
        return False
    return has_rate or (move.is_less and is_scaled and any(map(_is_transposed, behind)))


def _factors(value: ast.expr, made: dict[str, list[ast.expr]]) -> list[ast.expr]:
    """What a product is of, taken apart by the names of products too; of quotients, the upper part.

    `lr * X.T @ error` is to Python a product with a matrix of `lr * X.T`.
    """
    match value:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return [*_factors(left, made), *_factors(right, made)]
        case ast.BinOp(left=left, op=ast.Div() | ast.MatMult()):
            return _factors(left, made)
        case ast.UnaryOp(operand=operand):
            return _factors(operand, made)
        case ast.Name(id=name) if isinstance(made.get(name, [None])[-1], ast.BinOp):
            # Once: what a name is made of may be made of that name.
            return _factors(made[name][-1], {})
    return [value]


def _behind(by: ast.expr, made: dict[str, list[ast.expr]], root: str) -> list[ast.expr]:
    """An expression, and all that the names in it are made of; what is moved ends the search."""
    found, taken = [by], {root}
    for one in found:
        for path in sorted(_paths_in(one) - taken):
            taken.add(path)
            found += made.get(path, [])
    return found


def _made_in(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """What is given to each name and each attribute, in the order of the tree."""
    made: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AugAssign(target=target, value=value)
            ):
                for one in _parts_of(target):
                    made.setdefault(_root_of(one), []).append(value)
            case (
                ast.For(target=target, iter=through)
                | ast.comprehension(target=target, iter=through)
            ):
                for one, part in _gone_through(target, through):
                    made.setdefault(_root_of(one), []).append(part)
    return made


def _gone_through(target: ast.expr, through: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What a loop gives values to, each with what these are of: by its place in a `zip`."""
    parts = _parts_of(target)
    match through:
        case ast.Call(func=ast.Name(id="zip"), args=several) if len(several) == len(parts):
            yield from zip(parts, several, strict=True)
        case _:
            yield from ((one, through) for one in parts)


def _parts_of(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple | ast.List) else [target]


def _root_of(moved: ast.expr) -> str:
    """The name or the attribute that a part or the data belong to."""
    match moved:
        case ast.Subscript(value=inner) | ast.Attribute(value=inner, attr="data"):
            return _root_of(inner)
    return ast.unparse(moved)


def _paths_in(node: ast.expr) -> frozenset[str]:
    parts = (part for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute))
    return frozenset(map(ast.unparse, parts))


def _is_rate(factor: ast.expr) -> bool:
    if not isinstance(factor, ast.Name | ast.Attribute):
        return False
    words = _words(ast.unparse(factor))
    return bool(_RATES & set(words)) or any(one in "".join(words) for one in _LONG_RATES)


def _is_slope(path: str, root: str) -> bool:
    """Whether it is called a gradient, or that of what is moved, as `dW` is of `W`."""
    last, moved = path.rpartition(".")[2].lower(), root.rpartition(".")[2].lower()
    return bool(_SLOPES & set(_words(path))) or last in (f"d{moved}", f"d_{moved}")


def _is_gap_to(factor: ast.expr, moved: ast.expr) -> bool:
    match factor:
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            root = _root_of(moved)
            return ast.unparse(right) == ast.unparse(moved) and root not in _paths_in(left)
    return False


def _is_transposed(node: ast.expr) -> bool:
    parts = (part for part in ast.walk(node) if isinstance(part, ast.Attribute))
    return any(part.attr in _TRANSPOSED for part in parts)


def _finds_gradient(node: ast.expr) -> bool:
    """Whether autograd is asked for a gradient."""
    calls = (part for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(called_of(call) in _ASKING for call in calls)


def _asks_self(node: ast.expr) -> bool:
    """Whether a method of the same object is called."""
    calls = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(isinstance(one, ast.Attribute) and _root_of(one.value) == "self" for one in calls)


def _words(path: str) -> list[str]:
    """The words of the last part of a path: `learning` and `rate` of `self.learning_rate`."""
    return [word.lower() for word in _WORD.findall(path.rpartition(".")[2])]
