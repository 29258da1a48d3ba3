"""Why no gradient can be found of a cost: what cut it off, or that nothing asks for gradients."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.code.training import Function, backward_of, runs_without_gradients
from engine.code.training import switches_gradients_off as switches_off
from engine.teaching.evaluating import is_without_gradients
from engine.teaching.functions import function_called, own_nodes
from engine.teaching.scene import modules_of
from engine.teaching.sources import Assigning, Sources, called, covers, names_in
from engine.values.paths import named_parameters_of
from engine.values.peeking import is_tensor

# What these give has no graph, whatever they are given.
_CUTTING = frozenset(
    {"detach", "item", "tolist", "numpy", "argmax", "argmin", "argsort", "long", "int", "bool"}
)
_OF_TORCH = frozenset({"tensor", "as_tensor", "from_numpy", *_CUTTING})
_OF_PYTHON = frozenset({"float", "int", "bool"})


@dataclass(frozen=True, slots=True)
class Cut:
    """What cut a cost off its parameters: where it stands, and how it is written."""

    line: int
    written: str


def cut_behind(line: int, names: Mapping[str, object], sources: Sources) -> Cut | None:
    """What cut off the cost that a line finds the gradients of; None where nothing is seen."""
    found = (_Finder(one, names, sources).found() for one in sources.statements_on(line))
    return next((one for one in found if one is not None), None)


def switched_off(sources: Sources) -> Cut | None:
    """The line that has switched gradients off for all that follows; None where they are on."""
    if not is_without_gradients():
        return None
    for node in sources.nodes():
        match node:
            case ast.Expr(value=ast.Call() as call) if switches_off(call):
                return Cut(node.lineno, ast.unparse(call))
    return None


class _Finder:
    """Follows a cost back over the lines that made it, as they are written."""

    def __init__(self, statement: ast.stmt, names: Mapping[str, object], sources: Sources) -> None:
        self._statement = statement
        self._names = names
        self._sources = sources
        self._nodes = list(sources.nodes())
        self._scope = self._scope_at(statement.lineno)
        self._followed: set[int] = set()
        # The functions that are given what is made of parameters.
        self._fed: set[int] = set()
        self._looked_at: set[int] = set()

    def found(self) -> Cut | None:
        calls = (node for node in ast.walk(self._statement) if isinstance(node, ast.Call))
        for call in calls:
            cost = call.args[0] if called(call) == "grad" and call.args else backward_of(call)
            cut = None if cost is None else self._in(cost, self._scope)
            if cut is not None:
                return cut
        return None

    def _in(self, node: ast.expr, scope: Function | None) -> Cut | None:
        if id(node) in self._followed:
            return None
        self._followed.add(id(node))
        parts = [part for part in ast.walk(node) if isinstance(part, ast.expr)]
        for part in parts:
            written = _cutting(part)
            if written and self._reaches(part, scope):
                return Cut(part.lineno, written)
        for part in parts:
            match part:
                case ast.Call():
                    cut = self._in_function(part, scope)
                case ast.Name(ctx=ast.Load()):
                    cut = self._of_name(part, scope)
                case _:
                    cut = None
            if cut is not None:
                return cut
        return None

    def _in_function(self, call: ast.Call, scope: Function | None) -> Cut | None:
        """What cuts in the lesson's own function, or around it."""
        function = function_called(call, self._names, self._sources)
        given = (*call.args, *(one.value for one in call.keywords))
        if function is not None and any(self._reaches(one, scope) for one in given):
            self._fed.add(id(function))
        for node in () if function is None else own_nodes(function):
            if isinstance(node, ast.Return) and node.value is not None:
                cut = self._made_at(node, node.value, function)
                if cut is not None:
                    return cut
        return None

    def _of_name(self, name: ast.Name, scope: Function | None) -> Cut | None:
        value = self._names.get(name.id) if scope is self._scope else None
        if is_tensor(value) and value.requires_grad:
            return None
        for assigned, inner in self._assignments(name, scope):
            if assigned.value is not None:
                cut = self._made_at(assigned, assigned.value, inner)
                if cut is not None:
                    return cut
        return None

    def _made_at(
        self, node: ast.stmt | ast.NamedExpr, value: ast.expr, scope: Function | None
    ) -> Cut | None:
        for block in self._nodes:
            is_around = (
                runs_without_gradients(block)
                and isinstance(block, ast.stmt)
                and covers(block, node.lineno)
            )
            if is_around and self._reaches(value, scope):
                return _of_block(block)
        return self._in(value, scope)

    def _assignments(
        self, name: ast.Name, scope: Function | None
    ) -> Iterator[tuple[Assigning, Function | None]]:
        """What may have given a name its value where it is read: the nearest line before that.

        Where none is before, as in a loop, the last of those after; and where one adds to what
        there was, also what is before it.
        """
        every = self._sources.assignments(name.id)
        own = [one for one in every if self._scope_at(one.lineno) is scope]
        if not own and scope is not None:
            scope = None
            own = [one for one in every if self._scope_at(one.lineno) is None]
        own.sort(key=lambda one: (one.lineno <= name.lineno, one.lineno), reverse=True)
        for one in own:
            yield one, scope
            if not isinstance(one, ast.AugAssign) and name.id not in _read_in(one):
                return

    def _reaches(self, node: ast.AST, scope: Function | None) -> bool:
        """Whether a parameter that asks for a gradient goes into it."""
        self._looked_at.clear()
        return self._leads_on(node, scope)

    def _leads_on(self, node: ast.AST, scope: Function | None) -> bool:
        for part in ast.walk(node):
            if id(part) in self._looked_at:
                continue
            self._looked_at.add(id(part))
            match part:
                case ast.Name(ctx=ast.Load()) if self._leads_to_parameter(part, scope):
                    return True
                case ast.Call():
                    function = function_called(part, self._names, self._sources)
                    inside = () if function is None else own_nodes(function)
                    if any(self._leads_on(one, function) for one in inside):
                        return True
        return False

    def _leads_to_parameter(self, name: ast.Name, scope: Function | None) -> bool:
        value = self._names.get(name.id)
        if name.id == "self" or any(one.requires_grad for one in _tensors_of(name.id, value)):
            return True
        if id(scope) in self._fed and name.id in _taken_by(scope):
            return True
        if any(self._leads_on(one, scope) for one in self._gone_through(name)):
            return True
        return any(
            one.value is not None and self._leads_on(one.value, inner)
            for one, inner in self._assignments(name, scope)
        )

    def _gone_through(self, name: ast.Name) -> Iterator[ast.expr]:
        """What a name in a comprehension takes its values from, one after the other."""
        for node in self._nodes:
            if not isinstance(node, ast.ListComp | ast.DictComp | ast.GeneratorExp):
                continue
            if any(part is name for part in ast.walk(node)):
                yield from (one.iter for one in node.generators if _has_name(one.target, name.id))

    def _scope_at(self, line: int) -> Function | None:
        """The innermost function that a line stands in."""
        around = [one for one in self._nodes if isinstance(one, Function) and covers(one, line)]
        return max(around, key=lambda one: one.lineno, default=None)


