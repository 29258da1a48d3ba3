"""A lesson's parameters: plain values in a tagged cell that may be set from outside; none is run.

The convention is papermill's: a cell tagged `tags=["parameters"]` assigns what may be changed,

    # %% How long to train tags=["parameters"]
    epochs = 10
    learning_rate = 1e-3

and the one who plays the lesson gives other values. A value is put in the literal's own place, so
that what the cell goes on to compute from it follows, and no line of the file moves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.code.depth import tree_or_none
from engine.lesson.model import Cell, Lesson, Step
from engine.lesson.sentences import Cannot, nearest, sentence

TAG = "parameters"


class ParameterError(Cannot):
    """A value that cannot be set: why, and the mend."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name that may be set, its value in the file, and the line where it is assigned there."""

    name: str
    value: object
    line: int


def parameters_in(lesson: Lesson) -> tuple[Parameter, ...]:
    """The parameters of a lesson, in the order of the file."""
    return tuple(
        Parameter(assigned.name, assigned.value, cell.line + assigned.node.lineno - 1)
        for step in lesson.steps
        if (cell := _parameters_cell(step)) is not None
        for assigned in _assigned_in(cell)
    )


def with_parameters(lesson: Lesson, values: Mapping[str, object]) -> Lesson:
    """The lesson with `values` in place of those that its file gives to these names.

    Raises ParameterError where a name is no parameter of the lesson, or a value is of another type
    than the file's; a whole number may stand for a decimal one, and anything for None.
    """
    if not values:
        return lesson
    known = {parameter.name: parameter for parameter in parameters_in(lesson)}
    if not known:
        raise ParameterError(
            sentence(
                "{file} has no parameters to set: it assigns no value in a cell with"
                ' tags=["parameters"]',
                file=lesson.path.name,
            )
        )
    for name in values:
        if name not in known:
            mend = nearest(name, known, "the parameters are {choices}")
            raise ParameterError(
                sentence(
                    "{file} has no parameter {name!r}; {mend}",
                    file=lesson.path.name,
                    name=name,
                    mend=mend,
                )
            )
    fitting = {name: _fitting(lesson.path, known[name], value) for name, value in values.items()}
    steps = tuple(_with_values(step, fitting) for step in lesson.steps)
    return replace(lesson, steps=steps)


def read_setting(text: str) -> tuple[str, object]:
    """The name and the value of `NAME=VALUE`, where the value is written as in Python.

    Raises ParameterError where it is not.
    """
    name, is_given, value = text.partition("=")
    if not is_given or not name.strip().isidentifier():
        raise ParameterError(
            sentence("{text!r} sets nothing; write NAME=VALUE, such as epochs=1", text=text)
        )
    try:
        return name.strip(), ast.literal_eval(value.strip())
    except (SyntaxError, ValueError):
        raise ParameterError(
            sentence(
                "{value!r} is no Python value for {name}; write a number, or a text in quotes",
                value=value,
                name=name,
            )
        ) from None


@dataclass(frozen=True, slots=True)
class _Assigned:
    """A literal that a cell gives to a name; ``node`` is where it stands in the cell's source."""

    name: str
    value: object
    node: ast.expr


def _parameters_cell(step: Step) -> Cell | None:
    return step.cell if step.cell is not None and TAG in step.cell.tags else None


def _assigned_in(cell: Cell) -> Iterator[_Assigned]:
    """The plain assignments of the cell; none where it has magics, and is not Python as it is."""
    tree = tree_or_none(cell.source)
    for statement in () if tree is None else tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as node)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as node)
            ):
                try:
                    yield _Assigned(name, ast.literal_eval(node), node)
                except ValueError:  # computed, and so no parameter
                    continue


def _fitting(path: Path, parameter: Parameter, value: object) -> object:
    """The value as one of the parameter's type."""
    wanted = type(parameter.value)
    if type(value) is wanted or parameter.value is None:
        return value
    if wanted is float and type(value) is int:
        return float(value)
    raise ParameterError(
        sentence(
            "{place}: {name} is {now!r}, of type {type}, and cannot be {value!r}; give it a value"
            " of that type",
            place=f"{path.name}:{parameter.line}",
            name=parameter.name,
            now=parameter.value,
            type=wanted.__name__,
            value=value,
        )
    )


def _with_values(step: Step, values: Mapping[str, object]) -> Step:
    cell = _parameters_cell(step)
    if cell is None:
        return step
    source = cell.source
    # From the last to the first: a change moves only what stands behind it.
    for assigned in reversed([*_assigned_in(cell)]):
        if assigned.name in values:
            source = _replaced(source, assigned.node, values[assigned.name])
    return replace(step, cell=replace(cell, source=source))


def _replaced(source: str, node: ast.expr, value: object) -> str:
    """The source with a value in place of a literal, on as many lines as before."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = source.encode().split(b"\n")
    above = lines[: node.lineno - 1]
    before = lines[node.lineno - 1][: node.col_offset]
    after = lines[node.end_lineno - 1][node.end_col_offset :]
    written = repr(value).encode()
    if breaks := node.end_lineno - node.lineno:
        written = b"(" + written + b"\n" * breaks + b")"
    middle = before + written + after
    return b"\n".join([*above, middle, *lines[node.end_lineno :]]).decode()
