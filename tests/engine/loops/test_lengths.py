"""The length of a loop is told where it is known; of a lesson's own class only loaders ask."""

from __future__ import annotations

import pytest
import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset

from engine.loops.lengths import known_length


class Items(Dataset[int]):
    """A lesson's own dataset."""

    def __len__(self) -> int:
        return 6

    def __getitem__(self, index: int) -> int:
        return index


class Failing(Items):
    def __len__(self) -> int:
        raise ZeroDivisionError


class Sized:
    def __len__(self) -> int:
        raise AssertionError("a lesson's own __len__ was called")

    def __length_hint__(self) -> int:
        raise AssertionError("a lesson's own __length_hint__ was called")

    def __iter__(self) -> Sized:
        return self

    def __next__(self) -> int:
        raise StopIteration


class Stream(IterableDataset[int]):
    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(range(3))


class SizedStream(Stream):
    def __len__(self) -> int:
        raise AssertionError("a lesson's own __len__ was called")


class ListOfItsOwn(list[int]):
    def __len__(self) -> int:
        raise AssertionError("a lesson's own __len__ was called")


def tensors(rows: int) -> TensorDataset:
    return TensorDataset(torch.zeros(rows, 2))


@pytest.mark.parametrize(
    ("iterable", "length"),
    [
        (range(2, 10, 2), 4),
        ([1, 2, 3], 3),
        ((), 0),
        ({"a": 1}, 1),
        ({"a": 1}.items(), 1),
        ({"a": 1}.keys(), 1),
        ({1, 2}, 2),
        ("가나다", 3),
        (b"ab", 2),
        (iter([1, 2]), 2),
        (reversed([1, 2]), 2),
        (reversed(range(7)), 7),
        (enumerate([1, 2, 3], 1), 3),
        (zip(range(5), "abc", strict=False), 3),
        (enumerate(zip([1, 2], [3, 4], strict=True)), 2),
        (torch.linspace(-2, 6, 81), 81),
    ],
)
def test_builtin_iterables_and_tensors_have_a_length(iterable: object, length: int) -> None:
    assert known_length(iterable) == length


def test_an_iterator_has_the_length_that_is_left() -> None:
    values = iter([1, 2, 3])
    next(values)

    assert known_length(values) == 2


@pytest.mark.parametrize(
    "iterable",
    [
        (number for number in range(3)),
        Sized(),
        enumerate(Sized()),
        zip(range(3), Sized(), strict=False),
        ListOfItsOwn(),
        map(str, [1, 2]),
    ],
)
def test_everything_else_has_none(iterable: object) -> None:
    assert known_length(iterable) is None


def test_a_loader_over_torchs_own_dataset_has_its_batches() -> None:
    loader = DataLoader(tensors(10), batch_size=4, shuffle=True)

    assert known_length(loader) == 3
    assert known_length(enumerate(loader)) == 3
    assert known_length(enumerate(iter(loader))) == 3


def test_a_loader_over_a_lessons_dataset_has_its_batches() -> None:
    loader = DataLoader(Items(), batch_size=4, shuffle=True)

    assert known_length(loader) == 2
    assert known_length(enumerate(iter(loader))) == 2


def test_a_loader_over_a_dataset_whose_length_fails_has_none() -> None:
    loader = DataLoader(Failing(), batch_size=2)

    assert known_length(loader) is None


def test_a_loader_does_not_ask_a_stream_of_the_lessons() -> None:
    assert known_length(DataLoader(SizedStream(), batch_size=2)) is None


def test_a_loader_over_a_stream_has_none() -> None:
    assert known_length(DataLoader(Stream(), batch_size=2)) is None
