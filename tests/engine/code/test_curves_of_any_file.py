"""Programs that name nothing to watch: each prints what it prints bare, and shows its curve."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from playing import Player

from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome

Play = Callable[..., Player]

# What every program here begins with; `seen` is what a curve must be, noted by the program itself.
_BEGIN = """\
import torch
from torch import nn
torch.manual_seed(0)
x = torch.linspace(-1, 1, 8).reshape(8, 1)
y = 2 * x + 1
model = nn.Linear(1, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
seen = {}
def see(name, value):
    seen.setdefault(name, []).append(float(value))
"""

FORMS = {
    "a cost of one letter": """
        for epoch in range(4):
            opt.zero_grad()
            l = ((model(x) - y) ** 2).mean()
            l.backward()
            opt.step()
            see("l", l)
    """,
    "names by convention": """
        for epoch in range(3):
            train_loss = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            train_loss.backward()
            opt.step()
            accuracy = 100 * (model(x) > 0).float().mean().item()
            val_error = epoch / 2
            best_loss, loss_fn = 1.0, nn.MSELoss()
            see("train_loss", train_loss)
            see("accuracy", accuracy)
            see("val_error", val_error)
    """,
    "two costs of a GAN": """
        judge = nn.Linear(1, 1)
        other = torch.optim.SGD(judge.parameters(), lr=0.1)
        for step in range(4):
            loss_D = judge(y).mean() - judge(model(x).detach()).mean()
            other.zero_grad()
            loss_D.backward()
            other.step()
            loss_G = judge(model(x)).mean() ** 2
            opt.zero_grad()
            loss_G.backward()
            opt.step()
            see("loss_D", loss_D)
            see("loss_G", loss_G)
    """,
    "an attribute, in loops of methods": """
        class Trainer:
            def fit(self, epochs):
                for epoch in range(epochs):
                    self.run_epoch()

            def run_epoch(self):
                for part in x.split(4):
                    self.update(part)

            def update(self, part):
                opt.zero_grad()
                self.cost = ((model(part) - 2 * part - 1) ** 2).mean()
                self.cost.backward()
                opt.step()
                see("cost", self.cost)

        Trainer().fit(3)
    """,
    "a function that the loop calls": """
        def train_step(a, b):
            opt.zero_grad()
            error = ((model(a) - b) ** 2).mean()
            error.backward()
            opt.step()
            see("error", error)

        for epoch in range(2):
            for a, b in zip(x.split(4), y.split(4)):
                train_step(a, b)
    """,
    "a closure for LBFGS": """
        opt = torch.optim.LBFGS(model.parameters(), max_iter=3)
        for epoch in range(3):
            def closure():
                opt.zero_grad()
                loss = ((model(x) - y) ** 2).mean()
                loss.backward()
                global newest
                newest = loss
                return loss
            opt.step(closure)
            see("loss", newest)
    """,
    "gradient accumulation": """
        for step in range(3):
            opt.zero_grad()
            for part in x.split(4):
                loss = ((model(part) - 2 * part - 1) ** 2).mean() / 2
                loss.backward()
                see("loss", loss)
            opt.step()
    """,
    "a sum of many steps": """
        for step in range(3):
            loss = 0
            for part in x.split(2):
                loss = loss + 0
                loss += ((model(part) - 2 * part - 1) ** 2).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
            see("loss", loss)
    """,
    "a cost that is deleted": """
        for step in range(3):
            loss = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
            see("loss", loss)
            del loss
    """,
    "an expression": """
        for step in range(3):
            l = (model(x) - y) ** 2
            opt.zero_grad()
            l.mean().backward()
            opt.step()
            see("l.mean()", l.mean())
    """,
    "a validation loop without gradients": """
        for epoch in range(2):
            for part in x.split(4):
                loss = ((model(part) - 2 * part - 1) ** 2).mean()
                opt.zero_grad()
                loss.backward()
                opt.step()
                see("loss", loss)
            total = 0.0
            with torch.no_grad():
                for part in x.split(2):
                    loss = ((model(part) - 2 * part - 1) ** 2).mean()
                    total += loss.item()
            val_loss = total / 4
            see("val_loss", val_loss)
    """,
    "a batch generator with a loop of its own": """
        def batches():
            for part in x.split(4):
                yield part

        def update(part):
            l = ((model(part) - 2 * part - 1) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)

        for epoch in range(2):
            for part in batches():
                update(part)
    """,
    "a while loop that is left": """
        def update():
            l = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)
            return l.item()

        while True:
            if update() < 0.5 or len(seen["l"]) == 5:
                break
    """,
    "numbers kept in a list, without torch": """
        w, costs = 5.0, []
        for step in range(4):
            w -= 0.1 * 2 * w
            costs.append(w * w)
            see("costs", w * w)
    """,
    "numbers that are printed": """
        w = 5.0
        for step in range(4):
            w = w - 0.1 * 2 * w
            print(f"step {step}: w is {w:.3f}")
            see("w", w)
    """,
    "a SummaryWriter": """
        class SummaryWriter:
            def add_scalar(self, tag, scalar_value, global_step=None):
                see(tag, scalar_value)

        writer = SummaryWriter()
        for step in range(3):
            hidden = ((model(x) - y) ** 2).mean()
            writer.add_scalar("Loss/train", hidden.item() * 2, step)
            for name in ("a", "b"):
                writer.add_scalar(f"norm/{name}", scalar_value=step + len(name))
    """,
    "what wandb is given": """
        class wandb:
            @staticmethod
            def log(numbers):
                see("eval/score", numbers["eval/score"])

        for step in range(3):
            wandb.log({"eval/score": step * 1.5, "note": "text"})
    """,
    "the same function called again and again": """
        def update():
            l = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)

        made = [update() for _ in range(5)]
    """,
}

PLAIN = {
    "a loop that counts": "for i in range(3):\n    print(i)",
    "a table": "for i in range(3):\n    print(i, i * i, f'{i / 2:.1f}')",
    "data": "points = []\nfor i in range(4):\n    points.append(i * i)",
    "a sum of what is counted": "n = 0\nfor i in range(4):\n    n += i\n    print(i, n)",
    "a counter": "n = 0\nfor word in ['a', 'b']:\n    n += 1\n    print(n, word)",
    "one gradient": "import torch\nz = torch.tensor(3.0, requires_grad=True)\n(z ** 2).backward()",
    "costs that are no numbers": "for name in ['a', 'b']:\n    loss = name\n    cost = [name]",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_program_shows_its_curve_and_computes_what_it_does_bare(play: Play, form: str) -> None:
    text = _BEGIN + textwrap.dedent(FORMS[form])
    wanted, printed = run_bare(text)
    player = play(text)

    ended = player.run()

    assert ended.outcome is Outcome.DONE
    assert player.namespace["seen"] == wanted
    assert player.output() == printed
    assert curves(ended.frame) == {
        name: pytest.approx(values, rel=1e-6) for name, values in wanted.items()
    }


@pytest.mark.parametrize("name", PLAIN)
def test_a_program_that_trains_nothing_has_no_curve(play: Play, name: str) -> None:
    frame = play(PLAIN[name]).run().frame

    assert frame is not None
    assert frame.series == ()


def test_a_library_s_own_loop_counts_by_what_its_steps_log(play: Play, tmp_path: Path) -> None:
    trainer = """
        def fit(module, batches):
            for batch in batches:
                loss = module.training_step(batch)
                loss.backward()
    """
    (tmp_path / "some_trainer.py").write_text(textwrap.dedent(trainer), encoding="utf-8")
    player = play("""
        import torch
        from some_trainer import fit
        seen = []

        class Module:
            def __init__(self):
                self.w = torch.ones((), requires_grad=True)

            def log(self, name, value):
                seen.append(float(value))

            def training_step(self, batch):
                error = (self.w * batch - 1) ** 2
                self.log("train_error", error)
                return error

        fit(Module(), [1.0, 2.0, 3.0, 4.0])
    """)

    frame = player.run().frame

    assert curves(frame) == {"train_error": player.namespace["seen"]}
    assert frame is not None
    assert frame.position == 4


def test_a_library_s_loop_within_a_loop_counts_its_own_iterations(
    play: Play, tmp_path: Path
) -> None:
    trainer = "def fit(step):\n    for number in range(3):\n        step(number)\n"
    (tmp_path / "other_trainer.py").write_text(trainer, encoding="utf-8")
    player = play("""
        import torch
        from other_trainer import fit
        w = torch.ones((), requires_grad=True)

        def step(number):
            cost = w * (number + seed)
            cost.backward()

        for seed in (10, 20):
            fit(step)
    """)

    frame = player.run().frame

    assert curves(frame) == {"cost": [10, 11, 12, 20, 21, 22]}
    assert frame is not None
    assert frame.position == 6


def test_what_an_author_watches_is_all_that_is_watched(play: Play) -> None:
    player = play(
        f"# %%\n{_BEGIN}\n"
        + textwrap.dedent("""
        # %% watch="rate"
        for step in range(3):
            loss = ((model(x) - y) ** 2).mean()
            loss.backward()
            rate = step / 2
    """)
    )

    frame = player.run(1).frame

    assert curves(frame) == {"rate": [0, 0.5, 1]}


def test_a_function_of_an_earlier_cell_makes_the_curve_of_the_one_that_calls_it(play: Play) -> None:
    player = play(
        f"# %%\n{_BEGIN}\n"
        + textwrap.dedent("""
        # %%
        def update():
            l = ((model(x) - y) ** 2).mean()
            opt.zero_grad()
            l.backward()
            opt.step()
            see("l", l)

        # %%
        for warm_up in range(5):
            pass
        for epoch in range(3):
            update()
    """)
    )

    frame = player.run(2).frame

    assert curves(frame) == {"l": pytest.approx(player.namespace["seen"]["l"])}  # type: ignore[index]
    assert frame is not None
    assert frame.series[0].positions.tolist() == [1, 2, 3]


def test_a_noted_cost_keeps_no_graph_alive(play: Play) -> None:
    player = play("""
        import torch, weakref
        w = torch.ones((), requires_grad=True)
        graphs = []

        def update():
            squared = w ** 2
            graphs.append(weakref.ref(squared))
            (squared * 2).backward()

        for epoch in range(3):
            update()
        alive = [graph() is not None for graph in graphs]
    """)

    player.run()

    assert player.namespace["alive"] == [False] * 3


def run_bare(text: str) -> tuple[Mapping[str, list[float]], str]:
    """What Python alone makes of a program: the curves that it saw, and what it printed."""
    names: dict[str, object] = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(text, "bare", "exec"), names)
    seen = names["seen"]
    assert isinstance(seen, dict)
    return seen, printed.getvalue()


def curves(frame: Frame | None) -> dict[str, object]:
    assert frame is not None
    return {one.name: one.values.tolist() for one in frame.series}
