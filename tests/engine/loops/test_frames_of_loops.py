"""A frame of a loop is of one iteration everywhere, and says where the loops stand."""

from __future__ import annotations

from collections.abc import Callable

from playing import Player, pause_at_start, series, step_and_wait, wait_until

from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.status import Grain, Status

Play = Callable[..., Player]


def test_every_frame_shows_one_iteration_everywhere(play: Play) -> None:
    player = play("""
        # %% watch="cost" show="W b"
        import torch
        W = torch.zeros(64)
        b = torch.zeros(3, 3)
        for i in range(1, 4001):
            W.fill_(i)
            for parameter in [b]:
                parameter.fill_(i)
            cost = torch.tensor(float(i))

        # %% A view view="every iteration"
        print(i, int(W[0]), int(b[0, 0]))

        # %% An older view view="every epoch"
        print(i)
    """)
    player.session.run_step(0)
    frames: list[Frame] = []

    def look() -> bool:
        player.session.request_frame(FrameRequest(20, 5))
        frame = player.session.frame
        if frame is not None and frame.position and frame not in frames[-1:]:
            frames.append(frame)
        return player.session.status is Status.READY

    wait_until(look, "the training to end")

    assert len(frames) > 1
    for frame in frames:
        i = frame.position
        assert series(frame, "cost").newest == i
        assert series(frame, "cost").count == i
        assert [(tensor.lowest, tensor.highest) for tensor in frame.tensors] == [(i, i), (i, i)]
        assert frame.loops[0].done == i
        # A drawing may be behind, and is then of one earlier iteration, which it tells.
        each, older = frame.views
        assert each.text == f"{each.position} {each.position} {each.position}\n"
        assert each.position <= i
        assert older.text == f"{older.position}\n"


def test_a_view_may_call_a_function_with_loops(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        def predict():
            for row in range(3):
                cost = -1.0
            while row:
                row -= 1
            return row

        for epoch in range(6):
            cost = epoch + 0.5

        # %% A view view="every iteration"
        print(predict())
    """)
    pause_at_start(player)
    player.session.request_frame(FrameRequest(20, 5))
    for _ in range(3):
        step_and_wait(player, Grain.INNER)

    frame = player.session.frame

    assert frame is not None
    assert frame.position == 4
    assert series(frame, "cost").values.tolist() == [0.5, 1.5, 2.5, 3.5]
    assert frame.views[0].text == "0\n"


def test_an_iteration_that_ends_in_break_is_a_step_too(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(4):
            while True:
                cost = epoch + 0.5
                break
        while True:
            cost = 9.5
            break
    """)
    pause_at_start(player)

    positions = [step_and_wait(player, Grain.INNER).position for _ in range(3)]

    assert positions == [2, 3, 4]
    player.session.step(Grain.INNER)
    assert series(player.ended().frame, "cost").values.tolist() == [0.5, 1.5, 2.5, 3.5, 9.5]


def test_nested_loops_are_told_outermost_first(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(4):
            for batch in iter([1, 2, 3]):
                cost = epoch + batch
    """)
    pause_at_start(player)
    for _ in range(4):
        step_and_wait(player, Grain.INNER)

    frame = player.session.frame

    assert frame is not None
    told = [(loop.label, loop.line, loop.done, loop.total) for loop in frame.loops]
    assert told == [("epoch", 2, 1, 4), ("batch", 3, 2, 3)]


DESCENT = """
    # %% show="W"
    import torch
    W = torch.zeros(2, requires_grad=True)
    for i in range(3):
        cost = ((W - torch.tensor([3.0, 4.0])) ** 2).sum() / 2
        W.grad = None
        cost.backward()
        with torch.no_grad():
            W -= W.grad
"""


def test_the_frame_of_an_iteration_shows_the_gradient_after_its_tensor(play: Play) -> None:
    player = play(DESCENT)

    pause_at_start(player)

    frame = player.session.frame
    assert frame is not None
    assert [(tensor.name, tensor.norm) for tensor in frame.tensors] == [("W", 5), ("W.grad", 5)]


def test_a_frame_tells_how_far_tensors_have_moved_since_the_last_pause(play: Play) -> None:
    player = play(DESCENT)
    pause_at_start(player)

    frame = step_and_wait(player, Grain.INNER)

    assert {tensor.name: tensor.moved for tensor in frame.tensors} == {"W": 0, "W.grad": 5}


def test_the_end_of_a_step_that_never_paused_tells_of_no_movement(play: Play) -> None:
    ended = play(DESCENT).run()

    assert ended.frame is not None
    assert [tensor.moved for tensor in ended.frame.tensors] == [None, None]
