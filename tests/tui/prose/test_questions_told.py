"""What a run tells of the answers to a step's questions, and how that is shown and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CHOICE, PREDICTIONS
from dialled import choose
from driving import LESSON_0, SIZES, Player, opened, text_of, write_lesson

from engine.protocol.curves import Shape
from engine.protocol.outcomes import Outcome

TEXT_ALONE = """
    # ---
    # tutorch:
    #   title: Alone
    # ---

    # %% Before
    before = 1

    # %% [markdown]
    # ## Only text
    #
    # What is `1 + 1`?
    #
    # - [ ] 하나
    #   That is only the first of them.
    # - [x] 둘
    #   One and one more.
"""


def kept_answers(player: Player) -> dict[int, bool]:
    return player.playback.work.told


def top_row(player: Player) -> str:
    return text_of(player.pilot).splitlines()[player.panes.prose.region.y].strip()


async def test_a_choice_is_told_by_the_run_and_not_before(folder: Path) -> None:
    endless = CHOICE.replace("print(1 + 1)", "while True: pass")
    async with opened(write_lesson(folder, endless), (120, 40)) as player:
        await player.press("space")
        await player.answer("1")
        await player.is_running_code()

        await player.reads("You said: 하나. The run will tell.")
        assert kept_answers(player) == {}
        assert "Not quite." not in text_of(player.pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_wrong_choice_is_told_why_and_why_the_right_one_is_right(
    folder: Path, size: tuple[int, int]
) -> None:
    async with opened(write_lesson(folder, CHOICE), size) as player:
        await player.press("space")
        await player.answer("1")
        await player.has_ended()

        told = ("✗ Not quite. That is only the first of them.", ": 둘.", "One and")
        await player.reads(*told)
        await player.press("1")
        await player.reads("✗ 1  하나", "✓ 2  둘", *told)


async def test_what_is_told_comes_into_sight_above_the_curve(folder: Path) -> None:
    long = PREDICTIONS.replace("# ## Halving", "# ## Halving\n" + "    #\n    # Words.\n" * 30)
    long = long.replace("It levels off.", "It levels off. " * 6)
    async with opened(write_lesson(folder, long)) as player:
        await player.press("space")
        await player.answer("escape")
        await player.answer("2")
        await player.has_ended()

        await player.reads(
            "✗ Not quite. cost: you said crawls, but it converged", "newest, at 5  cost 2"
        )
        # Two of the four rows would be the sketch's: what is told of it has them whole.
        await player.until(lambda: top_row(player).startswith("✗ Not quite."), "what is told")
        # It is told once, and nothing was written: no pane is there for that.
        assert "output" not in player.panes.names
        assert text_of(player.pilot).count("you said crawls") == 1


async def test_of_a_folded_text_the_answers_are_left_out_that_say_nothing(folder: Path) -> None:
    watched = CHOICE.replace(
        "print(1 + 1)", "for epoch in range(3):\n        cost = 1 / (epoch + 1)"
    )
    watched = watched.replace("# %% Adding", '# %% Adding watch="cost"')
    async with opened(write_lesson(folder, watched)) as player:
        await player.press("space")
        await player.answer("2")
        await player.has_ended()

        await player.reads("✓ 2", "✓ Right.")
        assert player.panes.in_sight[-1] == "prose"
        shown = text_of(player.pilot)
        assert "What is" in shown
        assert "하나" not in shown


async def test_the_text_has_a_dot_where_what_is_told_is_out_of_sight(folder: Path) -> None:
    slow = CHOICE.replace("print(1 + 1)", "for epoch in range(2):\n        print(epoch)")
    async with opened(write_lesson(folder, slow)) as player:
        await player.press("full_stop")
        await player.answer("2")
        await player.is_at(1)
        await player.press("4", "space")
        await player.has_ended()

        await player.reads("1 Text•", "Your answer is told: 1 shows why.")


async def test_a_question_of_a_step_without_code_is_told_at_once(folder: Path) -> None:
    async with opened(write_lesson(folder, TEXT_ALONE)) as player:
        await player.press("n", "space")
        await player.answer("2")

        await player.reads("✓ Right. One and one more.")
        assert not player.is_asked


async def test_what_was_told_another_day_stays_told(folder: Path) -> None:
    lesson = write_lesson(folder, CHOICE)
    async with opened(lesson) as player:
        await player.press("space")
        await player.answer("1")
        await player.has_ended()

    async with opened(lesson) as player:
        await player.reads("✗ 1  하나", "✓ 2  둘", "✗ Not quite.")


async def test_an_answer_whose_run_did_not_come_to_its_end_waits_for_another_day(
    folder: Path,
) -> None:
    lesson = write_lesson(folder, CHOICE.replace("print(1 + 1)", "print(1 / 0)"))
    async with opened(lesson) as player:
        await player.press("space")
        await player.answer("1")
        await player.has_ended(Outcome.FAILED)

    async with opened(lesson) as player:
        await player.reads("You said: 하나. The run will tell.")


async def test_predictions_stay_beside_what_came(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("3", "space")
        await player.answer(*"2.1", "enter")
        await player.answer("3")
        await player.has_ended()
        await player.press("3")

        await player.reads("cost: you said 2.1, and it is 2")
        await player.reads("cost: you said bounces, but it converged: from 32 to 2")
        assert player.playback.work.answers == {0: 2.1, 1: Shape.BOUNCES}
        assert kept_answers(player) == {0: True, 1: False}


async def test_the_predicted_shape_is_drawn_behind_the_curve_once_that_is_judged(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("full_stop")
        await player.answer("escape")
        await player.answer("3")
        await player.is_at(1)
        await player.press("3")
        await player.reads("cost: you said bounces")
        assert " predicted" not in player.curve

        await player.press("space")
        await player.has_ended()

        await player.reads(" predicted")


async def test_a_prediction_stands_beside_the_curve_while_it_grows(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("full_stop")
        await player.answer("escape")
        await player.answer("4")
        await player.is_at(1)

        await player.reads("cost: you said converges")
        assert "converged" not in player.curve

        # Once a run has told of it, the text over the curve says so, and the curve need not.
        player.playback.work.told[1] = True
        await player.press("full_stop")
        await player.is_at(2)
        await player.until(lambda: "you said" not in player.curve, "a curve alone")


async def test_the_run_explains_a_prediction_in_the_text(folder: Path) -> None:
    async with opened(write_lesson(folder, PREDICTIONS)) as player:
        await player.press("space")
        await player.answer("2", "enter")
        await player.answer("escape")
        await player.has_ended()
        # The text is folded to its last lines, and the curve stands under it.
        await player.until(lambda: "newest" in player.curve, "the curve")
        assert "you said" not in player.curve

        await player.press("1")

        await player.reads(
            "✓ Right. cost: you said 2, and it is 2. Half of it goes with each epoch."
        )
        assert kept_answers(player) == {0: True}

        # Another training was not what they predicted.
        await choose(player, "64.0")
        await player.press("3", "2", "enter", "space")
        await player.until(lambda: player.playback.record.outcome is not None, "the next run")
        await player.until(lambda: "cost 1" in player.curve, "its curve")
        await player.press("1")

        await player.reads("✓ Right. You said: 2. With the lesson's own code: Half of it goes")
        assert kept_answers(player) == {0: True}


async def test_questions_and_what_is_told_speak_korean(folder: Path) -> None:
    async with opened(write_lesson(folder, CHOICE), (120, 40)) as player:
        await player.press("ctrl+o", "space")
        await player.answer("1")

        await player.reads("✗ 아쉽습니다.", "맞는 답:")


@pytest.mark.parametrize("in_ascii", [False, True])
async def test_the_four_curves_fit_a_small_terminal(in_ascii: bool) -> None:
    async with opened(LESSON_0, in_ascii=in_ascii) as player:
        await player.press(*["n"] * 5, "space")
        await player.until(lambda: player.is_asked, "the question")

        # All at once: one that is scrolled away to show another would be missing here.
        shapes = {"diverges", "crawls", "bounces", "converges"}
        await player.until(lambda: shapes <= {*text_of(player.pilot).split()}, "all four")


async def test_a_step_that_fails_leaves_its_prediction_open(folder: Path) -> None:
    broken = PREDICTIONS.replace("cost / 2", "cost / 0")
    async with opened(write_lesson(folder, broken)) as player:
        await player.press("space")
        await player.answer("2", "enter")
        await player.answer("escape")

        await player.has_ended(Outcome.FAILED)
        await player.press("1")
        await player.reads("You said: 2. The run will tell.")
