"""The teacher on parameters that no gradient comes to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import LINEAR, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]


def test_a_parameter_that_no_gradient_comes_to_is_told(play: Play) -> None:
    code = """
        hidden, out = nn.Linear(3, 4), nn.Linear(4, 1)
        optimizer = torch.optim.SGD([*hidden.parameters(), *out.parameters()], lr=0.01)
        for epoch in range(10):
            cost = F.mse_loss(out(hidden(x).detach()), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code)

    assert told.slip is Slip.NO_GRADIENT
    assert told.code == "optimizer.step()"
    assert told.names == ("hidden.weight", "hidden.bias")


NO_GRADIENT = {
    "a layer that is not used": """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.hidden = nn.Linear(3, 3)
                self.out = nn.Linear(3, 1)

            def forward(self, x):
                return self.out(x)

        model = Net()
        optimizer = torch.optim.Adam(model.parameters())
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "numbers in between": """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.SGD([W, b], lr=0.01)
        for epoch in range(10):
            cost = ((x @ W + b.item() - y) ** 2).mean()
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
}


@pytest.mark.parametrize("code", NO_GRADIENT.values(), ids=NO_GRADIENT)
def test_parameters_without_gradient_are_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code)) == [Slip.NO_GRADIENT]


WITHOUT_BACKWARD = {
    "left out": """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            optimizer.zero_grad()
            optimizer.step()
    """,
    "emptied before the step": """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.zero_grad()
            optimizer.step()
    """,
}


@pytest.mark.parametrize("code", WITHOUT_BACKWARD.values(), ids=WITHOUT_BACKWARD)
def test_steps_that_no_gradient_moves_are_told(play: Play, code: str) -> None:
    [told] = taught_by(play, code, before=LINEAR)

    assert told.slip is Slip.NO_BACKWARD
    assert (told.code, told.names) == ("optimizer.step()", ("optimizer",))


RIGHTLY_WITHOUT = {
    "frozen": """
        hidden, out = nn.Linear(3, 4), nn.Linear(4, 1)
        hidden.requires_grad_(False)
        optimizer = torch.optim.SGD([*hidden.parameters(), *out.parameters()], lr=0.01)
        for epoch in range(10):
            cost = F.mse_loss(out(hidden(x)), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "each in its turn": """
        one, other = nn.Linear(3, 1), nn.Linear(3, 1)
        optimizer = torch.optim.SGD([*one.parameters(), *other.parameters()], lr=0.01)
        for epoch in range(10):
            cost = F.mse_loss((one if epoch % 2 else other)(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "used only later, by another cost": """
        one, other = nn.Linear(3, 1), nn.Linear(3, 1)
        optimizer = torch.optim.SGD([*one.parameters(), *other.parameters()], lr=0.01)
        for epoch in range(14):
            cost = F.mse_loss((one if epoch < 7 else other)(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "what a function finds": """
        model = nn.Linear(3, 1)
        optimizer = torch.optim.LBFGS(model.parameters(), max_iter=2)

        def closure():
            cost = F.mse_loss(model(x), y)
            cost.backward()
            return cost

        for epoch in range(10):
            optimizer.zero_grad()
            cost = optimizer.step(closure)
            optimizer.zero_grad()
    """,
    "rows of an embedding": """
        table = nn.Embedding(100, 3, sparse=True)
        recurrent = nn.LSTM(3, 1)
        sparse = torch.optim.SparseAdam(table.parameters())
        dense = torch.optim.Adam(recurrent.parameters())
        for epoch in range(10):
            made, _ = recurrent(table(kinds))
            cost = F.mse_loss(made, y)
            sparse.zero_grad()
            dense.zero_grad()
            cost.backward()
            sparse.step()
            dense.step()
    """,
}


@pytest.mark.parametrize("code", RIGHTLY_WITHOUT.values(), ids=RIGHTLY_WITHOUT)
def test_parameters_that_are_rightly_without_gradient_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code) == []
