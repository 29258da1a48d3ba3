"""What an iteration leaves in the curves that is left by break, by return or by an error."""

from __future__ import annotations

from collections.abc import Callable

from playing import Player, recorded

Play = Callable[..., Player]


def test_the_iteration_that_break_leaves_is_recorded(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        cost = 9.0
        while True:
            cost = cost / 2
            if cost < 2:
                break
    """)

    assert recorded(player) == ([1, 2, 3], [4.5, 2.25, 1.125])


def test_a_break_before_anything_new_records_nothing_twice(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(9):
            if epoch == 2:
                break
            cost = epoch + 0.5
    """)

    assert recorded(player) == ([1, 2], [0.5, 1.5])


def test_the_iteration_in_which_a_function_returns_is_recorded(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        def train():
            for epoch in range(9):
                cost = epoch + 0.5
                if epoch == 2:
                    return cost

        answer = train()
    """)

    assert recorded(player) == ([1, 2, 3], [0.5, 1.5, 2.5])


def test_the_iteration_that_raises_is_recorded(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(9):
            cost = 1 / 2 ** epoch
            1 / (2 - epoch)
    """)

    assert recorded(player) == ([1, 2, 3], [1.0, 0.5, 0.25])


def test_a_break_after_a_tensor_was_written_in_place_records_what_it_is_then(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        import torch
        for epoch in range(9):
            if epoch == 2:
                cost.fill_(7.0)
                break
            cost = torch.tensor(epoch + 0.5)
    """)

    assert recorded(player) == ([1, 2, 3], [0.5, 1.5, 7.0])


def test_a_break_before_a_first_value_records_none(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        cost = 7.0
        for epoch in range(5):
            break
    """)

    frame = player.run().frame

    assert frame is not None
    assert [one.count for one in frame.series] == []
