"""The teacher on costs: shapes that do not match, and softmax twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import LINEAR, TASK, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]

TRAIN = """
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
"""


def in_a_loop(cost: str, before: str = "pass") -> str:
    return f"""
        {before}
        for epoch in range(6):
            {cost}{TRAIN}
    """


def test_a_row_against_a_column_is_told_where_the_cost_is_made(play: Play) -> None:
    code = """
        target = y.flatten()
        for epoch in range(6):
            prediction = model(x)
            cost = F.mse_loss(prediction, target)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code, before=LINEAR)

    assert told.slip is Slip.BROADCAST
    assert told.code == "cost = F.mse_loss(prediction, target)"
    assert told.names == ("prediction", "target")
    assert told.shapes == ((16, 1), (16,), (16, 16))


def test_a_cost_that_is_named_where_it_is_used_is_told_on_its_line(play: Play) -> None:
    code = """
        for epoch in range(6):
            optimizer.zero_grad()
            (cost := F.mse_loss(model(x), y.flatten())).backward()
            optimizer.step()
    """

    [told] = taught_by(play, code, before=f"{LINEAR}    cost = model(x).sum()\n")

    assert told.code == "(cost := F.mse_loss(model(x), y.flatten())).backward()"


BROADCAST = {
    "by hand": in_a_loop("cost = ((model(x) - row) ** 2).mean()", "row = y.flatten()"),
    "by hand, the other way round": in_a_loop("cost = torch.mean((y - model(x).squeeze()) ** 2)"),
    "absolute": in_a_loop("cost = F.l1_loss(model(x).squeeze(), y)"),
    "smooth, with a penalty": in_a_loop(
        "cost = F.smooth_l1_loss(model(x), y[:, 0]) + 0.1 * model.weight.square().sum()"
    ),
    "against an expression": in_a_loop("cost = ((model(x) - y.flatten()) ** 2).mean()"),
    "against a column of it": in_a_loop("cost = torch.mean((model(x) - y[:, 0]) ** 2)"),
    "against an item": in_a_loop(
        "cost = torch.mean((torch.squeeze(batch['y']) - model(x)) ** 2)", "batch = {'y': y}"
    ),
    "against numbers": in_a_loop(
        "cost = (model(x) - torch.tensor([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5]))"
        ".square().mean()"
    ),
    "as a module": in_a_loop("cost = nn.MSELoss()(model(x), y.flatten())"),
    "with a name for the difference": in_a_loop(
        "error = model(x) - row\n            cost = (error**2).mean()", "row = y.flatten()"
    ),
    "in a function": """
        def cost_of(prediction, target):
            error = ((prediction - target) ** 2).sum() / 16
            return error

        target = y.flatten()
        prediction = model(x)
        cost = ((prediction - target) ** 2).sum() / 16
    """,
}


@pytest.mark.parametrize("code", BROADCAST.values(), ids=BROADCAST)
def test_a_row_against_a_column_is_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code, before=LINEAR)) == [Slip.BROADCAST]


MATCHING = {
    "columns": in_a_loop("cost = F.mse_loss(model(x), y)"),
    "rows": in_a_loop("cost = F.mse_loss(model(x).flatten(), y.flatten())"),
    "one target for all": in_a_loop("cost = ((model(x) - 0.5) ** 2).mean()"),
    "a mean for all": in_a_loop("cost = ((model(x) - mean) ** 2).mean()", "mean = y.mean()"),
    "a square of targets": in_a_loop(
        "cost = ((model(x) - table) ** 2).mean()", "table = torch.zeros(16, 16)"
    ),
    "each with each": in_a_loop(
        "made = model(x)\n            cost = ((made - made.T) ** 2).mean()"
    ),
    "each with each, one of them fixed": in_a_loop(
        "cost = ((model(x) - anchors[None, :]) ** 2).mean()", "anchors = torch.arange(16.0)"
    ),
    "each with each, written out": in_a_loop(
        "cost = ((model(x) - y.flatten()[None, :]) ** 2).mean()"
    ),
    "a bias for all": in_a_loop("cost = ((model(x) + torch.ones(1) - y) ** 2).mean()"),
    "one sample": in_a_loop("cost = F.mse_loss(model(x[:1]), y[:1])"),
}


