"""What a name such as `layers[0].weight` leads to, found without running a line of the learner's.

Only what is stored is read: the tables of a module, `grad` and `data` of a tensor, the instance
and class dictionaries and the slots of anything else, and the items of lists, tuples, dicts and
torch's containers. Properties, `__getattr__` and `__getitem__` are never called.
"""

from __future__ import annotations

import inspect
import re
import sys
import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeGuard, cast

from engine.values.peeking import is_tensor, looking_only

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module

NOTHING = object()
_ROOT = re.compile(r"[^\W\d]\w*")
_PATH_PART = re.compile(
    r"""\.(?P<attribute>\w+)
      | \[(?P<index>-?\d+)\]
      | \[(?P<quote>['"])(?P<key>.*?)(?P=quote)\]""",
    re.VERBOSE,
)


def follow(namespace: Mapping[str, object], path: str) -> object:
    """What `path` leads to, or NOTHING where it leads nowhere or is no path."""
    root = _ROOT.match(path)
    if root is None:
        return NOTHING
    value = namespace.get(root[0], NOTHING)
    position = root.end()
    while position < len(path):
        part = _PATH_PART.match(path, position)
        if part is None or value is NOTHING:
            return NOTHING
        position = part.end()
        if part["attribute"]:
            value = _attribute(value, part["attribute"])
        else:
            value = _item(value, part["key"] if part["index"] is None else int(part["index"]))
    return value


def named_parameters_of(module: Module, name: str) -> list[tuple[str, Tensor]]:
    """The parameters of `module` and of the modules in it, each once, under their dotted names."""
    return _named_tensors_of(module, name, "_parameters")


def named_buffers_of(module: Module, name: str) -> list[tuple[str, Tensor]]:
    """As `named_parameters_of`, of what a module keeps beside its parameters."""
    return _named_tensors_of(module, name, "_buffers")


def _named_tensors_of(module: Module, name: str, table: str) -> list[tuple[str, Tensor]]:
    """The tensors in this table of a module and of those within it, each once, with its path."""
    found: dict[int, tuple[str, Tensor]] = {}
    seen: set[int] = set()
    waiting: list[tuple[str, object]] = [(name, module)]
    while waiting:
        path, part = waiting.pop()
        if not is_module(part) or id(part) in seen:
            continue
        seen.add(id(part))
        for key, tensor in members_of(part, table).items():
            if is_tensor(tensor):
                found.setdefault(id(tensor), (f"{path}.{key}", tensor))
        children = members_of(part, "_modules").items()
        waiting += [(f"{path}.{key}", child) for key, child in reversed(children)]
    return list(found.values())


def gradient_of(tensor: Tensor) -> Tensor | None:
    """The gradient of `tensor`, read without torch's warning where there is none to be had."""
    with looking_only():
        return tensor.grad if tensor.is_leaf or tensor.retains_grad else None


def is_module(value: object) -> TypeGuard[Module]:
    """Whether `value` is a torch module; False while torch is not loaded."""
    module_type = getattr(sys.modules.get("torch.nn"), "Module", None)
    return module_type is not None and issubclass(type(value), module_type)


def _attribute(value: object, name: str) -> object:
    if is_tensor(value):
        return _tensor_attribute(value, name)
    if is_module(value):
        for table in ("_parameters", "_buffers", "_modules"):
            members = members_of(value, table)
            if name in members:
                return members[name]
    found = inspect.getattr_static(value, name, NOTHING)
    if not isinstance(found, types.MemberDescriptorType):
        return found
    try:
        return found.__get__(value)
    except AttributeError:  # a slot that nothing was assigned to
        return NOTHING


def _tensor_attribute(tensor: Tensor, name: str) -> object:
    if name == "grad":
        return gradient_of(tensor)
    if name != "data":
        return NOTHING
    with looking_only():
        return tensor.detach()


def _item(value: object, key: str | int) -> object:
    if issubclass(type(value), dict):
        return dict.get(cast("dict[object, object]", value), key, NOTHING)
    if _is_container(value):
        members = members_of(value, "_modules") or members_of(value, "_parameters")
        if isinstance(key, str):
            return members.get(key, NOTHING)
        value = list(members.values())
    # Asked of the base class: a subclass may have an opinion of its own.
    for base in (list, tuple):
        if issubclass(type(value), base) and isinstance(key, int):
            items = cast("Any", value)
            length = base.__len__(items)
            return base.__getitem__(items, key) if -length <= key < length else NOTHING
    return NOTHING


def _is_container(value: object) -> TypeGuard[Module]:
    if not is_module(value):
        return False
    from torch import nn

    containers = (nn.Sequential, nn.ModuleList, nn.ModuleDict, nn.ParameterList, nn.ParameterDict)
    return issubclass(type(value), containers)


def members_of(module: Module, name: str) -> dict[str, object]:
    """A table of `module`, such as `_parameters`; empty before `super().__init__()`."""
    table: dict[str, object] = object.__getattribute__(module, "__dict__").get(name, {})
    return table
