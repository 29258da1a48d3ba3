"""The first operation that makes a number that is not finite, found among all of a training's."""

from __future__ import annotations

import textwrap
import threading

import pytest
import torch
import torch.fx.traceback as asked_for_stacks

from engine.errors.anomalies import own_lines_alone
from engine.teaching.checking import FirstNotFinite, begin_to_check

PATH = "/lessons/checked.py"


def first_in(code: str) -> tuple[FirstNotFinite | None, str]:
    """What is found first in code that trains, and the line of it; in a thread of its own."""
    source = textwrap.dedent(code).strip()
    found: list[FirstNotFinite] = []

    def train() -> None:
        with torch.autograd.set_detect_anomaly(False):
            begin_to_check(PATH, found.append)
            exec(compile(f"import torch\n{source}", PATH, "exec"), {})

    thread = threading.Thread(target=train)
    thread.start()
    thread.join()
    if not found:
        return None, ""
    line = found[0].line
    return found[0], "" if line is None else f"import torch\n{source}".split("\n")[line - 1].strip()


def test_an_operation_is_told_with_the_numbers_that_it_was_given() -> None:
    found, line = first_in(
        """
        gaps = torch.tensor([2.0, 1.0, 0.0])
        weights = 2 * gaps
        logs = torch.log(weights)
        cost = (logs * weights).sum()
        """
    )

    assert found is not None
    assert (found.operation, found.is_backward) == ("log", False)
    assert (found.lowest, found.highest) == (0.0, 4.0)
    assert line == "logs = torch.log(weights)"


FIRST = {
    "a division": ("total = torch.zeros(2)\nshare = total / total.sum()", "div"),
    "a root": ("gap = torch.tensor([-1.0])\nroot = gap.sqrt()", "sqrt"),
    "a power": ("far = torch.tensor([1e30])\nsquare = far**2", "pow"),
    "in place": ("far = torch.tensor([3e38])\nfar.mul_(10.0)", "mul"),
    "of no gap": ("gap = torch.zeros(1)\ngap.log_()", "log"),
    "an update": (
        "W = torch.ones(1, requires_grad=True)\n"
        "optimizer = torch.optim.SGD([W], lr=1e38)\n"
        "(1000.0 * W).sum().backward()\noptimizer.step()",
        "add",
    ),
}


@pytest.mark.parametrize(("code", "operation"), FIRST.values(), ids=FIRST)
def test_whatever_is_the_first_is_found(code: str, operation: str) -> None:
    found, line = first_in(code)

    assert found is not None
    assert found.operation == operation
    assert line == code.split("\n")[-1]


def test_of_several_tensors_the_largest_and_the_smallest_number_are_told() -> None:
    found, _ = first_in(
        """
        answers = torch.tensor([1e30, 2.0])
        targets = torch.tensor([-1.0, 1.0])
        cost = torch.nn.functional.mse_loss(answers, targets)
        """
    )

    assert found is not None
    assert (found.lowest, found.highest) == (-1.0, pytest.approx(1e30))


def test_a_gradient_is_told_with_the_line_of_its_operation() -> None:
    found, line = first_in(
        """
        W = torch.zeros(2, requires_grad=True)
        length = (W * W).sum().sqrt()
        cost = length + 1
        cost.backward()
        """
    )

    assert found is not None
    assert (found.operation, found.is_backward) == ("sqrt", True)
    assert line == "length = (W * W).sum().sqrt()"


def test_so_it_is_where_errors_tell_of_the_lesson_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asked_for_stacks, "format_stack", asked_for_stacks.format_stack)
    own_lines_alone(PATH)(asked_for_stacks)

    _, line = first_in(
        """
        W = torch.zeros(2, requires_grad=True)
        length = (W * W).sum().sqrt()
        length.backward()
        """
    )

    assert line == "length = (W * W).sum().sqrt()"


FINITE = {
    "finite throughout": "cost = torch.log(torch.ones(3)).sum()",
    "hidden on purpose": (
        "scores = torch.ones(3).masked_fill(torch.tensor([True, False, False]), float('-inf'))\n"
        "chances = scores.softmax(0)"
    ),
    "filled so": "lowest = torch.full((3,), float('inf'))\nlowest = torch.minimum(lowest, lowest)",
    "whole numbers": "counts = torch.arange(3) // 2",
}


@pytest.mark.parametrize("code", FINITE.values(), ids=FINITE)
def test_where_all_is_finite_or_meant_nothing_is_found(code: str) -> None:
    assert first_in(code) == (None, "")
