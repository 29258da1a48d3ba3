"""The teacher on a cost of which no gradient can be found: what it says of why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from playing import Player
from taught import LINEAR, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]


CUT_OFF = {
    "a block around the forward pass": (
        """
        for epoch in range(3):
            optimizer.zero_grad()
            with torch.no_grad():
                cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
        """,
        "with torch.no_grad():",
        "torch.no_grad()",
    ),
    "a block around a part of it": (
        """
        with torch.inference_mode():
            made = model(x)
        error = made - y
        cost = (error**2).mean()
        cost.backward()
        """,
        "with torch.inference_mode():",
        "torch.inference_mode()",
    ),
    "a function that is decorated": (
        """
        @torch.no_grad()
        def forward(rows):
            return model(rows)

        F.mse_loss(forward(x), y).backward()
        """,
        "@torch.no_grad()",
        "torch.no_grad()",
    ),
    "a function that gives a number of what it is given": (
        """
        def objective(made, wanted):
            return ((made - wanted) ** 2).mean().item()

        for epoch in range(3):
            cost = objective(model(x), y)
            optimizer.zero_grad(); cost.backward(); optimizer.step()
        """,
        "return ((made - wanted) ** 2).mean().item()",
        "item()",
    ),
    "what is run with numbers of a module": (
        """
        for epoch in range(3):
            numbers = {name: one.detach() for name, one in model.named_parameters()}
            cost = F.mse_loss(torch.func.functional_call(model, numbers, (x,)), y)
            cost.backward()
        """,
        "numbers = {name: one.detach() for name, one in model.named_parameters()}",
        "detach()",
    ),
    "a block in a module": (
        """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.out = nn.Linear(3, 1)

            def forward(self, rows):
                with torch.no_grad():
                    return self.out(rows)

        def train(net):
            cost = F.mse_loss(net(x), y)
            cost.backward()

        train(Net())
        """,
        "with torch.no_grad():",
        "torch.no_grad()",
    ),
    "a method": (
        "cost = F.mse_loss(model(x), y).detach()\ncost.backward()",
        "cost = F.mse_loss(model(x), y).detach()",
        "detach()",
    ),
    "a number of Python's": (
        """
        total = 0.0
        for row, wanted in zip(x, y):
            total += F.mse_loss(model(row), wanted).item()
        total.backward()
        """,
        "total += F.mse_loss(model(row), wanted).item()",
        "item()",
    ),
    "a tensor that is made of another": (
        """
        made = model(x)
        cost = F.mse_loss(torch.tensor(made), y)
        torch.autograd.grad(cost, model.weight)
        """,
        "cost = F.mse_loss(torch.tensor(made), y)",
        "torch.tensor()",
    ),
    "the largest": (
        """
        net = nn.Linear(3, 2)
        guess = net(x).argmax(1).float()
        cost = F.mse_loss(guess, kinds.float())
        cost.backward()
        """,
        "guess = net(x).argmax(1).float()",
        "argmax()",
    ),
    "a comparison": (
        "wrong = ((model(x) > 0).float() - y).abs().mean()\nwrong.backward()",
        "wrong = ((model(x) > 0).float() - y).abs().mean()",
        "model(x) > 0",
    ),
}


@pytest.mark.parametrize(("code", "line", "part"), CUT_OFF.values(), ids=CUT_OFF)
def test_what_cuts_a_cost_off_its_parameters_is_told_at_its_line(
    play: Play, code: str, line: str, part: str
) -> None:
    [told] = taught_by(play, code, before=LINEAR)

    assert (told.slip, told.code, told.names) == (Slip.CUT_OFF, line, (part,))


NOT_ASKING = {
    "a tensor": (
        """
        W = torch.zeros(3, 1)
        b = torch.zeros(1)
        for epoch in range(3):
            cost = ((x @ W + b - y) ** 2).mean()
            cost.backward()
            W = W - 0.1 * W.grad
            b = b - 0.1 * b.grad
        """,
        "W = torch.zeros(3, 1)",
        ("W", "b"),
    ),
    "one of two": (
        """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1)
        cost = ((x @ W + b - y) ** 2).mean()
        cost.backward()
        with torch.no_grad():
            W -= 0.1 * W.grad
            b -= 0.1 * b.grad
        """,
        "b = torch.zeros(1)",
        ("b",),
    ),
    "what a gradient is asked of": (
        "W = torch.zeros(3, 1)\ncost = (x @ W).mean()\n(slope,) = torch.autograd.grad(cost, [W])",
        "W = torch.zeros(3, 1)",
        ("W",),
    ),
    "a model that was frozen": (
        """
        for one in model.parameters():
            one.requires_grad = False
        cost = F.mse_loss(model(x), y)
        cost.backward()
        optimizer.step()
        """,
        "one.requires_grad = False",
        ("model.weight", "model.bias"),
    ),
}


@pytest.mark.parametrize(("code", "line", "names"), NOT_ASKING.values(), ids=NOT_ASKING)
def test_what_is_trained_and_asks_for_no_gradient_is_told(
    play: Play, code: str, line: str, names: tuple[str, ...]
) -> None:
    [told] = taught_by(play, code, before=LINEAR)

    assert (told.slip, told.code, told.names) == (Slip.NOT_ASKING, line, names)


@pytest.mark.parametrize("off", ["False", "mode=False"])
def test_gradients_that_a_call_has_switched_off_are_told(play: Play, off: str) -> None:
    code = f"""
        def evaluate():
            torch.set_grad_enabled({off})
            return F.mse_loss(model(x), y).item()

        evaluate()
        F.mse_loss(model(x), y).backward()
    """

    try:
        [told] = taught_by(play, code, before=LINEAR)
    finally:
        torch.set_grad_enabled(True)

    assert (told.slip, told.code) == (Slip.SWITCHED_OFF, f"torch.set_grad_enabled({off})")


OF_SOMETHING_ELSE = {
    "a number that counts": "many = (x > 0).sum().item()\ncost = x.sum() / many\ncost.backward()",
    "a number that a function counts": """
        def count(rows):
            return (rows > 0).sum().item()

        cost = x.sum() / count(x)
        optimizer.zero_grad(); cost.backward()
    """,
    "a number of one's own": "cost = 3.0\ncost.backward()",
    "an evaluation beside it": """
        def evaluate():
            with torch.no_grad():
                cost = F.mse_loss(model(x), y)
            return cost

        evaluate()
        cost = x.mean()
        cost.backward()
    """,
}


@pytest.mark.parametrize("code", OF_SOMETHING_ELSE.values(), ids=OF_SOMETHING_ELSE)
def test_what_cuts_nothing_off_is_not_told(play: Play, code: str) -> None:
    assert slips(taught_by(play, code, before=LINEAR)) == []
