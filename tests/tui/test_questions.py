"""Questions before a run, by keyboard and by mouse, and what is said once they are answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import LESSON_0, Player, opened, settle, text_of, write_lesson

from engine.protocol.curves import Shape
from engine.protocol.events import Outcome
from tui.screens.question import QuestionScreen

CHOICE = """
    # ---
    # tutorch:
    #   title: Asked
    # ---

    # %% [markdown]
    # ## Adding
    #
    # What is `1 + 1`?
    #
    # - [ ] 하나
    #   That is only the first of them.
    # - [x] 둘
    #   One and one more.

    # %% Adding
    print(1 + 1)
"""

PREDICTIONS = """
    # ---
    # tutorch:
    #   title: Predicted
    # ---

    # %% [markdown]
    # ## Halving
    #
    # What will the cost be?
    #
    # - [?] `cost` ± 10 %
    #   Half of it goes with each epoch.
    #
    # How will its curve look?
    #
    # - [~] `cost`
    #   It levels off.

    # %% Halving watch="cost"
    cost = 64.0
    for epoch in range(5):
        cost = cost / 2
"""


def question(player: Player) -> str:
    assert isinstance(player.pilot.app.screen, QuestionScreen), text_of(player.pilot)
    return text_of(player.pilot)


async def test_run_asks_first_and_runs_after_the_answer(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.reads("What is 1 + 1?")
        assert player.record.outcome is None

        await player.press("2")
        await player.reads("Right.")
        await player.reads("One and one more.")
        await player.press("enter")

        await player.has_ended()


async def test_a_wrong_choice_is_told_why_and_then_the_right_one(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.answer("1")

        await player.reads("The right answer: 둘")
        told = text_of(player.pilot)
        assert "Not quite." in told
        why = "That is only the first of them."
        assert -1 < told.find(why) < told.find("The right answer: 둘")


async def test_a_choice_is_made_by_arrows_and_enter(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.answer("down", "enter")

        await player.reads("Right.")


async def test_a_choice_is_made_by_mouse_alone(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.click("space run")
        await player.click("2  둘")
        await player.reads("Right.")

        await player.click("One and one more.")

        await player.has_ended()


async def test_the_answer_stays_in_the_text(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.reads("A question comes before the run.")

        await player.press("space")
        await player.answer("2", "enter")

        await player.reads("You said: 둘 (right). One and one more.")
        assert "A question comes before the run." not in text_of(player.pilot)


async def test_escape_skips_a_question_this_time_only(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE)) as player:
        await player.press("space")
        await player.answer("escape")
        await player.has_ended()

        await player.press("space")

        await player.reads("What is 1 + 1?")


async def test_a_question_that_was_answered_is_not_asked_again(folder: Path) -> None:
    lesson = write_lesson(folder, CHOICE)
    async with opened(lesson) as player:
        await player.press("space")
        await player.answer("2", "enter")
        await player.has_ended()

    async with opened(lesson) as player:
        await player.press("4", "space")

        await player.has_ended()
        assert not player.is_asked


async def test_one_iteration_asks_first_too(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("full_stop")

        await player.reads("What will the cost be?")
        await player.skip_questions()
        await player.is_at(1)


async def test_predictions_stay_beside_what_came(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("3", "space")
        await player.answer(*"2.1", "enter")
        await player.answer("3")
        await player.has_ended()

        await player.reads("cost: you said 2.1; it is 2")
        await player.reads("cost: you said bounces; it converged: from 32 to 2")
        assert player.playback.work.answers == {0: 2.1, 1: Shape.BOUNCES}


async def test_the_predicted_shape_is_drawn_behind_the_curve_once_that_is_judged(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("3", "full_stop")
        await player.answer("escape")
        await player.answer("3")
        await player.is_at(1)
        await player.reads("cost: you said bounces")
        assert " predicted" not in player.curve

        await player.press("space")
        await player.has_ended()

        await player.reads(" predicted")


async def test_a_prediction_stands_beside_the_curve_while_it_grows(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("3", "full_stop")
        await player.answer("escape")
        await player.answer("4")
        await player.is_at(1)

        await player.reads("cost: you said converges")
        assert "converged" not in player.curve


async def test_what_is_no_number_is_said(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("space")
        await player.answer("e", "enter")

        await player.reads("'e' is no number; write one such as 0.5 or 1e-3")
        assert player.record.outcome is None


async def test_the_run_explains_a_prediction_in_the_text(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("space")
        await player.answer("2", "enter")
        await player.answer("escape")
        await player.has_ended()

        await player.reads("You said: 2 (right). Half of it goes with each epoch.")


@pytest.mark.parametrize("in_ascii", [False, True])
async def test_the_four_curves_fit_a_small_terminal(in_ascii: bool) -> None:
    async with opened(LESSON_0, in_ascii=in_ascii) as player:
        await player.press(*["n"] * 5, "space")
        await settle(player.pilot)

        shown = question(player)
        missing = {"diverges", "crawls", "bounces", "converges"} - set(shown.split())
        assert not missing, shown


async def test_a_step_that_fails_leaves_its_prediction_open(folder: Path) -> None:
    broken = PREDICTIONS.replace("cost / 2", "cost / 0")
    async with opened(write_lesson(folder, broken)) as player:
        await player.press("space")
        await player.answer("2", "enter")
        await player.answer("escape")

        await player.has_ended(Outcome.FAILED)
        await player.press("1")
        await player.reads("You said: 2")
