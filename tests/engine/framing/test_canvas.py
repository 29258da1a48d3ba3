"""A canvas: the learner's pixels go into the lesson's tensor, and the step's views follow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from playing import Player, lesson_from, started, wait_until

from engine.lesson.model import LessonError
from engine.protocol.frame import CanvasSnapshot, Floats, Frame, FrameRequest
from engine.protocol.status import Status

Play = Callable[..., Player]
STROKES = count(1)

DRAWING = """
    # %% Draw watch="cost" canvas="digit"
    import torch
    digit = torch.zeros(4, 6)
    same = digit
    for epoch in range(3):
        cost = 1 / (epoch + 1)

    # %% Ink view="every epoch"
    print(f"ink {digit.sum():.2f}")

    # %% Afterwards watch="loss"
    for epoch in range(5):
        loss = epoch
"""


def canvas_of(frame: Frame | None) -> CanvasSnapshot:
    assert frame is not None
    assert frame.canvas is not None
    return frame.canvas


def painted(player: Player, pixels: Floats, step: int = 0) -> Frame:
    """Paint, and wait for the frame that shows it."""
    number = next(STROKES)
    player.session.paint(step, pixels, number)

    def has_come() -> bool:
        frame = player.session.frame
        return frame is not None and frame.canvas is not None and frame.canvas.stroke == number

    wait_until(has_come, f"stroke {number}")
    assert player.session.frame is not None
    return player.session.frame


def test_once_the_cell_has_run_the_canvas_shows_its_tensor(play: Play) -> None:
    player = play(DRAWING.replace("torch.zeros(4, 6)", "torch.arange(24.).reshape(4, 6) / 24"))

    canvas = canvas_of(player.run(0).frame)

    assert (canvas.name, canvas.stroke, canvas.problem) == ("digit", 0, None)
    assert canvas.pixels == pytest.approx(np.arange(24).reshape(4, 6) / 24)


def test_a_stroke_changes_the_tensor_in_place(play: Play) -> None:
    player = play(DRAWING)
    player.run(0)
    pixels = np.full((4, 6), 0.25)

    painted(player, pixels)

    names = player.namespace
    assert names["same"] is names["digit"]
    assert names["digit"].tolist() == pixels.tolist()  # type: ignore[attr-defined]


def test_a_stroke_draws_the_views_of_its_step_again(play: Play) -> None:
    player = play(DRAWING)
    before = player.run(0).frame
    assert before is not None

    frame = painted(player, np.full((4, 6), 0.5))

    assert before.views[0].text == "ink 0.00\n"
    assert frame.views[0].text == "ink 12.00\n"
    assert canvas_of(frame).pixels.sum() == 12
    assert [one.mean for one in frame.tensors if one.name == "digit"] == [0.5]


def test_the_frame_after_a_stroke_keeps_the_curves_of_its_step(play: Play) -> None:
    player = play(DRAWING)
    player.run(0)
    player.run(1)

    frame = painted(player, np.ones((4, 6)))

    assert (frame.step, frame.position) == (0, 3)
    assert [(one.name, one.count) for one in frame.series] == [("cost", 3)]


def test_of_strokes_that_wait_the_newest_counts(play: Play) -> None:
    player = play(DRAWING)
    player.run(0)
    for ink in np.linspace(0, 0.9, 50):
        player.session.paint(0, np.full((4, 6), ink), next(STROKES))

    frame = painted(player, np.ones((4, 6)))

    assert frame.views[0].text == "ink 24.00\n"


def test_running_the_step_again_brings_its_own_pixels_back(play: Play) -> None:
    player = play(DRAWING)
    player.run(0)
    painted(player, np.ones((4, 6)))

    canvas = canvas_of(player.run(0).frame)

    assert canvas.stroke == 0
    assert canvas.pixels.sum() == 0


def test_a_step_that_has_not_run_is_not_painted(play: Play) -> None:
    player = play(DRAWING)
    player.wait_for(Status.READY)
    player.session.paint(0, np.ones((4, 6)), next(STROKES))

    canvas = canvas_of(player.run(0).frame)

    assert canvas.pixels.sum() == 0


def test_nothing_is_painted_while_a_cell_runs(play: Play) -> None:
    player = play(DRAWING + "\n    # %% Endless\n    while True: loss = 1")
    player.run(0)
    player.session.run_step(2)
    started(player, 2)

    player.session.paint(0, np.ones((4, 6)), next(STROKES))

    player.session.stop()
    player.ended()
    assert player.namespace["digit"].sum() == 0  # type: ignore[attr-defined]


def test_a_tensor_that_asks_for_its_gradient_can_be_painted(play: Play) -> None:
    player = play(DRAWING.replace("torch.zeros(4, 6)", "torch.zeros(4, 6, requires_grad=True)"))
    player.run(0)

    frame = painted(player, np.ones((4, 6)))

    assert canvas_of(frame).problem is None
    assert frame.views[0].text == "ink 24.00\n"


def test_a_canvas_of_another_size_of_pane_is_drawn_again_without_a_loop(play: Play) -> None:
    text = """
        # %% Draw canvas="digit"
        import torch
        digit = torch.zeros(4, 6)
        # %% The plot view="every epoch"
        import plotext
        plotext.theme("clear")
        plotext.plot(digit[0].tolist())
        plotext.show()
    """
    player = play(text)
    before = player.run(0).frame

    player.session.request_frame(FrameRequest(33, 9))
    wait_until(lambda: player.session.frame is not before, "a new frame")

    frame = player.session.frame
    assert frame is not None
    assert len(frame.views[0].text.rstrip("\n").split("\n")) == 9


def test_a_view_that_fails_on_what_was_painted_says_so_in_its_place(play: Play) -> None:
    player = play(DRAWING.replace("print(", "assert digit.sum() < 5; print("))
    player.run(0)

    frame = painted(player, np.ones((4, 6)))

    assert frame.views[0].text == "Ink: AssertionError:  (line 9)"


@pytest.mark.parametrize(
    ("tensor", "problem"),
    [
        ("torch.zeros(1, 28, 28)", "`digit` is a tensor of shape [1, 28, 28] and torch.float32;"),
        ("torch.zeros(4, 4, dtype=int)", "`digit` is a tensor of shape [4, 4] and torch.int64;"),
        ("torch.zeros(4, 65)", "`digit` is a tensor of shape [4, 65] and torch.float32;"),
        ("torch.zeros(4, 0)", "`digit` is a tensor of shape [4, 0] and torch.float32;"),
        ("[[0.0]]", "`digit` is no tensor;"),
    ],
)
def test_what_is_no_canvas_is_told_with_the_mend(play: Play, tensor: str, problem: str) -> None:
    player = play(f'# %% canvas="digit"\nimport torch\ndigit = {tensor}')

    canvas = canvas_of(player.run(0).frame)

    assert canvas.problem is not None
    assert canvas.problem.startswith(problem)
    assert canvas.problem.endswith("neither of them over 64, such as torch.zeros(28, 28)")
    assert canvas.pixels.size == 0


def test_what_torch_refuses_to_write_to_is_told(play: Play) -> None:
    player = play(DRAWING.replace("torch.zeros(4, 6)", "torch.zeros(6).expand(4, 6)"))
    player.run(0)

    canvas = canvas_of(painted(player, np.ones((4, 6))))

    assert canvas.problem is not None
    assert canvas.problem.startswith("`digit` cannot be painted, clone it first: ")
    assert canvas.pixels.shape == (4, 6)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            '# %% canvas="digits"\ndigit = 1',
            "lesson.py:1: canvas='digits' names nothing that this cell assigns;"
            " did you mean digit?",
        ),
        (
            '# %% canvas="zzz"\ndigit, other = 1, 2',
            "lesson.py:1: canvas='zzz' names nothing that this cell assigns;"
            " the names it assigns are digit, other",
        ),
        (
            '# %% canvas="digit"\nprint(1)',
            "lesson.py:1: canvas='digit' names nothing that this cell assigns;"
            " assign it a tensor there",
        ),
        (
            '# %%\n1\n# %% canvas="digit" view="every epoch"\ndigit = 1',
            "lesson.py:3: a view cell has no canvas; put canvas=... on the cell before it",
        ),
        (
            "# %% canvas=1\ndigit = 1",
            'lesson.py:1: canvas must be a text; write canvas="..." in quotes',
        ),
    ],
)
def test_a_canvas_of_nothing_is_refused_when_the_file_is_read(
    tmp_path: Path, cell: str, message: str
) -> None:
    with pytest.raises(LessonError) as refused:
        lesson_from(cell, tmp_path)

    assert str(refused.value) == f"{tmp_path}/{message}"


def test_a_cell_with_magics_may_have_a_canvas(tmp_path: Path) -> None:
    lesson = lesson_from('# %% canvas="digit"\n%matplotlib inline\ndigit = 1', tmp_path)

    assert lesson.steps[0].cell is not None
    assert lesson.steps[0].cell.canvas == "digit"
