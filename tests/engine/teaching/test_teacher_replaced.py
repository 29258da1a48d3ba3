"""The teacher on parameters that are replaced, or moved where torch records it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]


def test_a_parameter_that_is_replaced_is_told_after_its_error(play: Play) -> None:
    code = """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            W = W - 0.01 * W.grad
    """

    [told] = taught_by(play, code)

    assert (told.slip, told.names) == (Slip.REPLACED, ("W",))
    assert told.code == "W = W - 0.01 * W.grad"


REPLACED = {
    "under no_grad": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                W = W - 0.01 * W.grad
    """,
    "the other one stays": """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W + b - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                W = torch.sub(W, W.grad, alpha=0.01)
                b -= 0.01 * b.grad
    """,
    "each in a list": """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W + b - y) ** 2).mean()
            W.grad = b.grad = None
            cost.backward()
            for each in [W, b]:
                each = each - 0.01 * each.grad
    """,
    "in a function": """
        def train(W):
            for epoch in range(6):
                cost = ((x @ W - y) ** 2).mean()
                cost.backward()
                W = W + (-0.01) * W.grad

        train(torch.zeros(3, 1, requires_grad=True))
    """,
    "in a list, by its place": """
        every = [torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
        for epoch in range(6):
            cost = ((x @ every[0] + every[1] - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                for k in range(len(every)):
                    every[k] = every[k] - 0.01 * every[k].grad
    """,
    "in a dict, while torch records": """
        every = {"W": torch.zeros(3, 1, requires_grad=True)}
        for epoch in range(6):
            cost = ((x @ every["W"] - y) ** 2).mean()
            cost.backward()
            for k in every:
                every[k] = every[k] - 0.01 * every[k].grad
    """,
    "in a dict, by its items": """
        every = {"W": torch.zeros(3, 1, requires_grad=True)}
        for epoch in range(6):
            cost = ((x @ every["W"] - y) ** 2).mean()
            cost.backward()
            for k, part in every.items():
                every[k] = part - 0.01 * part.grad
    """,
    "in a new list": """
        every = [torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
        for epoch in range(6):
            cost = ((x @ every[0] + every[1] - y) ** 2).mean()
            cost.backward()
            every = [one - 0.01 * one.grad for one in every]
    """,
    "in a new dict, under no_grad": """
        every = {"W": torch.zeros(3, 1, requires_grad=True)}
        for epoch in range(6):
            cost = ((x @ every["W"] - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                every = {k: one - 0.01 * one.grad for k, one in every.items()}
    """,
    "two on one line, under no_grad": """
        W, b = torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W + b - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                W, b = W - 0.01 * W.grad, b - 0.01 * b.grad
    """,
    "by gradients that autograd was asked for": """
        W, b = torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W + b - y) ** 2).mean()
            slope, lift = torch.autograd.grad(cost, [W, b])
            with torch.no_grad():
                W = W - 0.01 * slope
                b = b - 0.01 * lift
    """,
    "each beside its gradient": """
        every = [torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
        for epoch in range(6):
            cost = ((x @ every[0] + every[1] - y) ** 2).mean()
            slopes = torch.autograd.grad(cost, every)
            for one, slope in zip(every, slopes):
                one = one - 0.01 * slope
    """,
    "in a new dict, by a list of gradients": """
        every = {"W": torch.zeros(3, 1, requires_grad=True)}
        for epoch in range(6):
            cost = ((x @ every["W"] - y) ** 2).mean()
            slopes = torch.autograd.grad(cost, list(every.values()))
            with torch.no_grad():
                every = {k: one - 0.01 * g for (k, one), g in zip(every.items(), slopes)}
    """,
    "as an attribute": """
        class Line:
            def __init__(self):
                self.W = torch.zeros(3, 1, requires_grad=True)

            def move(self):
                with torch.no_grad():
                    self.W = self.W - 0.01 * self.W.grad

        line = Line()
        for epoch in range(6):
            cost = ((x @ line.W - y) ** 2).mean()
            cost.backward()
            line.move()
    """,
    "of a module": """
        line = nn.Linear(3, 1)
        for epoch in range(6):
            cost = F.mse_loss(line(x), y)
            cost.backward()
            with torch.no_grad():
                line.weight = line.weight - 0.01 * line.weight.grad
    """,
    "by a name of its gradient": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            slope = W.grad
            W = W - 0.01 * slope
    """,
}


@pytest.mark.parametrize("code", REPLACED.values(), ids=REPLACED)
def test_a_replaced_parameter_is_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code)) == [Slip.REPLACED]


RIGHTLY_REPLACED = {
    "what a list has, in place": """
        W = torch.zeros(3, 1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W + b - y) ** 2).mean()
            W.grad = b.grad = None
            cost.backward()
            with torch.no_grad():
                for each in [W, b]:
                    each -= 0.01 * each.grad
    """,
    "that asks for gradients again": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(6):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            W = (W - 0.01 * W.grad).detach().requires_grad_()
    """,
    "by gradients that autograd was asked for, and asks again": """
        every = {"W": torch.zeros(3, 1, requires_grad=True)}
        for epoch in range(6):
            cost = ((x @ every["W"] - y) ** 2).mean()
            slopes = torch.autograd.grad(cost, list(every.values()))
            moved = zip(every.items(), slopes)
            every = {k: (one - 0.01 * g).detach().requires_grad_() for (k, one), g in moved}
    """,
    "each beside its gradient, in place": """
        every = [torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
        for epoch in range(6):
            cost = ((x @ every[0] + every[1] - y) ** 2).mean()
            slopes = torch.autograd.grad(cost, every)
            with torch.no_grad():
                for one, slope in zip(every, slopes):
                    one -= 0.01 * slope
            for rows, wanted in zip(x.split(4), y.split(4)):
                rows = rows - wanted
    """,
    "without autograd": """
        w = torch.tensor(-1.5)
        for epoch in range(30):
            error = w * x[:, :1] - y
            cost = torch.mean(error**2)
            w = w - 0.02 * torch.mean(2 * error * x[:, :1])
    """,
    "each step in the graph": """
        w = start = torch.zeros(3, 1, requires_grad=True)
        for inner in range(6):
            cost = ((x @ w - y) ** 2).mean()
            (slope,) = torch.autograd.grad(cost, w, create_graph=True)
            w = w - 0.01 * slope
    """,
    "what a list has, by its place": """
        every = [torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
        for epoch in range(6):
            cost = ((x @ every[0] + every[1] - y) ** 2).mean()
            cost.backward()
            for k in range(len(every)):
                every[k] = (every[k] - 0.01 * every[k].grad).detach().requires_grad_()
    """,
    "its numbers": """
        line = nn.Linear(3, 1)
        for epoch in range(6):
            cost = F.mse_loss(line(x), y)
            line.zero_grad()
            cost.backward()
            for one in line.parameters():
                one.data = one.data - 0.01 * one.grad.data
    """,
    "a mean of gradients that is kept": """
        W = torch.zeros(3, 1, requires_grad=True)
        speed = [torch.zeros(3, 1)]
        for epoch in range(6):
            cost = ((x @ W - y) ** 2).mean()
            W.grad = None
            cost.backward()
            speed[0] = 0.9 * speed[0] + W.grad
            with torch.no_grad():
                W -= 0.01 * speed[0]
    """,
}