@pytest.mark.parametrize("code", MATCHING.values(), ids=MATCHING)
def test_shapes_that_are_meant_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=LINEAR) == []


CLASSES = f"""{TASK}
    model = nn.Linear(3, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
"""


def test_softmax_before_cross_entropy_is_told(play: Play) -> None:
    code = """
        for epoch in range(6):
            chances = F.softmax(model(x), dim=1)
            cost = F.cross_entropy(chances, kinds)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code, before=CLASSES)

    assert told.slip is Slip.SQUASHED_TWICE
    assert told.code == "cost = F.cross_entropy(chances, kinds)"
    assert told.names == ("cost", "softmax")


SQUASHED_TWICE = {
    "as a layer": in_a_loop(
        "cost = nn.CrossEntropyLoss()(net(x), kinds)", "net = nn.Sequential(model, nn.Softmax(1))"
    ),
    "as a method": in_a_loop("cost = F.cross_entropy(model(x).softmax(-1), kinds)"),
    "with chances for targets": in_a_loop(
        "cost = F.cross_entropy(model(x).softmax(1), F.one_hot(kinds, 2).float())"
    ),
    "in other words": in_a_loop(
        "cost = F.nll_loss(F.log_softmax(torch.softmax(model(x), 1), 1), kinds)"
    ),
    "by hand, at once": in_a_loop(
        "z = model(x)\n            chances = z.exp() / z.exp().sum(1, keepdim=True)\n"
        "            cost = F.cross_entropy(chances, kinds)"
    ),
    "written out": in_a_loop(
        "grown = model(x).exp()\n            chances = grown / grown.sum(1, keepdim=True)\n"
        "            cost = F.cross_entropy(chances, kinds)"
    ),
    "kept from 0": in_a_loop("cost = F.cross_entropy(model(x).softmax(1).clamp(min=1e-6), kinds)"),
    "kept from 0 by a sum": in_a_loop("cost = F.cross_entropy(model(x).softmax(1) + 1e-8, kinds)"),
    "by way of its logarithm": in_a_loop(
        "cost = F.cross_entropy(F.log_softmax(model(x), 1).exp(), kinds)"
    ),
    "a sigmoid": in_a_loop(
        "cost = F.binary_cross_entropy_with_logits(model(x)[:, 0].sigmoid(), kinds.float())"
    ),
}


@pytest.mark.parametrize("code", SQUASHED_TWICE.values(), ids=SQUASHED_TWICE)
def test_squashing_twice_is_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code, before=CLASSES)) == [Slip.SQUASHED_TWICE]


SQUASHED_ONCE = {
    "chances only to be shown": in_a_loop(
        "scores = model(x)\n            chances = scores.softmax(1)\n"
        "            cost = F.cross_entropy(scores, kinds)"
    ),
    "the log of softmax": in_a_loop("cost = F.nll_loss(model(x).softmax(1).log(), kinds)"),
    "rows of exponentials": in_a_loop(
        "cost = F.cross_entropy(model(x).exp() / model(x).exp().sum().detach(), kinds)"
    ),
    "attention": in_a_loop(
        "cost = F.cross_entropy(model((ask(x) @ x.T).softmax(1) @ x), kinds)",
        "ask = nn.Linear(3, 3); optimizer.add_param_group({'params': ask.parameters()})",
    ),
    "scores that chances are added to": in_a_loop(
        "scores = model(x)\n            cost = F.cross_entropy(scores + scores.softmax(1), kinds)"
    ),
    "a sigmoid of chances": in_a_loop(
        "cost = F.binary_cross_entropy(model(x)[:, 0].sigmoid(), kinds.float())"
    ),
}


@pytest.mark.parametrize("code", SQUASHED_ONCE.values(), ids=SQUASHED_ONCE)
def test_squashing_once_is_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=CLASSES) == []
