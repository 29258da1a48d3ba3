"""A tensor opened: slices of its values, the graph that made it, and the modules of a lesson."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from engine.protocol.tensors import Aspect, OpenedTensor, Opening
from engine.values.opening import open_tensor
from engine.values.tensors import snapshot_tensor


def opened(
    tensor: torch.Tensor,
    place: tuple[int, ...] = (),
    down: int = -1,
    across: int = -1,
    aspect: Aspect = Aspect.VALUES,
    **names: object,
) -> OpenedTensor:
    opening = Opening("W", aspect, place, down, across, height=4, width=5)
    return open_tensor(tensor, snapshot_tensor("W", tensor, None), opening, names)


def tree(found: OpenedTensor) -> list[str]:
    return [f"{'  ' * line.depth}{line.name} {line.detail}".rstrip() for line in found.tree]


def test_a_tensor_opens_at_its_beginning_with_its_last_two_dimensions() -> None:
    tensor = torch.arange(2 * 3 * 10 * 10).reshape(2, 3, 10, 10)

    found = opened(tensor)

    assert (found.opening.place, found.opening.down, found.opening.across) == ((0, 0, 0, 0), 2, 3)
    np.testing.assert_array_equal(found.values, tensor[0, 0, :4, :5].numpy())


def test_only_what_is_in_sight_is_sent() -> None:
    tensor = torch.arange(10_000.0).reshape(100, 100)

    found = opened(tensor, (98, 50), 0, 1)

    np.testing.assert_array_equal(found.values, tensor[98:, 50:55].numpy())


@pytest.mark.parametrize(("down", "across"), [(d, a) for d in range(3) for a in range(3) if d != a])
def test_any_two_dimensions_can_be_laid_out(down: int, across: int) -> None:
    tensor = torch.arange(6 * 7 * 8).reshape(6, 7, 8)

    found = opened(tensor, (1, 2, 3), down, across)

    other = 3 - down - across
    matrix = tensor.permute(other, down, across)[(1, 2, 3)[other]]
    begin_down, begin_across = (1, 2, 3)[down], (1, 2, 3)[across]
    wanted = matrix[begin_down : begin_down + 4, begin_across : begin_across + 5]
    np.testing.assert_array_equal(found.values, wanted.numpy())


def test_a_place_outside_is_moved_into_the_tensor() -> None:
    assert opened(torch.zeros(3, 4), (90, -2), 0, 1).opening.place == (2, 0)


@pytest.mark.parametrize(
    ("tensor", "values"),
    [(torch.tensor(5.0), [[5.0]]), (torch.arange(3.0), [[0.0, 1.0, 2.0]])],
    ids=["a scalar", "a vector"],
)
def test_scalars_and_vectors_are_one_row(tensor: torch.Tensor, values: list[list[float]]) -> None:
    assert opened(tensor).values.tolist() == values


@pytest.mark.parametrize("tensor", [torch.zeros(0, 3), torch.zeros(2, 3, device="meta")])
def test_of_what_cannot_be_read_no_values_are_sent(tensor: torch.Tensor) -> None:
    assert opened(tensor).values.size == 0


def test_the_graph_is_a_tree_from_the_last_operation_to_the_named_leaves() -> None:
    weight, inputs = torch.ones(3, 1, requires_grad=True), torch.ones(2, 3)
    cost = (inputs @ weight).pow(2).mean()

    found = opened(cost, aspect=Aspect.GRAPH, weight=weight)

    assert tree(found) == [
        "MeanBackward0",
        "  PowBackward0",
        "    MmBackward0",
        "      weight [3, 1]",
    ]


def test_an_operation_with_two_uses_is_followed_once() -> None:
    weight = torch.ones(3, requires_grad=True)
    twice = weight * 2

    found = opened(twice + twice, aspect=Aspect.GRAPH, weight=weight)

    assert tree(found) == ["AddBackward0", "  MulBackward0", "    weight [3]", "  MulBackward0 ..."]


def test_a_tensor_that_nothing_made_has_no_graph() -> None:
    assert opened(torch.ones(3), aspect=Aspect.GRAPH).tree == ()


def test_modules_are_trees_with_shapes_and_counts() -> None:
    model = nn.Sequential(nn.Linear(3, 2), nn.ReLU())

    found = opened(torch.ones(1), aspect=Aspect.MODULES, model=model)

    assert tree(found) == [
        "model Sequential()",
        "  0 Linear(in_features=3, out_features=2, bias=True)",
        "    weight [2, 3]",
        "    bias [2]",
        "  1 ReLU()",
    ]
    assert [line.parameters for line in found.tree] == [8, 8, 0, 0, 0]


def test_a_module_of_the_learner_s_is_not_asked_what_it_is() -> None:
    class Loud(nn.Module):
        def extra_repr(self) -> str:
            raise AssertionError("the learner's code ran")

    found = opened(torch.ones(1), aspect=Aspect.MODULES, loud=Loud())

    assert tree(found) == ["loud Loud()"]
