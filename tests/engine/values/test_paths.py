import warnings
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

import pytest
import torch
from torch import nn

from engine.values.tensors import pinned_tensors


def names_of(namespace: dict[str, object], *names: str) -> list[str]:
    return [name for name, _ in pinned_tensors(namespace, names)]


def test_names_lead_to_tensors_in_the_order_asked() -> None:
    namespace: dict[str, object] = {"W": torch.zeros(3), "비용": torch.zeros(()), "lr": 0.1}

    assert names_of(namespace, "비용", "missing", "lr", "W") == ["비용", "W"]


def test_a_module_stands_for_its_parameters() -> None:
    model = nn.Sequential(OrderedDict(linear=nn.Linear(3, 1), act=nn.ReLU()))

    found = pinned_tensors({"model": model}, ["model"])

    assert [name for name, _ in found] == ["model.linear.weight", "model.linear.bias"]
    assert found[0][1] is model.linear.weight


def test_the_parameters_come_in_the_order_and_number_torch_gives_them() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first = nn.Sequential(*(nn.Linear(2, 2) for _ in range(5)))
            self.shared = self.first[0]
            self.scale = nn.Parameter(torch.ones(()))
            self.last = nn.LSTM(2, 2, num_layers=2)

    model = Model()

    expected = [f"model.{name}" for name, _ in model.named_parameters()][:16]
    assert names_of({"model": model}, "model") == expected


def test_dots_and_brackets_lead_into_modules_lists_and_dicts() -> None:
    layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 1)])
    named = nn.Sequential(OrderedDict(fc=nn.Linear(2, 2)))
    namespace = {
        "layers": layers,
        "named": named,
        "parameters": nn.ParameterList([torch.zeros(1), torch.zeros(2)]),
        "history": [torch.zeros(1), (torch.zeros(2), torch.zeros(3))],
        "state": named.state_dict(),
    }
    names = [
        *("layers[0].weight", "layers[-1].bias", "layers.1.weight", "named[0].weight"),
        *(
            "named.fc.bias",
            "parameters[1]",
            "history[1][0]",
            "state['fc.weight']",
            'state["fc.bias"]',
        ),
    ]

    found = pinned_tensors(namespace, names)

    assert [name for name, _ in found] == names
    assert found[1][1] is layers[1].bias
    assert found[2][1] is layers[1].weight
    assert found[3][1] is named.fc.weight


@pytest.mark.parametrize(
    "name",
    ["layers[2].weight", "layers[-3]", "layers[x]", "layers.", "layers[0", "", "1", "layers..a"],
)
def test_a_name_that_leads_nowhere_is_skipped(name: str) -> None:
    assert names_of({"layers": nn.ModuleList([nn.Linear(1, 1), nn.Linear(1, 1)])}, name) == []


def test_a_gradient_appears_when_there_is_one() -> None:
    weight = torch.ones(3, requires_grad=True)
    before = names_of({"W": weight}, "W.grad")
    (weight**2).sum().backward()

    after = pinned_tensors({"W": weight}, ["W.grad", "W.data"])

    assert before == []
    assert [name for name, _ in after] == ["W.grad", "W.data"]
    assert after[0][1] is weight.grad


def test_asking_for_a_gradient_that_is_not_kept_does_not_warn() -> None:
    cost = torch.ones(3, requires_grad=True).sum()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = names_of({"cost": cost}, "cost.grad")

    assert found == []


def test_stored_attributes_of_other_objects_are_followed() -> None:
    @dataclass(slots=True)
    class Batch:
        x: torch.Tensor

    class Pair(NamedTuple):
        x: torch.Tensor

    class Holder:
        shared = torch.zeros(2)

    holder = Holder()
    holder.own = torch.zeros(1)
    namespace = {"batch": Batch(torch.zeros(1)), "pair": Pair(torch.zeros(1)), "holder": holder}

    found = names_of(namespace, "batch.x", "pair[0]", "holder.own", "holder.shared")

    assert found == ["batch.x", "pair[0]", "holder.own", "holder.shared"]


def test_the_learner_s_own_code_never_runs() -> None:
    ran = []

    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.linear = nn.Linear(1, 1)

        @property
        def weight(self) -> torch.Tensor:
            ran.append("property")
            return self.linear.weight

        def __getattr__(self, name: str) -> object:
            ran.append(name)
            return super().__getattr__(name)

        def named_parameters(self, *args, **kwargs):
            ran.append("named_parameters")
            return super().named_parameters(*args, **kwargs)

    class Items(list):
        def __getitem__(self, index):
            ran.append("item")
            return super().__getitem__(index)

    class Disguised:
        @property
        def __class__(self):
            ran.append("class")
            return dict

    namespace = {"model": Model(), "items": Items([torch.zeros(1)]), "other": Disguised()}
    ran.clear()

    found = names_of(
        namespace, "model", "model.weight", "model.linear.bias", "items[0]", "other", "other[0]"
    )

    assert ran == []
    assert found == [
        "model.linear.weight",
        "model.linear.bias",
        "model.linear.bias",
        "items[0]",
    ]


def test_optimizers_and_parameters_without_a_shape_are_left_out() -> None:
    lazy = nn.LazyLinear(1)
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)

    assert names_of({"lazy": lazy, "optimizer": optimizer}, "lazy", "optimizer") == []


def test_a_module_that_is_not_set_up_yet_has_no_parameters() -> None:
    assert names_of({"model": nn.Linear.__new__(nn.Linear)}, "model", "model.weight") == []
