"""What a value is in a few words' room: a number, a shape with counts, or a length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.protocol.frame import Floats
from engine.protocol.made import Made
from engine.values.peeking import is_real, is_tensor, looking_only
from engine.values.scalars import as_float

if TYPE_CHECKING:
    from torch import Tensor

_BINS = 8
# A larger tensor is told by its shape alone, so that a step through the code never waits for it.
_LARGEST = 100_000


def describe_value(name: str, value: object) -> Made | None:
    """What a line that made this value can say of it; None where that is nothing.

    None of the learner's code runs.
    """
    if is_tensor(value):
        return _of_tensor(name, value)
    number = as_float(value)
    if number is not None:
        return Made(name, number=number)
    if type(value) is np.ndarray:
        is_read = value.dtype.kind in "biuf" and 0 < value.size <= _LARGEST
        bars = _bars(value.astype(np.float64).reshape(-1)) if is_read else ()
        return Made(name, shape=tuple(map(int, value.shape)), bars=bars)
    if type(value) in (list, tuple, dict, set):
        return Made(name, length=len(value))  # type: ignore[arg-type]
    return None


def _of_tensor(name: str, tensor: Tensor) -> Made | None:
    with looking_only():
        if tensor.is_nested:
            return None
        shape = tuple(map(int, tensor.shape))
        if not is_real(tensor) or not 0 < tensor.numel() <= _LARGEST:
            return Made(name, shape=shape)
        values: Floats = tensor.detach().cpu().double().reshape(-1).numpy()
        if values.size == 1:
            return Made(name, number=float(values[0]))
        return Made(name, shape=shape, bars=_bars(values))


def _bars(values: Floats) -> tuple[int, ...]:
    finite = values[np.isfinite(values)]
    if not finite.size or not np.isfinite(finite.max() - finite.min()):
        return ()
    return tuple(map(int, np.histogram(finite, bins=_BINS)[0]))
