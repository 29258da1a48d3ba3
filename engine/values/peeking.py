"""How torch is looked at without being disturbed: what is a tensor, and a context to read it in.

torch is used only where it is loaded already: before that no value can be a tensor.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from torch import Tensor, dtype

_NUMBERS = (
    *("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("float16", "bfloat16", "float32", "float64"),
    *("float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu"),
)
_REAL = ("bool", *_NUMBERS)
_READABLE = (*_REAL, "complex32", "complex64", "complex128")


def is_tensor(value: object) -> TypeGuard[Tensor]:
    """Whether `value` is a tensor; False while torch is not loaded."""
    return is_tensor_type(type(value))


def is_tensor_type(kind: type) -> bool:
    """Whether values of `kind` are tensors; False while torch is not loaded."""
    tensor_type = getattr(sys.modules.get("torch"), "Tensor", None)
    return tensor_type is not None and issubclass(kind, tensor_type)


@contextmanager
def unseen() -> Iterator[None]:
    """A context in which torch calls no override of the learner's, and no profiler counts.

    An override is a mode for functions, or what a class of tensors has for them.
    """
    core = getattr(sys.modules.get("torch"), "_C", None)
    if core is None:
        yield
        return
    with core.DisableTorchFunction():
        if not is_watched():
            yield
            return
        core._autograd._enable_record_function(False)
        _unseen.is_on = True
        try:
            yield
        finally:
            _unseen.is_on = False
            core._autograd._enable_record_function(True)


@contextmanager
def looking_only() -> Iterator[None]:
    """A context as `unseen`, in which torch builds no graph and calls no mode for operations."""
    import torch

    with unseen(), torch.no_grad(), torch._C._DisableTorchDispatch():
        yield


def is_watched() -> bool:
    """Whether code of the learner's, or a profiler, sees what this thread does with tensors."""
    core = getattr(sys.modules.get("torch"), "_C", None)
    if core is None or _unseen.is_on:
        return False
    return bool(core._autograd._profiler_enabled() or core._is_torch_function_mode_enabled())


class _Unseen(threading.local):
    """Whether this thread is unseen now: within, nothing has to be switched off or on."""

    is_on = False


_unseen = _Unseen()


def is_real(tensor: Tensor) -> bool:
    """Whether the values of `tensor` are real numbers (or truth values) that can be read."""
    import torch

    return (
        tensor.dtype in _dtypes(_REAL)
        and tensor.layout is torch.strided
        and not tensor.is_meta
        and not tensor.is_nested
        and not is_wrapped(tensor)
    )


def is_wrapped(tensor: Tensor) -> bool:
    """Whether `tensor` only stands for others: under vmap, or a subclass with its own dispatch."""
    import torch

    if type(tensor).__torch_dispatch__ is not torch.Tensor.__torch_dispatch__:
        return True
    return torch._C._functorch.is_functorch_wrapped_tensor(tensor)


def is_readable(tensor: Tensor) -> bool:
    """Whether the dtype of `tensor` is one whose values are real or complex numbers."""
    return tensor.dtype in _dtypes(_READABLE)


@cache
def _dtypes(names: tuple[str, ...]) -> frozenset[dtype]:
    """The dtypes of these names that this torch has."""
    import torch

    return frozenset(getattr(torch, name) for name in names if hasattr(torch, name))
