"""A tensor opened: of any slice of its values only what is in sight is ever copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.protocol.frame import Floats
from engine.protocol.tensors import Aspect, OpenedTensor, Opening, TensorSnapshot, TreeLine
from engine.values.peeking import looking_only
from engine.values.statistics import as_real, on_cpu
from engine.values.tensors import readable
from engine.values.trees import graph_of, modules_in

if TYPE_CHECKING:
    from torch import Tensor


def open_tensor(
    tensor: Tensor, snapshot: TensorSnapshot, opening: Opening, names: Mapping[str, object]
) -> OpenedTensor:
    """What is in sight of `tensor`; `names` are those of the lesson, for its trees."""
    opening = _within(opening, snapshot.shape)
    match opening.aspect:
        case Aspect.VALUES:
            return OpenedTensor(opening, snapshot, _values(tensor, opening))
        case Aspect.GRAPH:
            tree: tuple[TreeLine, ...] = graph_of(tensor, names)
        case Aspect.MODULES:
            tree = modules_in(names)
    return OpenedTensor(opening, snapshot, np.empty((0, 0)), tree)


def _within(opening: Opening, shape: tuple[int, ...]) -> Opening:
    """The opening with a place in a tensor of this shape, and two different dimensions of it."""
    count = len(shape)
    place = (*opening.place, *[0] * count)[:count]
    place = tuple(max(min(at, size - 1), 0) for at, size in zip(place, shape, strict=True))
    across = opening.across if 0 <= opening.across < count else count - 1
    down = opening.down if 0 <= opening.down < count else count - 2
    if count >= 2 and down == across:
        down = (across - 1) % count
    return replace(opening, place=place, down=down, across=across)


def _values(tensor: Tensor, opening: Opening) -> Floats:
    with looking_only():
        plain = readable(tensor)
        if plain is None:
            return np.empty((0, 0))
        if plain.dim() == 0:
            return on_cpu(as_real(plain)).reshape(1, 1).copy()
        for dimension in reversed(range(plain.dim())):
            at = opening.place[dimension]
            if dimension == opening.across:
                length = min(opening.width, plain.size(dimension) - at)
            elif dimension == opening.down:
                length = min(opening.height, plain.size(dimension) - at)
            else:
                length = 1
            plain = plain.narrow(dimension, at, length)
        values = on_cpu(as_real(plain))
        if opening.down > opening.across:
            values = np.moveaxis(values, opening.across, -1)
        length = plain.size(opening.across)
        return values.reshape(-1, length).copy()
