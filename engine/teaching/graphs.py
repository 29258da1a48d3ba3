"""What the graph behind a cost says: which leaves it reaches, and what was done on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

_MOST_NODES = 5_000

# Nodes that pass on the values that they are given, in another order or shape.
_RESHAPES = frozenset(
    {
        *("View", "UnsafeView", "Squeeze", "Unsqueeze", "T", "Transpose", "Permute", "Clone"),
        *("ToCopy", "Alias", "Select", "Slice"),
    }
)
# Nodes that make one number of many, or change each number by itself.
_SUMS_UP = frozenset({"Mean", "Sum", "Div", "Mul", "Pow", "Abs", "Sqrt", "Neg", "Add"})
_COMPARES = frozenset({"MseLoss", "L1Loss", "SmoothL1Loss", "HuberLoss"})
_CLAMPS = frozenset({"Clamp", "ClampMin", "ClampMax"})
_RELUS = frozenset({"Relu", "ClampMin", "Clamp"})
_VIEWS = frozenset({"View", "UnsafeView"})
_TRANSPOSES = frozenset({"T", "Transpose", "Permute"})
_ADDS_BIAS = frozenset({"Addmm", "Add", "Convolution", "NativeBatchNorm"})


def kind_of(node: Any) -> str:
    """As `Mean` for `MeanBackward1`."""
    name: str = node.name().rpartition("::")[2]
    return name.rstrip("0123456789").removesuffix("Backward")


def inputs_of(node: Any) -> list[Any]:
    """The nodes that made what a node was given, None for what needs no gradient."""
    return [before for before, _ in node.next_functions]


def nodes_of(cost: Tensor) -> Iterator[Any]:
    """The nodes behind a cost, the nearest first, each once; of a huge graph the nearest ones."""
    waiting, seen = [cost.grad_fn], {cost.grad_fn}
    for node in waiting:
        if node is None:
            continue
        yield node
        if len(seen) < _MOST_NODES:
            new = [one for one in inputs_of(node) if one is not None and one not in seen]
            seen.update(new)
            waiting += new


def leaves_of(cost: Tensor) -> list[Tensor]:
    """The tensors that a cost's gradients go to."""
    return [node.variable for node in nodes_of(cost) if kind_of(node) == "AccumulateGrad"]


def shape_of(node: Any) -> tuple[int, ...] | None:
    """The shape of what a node made; None where it made several things."""
    made = node._input_metadata
    return tuple(map(int, made[0].shape)) if len(made) == 1 else None


def squashed_twice(cost: Tensor) -> str | None:
    """The operation that the cost does again by itself: softmax or sigmoid; None where none is."""
    for node in nodes_of(cost):
        twice = {"LogSoftmax": "Softmax", "BinaryCrossEntropyWithLogits": "Sigmoid"}
        given = twice.get(kind_of(node))
        if given is None:
            continue
        source = inputs_of(node)[0]
        while source is not None and _passes_on(source):
            source = next(one for one in inputs_of(source) if one is not None)
        if source is not None and (kind_of(source) == given or _is_written_out(source, given)):
            return given.lower()
    return None


def _passes_on(node: Any) -> bool:
    """Whether a node passes on what it is given, or only keeps it from being 0, as by `+ 1e-8`."""
    known = [one for one in inputs_of(node) if one is not None]
    if kind_of(node) == "Add":
        return len(known) == 1
    return bool(known) and kind_of(node) in _RESHAPES | _CLAMPS


def _is_written_out(node: Any, operation: str) -> bool:
    """Whether a node divides exponentials by their sum, or undoes a logarithm: that is softmax."""
    if operation != "Softmax":
        return False
    if kind_of(node) == "Exp":
        before = inputs_of(node)[0]
        return before is not None and kind_of(before) == "LogSoftmax"
    if kind_of(node) != "Div":
        return False
    above, below = inputs_of(node)
    if above is None or below is None or (kind_of(above), kind_of(below)) != ("Exp", "Sum"):
        return False
    summed = inputs_of(below)[0]
    is_another = summed is not None and kind_of(summed) == "Exp"
    return summed is above or (is_another and inputs_of(summed) == inputs_of(above))


