"""Tensors of every kind are looked at: of each dtype, sparse, quantized, or without values."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from engine.protocol.tensors import TensorSnapshot
from engine.values.tensors import LARGEST_SPARSE, snapshot_tensor


def look(tensor: torch.Tensor, previous: TensorSnapshot | None = None) -> TensorSnapshot:
    return snapshot_tensor("가중치", tensor, previous)


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
