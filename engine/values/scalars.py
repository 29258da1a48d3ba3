"""Values as the numbers of a curve: Python, numpy and torch scalars, read many at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from engine.protocol.frame import Floats
from engine.values.peeking import (
    is_real,
    is_tensor,
    is_tensor_type,
    is_wrapped,
    looking_only,
    unseen,
)

if TYPE_CHECKING:
    from torch import Tensor


def as_float(value: object) -> float | None:
    """A Python or numpy number (or truth value) as a float, None for anything else."""
    if issubclass(type(value), (np.number, np.bool_, np.ndarray)):
        array = np.asarray(value)
        return float(array.item()) if array.size == 1 and array.dtype.kind in "biuf" else None
    if type(value) not in (float, int, bool):
        return None
    number = cast("float", value)
    try:
        return float(number)
    except OverflowError:  # an int beyond the range of floats
        return math.inf if number > 0 else -math.inf


@unseen()
def as_floats(values: Sequence[float | Tensor]) -> tuple[Floats, dict[int, str]]:
    """Numbers and one-element tensors as floats (shape [n]), and why some cannot be read.

    The floats of those that cannot be read, by their index, are nan. Tensors of one dtype, shape
    and device cross to the CPU in one transfer.
    """
    kinds = set(map(type, values))
    if kinds <= {float, int, bool}:
        with suppress(OverflowError):
            return np.array(values, dtype=np.float64), {}
    tensor_kinds = {kind for kind in kinds if is_tensor_type(kind)}
    tensors: dict[int, Tensor] = {}
    floats: Floats = np.full(len(values), np.nan)
    for index, value in enumerate(values):
        if type(value) in tensor_kinds:
            tensors[index] = cast("Tensor", value)
        else:
            floats[index] = as_float(value)
    together = _moved_together(list(tensors.values())) if tensors else None
    if together is not None:
        floats[list(tensors)] = together
        return floats, {}
    refused: dict[int, str] = {}
    for alike in _alike(tensors):
        sample = next(iter(alike.values()))
        if is_real(sample):
            floats[list(alike)] = _moved(list(alike.values()))
        else:
            refused |= dict.fromkeys(alike, not_one_number(sample))
    return floats, refused


@unseen()
def not_one_number(value: object) -> str:
    """Why `value` makes no curve."""
    kind = type(value).__name__
    if is_tensor(value) and value.numel() == 1:
        return f"a {kind} ({value.dtype}, {value.device}) whose value cannot be read as a number"
    if is_tensor(value):
        return f"a {kind} of {value.numel()} elements, not one number"
    if issubclass(type(value), np.ndarray):
        return f"an array of {cast('np.ndarray[Any, Any]', value).size} elements, not one number"
    return f"a {kind}, not a number"


def kept_apart(value: object) -> float | Tensor | None:
    """`value` as one number that stays what it is now, or None where it is not one number.

    A tensor comes detached and stays on its device: as it is, or as a copy where it is written in
    place (a parameter, a running total). What is not one number is turned away before it takes up
    memory.
    """
    if not is_tensor(value):
        number = as_float(value)
        return _data_of(value) if number is None else number
    with unseen():
        if value.numel() != 1:
            return None
        if not value.is_inference() and value._version == 0:
            return value
        return value.clone()


def _data_of(value: object) -> float | None:
    """The number that an object of one's own keeps as its `data`, as a scalar of micrograd does.

    None of the learner's code runs for it.
    """
    for kind in type(value).__mro__:
        slot = vars(kind).get("data")
        if isinstance(slot, MemberDescriptorType):
            with suppress(AttributeError):
                return as_float(slot.__get__(value, kind))
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return as_float(own.get("data")) if isinstance(own, dict) else None


def _moved_together(tensors: list[Tensor]) -> Floats | None:
    """All of `tensors` in one transfer, or None where they are not of one kind."""
    if len(set(map(attrgetter("dtype"), tensors))) > 1 or not is_real(tensors[0]):
        return None
    try:
        return _moved(tensors)
    except RuntimeError:  # of several shapes or devices, or without values of their own
        return None


def _alike(tensors: dict[int, Tensor]) -> list[dict[int, Tensor]]:
    """`tensors` in groups that one transfer can take."""
    look = attrgetter("__class__", "dtype", "device", "layout", "shape")
    groups: dict[object, dict[int, Tensor]] = {}
    for index, tensor in tensors.items():
        groups.setdefault((look(tensor), is_wrapped(tensor)), {})[index] = tensor
    return list(groups.values())


def _moved(tensors: list[Tensor]) -> Floats:
    """One-element tensors of one kind as floats, in one transfer."""
    import torch

    with looking_only():
        floats: Floats = torch.stack(tensors).reshape(-1).cpu().double().numpy()
    return floats
