"""An optimizer that is made of a generator which has given its parameters before."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import GeneratorType

from engine.teaching.replacing import value_of
from engine.teaching.sources import Assigning, Sources
from engine.values.paths import is_module, named_parameters_of


def generator_used_up(
    statement: ast.stmt | None, names: Mapping[str, object], sources: Sources
) -> tuple[int, str, str] | None:
    """The line that made the generator, what it is called, and what made it, as it is written.

    None where the statement calls nothing with one, or its module had no parameters to give.
    """
    for node in () if statement is None else ast.walk(statement):
        match node:
            case ast.Call(args=[ast.Name(id=name), *_]) if _is_generator(names.get(name)):
                made = [one for one in sources.assignments(name) if _gives_any(one, names)]
                if made and made[0].value is not None:
                    return made[0].lineno, name, ast.unparse(made[0].value)
    return None


def _is_generator(value: object) -> bool:
    return isinstance(value, GeneratorType)


def _gives_any(node: Assigning, names: Mapping[str, object]) -> bool:
    """Whether a line calls a method of a module that has parameters, as `net.parameters()`."""
    match node.value:
        case ast.Call(func=ast.Attribute(value=owner)):
            module = value_of(owner, names)
            return is_module(module) and any(named_parameters_of(module, ""))
    return False
