"""Loops that write by themselves what they record: the curve is the same as where each is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from plainly import watching_gate
from playing import hooked_shell, lesson_from

from engine.gate.gate import Gate
from engine.loops.tape import Tape

# Each loop has more iterations than are looked at for their own sake.
CASES = {
    "floats, more than a tape holds": """
        for i in range(10_000):
            cost = i / 2
    """,
    "tensors of a training": """
        import torch
        w = torch.tensor(4.0, requires_grad=True)
        for i in range(40):
            cost = (w - 1) ** 2
            cost.backward()
            with torch.no_grad():
                w -= 0.1 * w.grad
            w.grad = None
    """,
    "a tensor that is written in place": """
        import torch
        cost = torch.zeros(())
        for i in range(40):
            cost += i
    """,
    "tensors that hold one number in a shape": """
        import torch
        for i in range(40):
            cost = torch.tensor([[i / 2]] if i % 2 else [i / 2])
    """,
    "a tensor, then others of its kind that are no number of their own": """
        import torch
        for i in range(60):
            if i == 20:
                cost = torch.tensor(3.0, device="meta")
            elif i == 30:
                cost = torch.ones(2)
            elif i == 31:
                cost = 1.0
            elif i == 32:
                del cost
            elif i == 35:
                cost = torch.tensor(2.0 + 1.0j)
            elif i == 36:
                cost = torch.tensor(True)
            elif i == 37:
                cost = torch.nn.Parameter(torch.tensor(2.0))
            else:
                cost = torch.tensor(float(i))
    """,
    "numbers of another kind throughout": """
        import numpy, torch
        for i in range(40):
            cost = i
        for i in range(40):
            cost = torch.tensor(i)
        for i in range(40):
            cost = numpy.float64(i / 2)
    """,
    "a tensor whose value stays the same, left by break": """
        import torch
        for i in range(40):
            cost = torch.tensor(1.0)
            if i == 30:
                break
        for i in range(40):
            if i == 30:
                break
            cost = torch.tensor(1.0)
        for i in range(40):
            del cost
            cost = torch.tensor(1.0)
            if i == 30:
                break
    """,
    "nan in the end, left by break and by an error": """
        for i in range(40):
            cost = float("nan") if i > 20 else i / 2
            if i == 30:
                break
        for i in range(40):
            if i == 30:
                break
            cost = float("nan") if i > 20 else i / 2
        try:
            for i in range(40):
                if i == 30:
                    with open("/dev/null"):
                        1 / 0
                cost = float("nan") if i > 20 else i / 2
        except ZeroDivisionError:
            pass
        try:
            for i in range(40):
                cost = float("nan") if i > 20 else i / 2
                try:
                    1 / (30 - i)
                finally:
                    done = i
        except ZeroDivisionError:
            pass
    """,
    "until it stays the same, set before the loop too": """
        import torch
        cost, last = torch.tensor([0.0]), None
        for i in range(60):
            last, cost = cost.item(), torch.tensor([min(i, 33.0)])
            if cost.item() == last and i > 20:
                break
        cost = 5.0
        for i in range(60):
            if i > 33:
                break
            cost = 5.0
    """,
    "written in place and left": """
        import torch
        for i in range(40):
            cost = torch.tensor(1.0)
            if i == 30:
                cost.mul_(2)
                break
    """,
    "a sum": """
        cost = 0.0
        for i in range(40):
            cost += i / 2
    """,
    "another kind of value in between": """
        import torch
        for i in range(60):
            if i == 20:
                cost = 7
            elif i == 30:
                cost = torch.ones(3)
            elif i == 31:
                cost = torch.tensor(3)
            elif i == 32:
                cost = torch.tensor(True)
            elif i == 33:
                cost = torch.nn.Parameter(torch.tensor(2.0))
            elif i == 34:
                cost = torch.tensor(2.0 + 1.0j)
            elif i == 40:
                cost = "none"
            elif i == 41:
                del cost
            elif i > 43:
                cost = torch.tensor(float(i))
            elif i != 42:
                cost = float(i)
    """,
    "left by break, with and without a value of its own": """
        for i in range(40):
            cost = i / 2
            if i == 30:
                break
        for i in range(40):
            if i == 30:
                break
            cost = i / 2
        for i in range(40):
            if i == 30:
                break
            cost = 1.0
    """,
    "a tensor, left by break": """
        import torch
        for i in range(40):
            cost = torch.tensor(i / 2)
            if i == 30:
                break
        for i in range(40):
            if i == 30:
                break
            cost = torch.tensor(i / 2)
    """,
    "left by an error": """
        try:
            for i in range(40):
                cost = 1 / (30 - i)
        except ZeroDivisionError:
            pass
        try:
            for i in range(40):
                cost = float(i)
                1 / (30 - i)
        except ZeroDivisionError:
            pass
    """,
    "a loop within it, in some iterations": """
        def train(n):
            global cost
            for j in range(n):
                cost = j / 4

        for i in range(60):
            cost = i / 2
            if i in (5, 12, 25, 26, 59):
                train(3)
    """,
    "a loop within it that records nothing": """
        for i in range(60):
            if i % 20 == 3:
                for j in range(25):
                    pass
            cost = i / 2
    """,
    "epochs and batches": """
        for epoch in range(5):
            for batch in range(30):
                cost = epoch + batch / 30
    """,
    "a function that trains": """
        def train():
            for i in range(40):
                cost = i / 2

        train()
    """,
}


def curve_of(text: str, gate: Gate, folder: Path) -> tuple[list[int], list[float], int]:
    """The positions and values of `cost`, and the position at the end."""
    lesson = lesson_from(text, folder)
    shell, loops = hooked_shell(lesson, gate)
    cell = lesson.steps[0].cell
    assert cell is not None
    loops.begin(("cost",), shell.namespace)
    error = shell.run(cell)
    loops.finish()
    shell.close()
    assert error is None
    [curve] = loops.recording.curves()
    return curve.positions.tolist(), curve.values.tolist(), loops.position


@pytest.mark.parametrize("name", CASES)
def test_a_curve_is_the_same_as_where_each_iteration_is_seen(name: str, tmp_path: Path) -> None:
    seen, seen_values, ended = curve_of(CASES[name], watching_gate(), tmp_path)

    positions, values, position = curve_of(CASES[name], Gate(), tmp_path)

    assert (positions, position) == (seen, ended)
    np.testing.assert_array_equal(values, seen_values)
    assert len(seen) > 30


def test_most_iterations_are_on_a_tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what the other test compares is no loop that is seen with itself."""
    wound: list[int] = []
    wind = Tape.wind
    monkeypatch.setattr(
        Tape, "wind", lambda tape, *others: wound.append(tape.count) or wind(tape, *others)
    )

    curve_of(CASES["tensors of a training"], Gate(), tmp_path)

    assert wound == [28]


def test_what_is_on_a_tape_is_kept_where_an_interruption_strikes_between_two_iterations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Tape._chain

    def interrupted(tape: Tape, *others: object) -> Iterator[object]:
        for taken in chain(tape, *others):
            if tape.count == 10:
                raise KeyboardInterrupt
            yield taken

    monkeypatch.setattr(Tape, "_chain", interrupted)
    text = """
        try:
            for i in range(100):
                cost = i / 2
        except KeyboardInterrupt:
            pass
    """

    positions, values, _ = curve_of(text, Gate(), tmp_path)

    assert positions == [*range(1, 23)]
    np.testing.assert_array_equal(values, np.arange(22) / 2)
