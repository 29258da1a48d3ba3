"""Code that nests too deeply: for Python to compile, or for what looks through its tree."""

from __future__ import annotations

import ast
from contextlib import suppress

from engine.code.unwarned import unwarned

TOO_DEEP = (RecursionError, MemoryError)
"""What Python raises where its parser or its compiler has come too deep."""

NESTED_TOO_DEEPLY = "it is nested too deeply"

# What visits a tree calls itself two or three times a level, and Python allows 1,000 calls.
_MOST_LEVELS = 250


def shallow_tree(source: str) -> ast.Module:
    """The tree of a source; raises SyntaxError where it is no Python, or too deep to be visited."""
    try:
        tree = _parsed(source)
    except TOO_DEEP as error:
        raise SyntaxError(NESTED_TOO_DEEPLY) from error
    # No tree has more levels than its text has characters.
    if len(source) > _MOST_LEVELS and is_deep(tree):
        raise SyntaxError(NESTED_TOO_DEEPLY)
    return tree


def tree_or_none(source: str) -> ast.Module | None:
    """The tree of a source, however deep; None where it is no Python, or too deep for Python."""
    try:
        return _parsed(source)
    except (SyntaxError, ValueError, *TOO_DEEP):
        return None


def _parsed(source: str) -> ast.Module:
    with unwarned():
        return ast.parse(source)


def is_deep(tree: ast.AST) -> bool:
    """Whether a tree has more levels than what visits it can go."""
    level = [tree]
    for _ in range(_MOST_LEVELS):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def too_deep_error(source: str, path: str, first_line: int) -> SyntaxError:
    """What is said of a source that Python cannot compile, with the line at which it gives up."""
    lines = source.split("\n")
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _gives_up("\n".join(lines[:middle])) else (middle, high)
    place = (path, first_line + low, None, lines[low])
    return SyntaxError(NESTED_TOO_DEEPLY, place)


def _gives_up(source: str) -> bool:
    try:
        with unwarned(), suppress(SyntaxError, ValueError):
            compile(source, "<part>", "exec", dont_inherit=True)
    except TOO_DEEP:
        return True
    return False
