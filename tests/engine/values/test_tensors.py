"""What is read of a tensor, and that it stays as it was."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch

from engine.protocol.tensors import TensorSnapshot
from engine.values.movement import Movement
from engine.values.statistics import Effort
from engine.values.tensors import snapshot_tensor


def look(tensor: torch.Tensor, previous: TensorSnapshot | None = None) -> TensorSnapshot:
    return snapshot_tensor("가중치", tensor, previous)


def test_a_snapshot_says_what_the_tensor_is() -> None:
    snapshot = look(torch.zeros(2, 3, dtype=torch.float16, requires_grad=True))

    assert snapshot.name == "가중치"
    assert snapshot.shape == (2, 3)
    assert (snapshot.dtype, snapshot.device) == ("float16", "cpu")
    assert snapshot.requires_grad


def test_the_corner_is_the_first_of_the_last_two_dimensions() -> None:
    tensor = torch.arange(2 * 3 * 20 * 30).reshape(2, 3, 20, 30)

    snapshot = look(tensor)

    assert snapshot.corner.dtype == np.float64
    np.testing.assert_array_equal(snapshot.corner, tensor[0, 0, :16, :16].numpy())


@pytest.mark.parametrize(
    ("tensor", "shape"),
    [
        (torch.tensor(5.0), (1, 1)),
        (torch.arange(4.0), (1, 4)),
        (torch.arange(40.0), (1, 16)),
        (torch.zeros(3, 1), (3, 1)),
        (torch.zeros(1, 1, 1, 1), (1, 1)),
    ],
)
def test_a_vector_is_one_row_and_a_scalar_one_value(
    tensor: torch.Tensor, shape: tuple[int, int]
) -> None:
    snapshot = look(tensor)

    assert snapshot.corner.shape == snapshot.changed.shape == shape


def test_a_tensor_that_is_not_contiguous_is_read_by_its_strides() -> None:
    tensor = torch.arange(12.0).reshape(3, 4).t()[::2]

    np.testing.assert_array_equal(look(tensor).corner, tensor.numpy())


def test_statistics_are_of_the_whole_tensor() -> None:
    snapshot = look(torch.arange(1000.0).reshape(10, 100))

    assert (snapshot.lowest, snapshot.highest, snapshot.mean) == (0.0, 999.0, 499.5)


@pytest.mark.parametrize(
    "values",
    [
        [3.0, -4.0, 12.0],
        [3.0, float("nan"), -4.0],
        [float("inf"), 3.0, -float("inf")],
        [1e200, -1e200, 3.0],
        [1e308, 1e308, 1e308],
    ],
)
def test_a_few_numbers_have_the_statistics_that_many_have(values: list[float]) -> None:
    few = torch.tensor(values, dtype=torch.float64)
    times = 100

    one, many = look(few), look(few.repeat(times))

    assert (one.lowest, one.highest) == (many.lowest, many.highest)
    assert (times * one.nans, times * one.infinities) == (many.nans, many.infinities)
    assert one.norm is not None
    assert math.sqrt(times) * one.norm == pytest.approx(many.norm)
    assert one.mean == pytest.approx(many.mean, abs=1e-12 * one.norm)


def test_statistics_leave_out_what_is_not_finite() -> None:
    snapshot = look(torch.tensor([1.0, float("nan"), float("inf"), 4.0, float("-inf")]))

    assert (snapshot.lowest, snapshot.highest, snapshot.mean) == (1.0, 4.0, 2.5)
    np.testing.assert_array_equal(snapshot.corner, [[1, np.nan, np.inf, 4, -np.inf]])


def test_a_tensor_without_a_finite_value_has_no_statistics() -> None:
    snapshot = look(torch.tensor([float("nan"), float("inf")]))

    assert (snapshot.lowest, snapshot.highest, snapshot.mean) == (None, None, None)


def test_what_is_not_finite_is_counted() -> None:
    snapshot = look(torch.tensor([1.0, float("nan"), float("inf"), 4.0, float("-inf")]))

    assert (snapshot.nans, snapshot.infinities) == (1, 2)


def test_the_norm_is_that_of_the_finite_values() -> None:
    assert look(torch.tensor([[3.0, -4.0]])).norm == 5.0
    assert look(torch.tensor([3.0, float("inf"), 4.0])).norm == pytest.approx(5.0)


@pytest.mark.parametrize("make", [torch.clone, torch.t], ids=["in its order", "turned"])
def test_a_large_tensor_is_read_piece_by_piece(make: Callable[[torch.Tensor], object]) -> None:
    tensor = torch.arange(1_200_000.0, dtype=torch.float64).reshape(1000, 1200)

    snapshot = look(make(tensor))

    assert (snapshot.lowest, snapshot.highest, snapshot.mean) == (0.0, 1_199_999.0, 599_999.5)
    assert snapshot.norm == pytest.approx(tensor.norm().item())
    assert not snapshot.is_sampled


@pytest.mark.parametrize("turn", [False, True])
def test_a_tensor_that_is_too_large_for_the_time_is_told_by_a_sample(turn: bool) -> None:
    tensor = torch.arange(1_000_000.0).reshape(1000, 1000)
    tensor = tensor.t() if turn else tensor

    snapshot = snapshot_tensor("W", tensor, None, Effort(exact=1000, sample=5000))

    assert 1000 < snapshot.looked_at <= 5000
    assert snapshot.is_sampled
    assert snapshot.mean == pytest.approx(499_999.5, rel=0.05)
    assert snapshot.norm == pytest.approx(tensor.norm().item(), rel=0.05)


def test_a_sample_sees_every_column() -> None:
    columns = torch.arange(64.0).repeat(1000, 1)

    snapshot = snapshot_tensor("X", columns, None, Effort(exact=100, sample=1000))

    assert (snapshot.lowest, snapshot.highest) == (0.0, 63.0)


def test_a_tensor_has_moved_since_the_last_pause_and_not_since_the_last_frame() -> None:
    tensor, movement = torch.zeros(2), Movement()
    moved = []

    def look_now() -> None:
        moved.append(snapshot_tensor("W", tensor, None, movement=movement).moved)

    movement.stand(1, None)
    look_now()
    movement.run_on()
    tensor += torch.tensor([3.0, 4.0])
    look_now()
    tensor += torch.tensor([3.0, 4.0])
    movement.stand(2, None)
    look_now()
    movement.stand(2, None)
    look_now()
    movement.run_on()
    look_now()

    assert moved == [None, 5.0, 10.0, 10.0, 0.0]


def test_how_far_a_large_tensor_has_moved_is_told_by_a_sample() -> None:
    tensor, movement = torch.zeros(1_000_000), Movement()
    movement.stand(1, None)
    snapshot_tensor("W", tensor, None, movement=movement)
    tensor += 1

    movement.stand(2, None)
    snapshot = snapshot_tensor("W", tensor, None, movement=movement)

    assert snapshot.moved == pytest.approx(1000.0)


def test_what_differs_from_the_frame_before_is_marked() -> None:
    tensor = torch.tensor([1.0, float("nan"), 3.0])
    before = look(tensor)
    tensor[2] = 4.0

    snapshot = look(tensor, before)

    assert snapshot.changed.tolist() == [[False, False, True]]


def test_nothing_has_changed_in_the_first_frame_or_in_another_shape() -> None:
    first = look(torch.zeros(3))

    other = look(torch.ones(1, 3), first)

    assert not first.changed.any()
    assert not other.changed.any()


def test_a_snapshot_does_not_move_when_the_tensor_is_written() -> None:
    tensor = torch.zeros(3, dtype=torch.float64)
    large = torch.zeros(2_000_000, dtype=torch.float64)
    snapshots = [look(tensor), look(large)]

    tensor += 1
    large += 1

    assert not any(snapshot.corner.any() for snapshot in snapshots)


def test_looking_changes_nothing_of_the_tensor_the_graph_or_the_random_numbers() -> None:
    weight = torch.randn(4, 4, requires_grad=True)
    cost = (weight**2).sum()
    state, version = torch.get_rng_state(), weight._version

    look(weight)
    look(cost)
    cost.backward()

    assert torch.equal(torch.get_rng_state(), state)
    assert weight._version == version
    assert torch.equal(weight.grad, 2 * weight.detach())


def test_looking_is_unseen_by_the_learner_s_own_modes_and_subclasses() -> None:
    from torch.utils._python_dispatch import TorchDispatchMode

    seen = []

    class Watching(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            seen.append(func)
            return func(*args, **(kwargs or {}))

    class Loud(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            seen.append(func)
            return super().__torch_function__(func, types, args, kwargs)

    loud, plain = torch.ones(2).as_subclass(Loud), torch.ones(2)
    seen.clear()

    with Watching():
        snapshots = [look(loud), look(plain)]

    assert seen == []
    assert [snapshot.mean for snapshot in snapshots] == [1, 1]


def test_a_subclass_with_its_own_dispatch_is_not_looked_into() -> None:
    from torch._subclasses.fake_tensor import FakeTensorMode

    with FakeTensorMode():
        fake = torch.zeros(2, 3)

    snapshot = look(fake)

    assert snapshot.shape == (2, 3)
    assert snapshot.corner.shape == (0, 0)


def test_autocast_and_inference_mode_do_not_change_what_is_seen() -> None:
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        snapshot = look(torch.tensor([1.2345678, 2.0], dtype=torch.float64))

    assert snapshot.corner.tolist() == [[1.2345678, 2.0]]
