"""Numbers about a whole tensor, or about a sample of one that is too large for the time there is.

Everything here expects a plain tensor: detached, dense, and looked at inside `looking_only`. No
tensor is copied whole: what is large is read piece by piece, or through a view of some of its
elements.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.protocol.frame import Floats

if TYPE_CHECKING:
    from torch import Tensor, dtype

# torch shares what is larger among threads, and to wait for these on a busy machine takes far
# longer than to do the work.
_PIECE = 1 << 15
# So many numbers are looked at faster one by one than by calls of torch, each of which takes as
# long as a hundred of them.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Effort:
    """How many elements of a tensor may be looked at, one behind the other.

    A tensor of more is told by ``sample`` of its elements, which lie far apart in memory, and so
    cost several times as much each.
    """

    exact: int
    sample: int


AT_REST = Effort(exact=1 << 24, sample=1 << 15)
"""For a single tensor while nothing trains."""

_EXACT_AT_REST = 1 << 24
_EXACT_IN_A_FRAME = 1 << 19
_SAMPLES_IN_A_FRAME = 1 << 14


def effort_at_rest(tensors: int) -> Effort:
    """For so many tensors while nothing trains: 10 million elements take about 25 ms."""
    return Effort(_EXACT_AT_REST // max(tensors, 1), AT_REST.sample)


def effort_between_iterations(tensors: int) -> Effort:
    """For a frame that holds up the training, of so many tensors: about 1 ms for all of them."""
    share = max(tensors, 1)
    return Effort(_EXACT_IN_A_FRAME // share, _SAMPLES_IN_A_FRAME // share)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is known of the finite values (None where there are none), and how many are not."""

    lowest: float | None = None
    highest: float | None = None
    mean: float | None = None
    norm: float | None = None
    nans: int = 0
    infinities: int = 0


def statistics_of(plain: Tensor, effort: Effort) -> tuple[Statistics, int]:
    """The statistics of `plain`, and of how many of its elements they are.

    The norm and the counts of a sample are those that the whole tensor has if it is like it.
    """
    import torch

    total = plain.numel()
    seen = plain if total <= effort.exact else sample_of(plain, effort.sample).contiguous()
    pieces = map(as_real, _pieces(seen))
    if seen.is_cpu:
        rows = [_of_piece_at_hand(piece) for piece in pieces]
    else:
        rows = on_cpu(torch.stack([_of_piece(piece) for piece in pieces])).tolist()
    return _joined(rows, seen.numel(), total), seen.numel()


def sample_of(plain: Tensor, most: int) -> Tensor:
    """A view of at most `most` elements of `plain`, spread over all of it; all where they fit."""
    if plain.numel() <= most:
        return plain
    if plain.is_contiguous():
        step = -(-plain.numel() // most)
        # A step that divides a row's length would look at the same few columns again and again.
        while any(math.gcd(step, size) > 1 for size in plain.shape):
            step += 1
        return plain.view(-1)[::step]
    while plain.numel() > most:
        longest = max(range(plain.dim()), key=plain.size)
        plain = plain[(*[slice(None)] * longest, slice(None, None, 2))]
    return plain


def as_real(tensor: Tensor) -> Tensor:
    """`tensor` as float32 or float64 numbers; complex ones by their magnitude."""
    import torch

    if tensor.is_complex():
        parts = torch.view_as_real(tensor.resolve_conj()).to(_widest(tensor))
        return torch.hypot(parts[..., 0], parts[..., 1])
    if tensor.is_floating_point() and tensor.dtype != torch.float64:
        return tensor.to(torch.float32)
    return tensor.to(_widest(tensor))


def on_cpu(tensor: Tensor) -> Floats:
    """The values of `tensor` as an array that may share its memory."""
    values: Floats = tensor.cpu().double().numpy()
    return values


def _pieces(plain: Tensor) -> Iterator[Tensor]:
    """All of `plain`, as views that stay in the processor's cache while they are looked at."""
    import torch

    if plain.numel() <= _PIECE:
        yield plain
    elif plain.is_contiguous():
        yield from torch.split(plain.view(-1), _PIECE)
    else:
        longest = max(range(plain.dim()), key=plain.size)
        length = plain.size(longest)
        yield from torch.split(plain, max(1, _PIECE * length // plain.numel()), longest)


def _of_piece_at_hand(values: Tensor) -> tuple[float, ...]:
    """The row of the table for values on the CPU, mostly in the time of four passes."""
    import torch

    few = values.reshape(-1).tolist() if values.numel() <= _FEW else []
    if few:
        total, squares = sum(few), sum(one * one for one in few)
    else:
        total = float(values.sum(dtype=torch.float64))
        squares = float(torch.linalg.vector_norm(values)) ** 2
    if not (math.isfinite(total) and math.isfinite(squares)):
        return tuple(_of_piece(values).tolist())
    lowest, highest = (min(few), max(few)) if few else map(float, values.aminmax())
    return lowest, highest, total, squares, 0.0, 0.0


def _of_piece(values: Tensor) -> Tensor:
    """The row of the table; nothing here waits for a device."""
    import torch

    inf, wide = math.inf, _widest(values)
    lowest = torch.nan_to_num(values, nan=inf, posinf=inf, neginf=inf).amin()
    highest = torch.nan_to_num(values, nan=-inf, posinf=-inf, neginf=-inf).amax()
    finite_or_zero = torch.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    squares = torch.linalg.vector_norm(finite_or_zero, dtype=wide) ** 2
    row = (
        *(lowest, highest, finite_or_zero.sum(dtype=wide), squares),
        *(torch.ne(values, values).sum(), values.isinf().sum()),
    )
    return torch.stack([one.to(wide) for one in row])


def _joined(rows: Sequence[Sequence[float]], looked_at: int, total: int) -> Statistics:
    """One from many: lowest, highest, sum, sum of squares, nans, infinities of each piece."""
    scale = total / looked_at
    low, high, sums, squares, nans, infinities = zip(*rows, strict=True)
    nan_count, infinite_count = round(sum(nans)), round(sum(infinities))
    finite = looked_at - nan_count - infinite_count
    counts = round(nan_count * scale), round(infinite_count * scale)
    if finite == 0:
        return Statistics(nans=counts[0], infinities=counts[1])
    return Statistics(
        lowest=min(low),
        highest=max(high),
        mean=sum(sums) / finite,
        norm=math.sqrt(sum(squares) * scale),
        nans=counts[0],
        infinities=counts[1],
    )


def _widest(tensor: Tensor) -> dtype:
    """The widest floating dtype that the device of `tensor` is sure to have."""
    import torch

    return torch.float64 if tensor.device.type in ("cpu", "cuda") else torch.float32


def distance(now: Tensor, before: Tensor, total: int) -> float:
    """The norm of what `total` elements have changed by, told by the same sample of them twice.

    What is not finite makes the distance infinite or nan.
    """
    import torch

    change = torch.linalg.vector_norm((now - before).flatten(), dtype=_widest(now))
    return float(np.float64(change.item()) * math.sqrt(total / now.numel()))
