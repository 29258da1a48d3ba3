"""Programs that name nothing to watch: each prints what it prints bare, and shows its curve."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from playing import Player
from training_programs import BEGIN, PROGRAMS

from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome

Play = Callable[..., Player]

PLAIN = {
    "a loop that counts": "for i in range(3):\n    print(i)",
    "a table": "for i in range(3):\n    print(i, i * i, f'{i / 2:.1f}')",
    "data": "points = []\nfor i in range(4):\n    points.append(i * i)",
    "a sum of what is counted": "n = 0\nfor i in range(4):\n    n += i\n    print(i, n)",
    "a counter": "n = 0\nfor word in ['a', 'b']:\n    n += 1\n    print(n, word)",
    "one gradient": "import torch\nz = torch.tensor(3.0, requires_grad=True)\n(z ** 2).backward()",
    "costs that are no numbers": "for name in ['a', 'b']:\n    loss = name\n    cost = [name]",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_shows_its_curve_and_computes_what_it_does_bare(play: Play, program: str) -> None:
    text = BEGIN + textwrap.dedent(PROGRAMS[program])
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


def test_a_library_s_own_loop_counts_by_what_its_steps_log(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = """
        def fit(module, batches):
            for batch in batches:
                loss = module.training_step(batch)
                loss.backward()
    """
    library = tmp_path / "site-packages"
    library.mkdir()
    (library / "some_trainer.py").write_text(textwrap.dedent(trainer), encoding="utf-8")
    monkeypatch.syspath_prepend(library)
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
        f"# %%\n{BEGIN}\n"
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
        f"# %%\n{BEGIN}\n"
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


def test_what_is_added_to_a_row_is_one_sum_an_iteration(play: Play) -> None:
    player = play("""
        import torch
        q, totals = torch.ones(()), torch.zeros(3)
        for episode in range(3):
            for turn in range(4):
                gain = q * turn
                q = q + 0.5 * (gain - q)
                totals[episode] += gain
    """)

    frame = player.run().frame

    totals = player.namespace["totals"]
    assert curves(frame) == {"totals": pytest.approx(totals.tolist())}  # type: ignore[attr-defined]
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
