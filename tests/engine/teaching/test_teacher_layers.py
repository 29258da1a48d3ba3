"""The teacher on layers evaluated in training mode, and no word on right code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import TASK, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]

DROPPING = f"""{TASK}
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Dropout(0.5), nn.Linear(8, 2))
    normed = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
    plain = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 2))
"""


def test_evaluation_in_training_mode_is_told_where_the_model_is_called(play: Play) -> None:
    code = """
        with torch.no_grad():
            scores = model(x)
            accuracy = (scores.argmax(1) == kinds).float().mean()
    """

    [told] = taught_by(play, code, before=DROPPING)

    assert told.slip is Slip.TRAINING_MODE
    assert told.code == "scores = model(x)"
    assert told.names == ("model", "Dropout")


IN_TRAINING_MODE = {
    "inference mode": """
        with torch.inference_mode():
            hits = (normed(x).argmax(1) == kinds).sum()
    """,
    "a decorated function": """
        @torch.no_grad()
        def accuracy_of(net, rows, wanted):
            return (net(rows).argmax(1) == wanted).float().mean()

        accuracy = accuracy_of(model, x, kinds)
    """,
    "measured after each epoch": """
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for epoch in range(5):
            cost = F.cross_entropy(model(x), kinds)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            with torch.no_grad():
                test_cost = F.cross_entropy(model(x), kinds)
    """,
    "distances written out": """
        with torch.no_grad():
            far = (model(x)[:, :1] - y).abs().mean()
    """,
    "squares written out": """
        with torch.no_grad():
            off = ((model(x)[:, :1] - y) ** 2).mean()
    """,
    "compared later": """
        with torch.set_grad_enabled(False):
            scores = model(x)
        accuracy = (scores.argmax(1) == kinds).float().mean()
    """,
    "in a trainer": """
        class Trainer:
            def __init__(self, model):
                self.model = model

            @torch.no_grad()
            def accuracy(self):
                return (self.model(x).argmax(1) == kinds).float().mean()

        accuracy = Trainer(model).accuracy()
    """,
    "in a method of the model's own": """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.inner = model

            def forward(self, rows):
                return self.inner(rows)

            @torch.inference_mode()
            def share_of_hits(self):
                return (self(x).argmax(1) == kinds).float().mean()

        Net().share_of_hits()
    """,
    "after training, without going back": """
        model.eval()
        with torch.no_grad():
            before = (model(x).argmax(1) == kinds).float().mean()
        model.train()
        with torch.no_grad():
            after = (model(x).argmax(1) == kinds).float().mean()
    """,
}


@pytest.mark.parametrize("code", IN_TRAINING_MODE.values(), ids=IN_TRAINING_MODE)
def test_training_mode_is_told_however_it_is_written(play: Play, code: str) -> None:
    assert slips(taught_by(play, code, before=DROPPING)) == [Slip.TRAINING_MODE]


RIGHTLY_CALLED = {
    "eval": """
        model.eval()
        with torch.no_grad():
            hits = (model(x).argmax(1) == kinds).sum()
        model.train()
    """,
    "eval within": """
        with torch.no_grad():
            model.eval()
            hits = (model(x).argmax(1) == kinds).sum()
            model.train()
    """,
    "nothing that drops or counts": """
        with torch.no_grad():
            hits = (plain(x).argmax(1) == kinds).sum()
    """,
    "what a generator makes": """
        judge = nn.Linear(2, 1)
        optimizer = torch.optim.SGD(judge.parameters(), lr=0.1)
        for epoch in range(5):
            with torch.no_grad():
                fake = normed(x)
            cost = F.binary_cross_entropy_with_logits(judge(fake), torch.zeros(16, 1))
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "dropping on purpose": """
        with torch.no_grad():
            model.train()
            guesses = torch.stack([model(x) for _ in range(10)])
            surest = guesses.std(0).max()
    """,
    "in a model's own forward": """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.base, self.out = normed, nn.Linear(2, 2)

            def forward(self, rows):
                with torch.no_grad():
                    made = self.base(rows).max(1, keepdim=True).values
                return self.out(made.expand(-1, 2))

        made = Net()(x)
    """,
    "in a method that switches it": """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.inner = model

            def forward(self, rows):
                return self.inner(rows)

            @torch.no_grad()
            def share_of_hits(self):
                self.eval()
                hits = self(x).argmax(1) == kinds
                self.train()
                return hits.float().mean()

        Net().share_of_hits()
    """,
    "dropping nothing": """
        model[2].p = 0.0
        with torch.no_grad():
            hits = (model(x).argmax(1) == kinds).sum()
    """,
    "with gradients": """
        hits = (model(x).argmax(1) == kinds).sum()
    """,
}


@pytest.mark.parametrize("code", RIGHTLY_CALLED.values(), ids=RIGHTLY_CALLED)
def test_calls_that_are_meant_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=DROPPING) == []


def test_a_hooked_call_raises_as_it_would_unhooked(play: Play) -> None:
    code = """
        with torch.no_grad():
            hits = (plain(x[:, :2]).argmax(1) == kinds).sum()
    """

    [told] = taught_by(play, code, before=DROPPING)

    assert told.slip is Slip.SHAPES
    assert told.code == "hits = (plain(x[:, :2]).argmax(1) == kinds).sum()"
