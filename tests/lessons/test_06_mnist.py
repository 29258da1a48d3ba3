"""Lesson 6: what its network reads, its figures, and the digit that is drawn."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from bare import printed_by
from golden import expected_of
from playing import Player, series, wait_until

from engine.code.names import assigned_names
from engine.judging.shapes import classify
from engine.kernel.session import Session
from engine.lesson.model import ChoiceQuestion, CurveQuestion, Lesson, NumberQuestion
from engine.protocol.curves import Shape
from engine.protocol.frame import Floats, Frame
from engine.protocol.outcomes import Outcome
from engine.reading.reader import read_lesson
from engine.running.setup import Setup

FILE = Path(__file__).parents[2] / "lessons" / "06_mnist.py"
Names = dict[str, Any]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


def test_python_runs_it_from_another_folder(tmp_path: Path) -> None:
    shortened = tmp_path / "lessons" / FILE.name
    shortened.parent.mkdir()
    (tmp_path / "assets").symlink_to(FILE.parents[1] / "assets")
    source = FILE.read_text(encoding="utf-8")
    for name, value in expected_of(FILE).shortened.items():
        before = next(line for line in source.splitlines() if line.startswith(f"{name} = "))
        source = source.replace(before, f"{name} = {value}")
    shortened.write_text(source, encoding="utf-8")

    printed = printed_by(shortened, tmp_path)

    assert "the same answer twice? True" in printed


@pytest.fixture(scope="module")
def player(lesson: Lesson) -> Iterator[Player]:
    """The shortened lesson, played to its end."""
    player = Player(Session(lesson, Setup(parameters=expected_of(FILE).shortened)))
    player.session.start()
    player.session.run_all()
    ended = player.ended()
    assert ended.outcome is Outcome.DONE, ended.traceback
    yield player
    player.session.close()


def read_as(player: Player, pixels: Floats, stroke: int) -> str:
    """What the drawing says once these pixels are painted."""
    step = next(step for step in player.session.lesson.steps if step.title == "Your own digit")
    player.session.paint(step.index, pixels, stroke)
    wait_until(lambda: _stroke(player.session.frame) == stroke, f"stroke {stroke}")
    assert player.session.frame is not None
    return player.session.frame.views[0].text


def _stroke(frame: Frame | None) -> int | None:
    return frame.canvas.stroke if frame is not None and frame.canvas is not None else None


def test_a_digit_that_is_drawn_is_read_at_once(player: Player) -> None:
    one, nothing = np.zeros((28, 28)), np.zeros((28, 28))
    one[5:23, 13:15] = 1.0

    assert re.search(r"\b1: \d+%", read_as(player, one, 1))
    assert "nothing drawn" in read_as(player, nothing, 2)


def test_a_digit_in_a_corner_is_read_as_in_the_middle(player: Player) -> None:
    names = player.namespace
    centred: Any = names["centred"]
    corner = torch.zeros(28, 28)
    corner[:4, :4] = 1.0

    image = centred(corner)

    assert image[12:16, 12:16].sum() == 16
    assert image.sum() == 16


def test_a_picture_has_a_dot_for_each_pixel_with_ink(player: Player) -> None:
    picture: Any = player.namespace["picture"]
    image = torch.zeros(28, 28)
    image[0, 0] = image[7, 27] = 1.0

    lines = picture(image)

    assert [len(line) for line in lines] == [14] * 7
    assert lines[0] == "\u2801" + "\u2800" * 13
    assert lines[1] == "\u2800" * 13 + "\u2880"
    assert set("".join(lines[2:])) == {"\u2800"}


def test_the_confusion_matrix_counts_every_test_digit_once(player: Player) -> None:
    confusion: Any = player.namespace["confusion"]
    wrong: Any = player.namespace["wrong"]

    assert confusion.sum() == 10_000
    assert confusion.diag().sum() == 10_000 - wrong


def test_the_worst_mistakes_are_mistakes_the_surest_first(player: Player) -> None:
    names: Names = player.namespace
    worst = names["worst"]

    assert (names["predicted"][worst] != names["y_test"][worst]).all()
    surest = names["confidence"][names["predicted"] != names["y_test"]].max()
    assert names["confidence"][worst].tolist() == sorted(
        names["confidence"][worst].tolist(), reverse=True
    )
    assert names["confidence"][worst[0]] == surest


def test_all_three_kinds_of_questions_are_asked(lesson: Lesson) -> None:
    asked = {type(question) for step in lesson.steps for question in step.questions_in("ko")}

    assert asked == {ChoiceQuestion, NumberQuestion, CurveQuestion}


def test_the_loss_of_the_network_converges(player: Player, lesson: Lesson) -> None:
    step = next(step for step in lesson.steps if step.title == "Training the network")
    ended = player.run(step.index)

    assert classify(series(ended.frame, "loss")) is Shape.CONVERGES


def names_used_by(source: str) -> set[str]:
    nodes = ast.walk(ast.parse(source))
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def test_views_change_no_name_that_the_step_before_them_uses(lesson: Lesson) -> None:
    for step in lesson.steps:
        used = names_used_by(step.cell.source) if step.cell else set()
        for view in step.views:
            assert not used & {*assigned_names(view.source)}, view.title
