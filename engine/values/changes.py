"""What a statement changed: a lesson's names remembered at one moment, and compared at the next.

Nothing here keeps a learner's object alive: what can be told again is remembered by weak reference,
number or address. None of the learner's code runs.
"""

from __future__ import annotations

import ctypes
import sys
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeGuard, cast

from engine.protocol.statements import StatementChanges
from engine.values.paths import gradient_of, is_module, named_buffers_of, named_parameters_of
from engine.values.peeking import is_tensor, is_wrapped, looking_only
from engine.values.tensors import pinned_tensors

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer

_MOST_NAMES = 512
_MOST_TENSORS = 256
_MOST_ITEMS = 32
_MOST_BYTES = 65536
_SCALARS = frozenset({int, float, complex, bool, str, bytes, type(None)})


@dataclass(frozen=True, slots=True)
class Memory:
    """What names meant at one moment.

    ``meanings`` are by name, ``contents`` also by the path of a tensor in something that is named,
    and ``gradients`` are by the path of the tensor that has one, or could.
    """

    meanings: dict[str, object] = field(default_factory=dict)
    contents: dict[str, tuple[object, ...]] = field(default_factory=dict)
    gradients: dict[str, tuple[object, ...]] = field(default_factory=dict)


def remember(names: Mapping[str, object], shown: Sequence[str]) -> Memory:
    """What `names` mean now; a tensor that several lead to is called as it is in `shown`.

    Of lists and other containers the first 32 items are looked at, of namespaces the first 512
    names and 256 tensors.
    """
    memory = Memory()
    own = [(name, value) for name, value in names.items() if not name.startswith("__")]
    for name, value in own[:_MOST_NAMES]:
        memory.meanings[name] = _meaning(value)
        items = _items(value)
        if items is not None:
            memory.contents[name] = items
    for path, tensor in islice(_tensors(own, names, shown), _MOST_TENSORS):
        memory.contents[path] = _contents(tensor)
        gradient = gradient_of(tensor)
        memory.gradients[path] = () if gradient is None else _contents(gradient)
    return memory


def remember_with_buffers(names: Mapping[str, object]) -> Memory:
    """What `names` mean now, and what modules among them keep, as the running means of a norm."""
    memory = remember(names, ())
    for name, value in names.items():
        for path, buffer in named_buffers_of(value, name) if is_module(value) else ():
            memory.contents[path] = _contents(buffer)
    return memory


def compare(before: Memory, now: Memory) -> StatementChanges:
    """What has changed between two moments; names that are gone are not told."""
    assigned = [
        name
        for name, meaning in now.meanings.items()
        if name not in before.meanings or not _is_same(before.meanings[name], meaning)
    ]
    fresh = frozenset(assigned)
    # A tensor may have been known by another path: by a name that now means something else.
    known = {id(one[0]): one for one in before.contents.values() if isinstance(one[0], weakref.ref)}
    written = [
        path
        for path, contents in now.contents.items()
        if _root(path) not in fresh
        and not _are_same(before.contents.get(path) or known.get(id(contents[0]), ()), contents)
    ]
    gradients = [
        f"{path}.grad"
        for path, contents in now.gradients.items()
        if path in before.gradients
        and _root(path) not in fresh
        and not _are_same(before.gradients[path], contents)
    ]
    return StatementChanges(tuple(assigned), tuple(written), tuple(gradients))


def _meaning(value: object) -> object:
    """What stands for `value` and lets it die; a scalar stands for itself."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    # An address alone may be that of another object by now.
    return weakref.ref(value) if kind.__weakrefoffset__ else (id(value),)


def _is_same(before: object, now: object) -> bool:
    return before is now or (type(before) is tuple and type(now) is tuple and before == now)


def _are_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """Whether two contents are the same; what they hold is never asked, being the learner's."""
    return len(before) == len(now) and all(map(_is_same_part, before, now))


def _is_same_part(before: object, now: object) -> bool:
    return before is now or (type(before) is int and type(now) is int and before == now)


def _items(value: object) -> tuple[object, ...] | None:
    """The length and the first items of a container of Python's own, as addresses."""
    # Asked of the base class: a subclass may have an opinion of its own.
    kind, container = type(value), cast("Any", value)
    if issubclass(kind, dict):
        pairs = islice(dict.items(container), _MOST_ITEMS)
        return (dict.__len__(container), *(id(one) for pair in pairs for one in pair))
    if issubclass(kind, list):
        return (list.__len__(container), *map(id, islice(list.__iter__(container), _MOST_ITEMS)))
    return (set.__len__(container),) if issubclass(kind, set) else None


def _contents(tensor: Tensor) -> tuple[object, ...]:
    """Which tensor it is, how often it was written to, where its values are, and if few, which."""
    import torch

    with looking_only():
        version = -1 if tensor.is_inference() else tensor._version
        has_address = tensor.layout is torch.strided and not (
            tensor.is_nested or is_wrapped(tensor)
        )
        address = tensor.data_ptr() if has_address else 0
        # What writes past the version counter, as `W.data -= ...`, is told by the values alone.
        size = tensor.numel() * tensor.element_size()
        is_small = address and tensor.is_cpu and tensor.is_contiguous() and size <= _MOST_BYTES
        values = hash(ctypes.string_at(address, size)) if is_small else 0
        return (_meaning(tensor), version, address, values)


def _tensors(
    own: Sequence[tuple[str, object]], names: Mapping[str, object], shown: Sequence[str]
) -> Iterator[tuple[str, Tensor]]:
    """The tensors that are shown, then those that others name, then those in what they name."""
    seen: set[int] = set()
    for path, tensor in pinned_tensors(names, shown):
        seen.add(id(tensor))
        yield path, tensor
    named = ((name, value) for name, value in own if is_tensor(value))
    within = (found for name, value in own for found in _tensors_in(name, value))
    for path, tensor in chain(named, within):
        if id(tensor) not in seen:
            seen.add(id(tensor))
            yield path, tensor


def _tensors_in(name: str, value: object) -> Iterator[tuple[str, Tensor]]:
    if is_module(value):
        yield from named_parameters_of(value, name)
    elif type(value) in (list, tuple):
        for index, item in enumerate(islice(cast("Any", value), _MOST_ITEMS)):
            if is_tensor(item):
                yield f"{name}[{index}]", item
    elif _is_optimizer(value):
        for number, group in enumerate(value.param_groups):
            for index, parameter in enumerate(group["params"]):
                yield f"{name}.param_groups[{number}]['params'][{index}]", parameter


def _is_optimizer(value: object) -> TypeGuard[Optimizer]:
    optimizer_type = getattr(sys.modules.get("torch.optim"), "Optimizer", None)
    return optimizer_type is not None and issubclass(type(value), optimizer_type)


def _root(path: str) -> str:
    """The name that a path begins with: `model` of `model.layers[0].weight`."""
    return path.partition(".")[0].partition("[")[0]
