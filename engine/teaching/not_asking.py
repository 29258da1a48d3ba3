"""What is trained and asks for no gradient, so that none can be found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engine.teaching.scene import modules_of, parameters_behind
from engine.teaching.sources import Assigning, Sources, called, names_in
from engine.values.paths import named_parameters_of
from engine.values.peeking import is_tensor

if TYPE_CHECKING:
    from torch import Tensor

_MOST_NAMES = 3


def not_asking(
    line: int, names: Mapping[str, object], sources: Sources
) -> tuple[int, tuple[str, ...]] | None:
    """What is trained and asks for no gradient: the line that says so, and the names."""
    tensors = dict(_plain_tensors(names))
    plain = [
        name for name in tensors if _is_used(name, line, sources) and never_asked(name, sources)
    ]
    if plain:
        return _making(plain[0], sources)[0].lineno, tuple(plain[:_MOST_NAMES])
    moved = [one for value in names.values() for one in _moved_by(value)]
    if not moved or any(one.requires_grad for one in moved):
        return None
    named = _names_of_tensors(names)
    frozen = [named[id(one)] for one in moved if id(one) in named]
    return _line_of_freezing(sources) or line, tuple(frozen[:_MOST_NAMES])


def never_asked(name: str, sources: Sources) -> bool:
    """Whether what a name is made of asks for no gradient, and nothing has it do so later."""
    if sources.mentions("requires_grad_(") or sources.mentions(f"{name}.requires_grad"):
        return False
    made = _making(name, sources)
    return bool(made) and all(map(_is_plain, made))


def _making(name: str, sources: Sources) -> list[Assigning]:
    """The lines that give a name its value, and not another than it had."""
    every = sources.assignments(name)
    return [one for one in every if one.value is None or name not in names_in(one.value)]


def _is_plain(node: Assigning) -> bool:
    """Whether it is made by functions of torch alone, none of which is told to ask."""
    written = "" if node.value is None else ast.unparse(node.value)
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    if not calls or "requires_grad" in written or "Parameter" in written:
        return False
    return all(ast.unparse(one.func).startswith("torch.") for one in calls)


def _is_used(name: str, line: int, sources: Sources) -> bool:
    """Whether the gradient of a name is used somewhere, or asked for on this line."""
    if sources.mentions(f"{name}.grad"):
        return True
    statement = sources.statement_at(line)
    for node in () if statement is None else ast.walk(statement):
        match node:
            case ast.Call(args=[_, wanted, *_]) if called(node) == "grad":
                return name in names_in(wanted)
    return False


def _plain_tensors(names: Mapping[str, object]) -> Iterator[tuple[str, Tensor]]:
    for name, value in _own(names):
        if is_tensor(value) and value.is_leaf and not value.requires_grad:
            yield name, value


def _names_of_tensors(names: Mapping[str, object]) -> dict[int, str]:
    """What tensors are called, by their identity; those of modules by their path in these."""
    values = _own(names)
    found = {id(value): name for name, value in values if is_tensor(value)}
    for name, value in values:
        for path, module in modules_of(name, value):
            found |= {id(one): inner for inner, one in named_parameters_of(module, path)}
    return found


def _own(names: Mapping[str, object]) -> list[tuple[str, object]]:
    """The lesson's own names; a notebook's `_` and `_3` are values that have names besides."""
    return [(name, value) for name, value in list(names.items()) if not name.startswith("_")]


def _moved_by(value: object) -> list[Tensor]:
    """What an optimizer moves; nothing of anything else."""
    moved = None if list(modules_of("", value)) else parameters_behind(value)
    return moved or []


def _line_of_freezing(sources: Sources) -> int | None:
    """The line that sets `requires_grad` to False."""
    for node in sources.nodes():
        match node:
            case ast.Assign(
                targets=[ast.Attribute(attr="requires_grad")], value=ast.Constant(value=False)
            ):
                return node.lineno
    return sources.line_of_call("requires_grad_")
