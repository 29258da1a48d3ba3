"""What is said of a tensor, read without disturbing it; nothing here draws.

Nothing here runs a learner's code, joins the autograd graph, draws random numbers or writes to a
tensor. torch is used only where it is loaded already: before that no value can be a tensor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.protocol.frame import Floats, TensorSnapshot
from engine.values.paths import follow, is_module, named_parameters_of
from engine.values.peeking import is_readable, is_tensor, is_wrapped, looking_only

if TYPE_CHECKING:
    from torch import Tensor, dtype

CORNER = 16
LARGEST = 1_000_000
MOST_PARAMETERS = 16


def snapshot_tensor(name: str, tensor: Tensor, previous: TensorSnapshot | None) -> TensorSnapshot:
    """What the tensor pane says of `tensor`, in one transfer from its device.

    The corner is the first 16 by 16 of the last two dimensions, at index 0 of those before. A
    truth value counts as 0 or 1 (its mean is the share of True), a complex number by its
    magnitude, a quantized one by what it stands for. The statistics are of the finite values, and
    None above 1,000,000 elements or where no value is finite. Where values cannot be read (a meta
    or nested tensor, an empty one, a subclass with a dispatch of its own, a sparse or quantized
    one above 1,000,000 elements), the corner has shape [0, 0]. `previous` is the snapshot of the
    same name a frame ago: without it, or where the shape is another, nothing has changed.
    """
    with looking_only():
        corner, lowest, highest, mean = _values_of(tensor)
        shape = (int(tensor.size(0)),) if tensor.is_nested else tuple(map(int, tensor.shape))
        return TensorSnapshot(
            name=name,
            shape=shape,
            dtype=str(tensor.dtype).removeprefix("torch."),
            device=str(tensor.device),
            requires_grad=tensor.requires_grad,
            corner=corner,
            changed=_changed(shape, corner, previous),
            lowest=lowest,
            highest=highest,
            mean=mean,
        )


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


def _values_of(tensor: Tensor) -> tuple[Floats, float | None, float | None, float | None]:
    """Corner, lowest, highest and mean of the finite values: one transfer to the CPU."""
    import torch

    plain = _readable(tensor)
    if plain is None:
        return np.empty((0, 0)), None, None, None
    corner = _as_real(_first_rows_and_columns(plain))
    if plain.numel() > LARGEST:
        return _on_cpu(corner).copy(), None, None, None
    packed = _on_cpu(torch.cat((corner.flatten(), _statistics(_as_real(plain)))))
    lowest, highest, total, finite = packed[-4:].tolist()
    values = packed[:-4].reshape(tuple(corner.shape)).copy()
    if not finite:
        return values, None, None, None
    return values, lowest, highest, total / finite


def _readable(tensor: Tensor) -> Tensor | None:
    """`tensor` detached and dense, or None where its values cannot be read."""
    import torch

    if is_wrapped(tensor) or tensor.is_nested or tensor.is_meta or tensor.numel() == 0:
        return None
    plain = tensor.detach()
    if plain.is_quantized or plain.layout is not torch.strided:
        if plain.numel() > LARGEST:
            return None
        plain = plain.dequantize() if plain.is_quantized else plain.to_dense()
    return plain if is_readable(plain) else None


def _first_rows_and_columns(tensor: Tensor) -> Tensor:
    while tensor.dim() > 2:
        tensor = tensor[0]
    if tensor.dim() < 2:
        tensor = tensor.reshape(1, -1)
    return tensor[:CORNER, :CORNER]


def _as_real(tensor: Tensor) -> Tensor:
    """`tensor` as float32 or float64 numbers."""
    import torch

    if tensor.is_complex():
        parts = torch.view_as_real(tensor.resolve_conj()).to(_widest(tensor))
        return torch.hypot(parts[..., 0], parts[..., 1])
    if tensor.is_floating_point() and tensor.dtype != torch.float64:
        return tensor.to(torch.float32)
    return tensor.to(_widest(tensor))


def _widest(tensor: Tensor) -> dtype:
    """The widest floating dtype that the device of `tensor` is sure to have."""
    import torch

    return torch.float64 if tensor.device.type in ("cpu", "cuda") else torch.float32


def _statistics(values: Tensor) -> Tensor:
    """Lowest, highest, sum and number of the finite values (shape [4]); no wait for a device."""
    import torch

    total = values.sum(dtype=_widest(values))
    if values.is_cpu and math.isfinite(total.item()):
        lowest, highest = values.aminmax()
        return torch.stack((lowest, highest, total, torch.full_like(total, values.numel())))
    inf = math.inf
    lowest = torch.nan_to_num(values, nan=inf, posinf=inf, neginf=inf).amin()
    highest = torch.nan_to_num(values, nan=-inf, posinf=-inf, neginf=-inf).amax()
    finite_or_zero = torch.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    # x - x is 0 for finite numbers and nan for others: several times faster than isfinite.
    count = torch.eq(values - values, 0).sum().to(total.dtype)
    return torch.stack((lowest, highest, finite_or_zero.sum(dtype=total.dtype), count))


def _on_cpu(tensor: Tensor) -> Floats:
    values: Floats = tensor.cpu().double().numpy()
    return values


def _changed(
    shape: tuple[int, ...], corner: Floats, previous: TensorSnapshot | None
) -> npt.NDArray[np.bool_]:
    if previous is None or previous.shape != shape or previous.corner.shape != corner.shape:
        return np.zeros(corner.shape, dtype=np.bool_)
    both_nan = np.isnan(corner) & np.isnan(previous.corner)
    changed: npt.NDArray[np.bool_] = (corner != previous.corner) & ~both_nan
    return changed


def _has_shape(tensor: Tensor) -> bool:
    from torch.nn.parameter import is_lazy

    return not is_lazy(tensor)
