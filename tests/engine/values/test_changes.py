"""What has changed between two moments, and that remembering keeps nothing alive."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from engine.protocol.statements import StatementChanges
from engine.values.changes import compare, remember

Names = dict[str, Any]


def changes_of(
    names: Names, change: Callable[[Names], object], shown: tuple[str, ...] = ()
) -> StatementChanges:
    before = remember(names, shown)
    change(names)
    return compare(before, remember(names, shown))


def weight() -> torch.Tensor:
    tensor = torch.ones(3, requires_grad=True)
    tensor.grad = torch.zeros(3)
    return tensor


@pytest.mark.parametrize("value", [0, 1.5, "text", None, [1], {"a": 1}, (1, 2), {1}, object()])
def test_nothing_has_changed_in_what_was_left_alone(value: object) -> None:
    names = {"x": value, "W": weight(), "model": nn.Linear(2, 2)}

    assert changes_of(names, lambda _: None) == StatementChanges()


@pytest.mark.parametrize("value", [2, 2.5, "other", None, [1], torch.ones(3)])
def test_a_name_that_means_something_else_is_assigned(value: object) -> None:
    def change(names: Names) -> None:
        names["x"] = value
        names["new"] = 1

    assert changes_of({"x": 1}, change) == StatementChanges(assigned=("x", "new"))


def test_an_equal_tensor_that_is_another_is_assigned() -> None:
    def change(names: Names) -> None:
        names["W"] = names["W"].clone()

    assert changes_of({"W": torch.ones(3)}, change) == StatementChanges(assigned=("W",))


@pytest.mark.parametrize(
    "write",
    [
        lambda W: W.detach().add_(1),
        lambda W: W.data.sub_(0.5),
        lambda W: W.detach().numpy().fill(7),
        lambda W: setattr(W, "data", torch.ones(3)),
    ],
    ids=["counted", "past the counter", "by numpy", "other data"],
)
def test_a_tensor_that_is_written_to_is_told(write: Callable[[torch.Tensor], object]) -> None:
    assert changes_of({"W": weight()}, lambda names: write(names["W"])) == StatementChanges(
        written=("W",)
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda names: setattr(names["W"], "grad", None),
        lambda names: setattr(names["W"], "grad", torch.zeros(3)),
        lambda names: names["W"].sum().backward(),
    ],
    ids=["gone", "another", "added to"],
)
def test_a_gradient_is_told_apart_from_its_tensor(change: Callable[[Names], object]) -> None:
    assert changes_of({"W": weight()}, change) == StatementChanges(gradients=("W.grad",))


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ([1], lambda value: value.append(2)),
        ([1], lambda value: value.__setitem__(0, 2)),
        ({"a": 1}, lambda value: value.update(a=2)),
        ({1}, lambda value: value.add(2)),
    ],
)
def test_a_container_that_is_written_to_is_told(
    value: object, change: Callable[[Any], object]
) -> None:
    assert changes_of({"x": value}, lambda names: change(names["x"])) == StatementChanges(
        written=("x",)
    )


def step(names: Names) -> None:
    with torch.no_grad():
        for parameter in names["parameters"]():
            parameter.add_(1)


def test_parameters_are_named_through_their_module() -> None:
    model = nn.Sequential(nn.Linear(2, 2))
    names: Names = {"model": model, "parameters": model.parameters}

    assert changes_of(names, step) == StatementChanges(written=("model.0.weight", "model.0.bias"))


def test_parameters_are_called_as_they_are_shown() -> None:
    model = nn.Linear(2, 2)
    names: Names = {"model": model, "weight": model.weight, "parameters": model.parameters}

    assert changes_of(names, step).written == ("weight", "model.bias")
    assert changes_of(names, step, ("model",)).written == ("model.weight", "model.bias")


def test_what_only_an_optimizer_leads_to_is_told_by_it() -> None:
    model = nn.Linear(2, 2, bias=False)
    names: Names = {
        "optimizer": torch.optim.SGD(model.parameters(), lr=1),
        "parameters": model.parameters,
    }

    assert changes_of(names, step).written == ("optimizer.param_groups[0]['params'][0]",)


def test_a_tensor_that_an_optimizer_has_is_as_it_was_when_its_name_means_another() -> None:
    W = weight()
    names: Names = {"W": W, "optimizer": torch.optim.SGD([W], lr=1)}

    def double(names: Names) -> None:
        names["W"] = names["W"] * 2

    assert changes_of(names, double) == StatementChanges(assigned=("W",))


def test_tensors_in_a_list_are_told_by_their_place() -> None:
    names: Names = {"layers": [torch.zeros(2)]}

    changes = changes_of(names, lambda names: names["layers"][0].add_(1))

    assert changes == StatementChanges(written=("layers[0]",))


@pytest.mark.parametrize(
    "tensor",
    [
        torch.ones(2, 2).to_sparse(),
        torch.ones(3, device="meta"),
        torch.empty(0),
        nn.LazyLinear(2).weight,
        torch.ones(3, dtype=torch.bfloat16)[::2],
    ],
    ids=["sparse", "meta", "empty", "lazy", "strided"],
)
def test_a_tensor_of_another_kind_is_looked_at_without_harm(tensor: torch.Tensor) -> None:
    assert changes_of({"x": tensor}, lambda _: None) == StatementChanges()


def test_an_inference_tensor_is_looked_at_without_harm() -> None:
    with torch.inference_mode():
        tensor = torch.ones(3)

    def change(_: Names) -> None:
        with torch.inference_mode():
            tensor.add_(1)

    assert changes_of({"x": tensor}, change) == StatementChanges(written=("x",))


def test_remembering_keeps_nothing_alive() -> None:
    class Thing:
        pass

    names: Names = {"thing": Thing(), "W": torch.ones(3), "things": [Thing()]}
    dying = [weakref.ref(names["thing"]), weakref.ref(names["W"]), weakref.ref(names["things"][0])]
    memory = remember(names, ("W",))

    names.clear()

    assert [one() for one in dying] == [None, None, None]
    assert memory.meanings


def test_none_of_the_learners_code_runs() -> None:
    class Strange(list[int]):
        def __eq__(self, other: object) -> bool:
            raise AssertionError

        def __len__(self) -> int:
            raise AssertionError

        def __getattribute__(self, name: str) -> object:
            raise AssertionError

        __hash__ = None  # type: ignore[assignment]

    assert changes_of({"x": Strange()}, lambda _: None) == StatementChanges()
