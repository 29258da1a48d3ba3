import numpy as np
import pytest
import torch

from engine.loops.recorder import Series


def test_numbers_of_every_kind_become_floats() -> None:
    values = [
        *(1, 2.5, True, np.float32(0.5), np.int64(7), np.bool_(False), np.array([4.0])),
        *(torch.tensor(3), torch.tensor([[1.5]]), torch.tensor(True)),
        *(torch.tensor(0.5, dtype=dtype) for dtype in (torch.float16, torch.bfloat16)),
        torch.tensor(2.0).to(torch.float8_e4m3fn),
    ]
    series = Series("mixed")

    for position, value in enumerate(values):
        series.append(position, value)

    assert series.snapshot().values.tolist() == [
        *(1, 2.5, 1, 0.5, 7, 0, 4),
        *(3, 1.5, 1, 0.5, 0.5, 2),
    ]


class Value:
    """A scalar of one's own, as those who write autograd themselves have it."""

    def __init__(self, data: object) -> None:
        self.data = data


class Slotted:
    """The same without a dictionary of its own."""

    __slots__ = ("data", "grad")

    def __init__(self, data: object) -> None:
        self.data = data


@pytest.mark.parametrize("kind", [Value, Slotted])
def test_a_scalar_of_ones_own_is_its_data_as_it_was_then(kind: type[Value] | type[Slotted]) -> None:
    series, cost = Series("cost"), kind(0.5)

    series.append(0, cost)
    cost.data = 2
    series.append(1, cost)
    series.append(2, kind([1.0]))

    assert series.snapshot().values.tolist() == [0.5, 2.0]
    assert series.snapshot().rejected == f"a {kind.__name__}, not a number"


def test_a_large_integer_tensor_keeps_its_value_beside_half_precision() -> None:
    series = Series("mixed")
    series.append(0, torch.tensor(0.5, dtype=torch.float16))
    series.append(1, torch.tensor(70_001))

    assert series.snapshot().values.tolist() == [0.5, 70_001]


def test_an_integer_beyond_floats_is_infinite() -> None:
    series = Series("count")
    series.append(0, 10**400)
    series.append(1, -(10**400))

    assert series.snapshot().values.tolist() == [float("inf"), float("-inf")]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("0.5", "a str, not a number"),
        (None, "a NoneType, not a number"),
        ([1.0], "a list, not a number"),
        (1j, "a complex, not a number"),
        (np.zeros(3), "an array of 3 elements, not one number"),
        (torch.zeros(5, 2), "a Tensor of 10 elements, not one number"),
        (torch.zeros(0), "a Tensor of 0 elements, not one number"),
        (
            torch.tensor(1j),
            "a Tensor (torch.complex64, cpu) whose value cannot be read as a number",
        ),
        (
            torch.zeros((), device="meta"),
            "a Tensor (torch.float32, meta) whose value cannot be read as a number",
        ),
        (
            torch.ones(1).to_sparse(),
            "a Tensor (torch.float32, cpu) whose value cannot be read as a number",
        ),
    ],
)
def test_what_is_not_one_number_is_left_out_and_explained(value: object, reason: str) -> None:
    series = Series("cost")
    for position, one in enumerate([0.5, value, torch.tensor(2.0)]):
        series.append(position, one)

    snapshot = series.snapshot()

    assert snapshot.rejected == reason
    assert snapshot.positions.tolist() == [0, 2]
    assert snapshot.values.tolist() == [0.5, 2.0]


def test_only_the_first_reason_is_kept() -> None:
    series = Series("cost")
    for position, value in enumerate(["0.5", torch.zeros(3), torch.tensor(1j)]):
        series.append(position, value)

    snapshot = series.snapshot()

    assert snapshot.rejected == "a str, not a number"
    assert snapshot.count == 0


def test_a_value_from_inside_vmap_is_left_out() -> None:
    series = Series("cost")

    def recorded(x: torch.Tensor) -> torch.Tensor:
        series.append(0, (x * 2).detach())
        return x

    torch.vmap(recorded)(torch.ones(3))
    series.append(1, 0.5)

    assert series.snapshot().values.tolist() == [0.5]


def test_a_tensor_written_in_place_keeps_the_value_it_had() -> None:
    weight = torch.tensor([5.0])
    series = Series("W")

    for position in range(3):
        weight -= 1
        series.append(position, weight.detach())

    assert series.snapshot().values.tolist() == [4.0, 3.0, 2.0]


def test_a_value_of_inference_mode_is_recorded() -> None:
    series = Series("loss")

    with torch.inference_mode():
        total = torch.zeros(())
        for position in range(2):
            total += 1
            series.append(position, total)

    assert series.snapshot().values.tolist() == [1.0, 2.0]
