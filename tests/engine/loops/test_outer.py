"""Where the iterations of the outermost loop ended: for which epoch an iteration belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player, pause_at_start, step_and_wait

from engine.protocol.frame import OuterLoop
from engine.protocol.status import Grain

Play = Callable[..., Player]

EPOCHS = """
    # %% watch="cost"
    for epoch in range(3):
        for batch in range(epoch + 2):
            cost = float(batch)
"""


def outer(player: Player) -> OuterLoop:
    frame = player.session.frame
    assert frame is not None
    assert frame.outer is not None
    return frame.outer


def test_a_step_that_has_ended_says_where_each_epoch_did(play: Play) -> None:
    frame = play(EPOCHS).run().frame

    assert frame is not None
    assert frame.outer is not None
    assert frame.outer.label == "epoch"
    assert frame.outer.ends.tolist() == [2, 5, 9]
    assert not frame.outer.goes_on


def test_the_epoch_that_runs_goes_on(play: Play) -> None:
    player = play(EPOCHS)
    pause_at_start(player)

    for _ in range(3):
        step_and_wait(player, Grain.INNER)

    assert outer(player).ends.tolist() == [2]
    assert outer(player).goes_on


def test_a_second_run_begins_at_the_first_epoch(play: Play) -> None:
    player = play(EPOCHS)
    player.run()

    frame = player.run().frame

    assert frame is not None
    assert frame.outer is not None
    assert frame.outer.ends.tolist() == [2, 5, 9]


@pytest.mark.parametrize(
    "cell",
    [
        "for epoch in range(3):\n    cost = 1.0",
        "for _ in range(2):\n    for epoch in [0]:\n        cost = 1.0\n"
        "for _ in range(2):\n    for epoch in [0]:\n        cost = 1.0",
        "for epoch in range(3):\n    for batch in range(epoch):\n        cost = 1.0",
    ],
    ids=["one loop", "two trainings", "an empty epoch"],
)
def test_where_epochs_are_unclear_nothing_is_said(play: Play, cell: str) -> None:
    frame = play(f'# %% watch="cost"\n{cell}\n').run().frame

    assert frame is not None
    assert frame.outer is None


def test_what_comes_after_the_epochs_is_of_none(play: Play) -> None:
    frame = play(EPOCHS + "    for test in range(4):\n        cost = 0.0\n").run().frame

    assert frame is not None
    assert frame.outer is not None
    assert frame.position == 13
    assert frame.outer.ends.tolist() == [2, 5, 9]
    assert not frame.outer.goes_on


def test_very_many_epochs_are_known_up_to_some(play: Play) -> None:
    text = EPOCHS.replace("range(3)", "range(5000)").replace("range(epoch + 2)", "range(2)")

    frame = play(text).run().frame

    assert frame is not None
    assert frame.outer is not None
    assert len(frame.outer.ends) == 4_096
    assert not frame.outer.goes_on
