"""The teacher on gradients: never emptied, never there, or never used; none of right code."""

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
    "emptied once, before the loop": """
        optimizer.zero_grad()
        for epoch in range(10):
            cost = F.mse_loss(model(x), y)
            cost.backward()
            optimizer.step()
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


@pytest.mark.parametrize("code", NOT_OPTIMIZED.values(), ids=NOT_OPTIMIZED)
def test_what_no_optimizer_has_is_told_however_it_is_written(play: Play, code: str) -> None:
    assert Slip.NOT_OPTIMIZED in slips(taught_by(play, code, before=LINEAR))


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