@dataclass(frozen=True, slots=True)
class Stretched:
    """Two things that were compared, of which one at least was stretched: shapes, and the result's.

    ``other`` is None where the graph does not say it, as of what needs no gradient; with
    ``is_a_loss`` one of torch's losses compared them, which should never stretch anything.
    """

    one: tuple[int, ...]
    other: tuple[int, ...] | None
    result: tuple[int, ...]
    is_a_loss: bool


def stretched(cost: Tensor) -> Stretched | None:
    """A row against a column that a cost compares, which makes [N, N] errors of N and N numbers.

    Looked for only where no more than sums, squares and the like come after.
    """
    for node in _summed_up(cost):
        kind = kind_of(node)
        if kind in _COMPARES or kind == "Sub":
            found = _compared(node, is_a_loss=kind in _COMPARES)
            if found is not None:
                return found
    return None


def _summed_up(cost: Tensor) -> list[Any]:
    """The nodes behind a cost as far as only sums, squares and the like come after them."""
    found: list[Any] = [cost.grad_fn]
    seen = {cost.grad_fn}
    for node in found:
        if kind_of(node) in _SUMS_UP and len(found) < _MOST_NODES:
            new = [one for one in inputs_of(node) if one is not None and one not in seen]
            seen.update(new)
            found += new
    return found


def _compared(node: Any, *, is_a_loss: bool) -> Stretched | None:
    given = [one for one in inputs_of(node) if one is not None]
    known = [_shape_before(one) for one in given]
    result = shape_of(given[0]) if is_a_loss else shape_of(node)
    if result is None or len(result) != 2 or result[0] != result[1] or result[0] < 2:
        return None
    row, column = result[:1], (result[0], 1)
    other = known[1] if len(known) > 1 else None
    is_mixed_up = {known[0], other} == {row, column}
    if not is_mixed_up and (other is not None or known[0] not in (row, column)):
        return None
    assert known[0] is not None
    return Stretched(known[0], other, result, is_a_loss)


def _shape_before(node: Any) -> tuple[int, ...] | None:
    """The shape of what a node made, before it was stretched to another's."""
    if kind_of(node) == "Expand":
        return tuple(map(int, node._saved_self_sym_sizes))
    return shape_of(node)


@dataclass(frozen=True, slots=True)
class Rectified:
    """A layer that a ReLU comes right after: its bias, or without one its weights.

    ``units`` is the dimension of the leaf that has one place for each unit.
    """

    leaf: Tensor
    units: int


def rectified(cost: Tensor) -> Iterator[Rectified]:
    """The layers of a cost that a ReLU comes right after."""
    for node in nodes_of(cost):
        made = inputs_of(node)[0] if kind_of(node) in _RELUS else None
        while made is not None and kind_of(made) in _VIEWS:
            made = inputs_of(made)[0]
        found = None if made is None else _bias_of(made) or _weights_of(made)
        if found is not None:
            yield found


def _bias_of(made: Any) -> Rectified | None:
    """The leaf of one number for each unit that a node adds."""
    if kind_of(made) not in _ADDS_BIAS:
        return None
    vectors = (leaf for leaf in map(_leaf, inputs_of(made)[::-1]) if leaf is not None)
    bias = next((one for one in vectors if one.dim() == 1), None)
    return None if bias is None else Rectified(bias, 0)


def _weights_of(made: Any) -> Rectified | None:
    """The leaf that a node multiplies by, where nothing is added."""
    inputs = inputs_of(made)
    if kind_of(made) == "Convolution" and not made._saved_transposed:
        leaf = _leaf(inputs[1])
        return None if leaf is None else Rectified(leaf, 0)
    if kind_of(made) != "Mm":
        return None
    for units, one in enumerate(inputs):
        is_turned = one is not None and kind_of(one) in _TRANSPOSES
        leaf = _leaf(inputs_of(one)[0] if is_turned else one)
        if leaf is not None and leaf.dim() == 2:
            return Rectified(leaf, 1 - units if is_turned else units)
    return None


def _leaf(node: Any) -> Tensor | None:
    if node is None or kind_of(node) != "AccumulateGrad":
        return None
    leaf: Tensor = node.variable
    return leaf
