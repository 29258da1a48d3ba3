"""The teacher on units that are dead, and no word on those that live."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import TASK, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]

DYING = f"""{TASK}
    hidden, out = nn.Linear(3, 12), nn.Linear(12, 1)
    optimizer = torch.optim.SGD([*hidden.parameters(), *out.parameters()], lr=0.001)
"""

TRAIN = """
        for epoch in range(10):
            cost = F.mse_loss(out({activation}), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
"""


def test_a_layer_of_dead_units_is_told_with_how_many(play: Play) -> None:
    code = """
        with torch.no_grad():
            hidden.bias[:9] = -100
    """ + TRAIN.format(activation="F.relu(hidden(x))")

    [told] = taught_by(play, code, before=DYING)

    assert told.slip is Slip.DEAD
    assert (told.names, told.figures) == (("hidden",), (9.0, 12.0))
    assert told.code == "cost = F.mse_loss(out(F.relu(hidden(x))), y)"


def test_dead_units_of_a_layer_without_bias_are_told_with_how_many(play: Play) -> None:
    code = """
        x = x.abs()
        hidden = nn.Linear(3, 12, bias=False)
        optimizer = torch.optim.SGD([*hidden.parameters(), *out.parameters()], lr=0.001)
        with torch.no_grad():
            hidden.weight.abs_()
            hidden.weight[:9] *= -1
    """ + TRAIN.format(activation="F.relu(hidden(x))")

    [told] = taught_by(play, code, before=DYING)

    assert (told.slip, told.names, told.figures) == (Slip.DEAD, ("hidden",), (9.0, 12.0))


WITHOUT_BIAS = {
    "weights of one's own": "F.relu(x @ weights)",
    "examples side by side": "F.relu(weights.T @ x.T).T",
    "by way of more dimensions": "F.relu(x.view(4, 4, 3) @ weights).flatten(0, 1)",
}


@pytest.mark.parametrize("activation", WITHOUT_BIAS.values(), ids=WITHOUT_BIAS)
@pytest.mark.parametrize("sign", [-1, 1], ids=["dead", "alive"])
def test_dead_units_without_bias_are_told_however_it_is_written(
    play: Play, activation: str, sign: int
) -> None:
    code = f"""
        x = x.abs()
        weights = ({sign} * torch.rand(3, 12)).requires_grad_()
        optimizer = torch.optim.SGD([weights, *out.parameters()], lr=0.001)
    """ + TRAIN.format(activation=activation)

    told = slips(taught_by(play, code, before=DYING))

    assert told == ([Slip.DEAD] if sign < 0 else [])


DEAD = {
    "a layer": TRAIN.format(activation="nn.ReLU()(hidden(x))"),
    "by hand": TRAIN.format(activation="torch.clamp(hidden(x), min=0)"),
    "with weights of one's own": TRAIN.format(
        activation="(x @ hidden.weight.T + hidden.bias).relu()"
    ),
    "filters without bias": """
        filters = nn.Conv1d(3, 12, 1, bias=False)
        filters.weight.data.fill_(-1)
        optimizer = torch.optim.SGD([*filters.parameters(), *out.parameters()], lr=0.001)
    """
    + TRAIN.format(activation="F.relu(filters(x.abs()[:, :, None]))[:, :, 0]"),
    "for so long that the cost crawls": TRAIN.format(activation="F.relu(hidden(x))").replace(
        "10", "25"
    ),
    "in more dimensions": TRAIN.format(activation="F.relu(hidden(x.view(4, 4, 3))).flatten(0, 1)"),
    "emptied after the step": """
        for epoch in range(10):
            cost = F.mse_loss(out(F.relu(hidden(x))), y)
            cost.backward()
            optimizer.step()
            optimizer.zero_grad()
    """,
}


@pytest.mark.parametrize("code", DEAD.values(), ids=DEAD)
def test_dead_units_are_told_however_it_is_written(play: Play, code: str) -> None:
    killing = """
        with torch.no_grad():
            hidden.bias.fill_(-100)
    """

    assert slips(taught_by(play, killing + code, before=DYING)) == [Slip.DEAD]


def test_units_that_die_on_the_way_are_told(play: Play) -> None:
    code = """
        for epoch in range(30):
            if epoch == 20:
                hidden.bias.data.fill_(-100)
            cost = F.mse_loss(out(F.relu(hidden(x))), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    assert slips(taught_by(play, code, before=DYING)) == [Slip.DEAD]


ALIVE = {
    "units that answer to some": TRAIN.format(activation="F.relu(hidden(x))"),
    "weights that begin at zero": """
        with torch.no_grad():
            out.weight.zero_()
    """
    + TRAIN.format(activation="F.relu(hidden(x))"),
    "leaking": """
        with torch.no_grad():
            hidden.bias.fill_(-100)
    """
    + TRAIN.format(activation="F.leaky_relu(hidden(x))"),
    "a margin that is kept": """
        w, b = torch.tensor([[9.0], [9.0], [9.0]]), torch.zeros(1)
        w.requires_grad_(), b.requires_grad_()
        moving = torch.optim.SGD([w, b], lr=0.01)
        for epoch in range(10):
            cost = F.relu(b + 1 - (2 * kinds[:, None] - 1) * (x @ w)).mean() + w.square().sum()
            moving.zero_grad()
            cost.backward()
            moving.step()
    """,
    "one of them dead": """
        with torch.no_grad():
            hidden.bias[0] = -100
    """
    + TRAIN.format(activation="F.relu(hidden(x))"),
}


@pytest.mark.parametrize("code", ALIVE.values(), ids=ALIVE)
def test_units_that_live_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=DYING) == []
