"""What a difference or a call is given: the source of each, and its shape where that can be told.

None of the learner's code runs for it: names are looked up, and what reshapes a tensor is done with
one that has a shape and no values.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.teaching.sources import called
from engine.values.paths import follow
from engine.values.peeking import is_tensor

TensorShape = tuple[int, ...]

_RESHAPES = frozenset(
    {
        *("clone", "contiguous", "cpu", "detach", "double", "flatten", "float", "half", "int"),
        *("long", "movedim", "permute", "ravel", "reshape", "squeeze", "t", "transpose"),
        *("unsqueeze", "view"),
    }
)
_TRANSPOSED = frozenset({"T", "mT"})
_FROM_DATA = frozenset({"tensor", "FloatTensor", "LongTensor", "Tensor", "as_tensor"})


def operands_in(node: ast.AST, names: Mapping[str, object]) -> Iterator[tuple[str, TensorShape]]:
    """The sources of what a difference or a call in `node` is given, with their shapes."""
    for part in ast.walk(node):
        match part:
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                given = [left, right]
            case ast.Call(args=given):
                pass
            case _:
                continue
        for one in given:
            shape = _shape_of(one, names)
            if shape is not None:
                yield ast.unparse(one), shape


def _shape_of(node: ast.expr, names: Mapping[str, object]) -> TensorShape | None:
    try:
        empty = _empty_like(node, names)
    except (TypeError, ValueError, IndexError, RuntimeError):
        # The learner's code will raise it too, or means something else by these names.
        return None
    return None if empty is None else tuple(map(int, empty.shape))


def _empty_like(node: ast.expr, names: Mapping[str, object]) -> Any:
    """A tensor without values that has the shape of an expression; None where that is unknown."""
    value = follow(names, ast.unparse(node))
    if is_tensor(value):
        return _empty(tuple(map(int, value.shape)))
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"))) if node.args:
            if called(node) in _FROM_DATA:
                return _empty(_shape_of_data(ast.literal_eval(node.args[0])))
            return _reshaped(called(node), node.args[0], node.args[1:], node.keywords, names)
        case ast.Call(func=ast.Attribute(value=inner, attr=name)):
            return _reshaped(name, inner, node.args, node.keywords, names)
        case ast.Attribute(value=inner, attr=name) if name in _TRANSPOSED:
            return _done(_empty_like(inner, names), lambda empty: getattr(empty, name))
        case ast.Subscript(value=inner, slice=index):
            return _done(_empty_like(inner, names), lambda empty: empty[_index(index)])
    return None


def _reshaped(
    name: str,
    inner: ast.expr,
    arguments: list[ast.expr],
    keywords: list[ast.keyword],
    names: Mapping[str, object],
) -> Any:
    if name not in _RESHAPES:
        return None
    values = [ast.literal_eval(one) for one in arguments]
    named = {one.arg: ast.literal_eval(one.value) for one in keywords if one.arg is not None}
    return _done(_empty_like(inner, names), lambda empty: getattr(empty, name)(*values, **named))


def _done(empty: Any, what: Callable[[Any], Any]) -> Any:
    return None if empty is None else what(empty)


def _empty(shape: TensorShape) -> Any:
    import torch

    return torch.empty(shape, device="meta")


def _index(node: ast.expr) -> Any:
    """An index that is written out; raises ValueError for one that is computed."""
    match node:
        case ast.Tuple(elts=parts):
            return tuple(map(_index, parts))
        case ast.Slice(lower=lower, upper=upper, step=step):
            ends = (lower, upper, step)
            return slice(*(None if one is None else ast.literal_eval(one) for one in ends))
    return ast.literal_eval(node)


def _shape_of_data(data: object) -> TensorShape:
    """The shape of numbers in lists."""
    if not isinstance(data, list | tuple):
        return ()
    return (len(data), *(_shape_of_data(data[0]) if data else ()))
