"""What each line of a cell has made: which lines have run, and what is said of their values."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from textwrap import dedent
from types import FrameType
from typing import Any

import numpy as np
import pytest
import torch

from engine.code.assignments import BeforeLine, assignments_of, newest
from engine.framing.drawings import TakenAt
from engine.framing.ran_lines import CalledFunction, RanLines
from engine.lesson.model import Cell
from engine.protocol.frame import LoopProgress
from engine.protocol.made import LineMade, Made
from engine.protocol.statements import NextStatement, StatementChanges
from engine.stepping.stepping import Standing
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


def at(*loops: tuple[int, int]) -> TakenAt:
    """Where the last of these loops, each with its line, has ended so many iterations."""
    progress = tuple(LoopProgress("epoch", line, done, None, 0.0) for line, done in loops)
    return TakenAt(progress, sum(done for _, done in loops))


@pytest.fixture
def names() -> dict[str, object]:
    return {"cost": 4.0, "rate": 0.1}


@pytest.fixture
def ran(names: dict[str, object]) -> RanLines:
    """The lines of a cell that begins at line 10 of its file."""
    return RanLines(Cell("", "rate = 0.1\nfor epoch in range(3):\n    cost = 1\n", 10), names)


def test_a_boundary_says_what_the_whole_iteration_made(ran: RanLines) -> None:
    told = ran.told(at((11, 1)))

    assert [one.line for one in told] == [10, 12]
    assert told[1].values == (Made("cost", number=4.0),)


def test_only_what_is_not_as_it_was_is_new(ran: RanLines, names: dict[str, object]) -> None:
    ran.told(at((11, 1)))
    names["cost"] = 2.0

    told = ran.told(at((11, 2)))

    assert {one.line: one.is_new for one in told} == {10: False, 12: True}


def test_the_same_moment_is_told_alike(ran: RanLines) -> None:
    assert ran.told(at((11, 1))) == ran.told(at((11, 1)))


def test_what_was_changed_where_the_run_stands_is_told_and_new(
    ran: RanLines, names: dict[str, object]
) -> None:
    ran.told(at((11, 1)))
    names["cost"] = 2.0
    ran.told(at((11, 2)))
    names["rate"] = 0.5
    ran.outdate()

    told = ran.told(at((11, 2)))

    assert told[0] == LineMade(10, (Made("rate", number=0.5),), is_new=True)
    assert told[1] == LineMade(12, (Made("cost", number=2.0),), is_new=True)


def test_what_a_statement_changed_is_told_at_its_line(ran: RanLines) -> None:
    statement = NextStatement(11, StatementChanges(gradients=("W.grad",)))

    told = ran.told(at(), Standing(statement, {}, 10))

    assert told == (LineMade(10, (Made("rate", number=0.1),), ("W.grad",), is_new=True),)


def test_nothing_is_told_while_a_loop_of_another_cell_runs(ran: RanLines) -> None:
    assert ran.told(at((11, 1), (3, 5))) == ()


# In a function

TRAIN = Cell(
    "",
    dedent("""
        scale = 2
        def train(data, *, rate=0.5):
            total = 0
            for value in data:
                total += rate * value
                seen.append(total)
            done = True
            stop()
            return total
    """).strip("\n"),
    1,
)


def called(*data: int, is_in_loop: bool = False) -> CalledFunction:
    """The function, which has run on `data`, and stands before its end."""
    frames: list[FrameType] = []
    names: dict[str, Any] = {"seen": [], "stop": lambda: frames.append(sys._getframe(1))}
    exec(compile(TRAIN.source, "lesson", "exec"), names)
    names["train"](data)
    return CalledFunction(TRAIN, frames[0], is_in_loop=is_in_loop)


def before(line: int, line_before: int | None = None) -> Standing:
    return Standing(NextStatement(line, StatementChanges()), {}, line_before)


def said(told: Iterable[LineMade]) -> dict[int, list[tuple[str, float | int | None]]]:
    return {
        one.line: [(value.name, value.number or value.length) for value in one.values]
        for one in told
    }


def test_a_function_of_another_cell_says_what_its_lines_made(ran: RanLines) -> None:
    told = ran.told(at((11, 2)), before(8, 7), called(1, 2))

    assert said(one for one in told if one.line < 10) == {
        2: [("data", 2), ("rate", 0.5)],
        4: [("value", 2)],
        5: [("total", 1.5)],
        6: [("seen", 2)],
        7: [("done", 1)],
    }


def test_a_boundary_in_a_function_says_what_its_iteration_made(ran: RanLines) -> None:
    told = ran.told(at((11, 2), (4, 2)), None, called(1, 2, is_in_loop=True))

    assert said(told) == {
        2: [("data", 2), ("rate", 0.5)],
        4: [("value", 2)],
        5: [("total", 1.5)],
        6: [("seen", 2)],
        10: [("rate", 0.1)],
        12: [("cost", 4)],
    }


def test_a_loop_of_an_earlier_call_says_nothing_of_this_one(ran: RanLines) -> None:
    told = ran.told(at((4, 2)), before(4, 3), called(1))

    assert said(told) == {2: [("data", 1), ("rate", 0.5)], 3: [("total", 0.5)]}


def test_another_call_at_the_same_line_is_told_by_its_own_names(ran: RanLines) -> None:
    told = [ran.told(at(), before(8), called(*range(length))) for length in (2, 3)]

    # The statements are equal, and not the same.
    assert [said(one)[2][0] for one in told] == [("data", 2), ("data", 3)]
