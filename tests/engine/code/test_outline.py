"""What a cell's source says of a run to come."""

from __future__ import annotations

import pytest

from engine.code.outline import outline_of


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "def show():\n    print(1)",
        "weights",
        "model(x)",
        "torch.zeros(3)",
        "x = 1\nx.item()",
        "%timeit 1",
    ],
)
def test_a_cell_that_prints_or_ends_with_a_value_writes(source: str) -> None:
    assert outline_of(source).writes


@pytest.mark.parametrize(
    "source", ["x = 1", "cost.backward()", "optimizer.step()", "costs.append(1)", "import torch"]
)
def test_a_cell_that_ends_with_nothing_to_show_writes_nothing(source: str) -> None:
    assert not outline_of(source).writes


def test_loops_are_counted_by_how_deep_they_are_nested() -> None:
    source = "for epoch in range(2):\n    for x in data:\n        cost = x\nwhile True: pass"

    outline = outline_of(source)

    assert outline.loops == 2
