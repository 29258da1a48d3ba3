"""What of a tensor is sent to be drawn: its window, and its histogram."""

import numpy as np
import pytest
import torch

from engine.protocol.tensors import Form, TensorRequest, TensorSnapshot
from engine.values.tensors import snapshot_tensor


def look_for(tensor: torch.Tensor, request: TensorRequest | None) -> TensorSnapshot:
    return snapshot_tensor("W", tensor, None, request=request)


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
