"""The teacher on errors that a slip made: what it says after the traceback, and when nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import LINEAR, slips, taught_by

from engine.protocol.events import StepEnded
from engine.protocol.noticed import Noticed, Slip

Play = Callable[..., Player]


def test_what_is_told_of_an_error_comes_after_its_traceback(play: Play) -> None:
    player = play("import torch\nW = torch.ones(1, requires_grad=True)\nW -= 1")

    player.run()

    kinds = [type(event) for event in player.events() if isinstance(event, StepEnded | Noticed)]
    assert kinds == [StepEnded, Noticed]


def test_a_function_that_returns_nothing_is_told_where_it_is_defined(play: Play) -> None:
    code = """
        def cost_of(prediction, target):
            error = ((prediction - target) ** 2).mean()

        cost = cost_of(model(x), y)
        cost.backward()
    """

    [told] = taught_by(play, code, before=LINEAR)

    assert (told.slip, told.names) == (Slip.RETURNED_NONE, ("cost_of",))
    assert told.code == "def cost_of(prediction, target):"


RETURNED_NONE = {
    "forward": """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.out = nn.Linear(3, 1)

            def forward(self, x):
                made = self.out(x)

        net = Net()
        cost = F.mse_loss(net(x), y)
    """,
    "used at once": """
        def doubled(rows):
            2 * rows

        cost = (doubled(x) - y).mean()
    """,
    "a bare return": """
        def doubled(rows):
            made = 2 * rows
            return

        rows = doubled(x)
        rows.sum()
    """,
    "a method": """
        class Task:
            def error(self):
                (x - y).mean()

        task = Task()
        task.error().backward()
    """,
    "what a trainer holds": """
        class Net(nn.Module):
            def forward(self, rows):
                2 * rows

        class Trainer:
            def __init__(self):
                self.net = Net()

            def train(self):
                made = self.net(x)
                F.mse_loss(made, y)

        Trainer().train()
    """,
}


RETURNED_ON_SOME_WAYS = """
    def sign_of(number):
        if number > 0:
            return torch.ones(1)
        elif number == 0:
            return torch.zeros(1)

    cost = model(x).mean() * sign_of(-2)
"""


def test_a_function_that_returns_only_on_some_ways_is_told(play: Play) -> None:
    [told] = taught_by(play, RETURNED_ON_SOME_WAYS, before=LINEAR)

    assert (told.slip, told.names) == (Slip.RETURNED_ON_SOME_WAYS, ("sign_of",))
    assert told.code == "def sign_of(number):"


@pytest.mark.parametrize("code", RETURNED_NONE.values(), ids=RETURNED_NONE)
def test_functions_that_return_nothing_are_told_however_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code, before=LINEAR)) == [Slip.RETURNED_NONE]


def test_a_generator_that_has_given_its_parameters_before_is_told(play: Play) -> None:
    code = """
        every = model.parameters()
        print(sum(one.numel() for one in every))
        mover = torch.optim.SGD(every, lr=0.1)
    """

    [told] = taught_by(play, code, before=LINEAR)

    assert (told.slip, told.names) == (Slip.USED_UP, ("every", "model.parameters()"))
    assert told.code == "every = model.parameters()"


def test_a_module_that_has_no_parameters_to_give_is_none_of_these(play: Play) -> None:
    code = "every = nn.ReLU().parameters()\nmover = torch.optim.SGD(every, lr=0.1)"

    assert taught_by(play, code) == []


def test_shapes_that_do_not_fit_are_told_by_name(play: Play) -> None:
    code = """
        W = torch.zeros(4, 1)
        made = x @ W
    """

    [told] = taught_by(play, code)

    assert told.slip is Slip.SHAPES
    assert (told.names, told.shapes) == (("x", "W"), ((16, 3), (4, 1)))


DO_NOT_FIT = {
    "a layer": "layer = nn.Linear(4, 1)\nlayer(x)",
    "a sum": "rows = torch.zeros(5)\nx.sum(1) + rows",
    "batches": "F.cross_entropy(x, kinds[:5])",
    "layers behind each other": """
        net = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(4, 1))
        net(x)
    """,
    "channels": "images = torch.zeros(1, 1, 8, 8)\nfilters = nn.Conv2d(3, 4, 3)\nfilters(images)",
}


@pytest.mark.parametrize("code", DO_NOT_FIT.values(), ids=DO_NOT_FIT)
def test_shapes_that_do_not_fit_are_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code)) == [Slip.SHAPES]


def test_a_target_of_another_shape_is_told_as_a_row_against_a_column(play: Play) -> None:
    code = "cost = F.binary_cross_entropy(torch.sigmoid(model(x)), kinds.float())"

    [told] = taught_by(play, code, before=LINEAR)

    assert told.slip is Slip.BROADCAST
    assert told.shapes == ((16, 1), (16,))


OTHER_ERRORS = {
    "None of a dictionary": "found = {}.get('no')\nfound.sum()",
    "None of one's own": "best = None\nbest + 1",
    "None on purpose": """
        def first(rows):
            if len(rows) > 100:
                return rows[0]
            return None

        first(x) + 1
    """,
    "None of another name": """
        def first(rows):
            if len(rows):
                return rows[0]

        best = None
        first(x) + best
    """,
    "a name": "nowhere",
    "a value": "raise ValueError('no')",
    "a cost without parameters": "cost = x.sum()\ncost.backward()",
    "a cost without parameters, where speeds are kept": """
        W, speed = torch.ones(3, 1, requires_grad=True), torch.zeros(3, 1)
        ((x @ W - y) ** 2).mean().backward()
        speed = 0.9 * speed + W.grad
        x.sum().backward()
    """,
    "a stop of one's own": "raise SystemExit",
}


@pytest.mark.parametrize("code", OTHER_ERRORS.values(), ids=OTHER_ERRORS)
def test_other_errors_are_left_to_their_traceback(play: Play, code: str) -> None:
    assert taught_by(play, code) == []
