"""What a loop's iterations leave in the curves: which names, at which positions, in which state."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playing import Player, recorded, series

Play = Callable[..., Player]


def test_each_iteration_that_assigns_a_watched_name_is_one_point(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(5):
            cost = epoch * 1.5
    """)

    assert recorded(player) == ([1, 2, 3, 4, 5], [0.0, 1.5, 3.0, 4.5, 6.0])


def test_tensors_are_recorded_without_their_graph(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        import torch, weakref
        w = torch.tensor(1.0, requires_grad=True)
        graphs = []
        for epoch in range(4):
            squared = w ** 2
            graphs.append(weakref.ref(squared))
            cost = squared * epoch
        alive = [graph() is not None for graph in graphs]
    """)

    assert recorded(player)[1] == [0.0, 1.0, 2.0, 3.0]
    assert player.namespace["alive"] == [False, False, False, True]


def test_the_innermost_loop_that_records_counts(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(2):
            for batch in range(3):
                cost = epoch * 10 + batch
                for parameter in range(4):
                    pass
    """)

    assert recorded(player) == ([1, 2, 3, 4, 5, 6], [0, 1, 2, 10, 11, 12])


def test_a_sum_over_batches_is_one_point_an_epoch(play: Play) -> None:
    player = play("""
        # %% watch="avg_cost"
        import torch
        for epoch in range(3):
            avg_cost = 0
            for batch in range(4):
                cost = torch.tensor(float(epoch))
                avg_cost += cost / 4
    """)

    assert recorded(player, "avg_cost") == ([1, 2, 3], [0.0, 1.0, 2.0])


def test_a_sum_and_its_terms_are_recorded_side_by_side(play: Play) -> None:
    player = play("""
        # %% watch="cost avg_cost"
        for epoch in range(2):
            avg_cost = 0
            for batch in range(2):
                cost = epoch + batch
                avg_cost += cost / 2
    """)

    frame = player.run().frame

    assert series(frame, "cost").positions.tolist() == [1, 2, 3, 4]
    assert series(frame, "avg_cost").positions.tolist() == [2, 4]
    assert series(frame, "avg_cost").values.tolist() == [0.5, 1.5]


def test_a_tensor_that_is_added_to_in_place_keeps_its_earlier_values(play: Play) -> None:
    player = play("""
        # %% watch="cost alias"
        import torch
        cost = torch.zeros(())
        for epoch in range(4):
            cost += 1
            alias = cost
    """)

    frame = player.run().frame

    assert series(frame, "cost").values.tolist() == [1, 2, 3, 4]
    assert series(frame, "alias").values.tolist() == [1, 2, 3, 4]


def test_values_that_are_not_finite_are_recorded(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        import torch
        for epoch in range(4):
            cost = torch.tensor([1.0, float("inf"), float("nan"), 2.0][epoch])
    """)

    _, values = recorded(player)

    np.testing.assert_array_equal(values, [1.0, np.inf, np.nan, 2.0])


def test_a_walrus_in_a_test_is_recorded_each_time(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        values = [3.0, 2.0, 1.0, 0.5]
        while (cost := values.pop(0)) > 0.9:
            pass
    """)

    assert recorded(player)[1] == [3.0, 2.0, 1.0, 0.5]


def test_a_function_of_an_earlier_cell_records_for_the_cell_that_calls_it(play: Play) -> None:
    player = play("""
        # %%
        def train(epochs):
            for epoch in range(epochs):
                for row in range(2):
                    pass
                loss = epoch + 0.25

        # %%
        for warm_up in range(7):
            pass
        train(3)
    """)

    assert recorded(player, "loss", step=1) == ([1, 2, 3], [0.25, 1.25, 2.25])


def test_two_training_loops_in_one_cell_make_one_curve(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        for epoch in range(2):
            cost = epoch + 0.5
        for row in range(5):
            pass
        for epoch in range(2):
            cost = epoch + 10.5
    """)

    assert recorded(player) == ([1, 2, 3, 4], [0.5, 1.5, 10.5, 11.5])


def test_a_loop_over_a_generator_with_loops_of_its_own_counts_once(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        def batches():
            for i in range(3):
                while True:
                    yield i
                    break

        for batch in batches():
            cost = batch + 0.5
    """)

    assert recorded(player) == ([1, 2, 3], [0.5, 1.5, 2.5])


@pytest.mark.parametrize(
    "value", ["torch.zeros(3)", "'text'", "None", "[1.0]", "torch.tensor(1j)", "torch.empty(0)"]
)
def test_what_is_not_one_number_is_not_recorded_and_does_no_harm(play: Play, value: str) -> None:
    player = play(f"""
        # %% watch="cost"
        import torch
        for epoch in range(3):
            cost = {value}
    """)

    ended = player.run()

    assert ended.traceback is None
    assert series(ended.frame, "cost").count == 0
    assert series(ended.frame, "cost").rejected


def test_large_tensors_under_a_watched_name_are_not_kept(play: Play) -> None:
    player = play("""
        # %% watch="cost"
        import torch, weakref
        made = []
        for epoch in range(6):
            cost = torch.zeros(1000)
            made.append(weakref.ref(cost))
        alive = [reference() is not None for reference in made]
    """)

    player.run()

    assert player.namespace["alive"] == [False] * 5 + [True]


def test_where_nothing_is_watched_the_innermost_iterations_count(play: Play) -> None:
    player = play("""
        for epoch in range(3):
            for batch in range(2):
                pass
        n = 4
        while n:
            n -= 1
            if n == 2:
                for row in range(5):
                    pass
    """)

    frame = player.run().frame

    assert frame is not None
    assert frame.position == 6 + 3 + 5


@pytest.mark.parametrize("before", ["torch.tensor(7.0)", "7.0"])
def test_what_a_name_was_before_the_run_is_no_value_of_it(play: Play, before: str) -> None:
    player = play(f"""
        # %%
        import torch
        cost = {before}
        # %% watch="cost"
        for epoch in range(5):
            hypothesis = None
            cost = hypothesis.mean()
    """)

    frame = player.run(1).frame

    assert frame is not None
    assert [one.count for one in frame.series] == []