def _cutting(node: ast.expr) -> str:
    """How a part is written that cuts what it gives off; "" where it does not."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr=name)):
            return f"torch.{name}()" if name in _OF_TORCH else ""
        case ast.Call(func=ast.Attribute(attr=name)) if name in _CUTTING:
            return f"{name}()"
        case ast.Call(func=ast.Name(id=name)) if name in _OF_PYTHON:
            return f"{name}()"
        case ast.Attribute(attr="data"):
            return ".data"
        case ast.Compare():
            return ast.unparse(node)
    return ""


def _of_block(block: ast.AST) -> Cut | None:
    switches: list[ast.expr] = []
    match block:
        case ast.With(items=items) | ast.AsyncWith(items=items):
            switches = [one.context_expr for one in items]
        case ast.FunctionDef(decorator_list=decorators):
            switches = decorators
    found = next(filter(switches_off, switches), None)
    return None if found is None else Cut(found.lineno, ast.unparse(found))


def _taken_by(function: Function | None) -> list[str]:
    """The names of what a function takes."""
    return (
        []
        if function is None
        else [one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)]
    )


def _has_name(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def _read_in(node: Assigning) -> list[str]:
    return [] if node.value is None else names_in(node.value)


def _tensors_of(name: str, value: object) -> Iterator[Any]:
    """A tensor, or those of a module and of the modules that an object has."""
    if is_tensor(value):
        yield value
    for path, module in modules_of(name, value):
        yield from (one for _, one in named_parameters_of(module, path))
