"""Stepping by statements: what of Python is one statement, and which functions are stepped into."""

from __future__ import annotations

from playing import Player, wait_until
from walking import Play, Walk, walked

from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.outcomes import Outcome
from engine.protocol.statements import StatementChanges
from engine.protocol.tensors import TensorRequest

# What is one statement


def test_a_statement_of_several_lines_is_one(play: Play) -> None:
    text = """
        # %%
        x = (
            1 +
            2)
        print(
            x,
            sum([
                x,
                1]))
        y = [
            i
            for i in range(3)
            if i
        ]
        last = x
    """

    assert walked(play, text) == ["x = (", "print(", "y = [", "last = x"]


def test_a_loop_lights_up_at_each_iteration(play: Play) -> None:
    assert walked(play, "for i in range(2):\n    x = i\nelse:\n    y = 1") == [
        *("for i in range(2):", "x = i", "for i in range(2):", "x = i", "for i in range(2):"),
        "y = 1",
    ]


def test_a_while_loop_lights_up_at_each_test_and_not_when_it_is_left(play: Play) -> None:
    text = "n = 0\nwhile n < 9:\n    n += 1\n    if n == 2:\n        break\nafter = n"

    assert walked(play, text) == [
        *("n = 0", "while n < 9:", "n += 1", "if n == 2:"),
        *("while n < 9:", "n += 1", "if n == 2:", "break", "after = n"),
    ]


def test_a_loop_on_one_line_can_be_stepped_and_stopped(play: Play) -> None:
    walk = Walk(play("while True: n = 1"))
    for _ in range(5):
        walk.go_on()
        assert walk.text == "while True: n = 1"

    walk.player.session.stop()

    assert walk.player.ended().outcome is Outcome.STOPPED


def test_handlers_and_finally_are_stood_in(play: Play) -> None:
    text = "try:\n    1 / 0\nexcept (KeyError,\n        ZeroDivisionError):\n    x = 1\n"
    text += "finally:\n    y = 2\nz = 3"

    assert walked(play, text) == ["try:", "1 / 0", "except (KeyError,", "x = 1", "y = 2", "z = 3"]


def test_a_with_is_stood_before_when_it_is_entered_and_left(play: Play) -> None:
    text = "import io\nwith io.StringIO() as out:\n    out.write('a')\nlast = 1"

    assert walked(play, text) == [
        *("import io", "with io.StringIO() as out:", "out.write('a')"),
        *("with io.StringIO() as out:", "last = 1"),
    ]


def test_comprehensions_and_lambdas_are_parts_of_a_statement(play: Play) -> None:
    text = "double = lambda x: x * 2\ny = [double(i) for i in range(3)]\n"
    text += "z = sum(double(i) for i in y)\nlast = sorted(y, key=lambda x: -x)"

    assert walked(play, text) == text.split("\n")


# Functions


FUNCTIONS = """
    # %%
    import torch
    from torch import nn

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(3, 1)

        def forward(self, x):
            y = self.linear(x)
            return y

    # %% show="out"
    model = Model()
    out = model(torch.ones(2, 3))
    total = out.sum()
"""


def test_a_method_of_the_lesson_is_stepped_into_and_torch_is_not(play: Play) -> None:
    assert walked(play, FUNCTIONS, 1) == [
        *("model = Model()", "super().__init__()", "self.linear = nn.Linear(3, 1)"),
        *("out = model(torch.ones(2, 3))", "y = self.linear(x)", "return y"),
        "total = out.sum()",
    ]


def test_what_a_call_changed_is_told_when_it_has_returned(play: Play) -> None:
    walk = Walk(play(FUNCTIONS), 1)

    walk.go_to("y = self.linear(x)")
    assert walk.changes == StatementChanges()
    walk.go_to("return y")
    assert walk.changes == StatementChanges(assigned=("y",))
    walk.go_to("total = out.sum()")
    assert walk.changes == StatementChanges(assigned=("out",))


def test_within_a_function_the_frame_shows_its_own_tensors_too(play: Play) -> None:
    walk = Walk(play(FUNCTIONS), 1)

    walk.go_to("return y")

    frame = walk.player.session.frame
    assert frame is not None
    assert [tensor.name for tensor in frame.tensors] == ["x", "y"]


def test_what_can_be_chosen_are_the_tensors_of_the_function_and_of_the_lesson(play: Play) -> None:
    walk = Walk(play(FUNCTIONS), 1)
    walk.go_to("return y")

    frame = frame_for(walk.player, TensorRequest(40, 10, lists_names=True))

    names = [one.name for one in frame.names]
    assert names[:2] == ["x", "y"]
    assert ("model.linear.weight", (1, 3), "float32") in [
        (one.name, one.shape, one.dtype) for one in frame.names
    ]


def test_what_was_chosen_is_shown_and_what_was_hidden_is_not(play: Play) -> None:
    walk = Walk(play(FUNCTIONS), 1)
    walk.go_to("return y")
    request = TensorRequest(40, 10, added=("model.linear.bias",), hidden=("x",))

    frame = frame_for(walk.player, request)

    assert [tensor.name for tensor in frame.tensors] == ["y", "model.linear.bias"]


def frame_for(player: Player, request: TensorRequest) -> Frame:
    """The frame of a paused session that is made for a request."""
    player.session.request_frame(FrameRequest(40, 10, tensors=request))

    def is_made() -> bool:
        frame = player.session.frame
        return frame is not None and frame.tensors_for == request

    wait_until(is_made, "the frame")
    frame = player.session.frame
    assert frame is not None
    return frame


def test_a_generator_is_stepped_into_as_it_is_asked(play: Play) -> None:
    text = "def numbers():\n    for i in range(2):\n        yield i\ns = list(numbers())\nlast = s"

    assert walked(play, text) == [
        *("def numbers():", "s = list(numbers())"),
        *("for i in range(2):", "yield i") * 2,
        *("for i in range(2):", "last = s"),
    ]


def test_a_function_on_one_line_is_stood_in(play: Play) -> None:
    text = "def double(x): return 2 * x\ny = double(2)\nz = y"

    assert walked(play, text) == [
        *("def double(x): return 2 * x", "y = double(2)", "def double(x): return 2 * x"),
        "z = y",
    ]


def test_a_class_is_stood_in_as_it_is_made(play: Play) -> None:
    text = "class A:\n    x = 1\n    y = 2\na = A()"

    assert walked(play, text) == ["class A:", "x = 1", "y = 2", "a = A()"]


def test_functions_that_a_drawing_calls_are_not_stood_in(play: Play) -> None:
    player = play("""
        # %%
        def height(x):
            return x + 1
        for epoch in range(3):
            x = epoch
            y = x
        # %% view="every iteration"
        print(height(x))
    """)
    walk = Walk(player)
    walk.go_to("x = epoch")

    walk.player.session.request_frame(FrameRequest(30, 5))
    texts = walk.to_the_end()

    assert "return x + 1" not in texts
    assert texts.count("y = x") == 3
