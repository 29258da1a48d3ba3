"""A value as one number, or as one line on what it is; no code of the learner's runs here."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from engine.protocol.frame import Floats
from engine.values.peeking import is_real, is_tensor, looking_only
from engine.values.scalars import as_float
from engine.values.statistics import Statistics, effort_between_iterations, statistics_of
from engine.values.tensors import readable

_MOST_OF_ARRAY = 1 << 19


def number_of(value: object) -> float | None:
    """What `value` is as one number; None where it is none, or cannot be read as one."""
    if not is_tensor(value):
        return as_float(value)
    if value.numel() != 1 or not is_real(value):
        return None
    with looking_only():
        return float(value.detach().item())


def summary_of(value: object) -> str | None:
    """Shape, dtype and what the values are like, of a tensor or an array; None of all else."""
    if is_tensor(value):
        return _summary_of_tensor(value)
    if issubclass(type(value), np.ndarray):
        array = cast("np.ndarray[Any, Any]", value)
        return _line(array.shape, str(array.dtype), _statistics_of_array(array))
    return None


def _summary_of_tensor(tensor: Any) -> str:
    with looking_only():
        shape = () if tensor.is_nested else tuple(map(int, tensor.shape))
        plain = readable(tensor)
        effort = effort_between_iterations(1)
        statistics = Statistics() if plain is None else statistics_of(plain, effort)[0]
    return _line(shape, str(tensor.dtype).removeprefix("torch."), statistics)


def _statistics_of_array(array: np.ndarray[Any, Any]) -> Statistics:
    if array.dtype.kind not in "biuf" or not 0 < array.size <= _MOST_OF_ARRAY:
        return Statistics()
    finite: Floats = array[np.isfinite(array)].astype(np.float64)
    if not finite.size:
        return Statistics()
    return Statistics(float(finite.min()), float(finite.max()), float(finite.mean()))


def _line(shape: tuple[int, ...], dtype: str, statistics: Statistics) -> str:
    words = [str(list(shape)), dtype]
    numbers = (
        ("min", statistics.lowest),
        ("mean", statistics.mean),
        ("max", statistics.highest),
    )
    words += [f"{name} {number:.4g}" for name, number in numbers if number is not None]
    return "  ".join(words)
