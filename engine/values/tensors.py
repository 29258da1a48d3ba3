"""What is said of a tensor, read without disturbing it; nothing here draws.

Nothing here runs a learner's code, joins the autograd graph, draws random numbers or writes to a
tensor. torch is used only where it is loaded already: before that no value can be a tensor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Floats
from engine.protocol.tensors import Form, NamedTensor, TensorRequest, TensorSnapshot, is_for_numbers
from engine.values.movement import Movement
from engine.values.paths import follow, is_module, named_parameters_of
from engine.values.peeking import is_readable, is_tensor, is_wrapped, looking_only
from engine.values.statistics import AT_REST, Effort, Statistics, as_real, on_cpu, statistics_of
from engine.values.windows import histogram_of, window_of

if TYPE_CHECKING:
    from torch import Tensor

CORNER = 16
LARGEST_SPARSE = 1_000_000
MOST_PARAMETERS = 16
MOST_BINS = 40


def snapshot_tensor(
    name: str,
    tensor: Tensor,
    previous: TensorSnapshot | None,
    effort: Effort = AT_REST,
    movement: Movement | None = None,
    request: TensorRequest | None = None,
) -> TensorSnapshot:
    """What the tensor pane says of `tensor`, with two transfers from its device.

    The corner is the first 16 by 16 of the last two dimensions, at index 0 of those before. A
    truth value counts as 0 or 1 (its mean is the share of True), a complex number by its
    magnitude, a quantized one by what it stands for. The statistics are of the finite values, and
    None where no value is finite; where `effort` does not do for the whole tensor they are of a
    sample. Where values cannot be read (a meta or nested tensor, an empty one, a subclass with a
    dispatch of its own, a sparse or quantized one above 1,000,000 elements), the corner has shape
    [0, 0]. `previous` is the snapshot of the same name a frame ago: without it, or where the shape
    is another, nothing has changed. `movement` knows what the tensor was at the last pause.
    `request` is what is to be drawn of it; None: nothing.
    """
    with looking_only():
        shape = _shape_of(tensor)
        corner, statistics, looked_at, moved = np.empty((0, 0)), Statistics(), 0, None
        window = histogram = None
        plain = readable(tensor)
        if plain is not None:
            corner = on_cpu(as_real(_first_rows_and_columns(plain))).copy()
            statistics, looked_at = statistics_of(plain, effort)
            if movement is not None:
                moved = movement.measure(name, plain)
            match request:
                case TensorRequest(form=Form.DRAWING) if not is_for_numbers(shape):
                    window = window_of(plain, request.width, request.height)
                case TensorRequest(form=Form.HISTOGRAM) if plain.numel() > 1:
                    bins = min(request.width // 2, MOST_BINS)
                    histogram = histogram_of(plain, statistics, bins, effort.sample)
        return TensorSnapshot(
            name=name,
            shape=shape,
            dtype=str(tensor.dtype).removeprefix("torch."),
            device=str(tensor.device),
            requires_grad=tensor.requires_grad,
            corner=corner,
            changed=_changed(shape, corner, previous),
            lowest=statistics.lowest,
            highest=statistics.highest,
            mean=statistics.mean,
            norm=statistics.norm,
            nans=statistics.nans,
            infinities=statistics.infinities,
            looked_at=looked_at,
            moved=moved,
            window=window,
            histogram=histogram,
        )


def describe_tensor(name: str, tensor: Tensor) -> NamedTensor:
    """What a tensor is, without a look at its values."""
    with looking_only():
        return NamedTensor(name, _shape_of(tensor), str(tensor.dtype).removeprefix("torch."))


def pinned_tensors(
    namespace: Mapping[str, object], names: Sequence[str]
) -> list[tuple[str, Tensor]]:
    """The tensors that `names` stand for, in that order, each with the name it is shown under.

    A name may be dotted (`model.linear.weight`, `W.grad`) and indexed (`layers[0].weight`,
    `state['W']`); a module stands for its first 16 parameters. Names that lead to nothing or to
    something else are skipped, and so are parameters that have no shape yet.
    None of the learner's code runs: see `engine.values.paths` for what is read.
    """
    found: list[tuple[str, Tensor]] = []
    for name in names:
        value = follow(namespace, name)
        if is_tensor(value):
            found.append((name, value))
        elif is_module(value):
            found += named_parameters_of(value, name)[:MOST_PARAMETERS]
    return [(name, tensor) for name, tensor in found if _has_shape(tensor)]


def readable(tensor: Tensor) -> Tensor | None:
    """`tensor` detached and dense, or None where its values cannot be read."""
    import torch

    if is_wrapped(tensor) or tensor.is_nested or tensor.is_meta or tensor.numel() == 0:
        return None
    plain = tensor.detach()
    if plain.is_quantized or plain.layout is not torch.strided:
        if plain.numel() > LARGEST_SPARSE:
            return None
        plain = plain.dequantize() if plain.is_quantized else plain.to_dense()
    return plain if is_readable(plain) else None


def _first_rows_and_columns(tensor: Tensor) -> Tensor:
    while tensor.dim() > 2:
        tensor = tensor[0]
    if tensor.dim() < 2:
        tensor = tensor.reshape(1, -1)
    return tensor[:CORNER, :CORNER]


def _changed(
    shape: tuple[int, ...], corner: Floats, previous: TensorSnapshot | None
) -> npt.NDArray[np.bool_]:
    if previous is None or previous.shape != shape or previous.corner.shape != corner.shape:
        return np.zeros(corner.shape, dtype=np.bool_)
    both_nan = np.isnan(corner) & np.isnan(previous.corner)
    changed: npt.NDArray[np.bool_] = (corner != previous.corner) & ~both_nan
    return changed


def _shape_of(tensor: Tensor) -> tuple[int, ...]:
    return (int(tensor.size(0)),) if tensor.is_nested else tuple(map(int, tensor.shape))


def _has_shape(tensor: Tensor) -> bool:
    from torch.nn.parameter import is_lazy

    return not is_lazy(tensor)
