"""The drawings of lesson 7 and what it moves, from its first step alone: nothing is trained."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.code.names import assigned_names
from engine.lesson.model import ChoiceQuestion, CurveQuestion, Lesson, NumberQuestion
from engine.lesson.parameters import with_parameters
from engine.reading.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "07_convolution.py"
COLOR = re.compile(r"\033\[[\d;]*m")
Names = dict[str, Any]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return with_parameters(read_lesson(FILE), {"train_count": 10, "test_count": 10})


@pytest.fixture(scope="module")
def names(lesson: Lesson) -> Names:
    """What the first step leaves, its drawing with it."""
    step = lesson.steps[0]
    assert step.cell is not None
    left: Names = {"__file__": str(FILE)}
    with redirect_stdout(io.StringIO()):
        for cell in (step.cell, *step.views):
            exec(cell.source, left)
    return left


@pytest.fixture
def pane(names: Names, request: pytest.FixtureRequest) -> Iterator[tuple[int, int]]:
    """A pane as large as the test says, in which the lesson draws."""
    names["plt"], plotext = _Pane(request.param), names["plt"]
    yield request.param
    names["plt"] = plotext


class _Pane:
    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size

    def terminal_size(self) -> tuple[int, int]:
        return self._size


def drawn(names: Names, maps: list[torch.Tensor], **settings: object) -> list[str]:
    printed = io.StringIO()
    with redirect_stdout(printed):
        names["draw"](maps, [f"{at}" for at in range(len(maps))], **settings)
    return printed.getvalue().splitlines()


@pytest.mark.parametrize("pane", [(36, 17), (56, 17), (76, 18), (100, 40)], indirect=True)
@pytest.mark.parametrize(("count", "side"), [(2, 28), (8, 5), (8, 28), (6, 28)])
def test_drawings_fit_their_pane(
    names: Names, pane: tuple[int, int], count: int, side: int
) -> None:
    width, height = pane

    lines = [COLOR.sub("", line) for line in drawn(names, [torch.randn(side, side)] * count)]

    assert max(map(len, lines)) <= width
    assert len(lines) <= height


@pytest.mark.parametrize("pane", [(2, 2)], indirect=True)
def test_a_map_is_orange_above_0_and_blue_below(names: Names, pane: tuple[int, int]) -> None:
    _, line = drawn(names, [torch.tensor([[2.0, -2.0], [0.0, 0.0]])])

    assert line == "\033[38;2;255;150;0;48;2;0;0;0m▀\033[38;2;0;130;255;48;2;0;0;0m▀\033[0m"


@pytest.mark.parametrize("pane", [(2, 2)], indirect=True)
def test_a_map_without_numbers_is_drawn_too(names: Names, pane: tuple[int, int]) -> None:
    nowhere = torch.tensor([[float("nan"), float("inf")], [float("-inf"), 0.0]])

    assert len(drawn(names, [nowhere])) == 2


def test_what_is_moved_out_of_the_frame_is_lost(names: Names) -> None:
    image = torch.arange(9.0).view(1, 3, 3)

    moved = names["move"](image, 1, -1)

    assert moved.tolist() == [[[0, 0, 0], [1, 2, 0], [4, 5, 0]]]


def test_all_three_kinds_of_questions_are_asked(lesson: Lesson) -> None:
    asked = {type(question) for step in lesson.steps for question in step.questions_in("ko")}

    assert asked == {ChoiceQuestion, NumberQuestion, CurveQuestion}


def test_views_change_no_name_that_the_step_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = _names_used_by(step.cell.source) if step.cell else set()
        for view in step.views:
            assert not used & {*assigned_names(view.source)}, view.title


def _names_used_by(source: str) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
