"""The teacher on parameters with a gradient that no optimizer uses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import LINEAR, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]


def test_a_parameter_that_no_optimizer_has_is_told(play: Play) -> None:
    code = """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.SGD([W], lr=0.01)
        for epoch in range(10):
            cost = ((x @ W + b - y) ** 2).mean()
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code)

    assert told.slip is Slip.NOT_OPTIMIZED
    assert (told.code, told.names) == ("optimizer.step()", ("b", "optimizer"))


NOT_OPTIMIZED = {
    "a model made after its optimizer": """
        model = nn.Linear(3, 1)
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            model.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "a layer put in later": """
        model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
        optimizer = torch.optim.Adam(model.parameters())
        model[2] = nn.Linear(4, 1)
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            model.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "in a function": """
        hidden, out = nn.Linear(3, 4), nn.Linear(4, 1)
        adam = torch.optim.Adam(out.parameters())

        def step():
            error = F.mse_loss(out(torch.tanh(hidden(x))), y)
            adam.zero_grad()
            error.backward()
            adam.step()
            return error.item()

        for epoch in range(10):
            cost = step()
    """,
}


@pytest.mark.parametrize(
    "held",
    [
        "[nn.Parameter(torch.eye(3)), nn.Parameter(torch.zeros(3))]",
        "[(nn.Parameter(torch.eye(3)), nn.Parameter(torch.zeros(3)))][0]",
    ],
    ids=["a list", "a tuple"],
)
def test_parameters_in_a_plain_list_are_told_as_layers_are(play: Play, held: str) -> None:
    code = f"""
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.out = nn.Linear(3, 1)
                self.held = {held}

            def forward(self, made):
                return self.out(made @ self.held[0] + self.held[1])

        net = Net()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        for epoch in range(10):
            cost = F.mse_loss(net(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code)

    assert (told.slip, told.names) == (Slip.HIDDEN_IN_LIST, ("net.held",))


def test_layers_in_pairs_in_a_plain_list_are_told(play: Play) -> None:
    code = """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.out = nn.Linear(3, 1)
                self.hidden = [(nn.Linear(3, 3), nn.Linear(3, 3))]

            def forward(self, made):
                for first, second in self.hidden:
                    made = torch.tanh(second(torch.tanh(first(made))))
                return self.out(made)

        net = Net()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        for epoch in range(10):
            cost = F.mse_loss(net(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    assert slips(taught_by(play, code)) == [Slip.HIDDEN_IN_LIST]


def test_layers_in_a_plain_list_are_told_where_the_list_is_made(play: Play) -> None:
    code = """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.out = nn.Linear(3, 1)
                self.hidden = [nn.Linear(3, 3), nn.Linear(3, 3)]

            def forward(self, made):
                for layer in self.hidden:
                    made = torch.tanh(layer(made))
                return self.out(made)

        net = Net()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        for epoch in range(10):
            cost = F.mse_loss(net(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code)

    assert (told.slip, told.names) == (Slip.HIDDEN_IN_LIST, ("net.hidden",))
    assert told.code == "self.hidden = [nn.Linear(3, 3), nn.Linear(3, 3)]"


@pytest.mark.parametrize("code", NOT_OPTIMIZED.values(), ids=NOT_OPTIMIZED)
def test_what_no_optimizer_has_is_told_however_it_is_written(play: Play, code: str) -> None:
    assert Slip.NOT_OPTIMIZED in slips(taught_by(play, code, before=LINEAR))


# A cost that stands there when the step begins, of a layer that nothing moves any more.
LEFT = """
    first = nn.Linear(3, 1)
    left = F.mse_loss(first(x), y)
    left.backward()
"""

RIGHTLY_NOT_OPTIMIZED = {
    "two optimizers": """
        hidden, out = nn.Linear(3, 4), nn.Linear(4, 1)
        one = torch.optim.SGD(hidden.parameters(), lr=0.01)
        other = torch.optim.Adam(out.parameters())
        for epoch in range(10):
            cost = F.mse_loss(out(hidden(x)), y)
            one.zero_grad()
            other.zero_grad()
            cost.backward()
            one.step()
            other.step()
    """,
    "one of two that steps seldom": """
        hidden, out = nn.Linear(3, 4), nn.Linear(4, 1)
        pair = {
            "often": torch.optim.SGD(out.parameters(), lr=0.01),
            "seldom": torch.optim.SGD(hidden.parameters(), lr=0.01),
        }
        for epoch in range(10):
            cost = F.mse_loss(out(hidden(x)), y)
            for each in pair.values():
                each.zero_grad()
            cost.backward()
            pair["often"].step()
            if epoch == 9:
                pair["seldom"].step()
    """,
    "one moved by hand": """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.SGD([W], lr=0.01)
        for epoch in range(10):
            cost = ((x @ W + b - y) ** 2).mean()
            optimizer.zero_grad()
            b.grad = None
            cost.backward()
            optimizer.step()
            with torch.no_grad():
                b -= 0.01 * b.grad
    """,
    "a network that reads the picture that is moved": """
        picture = torch.zeros(1, 3, requires_grad=True)
        painter = torch.optim.Adam([picture], lr=0.05)
        for epoch in range(10):
            cost = (model(picture) - 1).square().mean()
            painter.zero_grad()
            cost.backward()
            painter.step()
    """,
    "an input that autograd's own function asks the slope at": """
        time = torch.linspace(0, 1, 3).reshape(1, 3).requires_grad_(True)
        for epoch in range(10):
            made = model(time)
            (slope,) = torch.autograd.grad(made.sum(), time, create_graph=True)
            cost = (slope + made).square().mean()
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "what the input's gradient is asked for": """
        x.requires_grad_()
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
        print(x.grad.abs().mean())
    """,
}


@pytest.mark.parametrize("code", RIGHTLY_NOT_OPTIMIZED.values(), ids=RIGHTLY_NOT_OPTIMIZED)
def test_what_something_else_moves_is_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=f"{LINEAR}{LEFT}") == []
