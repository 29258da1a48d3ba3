"""What a loop is called where its progress is shown, read from its tree."""

from __future__ import annotations

import ast

_LABEL_LENGTH = 28

# `x, y` and `i, (x, y)` are read at a glance; of more names the first is the one that is counted.
_WHOLE_TARGET = 12


def label_of(loop: ast.For | ast.While) -> str:
    """A name of a few characters, in the words of the loop's own line.

    A `while` is called by its test. A `for` by what it gives values to, without the brackets that
    the line does not have either, or by the first name of many; where it gives them to `_` alone,
    by what it goes through.
    """
    label = f"while {ast.unparse(loop.test)}" if isinstance(loop, ast.While) else _label_of(loop)
    return label if len(label) <= _LABEL_LENGTH else label[: _LABEL_LENGTH - 1] + "…"


def _label_of(loop: ast.For) -> str:
    parts = _named(loop.target)
    if not parts:
        return ast.unparse(loop.iter)
    whole = ", ".join(map(ast.unparse, parts))
    return whole if len(whole) <= _WHOLE_TARGET else ast.unparse(_first(parts[0]))


def _named(target: ast.expr) -> list[ast.expr]:
    """The parts of a target that stand side by side, without those that are called `_`."""
    if isinstance(target, ast.Name) and not target.id.strip("_"):
        return []
    if not isinstance(target, ast.Tuple | ast.List):
        return [target]
    parts = [part for part in target.elts if _named(part)]
    return _named(parts[0]) if len(parts) == 1 else parts


def _first(target: ast.expr) -> ast.expr:
    return _first(_named(target)[0]) if isinstance(target, ast.Tuple | ast.List) else target
