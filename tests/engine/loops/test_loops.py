"""Loops while they run: what is a step, that a pause is a pause, and what a frame shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, pause_at_start, series, step_and_wait, wait_until

from engine.protocol.frame import FrameRequest
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]
TRAINING = """
    # %% watch="cost"
    import torch
    torch.manual_seed(0)
    x = torch.randn(8, 3)
    W = torch.zeros(3, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for epoch in range(40):
        cost = ((x.matmul(W) + b - 1) ** 2).mean()
        cost.backward()
        with torch.no_grad():
            for parameter in [W, b]:
                parameter -= 0.05 * parameter.grad
                parameter.grad = None
"""


def test_pausing_keeps_parameters_still(play: Play) -> None:
    player = play(TRAINING.replace("range(40)", "iter(int, 1)"))
    player.session.run_step(0)
    wait_until(
        lambda: "cost" in getattr(player.shell, "namespace", {}),
        "training",
    )
    player.session.pause()
    player.wait_for(Status.PAUSED)
    names = player.namespace
    before = names["W"].detach().clone(), names["b"].detach().clone()  # type: ignore[attr-defined]

    for _ in range(20):
        frame = player.session.frame
        player.session.request_frame(FrameRequest(20, 5))
        wait_until(lambda frame=frame: player.session.frame is not frame, "a frame while paused")

    assert before[0].equal(names["W"])
    assert before[1].equal(names["b"])
    assert names["parameter"] is names["b"], "the pause stands between two parameters"


def test_a_step_from_the_start_ends_with_the_first_iteration(play: Play) -> None:
    player = play(TRAINING)

    pause_at_start(player)

    frame = player.session.frame
    assert frame is not None
    assert (frame.position, player.namespace["epoch"]) == (1, 0)
    assert series(frame, "cost").count == 1


def test_each_step_is_one_iteration(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)

    positions = [step_and_wait(player, Grain.INNER).position for _ in range(5)]

    assert positions == [2, 3, 4, 5, 6]
    assert player.namespace["epoch"] == 5


def test_steps_pressed_quickly_are_as_many_iterations(play: Play) -> None:
    player = play(TRAINING)
    pause_at_start(player)

    for _ in range(10):
        player.session.step(Grain.INNER)
    wait_until(lambda: player.namespace["epoch"] == 10, "ten iterations")
    player.wait_for(Status.PAUSED)

    assert player.namespace["epoch"] == 10


def test_an_outer_step_is_one_iteration_of_the_outer_loop(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for row in range(5):
            pass
        for epoch in range(3):
            for batch in range(4):
                cost = epoch * 10 + batch
            told = epoch
    """)
    player.session.run_step(0, Grain.OUTER)
    player.wait_for(Status.PAUSED)

    seen = [(player.namespace["told"], series(player.session.frame, "cost").count)]
    seen.append((0, step_and_wait(player, Grain.INNER).position))
    step_and_wait(player, Grain.OUTER)
    seen.append((player.namespace["told"], series(player.session.frame, "cost").count))

    assert seen == [(0, 4), (0, 5), (1, 8)]


@pytest.mark.parametrize(
    "training",
    [
        """
        def train():
            for epoch in range(30):
                cost = 30.0 - epoch
                trace.append(epoch)
        train()
        """,
        """
        cost = 30.0
        while cost > 0.1:
            cost = cost - 1
            trace.append(cost)
            if cost < -5:
                break
        """,
        """
        class Model:
            def fit(self):
                for inside in range(3):
                    pass
                trace.append(1)
        model = Model()
        for epoch in range(30):
            model.fit()
            cost = epoch + 0.5
            for row in range(3):
                with_no_gradient = row
        """,
    ],
    ids=["in a function", "while", "with an evaluation loop"],
)
def test_a_step_is_one_iteration_of_any_training_loop(play: Play, training: str) -> None:
    player = play('# %% watch="cost"\ntrace = []\n' + training.replace("\n        ", "\n"))
    pause_at_start(player)

    counts = [len(player.namespace["trace"])]  # type: ignore[arg-type]
    for _ in range(4):
        step_and_wait(player, Grain.INNER)
        counts.append(len(player.namespace["trace"]))  # type: ignore[arg-type]

    assert counts == [1, 2, 3, 4, 5]


def test_pauses_steps_frames_and_speeds_change_no_bit(play: Play) -> None:
    undisturbed = play(TRAINING)
    undisturbed.run()
    wanted = [undisturbed.namespace[name].detach().clone() for name in ("W", "b", "cost")]  # type: ignore[attr-defined]
    player = play(TRAINING)
    pause_at_start(player)

    for speed in (200.0, 1000.0, 500.0):
        player.session.set_speed(speed)
        step_and_wait(player, Grain.INNER)
        player.session.resume()
        player.session.request_frame(FrameRequest(30, 8))
        player.session.pause()
        player.wait_for(Status.PAUSED, Status.READY)
    player.session.set_speed(None)
    player.session.resume()
    player.ended()

    found = [player.namespace[name] for name in ("W", "b", "cost")]
    assert all(one.equal(other) for one, other in zip(wanted, found, strict=True))


def test_a_slow_training_is_not_finished_before_it_is_let_go(play: Play) -> None:
    player = play(TRAINING)
    player.session.set_speed(0.001)
    player.session.run_step(0)
    wait_until(
        lambda: "cost" in getattr(player.shell, "namespace", {}),
        "training",
    )

    assert player.session.status is Status.RUNNING
    assert player.namespace["epoch"] in (0, 1)  # type: ignore[comparison-overlap]
    player.session.set_speed(None)
    player.ended()
    assert player.namespace["epoch"] == 39
