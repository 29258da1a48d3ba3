"""What a lesson's code trains, read from its trees: what `.backward()` is called on, and where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.code.curve_names import unwrapped
from engine.code.depth import shallow_tree

Function = ast.FunctionDef | ast.AsyncFunctionDef

_MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
# What a cell is given to that runs nothing of it as the lesson's own code.
_GIVEN_AWAY = re.compile(
    r"\s*%%(?:writefile|file|writetemplate|script|bash|sh|system|sx|cmd|perl|ruby|R|julia|cython|sql"
    r"|python[23]?|pypy|html|svg|latex|markdown|js|javascript|css|mermaid)\b",
    re.IGNORECASE,
)
_SWITCHES = frozenset({"no_grad", "inference_mode"})
# Objects whose own `backward` is given the cost.
_ENGINES = frozenset({"accelerator", "fabric", "engine", "model_engine", "autograd"})
_OPTIMIZERS = ("opt", "sgd", "adam", "updater", "scaler")
# Methods that run inside torch's own calls, and one that every module has.
_INSIDE_TORCH = frozenset({"forward", "__init__", "__getitem__", "__len__", "__iter__", "__next__"})
# Decorators of compilers that read what Python has made of a function, and know no hooks.
_COMPILES = frozenset({"jit", "njit", "vectorize", "guvectorize", "stencil", "cfunc"})
_CALLBACKS = frozenset({"cbs", "callbacks", "hooks", "handlers", "listeners", "observers"})
_EVALUATES = ("eval", "test", "valid")
_MODES = frozenset({"train", "eval"})


@dataclass(frozen=True, slots=True)
class Trained:
    """What a whole file trains.

    ``costs`` are the plain names that `.backward()` is called on, ``functions`` the names of
    functions and methods that train, by themselves or by what they call.
    """

    costs: frozenset[str]
    functions: frozenset[str]


def tree_of(source: str) -> ast.Module | None:
    """The tree of a cell, in which magics stand for nothing; None where it is no Python."""
    for text in (source, _MAGIC.sub(r"\1pass", source)):
        try:
            return shallow_tree(text)
        except (SyntaxError, ValueError):
            continue
    return None


def is_given_away(source: str) -> bool:
    """Whether a cell is the text of a file or of another program, as under `%%writefile`."""
    return _GIVEN_AWAY.match(source) is not None


def tree_that_runs(source: str) -> ast.Module | None:
    """The tree of a cell whose code runs; None where it is no Python, or is given away."""
    return None if is_given_away(source) else tree_of(source)


def trained_in(trees: Iterable[ast.Module]) -> Trained:
    """What the cells of a file train together."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    given = (backward_of(node) for node in nodes if isinstance(node, ast.Call))
    costs = (unwrapped(cost) for cost in given if cost is not None)
    functions = [node for node in nodes if isinstance(node, Function)]
    names: frozenset[str] = frozenset()
    while True:
        found = frozenset(one.name for one in functions if trains(one, names)) - _INSIDE_TORCH
        if found == names:
            named = frozenset(one.id for one in costs if isinstance(one, ast.Name))
            return Trained(named, names)
        names = found


def trains(node: ast.AST, functions: frozenset[str]) -> bool:
    """Whether code finds gradients or steps an optimizer, or calls one of `functions`."""
    calls = (part for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(
        backward_of(call) is not None or steps_optimizer(call) or called_of(call) in functions
        for call in calls
    )


def is_inside_torch(function: Function) -> bool:
    """Whether it is a method that torch calls, in the middle of its own work."""
    return function.name in _INSIDE_TORCH


def is_compiled(function: Function) -> bool:
    """Whether a compiler such as Numba makes another function of it, by a decorator."""
    decorators = (one.func if isinstance(one, ast.Call) else one for one in function.decorator_list)
    return any(_last(one) in _COMPILES for one in decorators)


def goes_through_callbacks(through: ast.expr) -> bool:
    """Whether a `for` through this calls callbacks in turn: a training has none for its steps."""
    return any(_last(one) in _CALLBACKS for one in ast.walk(through) if isinstance(one, ast.expr))


def called_of(call: ast.Call) -> str:
    """The name of the function or method that is called; "" where it has none."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=owner, attr=name):
            # `model.train()` trains nothing.
            return "" if name in _MODES and not _is_self(owner) else name
    return ""


def backward_of(call: ast.Call) -> ast.expr | None:
    """The expression that a call finds the gradients of; None where it is no such call."""
    match call.func, call.args:
        case ast.Attribute(attr="manual_backward"), [cost, *_]:
            return cost
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="backward"), _:
            return None
        case ast.Attribute(value=owner, attr="backward"), [cost, *_] if _last(owner) in _ENGINES:
            return None if isinstance(cost, ast.List | ast.Tuple) else cost
        case ast.Attribute(value=ast.Call(func=ast.Attribute(attr="scale"), args=[cost])), _:
            # Mixed precision scales the cost, for the gradients' sake alone.
            return cost if _is_backward(call) else None
        case ast.Attribute(value=owner, attr="backward"), _:
            return owner
    return None


def steps_optimizer(call: ast.Call) -> bool:
    """Whether a call has an optimizer step, by what that is called."""
    match call.func:
        case ast.Attribute(value=owner, attr="step"):
            return any(word in ast.unparse(owner).lower() for word in _OPTIMIZERS)
    return False


def runs_without_gradients(node: ast.AST) -> bool:
    """Whether a statement has what stands in it run without gradients."""
    if isinstance(node, ast.With | ast.AsyncWith):
        return any(switches_gradients_off(item.context_expr) for item in node.items)
    return isinstance(node, Function) and any(map(switches_gradients_off, node.decorator_list))


def evaluates(node: ast.AST) -> bool:
    """Whether what stands in a statement or a function evaluates a model."""
    if runs_without_gradients(node):
        return True
    return isinstance(node, Function) and any(word in node.name for word in _EVALUATES)


def switches_gradients_off(node: ast.expr) -> bool:
    """Whether it is `torch.no_grad()` or one of its like, called or as a decorator."""
    if isinstance(node, ast.Call) and _last(node.func) == "set_grad_enabled":
        given = [*node.args, *(one.value for one in node.keywords)]
        return any(isinstance(one, ast.Constant) and one.value is False for one in given)
    return _last(node.func if isinstance(node, ast.Call) else node) in _SWITCHES


def _is_backward(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "backward"


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _last(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree, in the order of the source."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    yield from sorted(calls, key=lambda one: (one.lineno, one.col_offset))
