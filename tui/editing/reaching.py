"""Which numbers of earlier cells a cell hangs on: those in statements that its names come from."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.editing.dials import Dial, dials_of
from tui.editing.trees import parsed

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class StepDial(NamedTuple):
    """A dial, and the step in whose code it stands."""

    step: int
    dial: Dial


def numbers_reaching(sources: Sequence[str]) -> list[StepDial]:
    """The dials of the last source, and of those before it what the last one hangs on.

    Nearer sources come first. What a name was before it was assigned again reaches nothing.
    """
    found: list[StepDial] = []
    needed: set[str] = set()
    for step in reversed(range(len(sources))):
        tree = parsed(sources[step])
        if tree is None:
            continue
        is_last = step == len(sources) - 1
        lines: list[range] = []
        for statement in reversed(tree.body):
            if is_last or needed & set(_touched(statement)):
                lines.append(range(_first_line(statement) - 1, statement.end_lineno or 0))
                needed -= set(_made_again(statement))
                needed |= set(_read(statement))
        found += [
            StepDial(step, dial)
            for dial in dials_of(sources[step])
            if any(dial.line in span for span in lines)
        ]
    return found


def _first_line(statement: ast.stmt) -> int:
    decorators = statement.decorator_list if isinstance(statement, _Definition) else []
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _touched(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds, or whose values it may change."""
    if isinstance(statement, _Definition):
        yield statement.name
        return
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.alias(name=name, asname=None):
                yield name
            case ast.alias(asname=str(name)):
                yield name
            case ast.Expr():
                yield from _read(node)
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                yield from _read(node)


def _made_again(statement: ast.stmt) -> Iterator[str]:
    """The names of which nothing stays that they were before a statement."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            for target in targets:
                parts = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from (one.id for one in parts if isinstance(one, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            yield name


def _read(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                yield name
            case ast.AugAssign(target=ast.Name(id=name)):
                yield name
