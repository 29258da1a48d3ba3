"""Lesson 9: each fault is real, is seen as the text says, and is told by nobody too early."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from playing import Player
from predicting import numbers_of, played

from engine.lesson.model import ChoiceQuestion, Lesson, Step
from engine.protocol.noticed import Noticed
from engine.reading.reader import read_lesson

FILE = Path(__file__).parents[2] / "lessons" / "09_broken_training.py"
# For proof, more starts of each loop: TUTORCH_THOROUGH=1 pytest THIS_FILE
SEEDS = range(2, 7) if "TUTORCH_THOROUGH" in os.environ else range(2, 3)
Names = dict[str, Any]
Costs = list[float]

_RATE = re.compile(r"lr=([\d.]+)")


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


@pytest.fixture(scope="module")
def names(lesson: Lesson) -> Names:
    """What the first three steps make, without their views."""
    names: Names = {"__file__": str(FILE)}
    for step in lesson.steps[:3]:
        assert step.cell is not None
        exec(step.cell.source, names)
    return names


@pytest.fixture(scope="module")
def player(lesson: Lesson) -> Iterator[Player]:
    """The lesson played as it stands: each exercise is the broken loop."""
    return played(lesson)


def step_called(lesson: Lesson, title: str) -> Step:
    return next(step for step in lesson.steps if step.title == title)


def trained(names: Names, source: str, seed: int) -> tuple[Costs, Any]:
    """The cost of each epoch from another start, and what the loop has at its end."""
    rate = _RATE.search(source)
    assert rate is not None
    other = re.sub(r"manual_seed\((seed=)?\d+\)", f"manual_seed({seed})", source)
    names["lesson_text"] = f"\n# %% It \n{other}\n# %%"
    seen = [(cost, loop) for _, cost, loop in names["sealed"]("It", lr=rate[1])]
    return [cost for cost, _ in seen], seen[-1][1]


@pytest.fixture(params=SEEDS)
def train(names: Names, lesson: Lesson, request: pytest.FixtureRequest) -> Any:
    """Gives a loop by its number, as it stands and as it is mended, from one start."""

    def both(number: int) -> tuple[Any, Any]:
        step = step_called(lesson, f"Loop {number}")
        assert step.cell is not None
        assert step.exercise is not None
        once = partial(trained, names, seed=request.param)
        return once(step.cell.source), once(step.exercise.solution.source)

    return both


def turns(costs: Costs) -> float:
    """The share of the second half's iterations at which a curve turns round."""
    moves = torch.tensor(costs[len(costs) // 2 :]).diff().sign()
    return (moves[1:] * moves[:-1] < 0).float().mean().item()


def test_unemptied_gradients_swing_up_again_in_slow_waves(train: Any) -> None:
    (broken, _), (mended, _) = train(1)

    assert max(broken[-45:]) > 0.9 * broken[0]
    assert min(broken) < 0.2
    assert turns(broken) < 0.15
    assert mended[-1] < 0.2


def test_too_large_a_rate_turns_round_at_every_epoch(train: Any) -> None:
    (broken, _), (mended, _) = train(2)

    assert turns(broken) > 0.9
    assert min(broken[-20:]) > 0.9
    assert mended[-1] < 0.3


def test_a_column_against_a_row_rests_at_the_cost_of_the_mean(train: Any, names: Names) -> None:
    (broken, loop), (mended, _) = train(3)

    assert (loop.output - loop.y).shape == (40, 40)
    assert broken[-1] == pytest.approx(names["guess"].item(), abs=1e-3)
    assert mended[-1] < 0.15


def test_softmax_taken_twice_rests_above_a_floor(train: Any) -> None:
    (broken, loop), (mended, _) = train(4)
    lost = 10 - len(loop.output.argmax(dim=1).unique())
    floor = -math.log(math.e / (math.e + 9))

    assert floor < broken[-1]
    assert broken[-1] == pytest.approx(floor + 0.1 * lost, abs=0.02)
    assert mended[-1] < 0.2


def test_dead_units_leap_and_then_rest_at_guessing(train: Any) -> None:
    (broken, loop), (mended, _) = train(5)

    assert max(broken[:5]) > 5
    assert broken[-1] == pytest.approx(math.log(10), abs=0.01)
    assert not (loop.model[0](loop.x) > 0).any()
    assert not loop.model[0].weight.grad.any()
    assert mended[-1] < 0.3


def test_labels_of_other_digits_stay_near_guessing_with_live_gradients(train: Any) -> None:
    (broken, loop), (mended, _) = train(6)

    assert broken[-1] == pytest.approx(math.log(10), abs=0.1)
    assert loop.model[0].weight.grad.abs().max() > 1e-4
    assert mended[-1] < 0.3


def test_shuffled_labels_of_one_small_batch_are_learnt_by_heart(
    names: Names, lesson: Lesson
) -> None:
    cell = step_called(lesson, "Loop 6").cell
    assert cell is not None
    one_batch = cell.source.replace("model = ", "x, y = x[:20], y[:20]\nmodel = ")

    costs, _ = trained(names, one_batch, seed=2)

    assert costs[-1] < 0.1


def test_training_mode_trembles_and_says_less_than_the_network_knows(
    train: Any, names: Names
) -> None:
    (broken, loop), (mended, _) = train(7)
    unsteady = [torch.tensor(costs[-30:]).diff().abs().sum() for costs in (broken, mended)]

    assert not loop.model(names["x_test"]).equal(loop.model(names["x_test"]))
    assert broken[-1] > 1.3 * mended[-1]
    assert unsteady[0] > 3 * unsteady[1]


def test_one_right_mend_of_the_last_loop_makes_its_curve_worse(
    names: Names, lesson: Lesson
) -> None:
    cell = step_called(lesson, "More than one fault").cell
    assert cell is not None
    emptied = cell.source.replace("    cost.back", "    optimizer.zero_grad()\n    cost.back")

    as_it_stands, _ = trained(names, cell.source, seed=0)
    mended_once, _ = trained(names, emptied, seed=0)

    assert mended_once[-1] > as_it_stands[-1] + 0.4


def test_the_teacher_keeps_quiet_about_sealed_loops_and_speaks_of_opened_ones(
    player: Player, lesson: Lesson
) -> None:
    told = {
        (lesson.steps[event.step].title, event.slip.name)
        for event in player.events()
        if isinstance(event, Noticed)
    }

    assert told == {
        ("Loop 1", "NEVER_ZEROED"),
        ("Loop 2", "BOUNCES"),
        ("Loop 3", "BROADCAST"),
        ("Loop 4", "SQUASHED_TWICE"),
        ("Loop 5", "DEAD"),
        # Of labels it sees nothing: what it advises here, the lesson refutes.
        ("Loop 6", "CRAWLS"),
        ("Loop 7", "TRAINING_MODE"),
        ("More than one fault", "NEVER_ZEROED"),
        ("More than one fault", "SQUASHED_TWICE"),
        ("More than one fault", "TRAINING_MODE"),
    }


def test_the_run_answers_what_guessing_costs(player: Player) -> None:
    assert numbers_of(player) == {
        "A loop that works": pytest.approx(math.log(10), abs=0.1),
        "A line that works": pytest.approx(0.91, abs=0.01),
    }


def test_each_sealed_loop_asks_for_a_verdict(lesson: Lesson) -> None:
    for number in range(1, 8):
        questions = step_called(lesson, f"Loop {number}, sealed").questions_in("en")

        assert [type(one) for one in questions] == [ChoiceQuestion]
