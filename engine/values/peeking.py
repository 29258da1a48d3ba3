"""How torch is looked at without being disturbed: what is a tensor, and a context to read it in.

torch is used only where it is loaded already: before that no value can be a tensor.
"""

from __future__ import annotations

import sys
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
def looking_only() -> Iterator[None]:
    """A context in which torch builds no graph and calls no override or mode of the learner's.

    Nor does a profiler of the learner's see what is computed in it.
    """
    import torch

    with (
        torch.no_grad(),
        torch._C.DisableTorchFunction(),
        torch._C._DisableTorchDispatch(),
    ):
        if not is_profiled():
            yield
            return
        torch._C._autograd._enable_record_function(False)
        try:
            yield
        finally:
            torch._C._autograd._enable_record_function(True)


def is_profiled() -> bool:
    """Whether a profiler of torch's counts what this thread computes."""
    import torch

    return torch._C._autograd._profiler_enabled()


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
