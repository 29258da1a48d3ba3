"""View cells: drawn to the pane's size, from one iteration, and without a trace."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playing import Player, wait_until

from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def paused_with_frame(player: Player, width: int = 40, height: int = 12) -> Frame:
    """The frame of the first iteration's end, its view drawn to that size."""
    player.session.request_frame(FrameRequest(width, height))
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)
    wait_until(lambda: player.session.frame and player.session.frame.position, "a frame")
    frame = player.session.frame
    assert frame is not None
    return frame


def new_frame(player: Player, width: int, height: int) -> Frame:
    before = player.session.frame
    player.session.request_frame(FrameRequest(width, height))
    wait_until(lambda: player.session.frame is not before, "a new frame")
    assert player.session.frame is not None
    return player.session.frame


PLOT = """
    for epoch in range(5):
        cost = epoch + 0.5

    # %% The curve view="every epoch"
    import plotext as plt
    plt.theme("clear")
    plt.plot([1, 4, 2])
    plt.title("값")
    plt.show()
"""
PLOT_WITHOUT_LOOP = PLOT.replace("for epoch in range(5):\n        cost = epoch + 0.5", "cost = 0.5")


@pytest.mark.parametrize(("width", "height"), [(40, 12), (60, 16), (33, 7), (120, 30)])
def test_plotext_draws_exactly_the_size_of_the_pane(play: Play, width: int, height: int) -> None:
    player = play(PLOT)

    frame = paused_with_frame(player, width, height)

    lines = COLOURS.sub("", frame.views[0].text).rstrip("\n").split("\n")
    assert len(lines) == height
    assert {len(line) for line in lines[1:]} == {width}


def test_a_pane_that_changes_its_size_is_drawn_again_while_paused(play: Play) -> None:
    player = play(PLOT)
    paused_with_frame(player, 40, 12)

    frame = new_frame(player, 50, 9)

    lines = COLOURS.sub("", frame.views[0].text).rstrip("\n").split("\n")
    assert (len(lines), len(lines[-1])) == (9, 50)


def test_a_drawing_that_is_printed_is_told_the_size_of_the_pane(play: Play) -> None:
    player = play(PLOT_WITHOUT_LOOP + "    print(*plt.terminal_size())\n")
    player.session.request_frame(FrameRequest(44, 8))

    player.run(0)

    assert player.session.frame is not None
    assert player.session.frame.views[0].text.rstrip().endswith("44 8")


def test_a_pane_that_changed_its_size_while_nothing_ran_is_drawn_to_it(play: Play) -> None:
    player = play(PLOT)
    player.wait_for(Status.READY)

    frame = paused_with_frame(player, 33, 7)

    assert len(frame.views[0].text.rstrip("\n").split("\n")) == 7
    player.session.resume()
    player.ended()
    frame = new_frame(player, 44, 8)
    assert len(frame.views[0].text.rstrip("\n").split("\n")) == 8


def test_a_step_without_a_loop_is_drawn_again_for_a_pane_of_another_size(play: Play) -> None:
    player = play(PLOT_WITHOUT_LOOP)
    player.run(0)

    frame = new_frame(player, 44, 8)

    lines = COLOURS.sub("", frame.views[0].text).rstrip("\n").split("\n")
    assert (len(lines), len(lines[-1])) == (8, 44)


def test_the_last_drawing_has_the_size_asked_for_while_the_cell_ran(play: Play) -> None:
    player = play(PLOT_WITHOUT_LOOP.replace("cost = 0.5", "input()"))
    player.session.run_step(0)
    wait_until(lambda: player.session.asked, "the cell to run")

    player.session.request_frame(FrameRequest(44, 8))
    player.session.write_line("go on")
    player.ended()

    assert player.session.frame is not None
    lines = COLOURS.sub("", player.session.frame.views[0].text).rstrip("\n").split("\n")
    assert (len(lines), len(lines[-1])) == (8, 44)


