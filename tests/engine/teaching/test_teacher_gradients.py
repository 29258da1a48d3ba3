"""The teacher on gradients: never emptied; none of right code, and nothing changed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from playing import Player
from taught import LINEAR, slips, taught_by
from torch.optim import optimizer

from engine.protocol.noticed import Slip

Play = Callable[..., Player]


def test_gradients_that_are_never_emptied_are_told_where_the_optimizer_steps(play: Play) -> None:
    code = """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code, before=LINEAR)

    assert told.slip is Slip.NEVER_ZEROED
    assert told.code == "optimizer.step()"
    assert told.names == ("model.weight", "optimizer")


NEVER_ZEROED = {
    "by hand": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(10):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                W -= 0.01 * W.grad
    """,
    "through the data": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(10):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            W.data = W.data - 0.01 * W.grad
    """,
    "with gradients cut": """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    """,
    "in a function": """
        def train(steps):
            for step in range(steps):
                cost = F.mse_loss(model(x), y)
                cost.backward()
                optimizer.step()

        train(10)
    """,
    "in a class": """
        class Trainer:
            def __init__(self):
                self.net = nn.Linear(3, 1)
                self.optimizer = torch.optim.Adam(self.net.parameters())

            def fit(self):
                for step in range(10):
                    cost = F.mse_loss(self.net(x), y)
                    cost.backward()
                    self.optimizer.step()

        Trainer().fit()
    """,
    "where only what is trained against it is emptied": """
        judge = nn.Linear(1, 1)
        other = torch.optim.SGD(judge.parameters(), lr=0.01)
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
            other.zero_grad()
            found = judge(model(x)).square().mean()
            found.backward()
            other.step()
    """,
    "emptied once, before the loop": """
        optimizer.zero_grad()
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
    """,
    "through a scaler": """
        scaler = torch.amp.GradScaler("cpu", enabled=False)
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            scaler.scale(cost).backward()
            scaler.step(optimizer)
            scaler.update()
    """,
    "in a while": """
        epoch = 0
        while epoch < 10:
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
            epoch += 1
    """,
}


@pytest.mark.parametrize("code", NEVER_ZEROED.values(), ids=NEVER_ZEROED)
def test_gradients_never_emptied_are_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code, before=LINEAR)) == [Slip.NEVER_ZEROED]


ZEROED = {
    "before backward": """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "after the step, in place": """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
    """,
    "by a name that each optimizer has in its turn": """
        other = torch.optim.SGD(nn.Linear(3, 1).parameters(), lr=0.01)

        def train(optimizer, cost):
            optimizer.zero_grad(set_to_none=False)
            cost.backward()
            optimizer.step()

        mine, optimizer = optimizer, other
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            train(mine, cost)
    """,
    "by the model, and cut": """
        for epoch in range(10):
            model.zero_grad(set_to_none=False)
            cost = F.mse_loss(model(x), y)
            cost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    """,
    "by hand": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(10):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                W -= 0.01 * W.grad
            W.grad = None
    """,
    "by hand, in place": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(10):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            with torch.no_grad():
                W -= 0.01 * W.grad
                W.grad.zero_()
    """,
    "through the data": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(10):
            cost = ((x @ W - y) ** 2).mean()
            cost.backward()
            W.data -= 0.01 * W.grad.data
            W.grad.data.zero_()
    """,
    "after several batches": """
        for batch in range(12):
            cost = F.mse_loss(model(x), y) / 4
            cost.backward()
            if batch % 4 == 3:
                optimizer.step()
                optimizer.zero_grad()
    """,
    "after several batches, in place": """
        for batch in range(12):
            if batch % 4 == 0:
                optimizer.zero_grad(set_to_none=False)
            cost = F.mse_loss(model(x), y) / 4
            cost.backward()
            if batch % 4 == 3:
                optimizer.step()
    """,
    "with nothing moved": """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
    """,
    "by autograd's own function": """
        W = torch.zeros(3, 1, requires_grad=True)
        for epoch in range(10):
            cost = ((x @ W - y) ** 2).mean()
            (slope,) = torch.autograd.grad(cost, W)
            with torch.no_grad():
                W -= 0.01 * slope
    """,
    "in a closure": """
        optimizer = torch.optim.LBFGS(model.parameters(), max_iter=4)

        def closure():
            optimizer.zero_grad()
            cost = F.mse_loss(model(x), y)
            cost.backward()
            return cost

        for epoch in range(10):
            cost = optimizer.step(closure)
    """,
}


@pytest.mark.parametrize("code", ZEROED.values(), ids=ZEROED)
def test_gradients_that_are_emptied_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=LINEAR) == []


def test_looking_changes_nothing_of_what_is_looked_at(play: Play) -> None:
    code = """
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
        numbers = [one.item() for one in model.parameters() for one in one.flatten()]
        hooks = [one._backward_hooks for one in model.parameters()]
        after = torch.rand(3).tolist()
    """
    program = textwrap.dedent(LINEAR) + textwrap.dedent(code)
    player = play(f"# %%\n{program}")
    player.run()
    ours = player.namespace

    plain: dict[str, object] = {}
    exec(program, plain)

    assert ours["numbers"] == plain["numbers"]
    assert ours["after"] == plain["after"]
    assert ours["hooks"] == [None, None]
    assert not optimizer._global_optimizer_pre_hooks