@pytest.mark.parametrize("code", RIGHTLY_REPLACED.values(), ids=RIGHTLY_REPLACED)
def test_parameters_that_are_rightly_replaced_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code) == []


IN_GRAPH = {
    "in place": "W = torch.ones(1, requires_grad=True)\nW -= 0.1",
    "by a method": "W = torch.ones(1, requires_grad=True)\nW.sub_(0.1)",
    "in a module": "model = nn.Linear(3, 1)\nmodel.weight -= 0.1",
    "in a list": "every = [torch.ones(1, requires_grad=True)]\nevery[0] -= 0.1",
    "a part of it": "W = torch.ones(3, requires_grad=True)\nW[0] = W[0] - 0.1",
    "a part of it, in place": "W = torch.ones(3, requires_grad=True)\nW[:2] *= 0.1",
}


@pytest.mark.parametrize("code", IN_GRAPH.values(), ids=IN_GRAPH)
def test_moving_a_parameter_while_torch_records_is_told(play: Play, code: str) -> None:
    [told] = taught_by(play, code)

    assert told.slip is Slip.IN_GRAPH
    assert told.names[0] in ("W", "model.weight", "every[0]")


def test_a_gradient_that_was_never_asked_for_is_told(play: Play) -> None:
    code = """
        W = torch.zeros(3, 1, requires_grad=True)
        with torch.no_grad():
            W -= 0.01 * W.grad
    """

    [told] = taught_by(play, code)

    assert (told.slip, told.names) == (Slip.NO_GRADIENT, ("W",))
    assert told.code == "W -= 0.01 * W.grad"
