"""The lesson's own function that a call runs, found without calling anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from engine.teaching.replacing import value_of
from engine.teaching.sources import Sources
from engine.values.paths import NOTHING, is_module


def function_called(
    call: ast.Call, names: Mapping[str, object], sources: Sources
) -> ast.FunctionDef | None:
    """The function that a call runs, of a module `forward`; None where it is not the lesson's."""
    value: Any = value_of(call.func, names)
    if value is NOTHING:
        return None
    if is_module(value):
        value = type(value).forward
    value = getattr(value, "__func__", value)
    # What is decorated, as with `no_grad()`, is called by what stands in its place.
    value = getattr(value, "__wrapped__", value)
    code = getattr(value, "__code__", None)
    return None if code is None else sources.function_at(code.co_firstlineno)


def own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What stands in a function, and in none that it defines."""
    waiting: list[ast.AST] = list(function.body)
    for node in waiting:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
