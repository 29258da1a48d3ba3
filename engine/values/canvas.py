"""The canvas of a step: a tensor of the lesson's that the learner paints; nothing here draws.

Everything here is for the thread that runs the lesson.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.protocol.frame import CanvasSnapshot, Floats
from engine.values.peeking import is_real, is_tensor, looking_only

if TYPE_CHECKING:
    from torch import Tensor

LARGEST_SIDE = 64


class Unpaintable(Exception):
    """What a canvas names cannot be painted; the message says why, and the mend."""


def snapshot_canvas(name: str, namespace: Mapping[str, object], stroke: int) -> CanvasSnapshot:
    """A copy of the pixels of the tensor `name`, or in words why it is no canvas."""
    try:
        tensor = _canvas(name, namespace)
    except Unpaintable as error:
        return CanvasSnapshot(name, np.empty((0, 0)), stroke, str(error))
    with looking_only():
        return CanvasSnapshot(name, tensor.detach().cpu().double().numpy().copy(), stroke)


def write_canvas(name: str, namespace: Mapping[str, object], pixels: Floats) -> None:
    """Copy `pixels` (shape [H, W], that of the tensor) into the tensor `name`, in place.

    Raises Unpaintable where the name is of no such tensor, or torch refuses to write to it.
    """
    import torch

    tensor = _canvas(name, namespace)
    if tuple(tensor.shape) != pixels.shape:
        raise Unpaintable(f"`{name}` is now of shape {list(tensor.shape)}; run this step again")
    try:
        with torch.no_grad():
            tensor.copy_(torch.tensor(pixels, device="cpu"))
    except RuntimeError as error:
        problem = " ".join(str(error).split())
        raise Unpaintable(f"`{name}` cannot be painted, clone it first: {problem}") from error


def _canvas(name: str, namespace: Mapping[str, object]) -> Tensor:
    value = namespace.get(name)
    if not is_tensor(value):
        raise Unpaintable(f"`{name}` is no tensor; {_WANTED}")
    is_floats = is_real(value) and value.is_floating_point()
    sides = tuple(value.shape)
    if not is_floats or len(sides) != 2 or not 0 < min(sides) <= max(sides) <= LARGEST_SIDE:
        raise Unpaintable(f"`{name}` is {_described(value)}; {_WANTED}")
    return value


_WANTED = (
    "a canvas is a tensor of floats with two dimensions,"
    f" neither of them over {LARGEST_SIDE}, such as torch.zeros(28, 28)"
)


def _described(tensor: Tensor) -> str:
    return f"a tensor of shape {list(tensor.shape)} and {tensor.dtype}"
