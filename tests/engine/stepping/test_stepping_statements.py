"""Stepping by statements: where the worker stands, and what it says has changed."""

from __future__ import annotations

import pytest
from playing import step_and_wait, wait_until
from walking import Play, Walk

from engine.protocol.statements import NextStatement, StatementChanges
from engine.protocol.status import Grain, Status

TRAINING = """
    # %% Train watch="cost" show="W b"
    import torch
    x_train, y_train = torch.ones(5, 3), torch.ones(5, 1)
    W = torch.zeros((3, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=0.01)
    for epoch in range(1, 4):
        hypothesis = x_train.matmul(W) + b
        cost = torch.mean((hypothesis - y_train) ** 2)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
"""


# One statement at a time


def test_a_step_begun_by_statements_stands_before_its_first(play: Play) -> None:
    walk = Walk(play("first = 1\nsecond = 2"))

    assert walk.text == "first = 1"
    assert "first" not in walk.player.namespace


def test_forward_cost_backward_and_step_are_separate(play: Play) -> None:
    walk = Walk(play(TRAINING))
    walk.go_to("for epoch in range(1, 4):")

    seen = []
    for _ in range(6):
        walk.go_on()
        seen.append((walk.text, walk.changes.names))

    assert seen == [
        ("hypothesis = x_train.matmul(W) + b", ("epoch",)),
        ("cost = torch.mean((hypothesis - y_train) ** 2)", ("hypothesis",)),
        ("optimizer.zero_grad()", ("cost",)),
        ("cost.backward()", ()),
        ("optimizer.step()", ("W.grad", "b.grad")),
        ("for epoch in range(1, 4):", ("W", "b")),
    ]


def test_backward_changes_gradients_and_a_step_parameters(play: Play) -> None:
    walk = Walk(play(TRAINING))

    walk.go_to("optimizer.step()")
    assert walk.changes == StatementChanges(gradients=("W.grad", "b.grad"))

    walk.go_on()
    assert walk.changes == StatementChanges(written=("W", "b"))


def test_zeroing_gradients_is_told_once_there_are_any(play: Play) -> None:
    walk = Walk(play(TRAINING))
    walk.go_to("optimizer.step()")

    walk.go_to("cost.backward()")

    assert walk.changes == StatementChanges(gradients=("W.grad", "b.grad"))


def test_the_tensors_of_a_frame_are_those_at_the_statement_with_their_gradients(
    play: Play,
) -> None:
    walk = Walk(play(TRAINING))
    walk.go_to("cost.backward()")
    before = walk.player.session.frame

    walk.go_on()

    after = walk.player.session.frame
    assert before is not None
    assert after is not None
    assert [tensor.name for tensor in before.tensors] == ["W", "b"]
    assert [tensor.name for tensor in after.tensors] == ["W", "W.grad", "b", "b.grad"]


def test_the_position_is_that_of_the_iteration(play: Play) -> None:
    walk = Walk(play(TRAINING))
    walk.go_to("optimizer.step()")
    walk.go_on()

    walk.go_to("optimizer.step()")

    frame = walk.player.session.frame
    assert frame is not None
    assert frame.position == 1


def test_statements_asked_for_quickly_are_all_made(play: Play) -> None:
    walk = Walk(play("\n".join(f"x{number} = {number}" for number in range(30))))

    for _ in range(20):
        walk.player.session.step(Grain.STATEMENT)

    wait_until(lambda: walk.standing.line == 22, "the 21st statement")


# From and to other ways of going on


def test_statements_begin_at_the_boundary_where_it_pauses(play: Play) -> None:
    player = play(TRAINING)
    player.session.run_step(0, Grain.INNER)
    player.wait_for(Status.PAUSED)
    assert player.session.frame is not None
    assert player.session.frame.statement is None

    frame = step_and_wait(player, Grain.STATEMENT)

    assert frame.statement == NextStatement(8, StatementChanges(assigned=("epoch",)))
    assert frame.position == 1


def test_what_an_iteration_changed_is_not_told_where_it_was_stood_before_the_run_went_on(
    play: Play,
) -> None:
    walk = Walk(play("for epoch in range(10**9):\n    cost = epoch\n    other = 1"))
    walk.go_to("other = 1")
    player = walk.player
    player.session.run_or_pause(0)
    wait_until(lambda: int(str(player.namespace["epoch"])) > 9, "the loop to run on")

    step_and_wait(player, Grain.STATEMENT)

    assert player.session.frame is not None
    assert [one.changed for one in player.session.frame.made if one.changed] == []


def test_statements_begin_in_training_that_runs(play: Play) -> None:
    player = play("n = 0\nwhile True:\n    n += 1\n    cost = n")
    player.session.run_step(0)
    wait_until(lambda: player.session.running_line(3, 5), "the loop to run")

    player.session.step(Grain.STATEMENT)

    player.wait_for(Status.PAUSED)
    assert player.session.frame is not None
    assert player.session.frame.statement is not None
    assert player.session.frame.statement.line in (3, 4, 5)


@pytest.mark.parametrize(("grain", "wanted"), [(Grain.INNER, (0, 1)), (Grain.OUTER, (1, 3))])
def test_an_iteration_can_be_gone_on_from_a_statement(
    play: Play, grain: Grain, wanted: tuple[int, int]
) -> None:
    walk = Walk(play("for epoch in range(2):\n    for i in range(3):\n        x = i\n"))
    walk.go_to("x = i")

    frame = step_and_wait(walk.player, grain)

    assert frame.statement is None
    assert (frame.loops[0].done, frame.position) == wanted


def test_a_pause_while_a_statement_runs_stands_at_the_next(play: Play) -> None:
    walk = Walk(
        play("""
        # %%
        import threading
        reached, may_go = threading.Event(), threading.Event()
        reached.set() or may_go.wait()
        after = 1
    """)
    )
    walk.go_to("reached.set() or may_go.wait()")
    walk.player.session.step(Grain.STATEMENT)
    walk.player.session.step(Grain.STATEMENT)
    walk.player.namespace["reached"].wait()  # type: ignore[attr-defined]

    walk.player.session.pause()
    walk.player.namespace["may_go"].set()  # type: ignore[attr-defined]

    walk.player.wait_for(Status.PAUSED)
    assert walk.text == "after = 1"


def test_steps_on_the_way_are_not_stood_in(play: Play) -> None:
    walk = Walk(play("# %%\na = 1\nb = 2\n\n# %%\nc = a + b\nd = c\n"), 1)

    assert walk.to_the_end() == ["c = a + b", "d = c"]
    assert walk.player.namespace["d"] == 3


def test_a_step_that_is_replayed_can_be_stepped_again(play: Play) -> None:
    player = play("# %%\nn = 1\n\n# %%\nn += 1\nn += 10\n")
    first = Walk(player, 1).to_the_end()

    second = Walk(player, 1).to_the_end()

    assert first == second == ["n += 1", "n += 10"]
    assert player.namespace["n"] == 12


def test_an_edited_cell_is_stepped_as_it_was_written(play: Play) -> None:
    player = play("""
        # ---
        # tutorch:
        #   title: The answer
        # ---
        # %% tags=["exercise"]
        answer = 0
        # %% tags=["solution"]
        answer = 1
        # %% tags=["check"]
        assert answer
    """)
    player.session.set_source(0, "answer = max(\n    3,\n    4,\n)\nanswer += 1\n")

    walk = Walk(player)
    lines = [walk.standing.line]
    while not walk.is_over:
        walk.go_on()
        if not walk.is_over:
            lines.append(walk.standing.line)

    assert lines == [6, 10]
    assert player.namespace["answer"] == 5
