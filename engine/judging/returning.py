"""A function of the learner's that gave a check None, where the author's returns a value.

Whatever the check does with that None fails somewhere in the check, or deep in torch, with an error
that says nothing of the learner's code. So the call itself is stopped.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FunctionType
from typing import TypeGuard

from engine.code.depth import shallow_tree


class ReturnedNothing(Exception):
    """What a check called returned None; the message is its name, as `softmax` or `Digits.forward`.

    No `except Exception` of the learner's is between the call and the check.
    """


@contextmanager
def nothing_returned_is_told(
    solution: str, namespace: Mapping[str, object], path: str
) -> Iterator[dict[str, object]]:
    """The names, in which what is to return a value raises ReturnedNothing where it does not.

    That is every function and method of the lesson's file `path` whose namesake in the author's
    solution always returns a value. Functions are stood in for in the mapping that is given out;
    methods in their classes, which are as they were in the end. The learner's own calls of a
    function are left alone.
    """
    watched = {**namespace}
    patched: list[tuple[type, str, FunctionType]] = []
    try:
        for owner, name in _with_values(solution):
            if owner is None:
                function = namespace.get(name)
                if _is_of(function, path):
                    watched[name] = _watching(function, name)
                continue
            made = namespace.get(owner)
            method = vars(made).get(name) if isinstance(made, type) else None
            if isinstance(made, type) and _is_of(method, path):
                patched.append((made, name, method))
                setattr(made, name, _watching(method, f"{owner}.{name}"))
        yield watched
    finally:
        for made, name, method in patched:
            setattr(made, name, method)


def _watching(function: FunctionType, name: str) -> Callable[..., object]:
    @functools.wraps(function)
    def watched(*args: object, **kwargs: object) -> object:
        value = function(*args, **kwargs)
        if value is None:
            raise ReturnedNothing(name)
        return value

    return watched


def _is_of(made: object, path: str) -> TypeGuard[FunctionType]:
    return isinstance(made, FunctionType) and made.__code__.co_filename == path


def _with_values(source: str) -> Iterator[tuple[str | None, str]]:
    """The class, if any, and the name of each function that returns a value wherever it returns."""
    try:
        tree = shallow_tree(source)
    except SyntaxError:  # it has magics, and is not Python as it stands
        return
    for node in tree.body:
        match node:
            case ast.FunctionDef() if _always_returns(node):
                yield None, node.name
            case ast.ClassDef():
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and _always_returns(inner):
                        yield node.name, inner.name


def _always_returns(function: ast.FunctionDef) -> bool:
    own = list(_own_nodes(function))
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in own):
        return False
    returned = [node.value for node in own if isinstance(node, ast.Return)]
    return bool(returned) and not any(_is_none(value) for value in returned)


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _SCOPES):
            yield child
            yield from _own_nodes(child)
