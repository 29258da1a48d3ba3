"""Which numbers of a source are found for curves; what is asked for; and where there is none."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playing import PATIENCE, Player, lesson_from, pause_at_start, series, step_and_wait

from engine.code.curve_names import is_curve_name
from engine.code.curves import guessed_names, plan_of, whole_file
from engine.code.plan import WholeFile
from engine.code.promises import promises_curve
from engine.kernel.session import Session
from engine.protocol.noticed import Noticed, Slip
from engine.protocol.status import Grain

Play = Callable[..., Player]

NONE = WholeFile()


@pytest.mark.parametrize(
    "name",
    [
        *("loss", "train_loss", "lossG", "loss_D", "val_f1", "test_acc", "Accuracy", "cost2"),
        *("ep_reward", "running_reward", "episodeReturn", "total_reward"),
    ],
)
def test_a_name_of_a_cost_is_known(name: str) -> None:
    assert is_curve_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("loss_fn", "lossFunction", "criterion", "losses", "accumulated", "closs", "best_acc"),
        *("val_loader", "val_x", "glossy", "accelerate"),
        *("reward", "returns", "ep_rewards", "reward_fn", "best_mean_reward"),
    ],
)
def test_a_name_that_is_no_cost_is_left(name: str) -> None:
    assert not is_curve_name(name)


def found_in(text: str) -> set[str]:
    return set(guessed_names(textwrap.dedent(text)))


def test_a_running_sum_is_left_where_its_terms_are_drawn() -> None:
    found = found_in("""
        for epoch in range(9):
            total_loss = 0
            for batch in batches:
                loss = f(batch)
                loss.backward()
                total_loss += loss.item()
    """)

    assert found == {"loss"}


def test_a_cost_that_is_named_where_it_is_used_has_one_curve() -> None:
    found = found_in("""
        for batch in batches:
            optimizer.zero_grad()
            (error := f(batch)).backward()
    """)

    assert found == {"error"}


def test_a_sum_that_is_divided_is_drawn_beside_its_terms() -> None:
    found = found_in("""
        for epoch in range(9):
            epoch_loss = 0
            for batch in batches:
                loss = f(batch)
                loss.backward()
                epoch_loss += loss.item()
            epoch_loss /= len(batches)
    """)

    assert found == {"loss", "epoch_loss"}


def test_a_scaled_cost_is_drawn_under_its_own_name() -> None:
    assert found_in("def step():\n    scaler.scale(loss).backward()") == {"loss"}
    assert found_in("def step():\n    accelerator.backward(loss)") == {"loss"}


def test_a_cost_that_is_summed_up_for_its_gradients_is_one_curve() -> None:
    found = found_in("""
        for batch in batches:
            loss = f(batch)
            loss.sum().backward()
    """)

    assert found == {"loss.sum()"}


def test_a_cost_s_number_under_another_name_is_one_curve_with_it() -> None:
    found = found_in("""
        for batch in batches:
            output = f(batch)
            loss = output.item()
            output.backward()
            if loss > 9:
                loss_value = float(output.detach())
            accuracy = g(batch)
    """)

    assert found == {"output", "accuracy"}


def test_a_cost_s_newest_number_is_drawn_once_an_epoch() -> None:
    found = found_in("""
        for epoch in range(9):
            for batch in batches:
                cost = f(batch)
                cost.backward()
            epoch_loss = cost.item()
    """)

    assert found == {"cost", "epoch_loss"}


def test_what_is_logged_and_drawn_already_makes_no_second_curve() -> None:
    found = found_in("""
        for batch in batches:
            loss = f(batch)
            loss.backward()
            writer.add_scalar("Loss/train", loss.item(), step)
    """)

    assert found == {"loss"}


ASKED = "err = f(w)\n    (g,) = torch.autograd.grad(err, w)\n    "


@pytest.mark.parametrize(
    "body",
    [
        ASKED + "w = w - 0.1 * g",
        ASKED + "w.grad = g; opt.step()",
        ASKED + "w = updated(w, g)",
        ASKED + "sgd([w], g)",
        "err = f(w)\n    w -= lr * grad(inputs=w, outputs=err)[0]",
        "g, err = grad_and_value(f)(w, x)\n    w = w - 0.1 * g",
        "(err, counts), g = value_and_grad(f, has_aux=True)(w)\n    w = w - 0.1 * g",
        "u = net(t)\n    (g,) = grad(u.sum(), t, create_graph=True)\n"
        "    err = (g + u).mean()\n    err.backward()",
    ],
)
def test_a_cost_whose_gradient_is_asked_for_is_drawn(body: str) -> None:
    assert found_in(f"for step in range(9):\n    {body}") == {"err"}


def test_a_cost_whose_gradient_a_function_asks_for_is_drawn() -> None:
    asking = "def slope(w):\n    err = f(w)\n    return torch.autograd.grad(err, w)[0]\n"

    assert found_in(asking + "for _ in range(9):\n    w -= lr * slope(w)") == {"err"}
    assert not found_in(asking + "for _ in range(9):\n    lengths.append(slope(w).norm())")


@pytest.mark.parametrize(
    "body",
    [
        ASKED + "total += g.abs().sum()",
        ASKED + "slopes.append(g)",
        "w -= lr * grad(err, 0)(w)",
        "alone.append(length_of(torch.autograd.grad(err, w)))",
        "u = net(t)\n    du = grad(u, t, torch.ones_like(u))[0]\n    x = x - 0.1 * du",
    ],
)
def test_what_no_step_is_taken_by_is_no_cost(body: str) -> None:
    assert not found_in(f"for step in range(9):\n    {body}")


def test_a_function_alone_promises_no_curve_and_a_loop_that_trains_does() -> None:
    assert not promises_curve("def step():\n    loss.backward()")
    training = "for x in xs:\n    l = f(x)\n    l.backward()"
    assert promises_curve(training)
    assert promises_curve(f"%%time\n{training}")
    assert not promises_curve(f"%%writefile train.py\n{training}")
    function = "def fit():\n    for x in xs:\n        l = f(x)\n        l.backward()\n"
    assert not promises_curve(f"import torch\n{function}rate = 0.1")
    assert promises_curve(f"{function}fit()")
    assert promises_curve(f"{function}if __name__ == '__main__':\n    fit()")


def test_a_cell_with_magics_is_read() -> None:
    cells = ["%matplotlib inline\nfor x in xs:\n    l = f(x)\n    l.backward()"]

    assert whole_file(cells).trained.costs == {"l"}


def test_loops_of_methods_that_train_nothing_stay_as_they_are() -> None:
    tree = ast.parse(
        textwrap.dedent("""
            class Net:
                def forward(self, x):
                    for layer in self.layers:
                        loss = layer(x)
                    return loss

                def fit(self):
                    for epoch in range(3):
                        self.step()

                def step(self):
                    for x in self.data:
                        self.f(x).backward()

                def table(self):
                    for row in self.rows:
                        print(row)
        """)
    )

    left = plan_of(tree, WholeFile()).left

    loops = {id(node): node.lineno for node in ast.walk(tree) if isinstance(node, ast.For)}
    assert {loops[one] for one in left} == {4, 17}


def test_a_loop_that_only_evaluates_adds_nothing_to_the_cost_of_the_training() -> None:
    evaluating = """
        def mean_cost(loader):
            for x in loader:
                loss = cost_of(x)
                total += loss.item()
    """
    training = """
        for x in loader:
            loss = cost_of(x)
            loss.backward()
    """

    whole = whole_file(map(textwrap.dedent, (evaluating, training)))
    alone, beside = (plan_of(ast.parse(textwrap.dedent(evaluating)), one) for one in (NONE, whole))

    assert alone.has_recording_loops
    assert not beside.has_recording_loops


@pytest.mark.parametrize("decorator", ["njit", "numba.jit(nopython=True)", "cuda.jit"])
def test_loops_that_numba_compiles_stay_as_they_are(decorator: str) -> None:
    tree = ast.parse(
        textwrap.dedent(f"""
            @{decorator}
            def returns(rewards):
                total = 0.0
                for reward in rewards:
                    loss = total * 0.9 + reward
                    total = f(loss)
                    print(total)
        """)
    )

    plan = plan_of(tree, WholeFile())

    assert len(plan.left) == 1
    assert not plan.marks


@pytest.mark.parametrize("through", ["sorted(cbs, key=order)", "self.callbacks", "learn.cbs[1:]"])
def test_a_loop_that_calls_callbacks_stays_as_it_is(through: str) -> None:
    tree = ast.parse(f"def run(self, learn):\n    for one in {through}:\n        one(learn)")

    assert plan_of(tree, WholeFile()).left == {id(tree.body[0].body[0])}  # type: ignore[attr-defined]


METHODS = """
    import torch
    class Trainer:
        def __init__(self):
            self.w = torch.tensor(5.0, requires_grad=True)

        def step(self):
            self.cost = self.w ** 2
            self.cost.backward()
            with torch.no_grad():
                self.w -= 0.1 * self.w.grad
            self.w.grad = None

        def fit(self):
            for epoch in range(6):
                self.step()

    Trainer().fit()
