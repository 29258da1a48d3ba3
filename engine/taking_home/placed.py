"""Code that looks for files beside its lesson, in a document that may lie anywhere."""

from __future__ import annotations

import ast
from pathlib import Path

from engine.code.depth import tree_or_none

_NAME = "__file__"


def placed(source: str, path: Path, comment: str) -> str:
    """The source, in which `__file__` is the lesson's as long as there is one at `path`.

    A source that does not name it, or that Python cannot read, stays as it is.
    """
    if _NAME not in source:
        return source
    tree = tree_or_none(source)
    body = [] if tree is None else tree.body
    first = next((one for one in body if not _stands_first(one)), None)
    if first is None:
        return source
    lines = source.split("\n")
    decorators: list[ast.expr] = getattr(first, "decorator_list", [])
    at = min([first.lineno, *(one.lineno for one in decorators)]) - 1
    where = repr(str(path.resolve()))
    line = f'if __import__("os").path.exists({where}):\n    {_NAME} = {where}  # {comment}'
    return "\n".join([*lines[:at], line, *lines[at:]])


def _stands_first(statement: ast.stmt) -> bool:
    """Whether Python lets nothing come before it."""
    match statement:
        case ast.ImportFrom(module="__future__") | ast.Expr(value=ast.Constant(value=str())):
            return True
    return False
