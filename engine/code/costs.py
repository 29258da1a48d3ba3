"""What a tree finds gradients of to train by: with `backward()`, or by asking autograd for them.

A gradient that is asked for may be wanted for itself, as that of a network in a differential
equation, or to be looked at: it is a cost's where the loop or the function around goes on by it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.code.curve_names import unwrapped
from engine.code.descents import descends, moves
from engine.code.loop_names import Loop
from engine.code.nesting import Nesting
from engine.code.training import (
    Function,
    Trained,
    backward_of,
    called_of,
    calls_in,
    steps_optimizer,
    trained_in,
)

# Of what these give, which part is the cost.
_WITH_COST = {"grad_and_value": 1, "value_and_grad": 0}
# With these, gradients are found of what is no cost, or to be gone on from.
_NO_COSTS = frozenset({"grad_outputs", "create_graph", "is_grads_batched"})
_ONLY_KEEPING = frozenset({"append", "extend", "add", "print", "update"})


@dataclass(frozen=True, slots=True)
class Cost:
    """An expression, or a name as it is assigned, and the node at which its gradient is found."""

    value: ast.expr
    place: ast.AST


def costs_in(tree: ast.Module, nesting: Nesting) -> list[Cost]:
    """All costs of a tree, in the order of the source; `nesting` is of the same tree."""
    with_cost = _functions_with_cost(tree)
    found: list[Cost] = []
    for call in calls_in(tree):
        cost = backward_of(call)
        if cost is not None:
            found.append(Cost(cost, call))
            continue
        cost = _asked_of(call) or _assigned_beside_gradient(call, nesting, with_cost)
        if cost is not None and _is_trained_by(call, tree, nesting):
            found.append(Cost(cost, call))
    return found


def names_by_scope(
    costs: Iterable[Cost], nesting: Nesting, part: Callable[[ast.expr], ast.expr | None]
) -> dict[int, dict[str, None]]:
    """The names that are this part of costs, in each function and outside of all functions."""
    found: dict[int, dict[str, None]] = {}
    for cost in costs:
        match part(cost.value):
            case ast.Name(id=name):
                found.setdefault(id(nesting.scope_of(cost.place)), {})[name] = None
    return found


def reduced(cost: ast.expr) -> ast.expr | None:
    """What a cost is the sum or the mean of; None where it is neither."""
    match cost:
        case ast.Call(func=ast.Attribute(value=inner, attr="sum" | "mean")):
            return inner
    return None


def trained_by(trees: Iterable[ast.Module]) -> Trained:
    """What the cells of a file train together, by gradients that they ask for as well."""
    trees = list(trees)
    costs = (unwrapped(one.value) for tree in trees for one in costs_in(tree, Nesting(tree)))
    names = frozenset(one.id for one in costs if isinstance(one, ast.Name))
    return Trained(names, trained_in(trees).functions)


def _asked_of(call: ast.Call) -> ast.expr | None:
    """What `torch.autograd.grad` is asked for the gradient of, where that may be a cost."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr="grad"):
            is_autograds = owner == "autograd"
        case ast.Name(id=name):
            is_autograds = name == "grad"
        case _:
            return None
    named = {one.arg: one.value for one in call.keywords}
    if not is_autograds or named.keys() & _NO_COSTS:
        return None
    match [*call.args, *(named[key] for key in ("outputs", "inputs") if key in named)]:
        case [cost, inputs] if not isinstance(inputs, ast.Constant):
            return cost
    return None


def _functions_with_cost(tree: ast.Module) -> dict[str, int]:
    """The names of functions that give a cost beside its gradient, each with its place there."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as made):
                if (function := called_of(made)) in _WITH_COST:
                    found[name] = _WITH_COST[function]
    return found


def _assigned_beside_gradient(
    call: ast.Call, nesting: Nesting, with_cost: dict[str, int]
) -> ast.expr | None:
    """The name that a call gives a cost to which it has found a gradient of."""
    match call.func:
        case ast.Name(id=name) if name in with_cost:
            at = with_cost[name]
        case ast.Call() as made if called_of(made) in _WITH_COST:
            at = _WITH_COST[called_of(made)]
        case _:
            return None
    match next(nesting.around(call)):
        case ast.Assign(targets=[ast.Tuple(elts=[*parts])]) if at < len(parts):
            part = parts[at]
            # With what else the function gives, the cost comes first.
            return part.elts[0] if isinstance(part, ast.Tuple) else part
    return None


def _is_trained_by(call: ast.Call, tree: ast.Module, nesting: Nesting) -> bool:
    """Whether what stands around a call moves something by the gradient, or gives it to what does.

    That is the function that it stands in, and what calls that; else the outermost loop.
    """
    scope = nesting.scope_of(call)
    if not isinstance(scope, Function):
        return any(map(_goes_on, nesting.loops_around(call)[-1:]))
    nodes = (node for node in ast.walk(tree) if isinstance(node, Loop | Function))
    callers = [node for node in nodes if any(called_of(one) == scope.name for one in _calls(node))]
    return any(map(_goes_on, [scope, *callers]))


def _goes_on(around: ast.AST) -> bool:
    is_moved = descends(around) if isinstance(around, Loop) else moves(around)
    return is_moved or any(map(steps_optimizer, _calls(around))) or _hands_on(around)


def _hands_on(around: ast.AST) -> bool:
    """Whether a gradient that is asked for is given to something that updates by it."""
    gradients = _named_gradients(around)
    for node in ast.walk(around):
        match node:
            case ast.Expr(value=ast.Call() as call) if called_of(call) not in _ONLY_KEEPING:
                if _given(call) & gradients:
                    return True
            case ast.Assign(targets=[target], value=ast.Call() as call):
                given = _given(call)
                if given & gradients and given & _names(target) - gradients:
                    return True
    return False


def _named_gradients(around: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(around):
        match node:
            case ast.Assign(targets=[target], value=value):
                asking = (one for one in _calls(value) if called_of(one) in ("grad", *_WITH_COST))
                if any(True for _ in asking):
                    found |= _names(target)
    return found


def _given(call: ast.Call) -> set[str]:
    given = [*call.args, *(one.value for one in call.keywords)]
    return {one.id for one in given if isinstance(one, ast.Name)}


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))
