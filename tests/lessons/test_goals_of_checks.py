"""A share that is exactly what a check asks for passes: 810 of 900 are 90%, also as a float.

What measures the share, and the assertion about it, are taken out of each check and run alone, on
answers of which exactly as many are right. Nothing is trained.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from golden import LESSONS

from engine.reading.reader import read_lesson

COUNT = 2000
GOALS = {"goal", "goals"}
SHARES = {"right", "measured", "in_place", "on_move", "is_right"}
# as many training digits as a lesson has where nobody has turned them down
WHOLE = {"x_train": range(60000), "train_count": 60000}


def shares_asked_for(path: Path) -> Iterator[tuple[str, ast.Compare, str]]:
    """The source of a check, the comparison in it of a share of answers with a goal, and where."""
    for step in read_lesson(path).steps:
        for check in step.exercise.checks if step.exercise is not None else ():
            for node in ast.walk(ast.parse(check.source)):
                match node:
                    case ast.Assert(
                        test=ast.Compare(left=ast.Name(id=name), ops=[ast.GtE()]) as asked
                    ) if name in SHARES:
                        yield check.source, asked, f"{step.title}, {name}"


def assigned(check: str, wanted: set[str]) -> str:
    """The statements of a check that make these names."""
    return "\n".join(
        ast.unparse(node)
        for node in ast.walk(ast.parse(check))
        if isinstance(node, ast.Assign)
        and wanted & {name.id for name in ast.walk(node.targets[0]) if isinstance(name, ast.Name)}
    )


def answers_of(check: str, goal: float) -> dict[str, Any]:
    """The names that a check measures by, where exactly the share `goal` is right."""
    # in pairs, as one of every two may count
    is_right = (torch.arange(COUNT // 2) < round(goal * COUNT / 2)).repeat_interleave(2)
    digits = torch.arange(COUNT) % 10
    said = torch.where(is_right, digits, (digits + 1) % 10)
    logits = torch.nn.functional.one_hot(said, 10).float()
    names: dict[str, Any] = {
        **dict.fromkeys(("answers", "logits", "x", "x_test", "x_moved"), logits),
        **dict.fromkeys(("y_new", "y_test", "test_labels", "labels", "every_digit"), digits),
        **{"alone": said[:, None], "lines": digits[:, None].expand(-1, 7)},
        **dict.fromkeys(("model", "asked"), torch.nn.Identity()),
    }
    if "answers > 0.5" in check:
        names |= {"answers": is_right.float(), "y_new": torch.ones(COUNT)}
    return names


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_share_exactly_at_the_goal_passes(path: Path) -> None:
    for check, asked, where in shares_asked_for(path):
        names: dict[str, Any] = {"torch": torch, **WHOLE}
        exec(assigned(check, GOALS), names)
        goal = eval(ast.unparse(asked.comparators[0]), names)
        names |= answers_of(check, goal)

        exec(assigned(check, SHARES), names)

        share = eval(ast.unparse(asked.left), names)
        assert share == pytest.approx(goal, abs=1e-6), where
        assert eval(ast.unparse(asked), names), f"{where}: {share} is refused, and {goal} asked for"


def test_there_are_shares_that_are_asked_for() -> None:
    assert any(True for path in LESSONS for _ in shares_asked_for(path))
