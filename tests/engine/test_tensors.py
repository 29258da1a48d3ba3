from collections.abc import Callable

import numpy as np
import pytest
import torch

from engine.protocol.tensors import Form, TensorRequest, TensorSnapshot
from engine.values.movement import Movement
from engine.values.statistics import Effort
from engine.values.tensors import LARGEST_SPARSE, snapshot_tensor


def look(tensor: torch.Tensor, previous: TensorSnapshot | None = None) -> TensorSnapshot:
    return snapshot_tensor("가중치", tensor, previous)


def look_for(tensor: torch.Tensor, request: TensorRequest | None) -> TensorSnapshot:
    return snapshot_tensor("W", tensor, None, request=request)


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


@pytest.mark.parametrize(
    "dtype",
    [
        *(torch.float64, torch.float32, torch.float16, torch.bfloat16),
        *(torch.float8_e4m3fn, torch.float8_e5m2),
        *(torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8, torch.uint16),
    ],
)
def test_numbers_of_every_dtype_are_read(dtype: torch.dtype) -> None:
    snapshot = look(torch.tensor([[1.0, 2.0], [4.0, 1.0]]).to(dtype))

    assert snapshot.corner.tolist() == [[1, 2], [4, 1]]
    assert (snapshot.lowest, snapshot.highest, snapshot.mean) == (1, 4, 2)


def test_truth_values_are_ones_and_zeros_and_their_mean_is_a_share() -> None:
    snapshot = look(torch.tensor([True, False, True, True]))

    assert snapshot.corner.tolist() == [[1, 0, 1, 1]]
    assert snapshot.mean == 0.75


@pytest.mark.parametrize("conjugated", [False, True])
def test_complex_numbers_are_shown_by_their_magnitude(conjugated: bool) -> None:
    tensor = torch.tensor([3 + 4j, 0j])

    snapshot = look(tensor.conj() if conjugated else tensor)

    assert snapshot.corner.tolist() == [[5, 0]]
    assert snapshot.highest == 5


def test_a_large_integer_keeps_its_digits() -> None:
    assert look(torch.tensor(2**40 + 1)).corner.tolist() == [[2**40 + 1]]


def test_a_sparse_tensor_is_shown_dense() -> None:
    snapshot = look(torch.eye(3).to_sparse())

    assert snapshot.corner.tolist() == np.eye(3).tolist()
    assert snapshot.mean == pytest.approx(1 / 3)


@pytest.mark.filterwarnings("ignore")
def test_a_quantized_tensor_is_shown_by_what_it_stands_for() -> None:
    quantized = torch.quantize_per_tensor(torch.tensor([0.5, 1.0]), 0.5, 0, torch.qint8)

    snapshot = look(quantized)

    assert snapshot.dtype == "qint8"
    assert snapshot.corner.tolist() == [[0.5, 1.0]]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (lambda: torch.zeros(2, 3, device="meta"), (2, 3)),
        (lambda: torch.zeros(0, 3), (0, 3)),
        (lambda: torch.zeros(2, 0, 3), (2, 0, 3)),
        (lambda: torch.zeros(LARGEST_SPARSE + 1).to_sparse(), (LARGEST_SPARSE + 1,)),
        (lambda: torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)]), (2,)),
    ],
    ids=["meta", "empty", "empty in the middle", "large and sparse", "nested"],
)
def test_a_tensor_without_values_to_read_is_still_described(
    make: Callable[[], torch.Tensor], shape: tuple[int, ...]
) -> None:
    snapshot = look(make())

    assert snapshot.shape == shape
    assert snapshot.corner.shape == snapshot.changed.shape == (0, 0)
    assert snapshot.mean is None


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


def test_a_window_has_no_more_rows_and_columns_than_a_pane_has_room_for() -> None:
    tensor = torch.arange(1_000_000.0).reshape(1000, 1000)

    window = look_for(tensor, TensorRequest(40, 10)).window

    assert window is not None
    assert window.shape == (1, 20, 40)
    np.testing.assert_array_equal(window[0], tensor[::50, ::25].numpy())


@pytest.mark.parametrize(
    ("shape", "window"),
    [
        ((100,), (1, 1, 50)),
        ((100, 1), (1, 1, 50)),
        ((64, 1, 28, 28), (1, 14, 28)),
        ((64, 3, 16, 16), (3, 16, 16)),
        ((100, 3), (1, 17, 3)),
    ],
)
def test_a_window_is_of_a_vector_of_the_first_matrix_or_of_the_colours_of_an_image(
    shape: tuple[int, ...], window: tuple[int, ...]
) -> None:
    snapshot = look_for(torch.zeros(shape), TensorRequest(28, 9))

    assert snapshot.window is not None
    assert snapshot.window.shape == window


@pytest.mark.parametrize("shape", [(), (3, 1), (10,), (5, 12), (2, 3, 4)])
def test_the_few_numbers_of_a_small_tensor_are_not_drawn(shape: tuple[int, ...]) -> None:
    assert look_for(torch.zeros(shape), TensorRequest(40, 10)).window is None


def test_a_histogram_counts_the_finite_values() -> None:
    tensor = torch.tensor([0.0, 0.0, 0.0, 10.0, float("nan"), float("inf")])

    snapshot = look_for(tensor, TensorRequest(8, 10, Form.HISTOGRAM))

    assert snapshot.window is None
    assert snapshot.histogram is not None
    assert snapshot.histogram.tolist() == [3, 0, 0, 1]


def test_where_nothing_is_drawn_nothing_is_sent_for_it() -> None:
    for request in (None, TensorRequest(40, 10, Form.NUMBERS)):
        snapshot = look_for(torch.zeros(28, 28), request)

        assert (snapshot.window, snapshot.histogram) == (None, None)
