"""Trees that a tensor stands in: the graph that made it, and the modules of the lesson.

Only what is stored is read. What modules say of themselves is asked of torch's own alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine.protocol.tensors import TreeLine
from engine.values.paths import is_module, members_of, named_parameters_of
from engine.values.peeking import is_tensor, looking_only

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module

_MOST_LINES = 400
_DEEPEST = 200


def graph_of(tensor: Tensor, names: Mapping[str, object]) -> tuple[TreeLine, ...]:
    """The operations that made `tensor`, the last one first, each above what went into it.

    A leaf of the graph carries the name that the lesson has for it, if it has one. An operation
    that has been told already is not followed again. Empty where nothing is remembered of how the
    tensor was made.
    """
    with looking_only():
        return tuple(islice(_operations(tensor, _names_of_leaves(names)), _MOST_LINES))


def modules_in(names: Mapping[str, object]) -> tuple[TreeLine, ...]:
    """Each module that a name of the lesson stands for, with its parts, shapes and counts."""
    found = [(name, value) for name, value in names.items() if not name.startswith("_")]
    modules = [(name, value) for name, value in found if is_module(value)]
    with looking_only():
        lines = (line for name, module in modules for line in _parts(name, module, 0))
        return tuple(islice(lines, _MOST_LINES))


def _operations(tensor: Tensor, leaves: Mapping[int, str]) -> Iterator[TreeLine]:
    seen: set[object] = set()
    waiting: list[tuple[int, Any]] = [(0, tensor.grad_fn)]
    while waiting:
        depth, node = waiting.pop()
        if node is None or depth > _DEEPEST:
            continue
        leaf = getattr(node, "variable", None) if _is_accumulator(node) else None
        if is_tensor(leaf):
            yield TreeLine(depth, leaves.get(id(leaf), ""), str(list(leaf.shape)))
            continue
        name = type(node).__name__
        if node in seen:
            yield TreeLine(depth, name, "...")
            continue
        seen.add(node)
        yield TreeLine(depth, name, "")
        waiting += [(depth + 1, one) for one, _ in reversed(node.next_functions)]


def _is_accumulator(node: object) -> bool:
    return type(node).__name__ == "AccumulateGrad"


def _names_of_leaves(names: Mapping[str, object]) -> dict[int, str]:
    leaves: dict[int, str] = {}
    for name, value in names.items():
        # A notebook's `_` may be the same one.
        if is_tensor(value) and not name.startswith("_"):
            leaves.setdefault(id(value), name)
    for name, value in names.items():
        if is_module(value) and not name.startswith("_"):
            for path, parameter in named_parameters_of(value, name):
                leaves.setdefault(id(parameter), path)
    return leaves


def _parts(name: str, module: Module, depth: int) -> Iterator[TreeLine]:
    kind = type(module)
    # Another's `extra_repr` is the learner's code.
    said = module.extra_repr() if kind.__module__.startswith("torch.nn.") else ""
    parameters = sum(one.numel() for _, one in named_parameters_of(module, name))
    yield TreeLine(depth, name, f"{kind.__name__}({said})", parameters)
    if depth >= _DEEPEST:
        return
    for key, parameter in members_of(module, "_parameters").items():
        if is_tensor(parameter):
            yield TreeLine(depth + 1, key, f"{list(parameter.shape)}")
    for key, child in members_of(module, "_modules").items():
        if is_module(child):
            yield from _parts(key, child, depth + 1)