"""


def test_an_iteration_of_a_loop_in_a_method_can_be_stepped(play: Play) -> None:
    player = play(METHODS)
    pause_at_start(player)

    frames = [step_and_wait(player, Grain.INNER) for _ in range(2)]

    assert [frame.position for frame in frames] == [2, 3]
    assert series(frames[1], "cost").values.tolist() == pytest.approx([25.0, 16.0, 10.24])


def test_an_iteration_of_a_loop_that_is_not_hooked_can_be_stepped(play: Play) -> None:
    player = play("""
        import torch
        w = torch.ones((), requires_grad=True)

        def step(number):
            (w * number).backward()

        made = [step(number) for number in range(6)]
    """)
    pause_at_start(player)

    frame = step_and_wait(player, Grain.INNER)

    assert frame.position == 2
    assert [(loop.label, loop.done) for loop in frame.loops] == [("step()", 2)]
    assert frame.series[0].values.tolist() == [0.0, 1.0]


def test_a_library_s_training_without_a_curve_is_told_in_one_line(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = """
        def fit(model, opt, x):
            for _ in range(9):
                opt.zero_grad()
                model(x).sum().backward()
                opt.step()
    """
    library = tmp_path / "site-packages"
    library.mkdir()
    (library / "quiet_trainer.py").write_text(textwrap.dedent(trainer), encoding="utf-8")
    monkeypatch.syspath_prepend(library)
    player = play("""
        import torch
        from quiet_trainer import fit
        model = torch.nn.Linear(1, 1)
        fit(model, torch.optim.SGD(model.parameters(), lr=0.1), torch.ones(4, 1))
    """)

    player.run()

    told = [event for event in player.events() if isinstance(event, Noticed)]
    assert [(one.slip, one.line) for one in told] == [(Slip.NO_CURVE, 5)]


def test_a_name_that_is_asked_for_has_a_curve_beside_those_watched(
    tmp_path: Path,
) -> None:
    text = """
        # %% watch="cost"
        class Box:
            def grow(self, by):
                self.size = by * 10

        box = Box()
        for step in range(3):
            cost = step + 0.5
            rate = step * 2
            box.grow(step)
    """
    session = Session(replace(lesson_from(text, tmp_path), asked=("rate", "self.size")))
    session.start()

    frame = Player(session).run().frame

    session.close(patience=PATIENCE)
    assert frame is not None
    assert {one.name: one.values.tolist() for one in frame.series} == {
        "cost": [0.5, 1.5, 2.5],
        "rate": [0, 2, 4],
        "self.size": [0, 10, 20],
    }


@pytest.mark.parametrize(
    "made", ['multiprocessing.get_context("fork").Process', "threading.Thread"]
)
def test_what_trains_in_a_process_or_thread_of_its_own_is_told_of(play: Play, made: str) -> None:
    player = play(f"""
        import multiprocessing, threading, torch
        def work(times):
            weight = torch.ones(1, requires_grad=True)
            for _ in range(times):
                weight.sum().backward()
        def start(kind, function):
            started = {made}(target=kind, args=(function,))
            started.start()
            started.join()
        start(print, len)
        start(lambda function: function(2), work)
    """)

    player.run()

    told = [event for event in player.events() if isinstance(event, Noticed)]
    assert [(one.slip, one.names, one.line) for one in told] == [(Slip.ELSEWHERE, ("work",), 3)]
