"""What each line of a cell has made: which lines have run, and what is said of their values."""

from __future__ import annotations

from textwrap import dedent

import numpy as np
import pytest
import torch

from engine.code.assignments import BeforeLine, assignments_of, newest
from engine.framing.ran_lines import RanLines
from engine.lesson.model import Cell
from engine.protocol.frame import LoopProgress
from engine.protocol.made import LineMade, Made
from engine.protocol.statements import NextStatement, StatementChanges
from engine.values.made import describe_value

NESTED = dedent("""
    total = 0
    for epoch in range(3):
        seen = 0
        for batch in range(4):
            seen += 1
            last = batch
        total += seen
    done = True
""").strip("\n")


@pytest.mark.parametrize(
    ("line", "done", "said"),
    [
        (1, {}, {}),
        (2, {}, {1: ("total",)}),
        (5, {2: 0, 4: 0}, {1: ("total",), 2: ("epoch",), 3: ("seen",), 4: ("batch",)}),
        (
            6,
            {2: 0, 4: 2},
            {1: ("total",), 2: ("epoch",), 4: ("batch",), 5: ("seen",), 6: ("last",)},
        ),
        (
            4,
            {2: 1},
            {2: ("epoch",), 3: ("seen",), 4: ("batch",), 6: ("last",), 7: ("total",)},
        ),
        (
            8,
            {},
            {2: ("epoch",), 4: ("batch",), 5: ("seen",), 6: ("last",), 7: ("total",)},
        ),
    ],
)
def test_a_value_is_said_at_the_line_that_made_it_last(
    line: int, done: dict[int, int], said: dict[int, tuple[str, ...]]
) -> None:
    assert newest(assignments_of(NESTED), BeforeLine(line, done)) == said


@pytest.mark.parametrize(
    "source",
    ["if ready:\n    a = 1", "def f():\n    a = 1", "try:\n    a = 1\nfinally:\n    pass"],
)
def test_nothing_is_said_of_lines_that_may_not_have_run(source: str) -> None:
    assert newest(assignments_of(source), BeforeLine(9, {})) == {}


def test_a_list_that_is_appended_to_is_made_by_that_line() -> None:
    source = "costs = []\ncosts.append(1)"

    assert newest(assignments_of(source), BeforeLine(3, {})) == {2: ("costs",)}


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (3, Made("x", number=3.0)),
        (torch.tensor([2.5], requires_grad=True), Made("x", number=2.5)),
        (torch.zeros(2, 3), Made("x", shape=(2, 3), bars=(0, 0, 0, 0, 6, 0, 0, 0))),
        (torch.tensor([0.0, 1.0, torch.nan]), Made("x", shape=(3,), bars=(1, *[0] * 6, 1))),
        (torch.full((3,), torch.inf), Made("x", shape=(3,))),
        (torch.empty(0), Made("x", shape=(0,))),
        (torch.zeros(2, device="meta"), Made("x", shape=(2,))),
        (torch.zeros(400_000), Made("x", shape=(400_000,))),
        (np.array([1, 2]), Made("x", shape=(2,), bars=(1, *[0] * 6, 1))),
        ([1, 2, 3], Made("x", length=3)),
        ("text", None),
        (object(), None),
    ],
)
def test_a_value_is_a_number_a_shape_with_counts_or_a_length(
    value: object, made: Made | None
) -> None:
    assert describe_value("x", value) == made


def loop(line: int, done: int) -> LoopProgress:
    return LoopProgress("epoch", line, done, None, 0.0)


@pytest.fixture
def names() -> dict[str, object]:
    return {"cost": 4.0, "rate": 0.1}


@pytest.fixture
def ran(names: dict[str, object]) -> RanLines:
    """The lines of a cell that begins at line 10 of its file."""
    return RanLines(Cell("", "rate = 0.1\nfor epoch in range(3):\n    cost = 1\n", 10), names)


def test_a_boundary_says_what_the_whole_iteration_made(ran: RanLines) -> None:
    told = ran.told([loop(11, 1)], None)

    assert [one.line for one in told] == [10, 12]
    assert told[1].values == (Made("cost", number=4.0),)


def test_only_what_is_not_as_it_was_is_new(ran: RanLines, names: dict[str, object]) -> None:
    ran.told([loop(11, 1)], None)
    names["cost"] = 2.0

    told = ran.told([loop(11, 2)], None)

    assert {one.line: one.is_new for one in told} == {10: False, 12: True}


def test_the_same_moment_is_told_alike(ran: RanLines) -> None:
    assert ran.told([loop(11, 1)], None) == ran.told([loop(11, 1)], None)


def test_what_a_statement_changed_is_told_at_its_line(ran: RanLines) -> None:
    told = ran.told([], NextStatement(11, StatementChanges(gradients=("W.grad",))), 10)

    assert told == (LineMade(10, (Made("rate", number=0.1),), ("W.grad",), is_new=True),)


def test_nothing_is_told_while_a_loop_of_another_cell_runs(ran: RanLines) -> None:
    assert ran.told([loop(11, 1), loop(3, 5)], None) == ()