def test_a_live_view_leaves_no_trace(play: Play) -> None:
    training = """
        # %% watch="cost"
        import random
        import numpy as np
        import plotext
        import torch
        for seed in (random.seed, np.random.seed, torch.manual_seed):
            seed(1)
        plotext.clear_figure()
        plotext.plot([1, 2, 3])
        drawn = []
        for epoch in range(4):
            cost = torch.rand(()) + random.random() + np.random.rand()
            drawn.append(float(cost))
        curves = list(plotext._core._figure.monitor.y)
    """
    view = """
        # %% The view view="every iteration"
        if len(drawn) < 4:
            epoch = "changed"
            left_behind = torch.rand(3), random.random(), np.random.rand()
            for seed in (random.seed, np.random.seed, torch.manual_seed):
                seed(9)
            plotext.clear_figure()
            plotext.scatter([9, 9])
            print("drawn")
    """
    undisturbed = play(training)
    undisturbed.run()
    wanted = {name: undisturbed.namespace[name] for name in ("drawn", "curves", "epoch")}
    player = play(training + view)
    frame = paused_with_frame(player)
    new_frame(player, 30, 9)
    player.session.resume()
    player.ended()

    assert frame.views[0].text == "drawn\n"
    assert {name: player.namespace[name] for name in wanted} == wanted
    assert "left_behind" not in player.namespace


def test_after_the_training_a_view_runs_as_the_file_does(play: Play) -> None:
    player = play("""
        for epoch in range(3):
            cost = epoch + 0.5

        # %% The view view="every epoch"
        last = epoch * 10
        print(last)
    """)

    frame = player.run().frame

    assert player.namespace["last"] == 20
    assert frame is not None
    assert [(view.title, view.text, view.position) for view in frame.views] == [
        ("The view", "20\n", 3)
    ]


def test_a_live_view_that_raises_shows_its_error_in_its_place(play: Play) -> None:
    player = play("""
        for epoch in range(3):
            cost = epoch + 0.5

        # %% Broken view="every iteration"
        if epoch < 2:
            raise ValueError("아직 없음")

        # %% Whole view="every iteration"
        print("here")
    """)

    frame = paused_with_frame(player)

    assert frame.views[0].text == "Broken: ValueError: 아직 없음 (line 7)"
    assert frame.views[1].text == "here\n"
    player.session.resume()
    assert player.ended().traceback is None


def test_a_view_that_raises_after_the_training_fails_the_step(play: Play) -> None:
    player = play("""
        for epoch in range(3):
            cost = epoch + 0.5

        # %% Broken view="every epoch"
        print(missing)
    """)

    ended = player.run()

    assert ended.traceback is not None
    assert ended.traceback.line == 6
    assert ended.traceback.lines[-1] == "NameError: name 'missing' is not defined"
    assert ended.frame is not None
    assert "NameError" in ended.frame.views[0].text


def test_nothing_is_drawn_before_the_first_iteration_has_ended(play: Play) -> None:
    player = play("""
        ready = True
        for epoch in range(3):
            cost = epoch + 0.5

        # %% The view view="every epoch"
        print(cost)
    """)
    player.session.pause()
    player.session.request_frame(FrameRequest(30, 9))
    frame = paused_with_frame(player)

    assert frame.position == 1
    assert frame.views[0].text == "0.5\n"


NESTED = """
    # %% watch="cost"
    for decay in range(2):
        for epoch in range({epochs}):
            cost = decay * 10 + epoch

    # %% The view view="every epoch"
    {view}
"""


def test_a_drawing_is_of_the_very_iteration_that_a_pause_stands_at(play: Play) -> None:
    player = play(NESTED.format(epochs=4, view="print(decay, epoch)"))
    paused_with_frame(player)
    for _ in range(2):
        player.session.step(Grain.INNER)
    wait_until(lambda: getattr(player.session.frame, "position", 0) == 3, "the third iteration")

    frame = player.session.frame

    assert frame is not None
    assert [(view.text, view.position) for view in frame.views] == [("0 2\n", 3)]


def test_a_drawing_follows_an_inner_loop_while_the_outer_one_stands(play: Play) -> None:
    player = play(NESTED.format(epochs=10**9, view="print(decay, epoch)"))
    player.session.run_step(0)
    positions: set[int] = set()

    def has_been_redrawn() -> bool:
        player.session.request_frame(FrameRequest(40, 12))
        frame = player.session.frame
        positions.update(view.position for view in frame.views if frame) if frame else None
        return len(positions) > 2

    wait_until(has_been_redrawn, "the drawing to be made again")
    player.session.stop()
    player.ended()


def test_a_view_that_needs_a_whole_epoch_keeps_its_drawing_in_the_midst_of_one(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(2):
            found = [1.0]
            for batch in range(3):
                cost = epoch + batch
                if batch:
                    found.clear()

        # %% The view view="every epoch"
        print(found[0])
    """)
    frame = paused_with_frame(player)
    assert frame.views[0].text == "1.0\n"
    for _ in range(2):
        player.session.step(Grain.INNER)
    wait_until(lambda: getattr(player.session.frame, "position", 0) == 3, "the third iteration")

    assert player.session.frame is not None
    assert player.session.frame.views[0].text == "1.0\n"
