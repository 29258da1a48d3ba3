"""Calls that log a number somewhere: TensorBoard's, those of wandb, MLflow and Lightning."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from engine.code.training import calls_in

_ONE = frozenset({"add_scalar", "log_metric"})
_SEVERAL = frozenset({"log_dict", "log_metrics"})
_RUNS = frozenset({"wandb", "run"})
_TAGS, _VALUES = frozenset({"tag", "name", "key"}), frozenset({"scalar_value", "value"})


@dataclass(frozen=True, slots=True)
class Logged:
    """A value that is logged, and its name.

    ``tag`` is where the name is computed. Without it and ``series``, the value is a dictionary of
    names and numbers.
    """

    value: ast.expr
    series: str | None
    tag: ast.expr | None


def logged_in(tree: ast.AST) -> Iterator[Logged]:
    """What the calls of a tree log."""
    for call in calls_in(tree):
        match call.func:
            case ast.Attribute(attr=name) if name in _ONE:
                yield from _one(call)
            case ast.Attribute(value=ast.Name(id="self"), attr="log"):
                yield from _one(call)
            case ast.Attribute(attr=name) if name in _SEVERAL:
                yield from _several(call)
            case ast.Attribute(value=ast.Name(id=owner), attr="log"):
                if owner in _RUNS or isinstance(_first(call), ast.Dict):
                    yield from _several(call)


def _one(call: ast.Call) -> Iterator[Logged]:
    tag = _argument(call, 0, _TAGS)
    value = _argument(call, 1, _VALUES)
    if tag is None or value is None:
        return
    if isinstance(tag, ast.Constant):
        if isinstance(tag.value, str):
            yield Logged(value, tag.value, None)
        return
    yield Logged(value, None, tag)


def _several(call: ast.Call) -> Iterator[Logged]:
    first = _first(call)
    if first is None:
        return
    if not isinstance(first, ast.Dict):
        yield Logged(first, None, None)
        return
    for key, value in zip(first.keys, first.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield Logged(value, key.value, None)
        elif key is not None:
            yield Logged(value, None, key)


def _first(call: ast.Call) -> ast.expr | None:
    return _argument(call, 0, frozenset({"dictionary", "data", "metrics"}))


def _argument(call: ast.Call, at: int, names: frozenset[str]) -> ast.expr | None:
    """A call's argument by its place or its names; None where it is not given plainly."""
    if any(isinstance(one, ast.Starred) for one in call.args):
        return None
    if at < len(call.args):
        return call.args[at]
    return next((one.value for one in call.keywords if one.arg in names), None)
