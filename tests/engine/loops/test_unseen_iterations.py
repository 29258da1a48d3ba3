"""Iterations that nobody looks at: they are counted all the same, each where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from plainly import watching_gate
from playing import hooked_shell, lesson_from

from engine.gate.gate import Gate
from engine.gate.passage import Passage

# What is told at any moment tells `seen`; each loop has more iterations than are looked at first.
CASES = {
    "one loop": """
        for i in range(50):
            pass
        tell()
        for i in [0] * 30:
            tell()
    """,
    "a loop within a loop, in some iterations": """
        for i in range(60):
            if i % 20 == 3:
                for j in range(25):
                    tell()
            tell()
    """,
    "a function with a loop": """
        def count(n):
            for i in range(n):
                tell()
            return n

        for i in range(40):
            if i > 30:
                count(20)
    """,
    "left, ended and gone on with": """
        for i in range(40):
            if i == 30:
                break
        for i in (0,) * 40:
            if i == 30:
                break
        else:
            tell()
        try:
            for i in list(range(40)):
                1 / (35 - i)
        except ZeroDivisionError:
            tell()
        for i in enumerate(range(40)):
            continue
    """,
    "a generator with a loop, used in turns": """
        def numbers(n):
            for i in range(n):
                yield i

        one = numbers(100)
        for i in range(40):
            next(one)
            if i in (5, 25):
                for j in range(20):
                    tell()
                next(one)
        for i in numbers(30):
            tell()
    """,
    "a list that grows and shrinks": """
        growing = [0] * 20
        for i in growing:
            if len(growing) < 40:
                growing.append(i)
        for i in growing:
            growing.pop()
        tell()
    """,
    "while": """
        n = 0
        while n < 30:
            n += 1
            for i in range(15):
                pass
        tell()
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_what_goes_by_unseen_counts_as_what_is_looked_at(name: str, tmp_path: Path) -> None:
    looked_at = told_of(CASES[name], watching_gate(), tmp_path)

    assert told_of(CASES[name], Gate(), tmp_path) == looked_at


def test_a_pause_finds_the_iteration_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for within an iteration that is not looked at, it comes where that one ends."""
    found: list[tuple[int, int]] = []
    gate = Gate()
    lesson = lesson_from("for i in range(1000):\n    ask(i)\n", tmp_path)
    shell, loops = hooked_shell(lesson, gate)

    def pass_boundary(*_: object, **__: object) -> None:
        found.append((loops.position, loops.running.progress()[0].done))
        gate.attention = False

    def ask(i: int) -> None:
        gate.attention = i in (100, 101, 700)

    monkeypatch.setattr(Passage, "pass_boundary", pass_boundary)
    shell.add_names({"ask": ask})
    cell = lesson.steps[0].cell
    assert cell is not None
    loops.begin((), shell.namespace)
    error = shell.run(cell)
    loops.finish()
    shell.close()

    assert error is None
    assert found == [(101, 101), (102, 102), (701, 701)]


def told_of(text: str, gate: Gate, folder: Path) -> list[object]:
    """The position at each call of `tell`, and at the end where it is and where epochs ended."""
    lesson = lesson_from(text, folder)
    shell, loops = hooked_shell(lesson, gate)
    told: list[object] = []
    shell.add_names({"tell": lambda: told.append(loops.counting.by_now)})
    cell = lesson.steps[0].cell
    assert cell is not None
    loops.begin((), shell.namespace)
    error = shell.run(cell)
    loops.finish()
    shell.close()
    assert error is None
    told += [loops.position, loops.counting.outer_before(), loops.running.progress()[0].done]
    return told
