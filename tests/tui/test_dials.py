"""Numbers in the code that the learner turns: while nothing runs, in a pause, and in a run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import (
    LESSON_0,
    LESSONS,
    TENSOR_TRAINING,
    Player,
    opened,
    settle,
    text_of,
    write_lesson,
)

from engine.protocol.places import Place
from engine.protocol.status import Status
from tui.dialogs.help import HelpScreen
from tui.experiments.turning import dial_of
from tui.foot.controls import Controls
from tui.foot.dial_input import DialInput
from tui.keys.situation import Hand
from tui.player.standing import changes_in_run
from tui.rendering.status_line import StepMark, marks_of_steps

EDITED = marks_of_steps(in_ascii=False)[StepMark.EDITED]

TRAINING = """
    # ---
    # tutorch:
    #   title: Dials
    # ---

    # %% Training watch="cost"
    rate = 0.5
    cost = 64.0
    for epoch in range(200):
        cost = cost * rate
    print("left", cost)

    # %% After
    print("after", cost)
"""
ENDLESS = """
    # %% Endless watch="cost"
    rate = 0.1
    cost = 1.0
    while True:
        cost = rate
"""
OPTIMIZERS = """
    # %% Optimizers watch="cost"
    import torch
    w = torch.zeros(2, requires_grad=True)
    lr = 0.1
    sgd = torch.optim.SGD([w], lr=lr, momentum=0.5)
    adam = torch.optim.Adam([w], lr=lr, betas=(0.9, 0.999))
    fixed = torch.optim.SGD([w], lr=0.3)
    fixed.param_groups[0]["lr"] = 0.003
    for epoch in range(200):
        cost = (w - 1).pow(2).sum()
        cost.backward()
        step = 0.25 * w
"""


@asynccontextmanager
async def paused(
    folder: Path, text: str = TRAINING, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Player]:
    """A training that stands behind its first iteration."""
    async with opened(write_lesson(folder, text), size) as player:
        await player.press("full_stop")
        await player.is_at(1)
        yield player


def line(player: Player) -> DialInput:
    return player.screen.query_one(DialInput)


async def choose(player: Player, text: str) -> None:
    """Go through the numbers of the code up to one that is written so."""
    for _ in range(40):
        dial = dial_of(player.playback)
        if dial is not None and dial.text == text:
            return
        await player.press("number_sign")
    raise AssertionError(f"no number {text}")


async def value_of(player: Player, expression: str) -> str:
    """What the session says an expression is where it stands."""
    asking = player.playback.asking
    question = asking.begin(expression)
    player.playback.session.ask(question.number, expression)
    await player.until(lambda: not asking.waits, f"the answer to {expression!r}")
    assert asking.newest is not None
    assert asking.newest.answer is not None
    return asking.newest.answer.said


async def is_told(player: Player, words: str) -> None:
    """Wait until the number's line in the foot says this."""
    await player.reads(words)


# While nothing runs


async def test_a_number_is_turned_in_the_code_and_its_run_is_of_that(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "left_curly_bracket")

        await player.reads("rate = 0.2", "edited, kept")
        assert "▎rate = 0.2" in text_of(player.pilot)
        assert EDITED in player.status_line
        await player.press("d")
        await player.reads("- rate = 0.5", "+ rate = 0.2")
        await player.press("escape")
        await player.run_step()
        assert float(await value_of(player, "cost")) == pytest.approx(64 * 0.2**200)


async def test_a_turned_number_is_brought_back_with_the_code(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "right_curly_bracket", "right_curly_bracket")
        assert "rate = 2.0" in player.playback.source

        await player.press("x", "x")

        assert player.playback.work.edit is None
        assert "rate = 0.5" in player.playback.source


async def test_undo_takes_back_one_turn(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "right_curly_bracket")
        assert "rate = 1.0" in player.playback.source

        await player.press("e", "ctrl+z")

        assert "rate = 0.5" in player.playback.source


async def test_keys_go_through_the_numbers_both_ways_and_around(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        seen = []
        for key in ("number_sign", "number_sign", "number_sign", "number_sign", "at", "at"):
            await player.press(key)
            dial = dial_of(player.playback)
            seen.append(dial.text if dial is not None else "")

    assert seen == ["0.5", "64.0", "200", "0.5", "200", "64.0"]


async def test_a_learning_rate_comes_first(folder: Path) -> None:
    async with opened(write_lesson(folder, OPTIMIZERS)) as player:
        await player.press("number_sign")

        dial = dial_of(player.playback)
        assert dial is not None
        assert (dial.name, dial.text) == ("lr", "0.1")


async def test_a_number_below_is_scrolled_into_sight(folder: Path) -> None:
    text = "# %% Long\n" + "x = 0\n" * 60 + "rate = 0.75\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("2")
        assert "rate = 0.75" not in text_of(player.pilot)

        await player.press("number_sign")

        await player.reads("rate = 0.75", "62 rate = 0.75")


async def test_escape_lets_go_and_then_leaves(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign")
        await player.reads("esc let go")

        await player.press("escape")

        assert dial_of(player.playback) is None
        assert "esc list" in text_of(player.pilot)


async def test_another_step_has_no_number_in_hand(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "n")
        await player.shows_step(1)
        await settle(player.pilot)

        assert "turn it" not in text_of(player.pilot)


async def test_code_without_numbers_says_so(folder: Path) -> None:
    async with opened(write_lesson(folder, '# %% Words\nprint("0.5")\n')) as player:
        await player.press("number_sign")

        await player.reads("There is no number to turn")


async def test_the_end_of_a_scale_is_said(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% None\nmomentum = 0\n")) as player:
        await player.press("number_sign", "left_curly_bracket")

        await player.reads("It goes no further this way.")
        assert player.playback.work.edit is None


async def test_the_starter_of_an_exercise_has_dials_too(folder: Path) -> None:
    exercise = '# %% Rate tags=["exercise"]\nlr = 0.1\nx = 1\n# %% tags=["check"]\nassert lr\n'
    async with opened(write_lesson(folder, exercise)) as player:
        await player.press("number_sign", "right_curly_bracket")

        assert player.editor.text.startswith("lr = 0.2\n")
        assert player.editor.selected_text == "0.2"
        assert player.playback.source == player.editor.text


# Typing it


@pytest.mark.parametrize("keys", [("0", "full_stop", "2", "5"), ("enter", "period", "2", "5")])
async def test_a_number_is_typed(folder: Path, keys: tuple[str, ...]) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign")
        await player.press(*(key.replace("period", "full_stop") for key in keys), "enter")

        expected = "0.25" if keys[0] == "0" else ".25"
        assert f"rate = {expected}\n" in player.playback.source
        assert player.screen.focused is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("fast", "fast is no number: write one as 0.5 or 1e-3."),
        ("", "Type a number."),
        ("1e999", "1e999 is too large"),
        ("0.1 rate", "rate is no number"),
    ],
)
async def test_what_is_no_number_is_said_in_place_and_changes_nothing(
    folder: Path, typed: str, said: str
) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "enter")
        line(player).value = typed
        await settle(player.pilot)
        await player.press("enter")

        await player.reads(said)
        assert player.playback.work.edit is None
        assert line(player).has_focus
        assert line(player).value == typed


async def test_where_only_a_whole_number_can_stand_another_is_refused(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await choose(player, "200")
        await player.press("0", "full_stop", "5", "enter")

        await player.reads("Only a whole number can stand here.")
        assert player.playback.work.edit is None


async def test_escape_leaves_the_number_as_it_is(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "7", "escape")

        assert player.playback.work.edit is None
        assert player.screen.focused is None
        assert dial_of(player.playback) is not None


async def test_digits_show_panes_where_the_code_is_not_looked_at(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING), (120, 40)) as player:
        await player.press("number_sign")
        player.panes.show_pane("curve")
        await player.press("2")

        assert player.panes.active == "code"
        assert not line(player).display


# While its step runs


async def test_in_a_pause_the_value_changes_with_the_code(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press("number_sign", "right_curly_bracket")

        await is_told(player, "0.5 → 1.0: the run has it from iteration 2 on")
        assert await value_of(player, "rate") == "1.0"
        assert "rate = 1.0" in player.playback.source
        assert "rate 0.5 → 1.0  at iteration 1" in player.record.output.lines
        await player.press("full_stop")
        await player.is_at(2)
        assert await value_of(player, "cost") == "32.0"


async def test_in_a_run_the_value_changes_at_the_next_iteration_and_the_run_goes_on(
    folder: Path,
) -> None:
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("space")
        await player.is_running()

        await player.press("number_sign", "right_curly_bracket")

        await is_told(player, "0.1 → 0.2: the run has it from iteration")
        assert player.playback.status is Status.RUNNING
        await player.reads("cost 0.200000")
        (change,) = changes_in_run(player.playback)
        await player.press("space")
        await player.is_paused()
        series = player.record.frame
        assert series is not None
        assert change.place.position < series.position


async def test_the_curve_is_marked_where_a_number_was_turned(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 9)
        await player.is_at(10)
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it from iteration 11 on")
        await player.press(*["full_stop"] * 9)
        await player.is_at(19)

        assert "┊rate 0.5→1.0" in player.curve


async def test_the_curve_is_marked_where_a_change_was_asked_for(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        assert await value_of(player, "rate = 0.25") == ""
        await player.press(*["full_stop"] * 4)
        await player.is_at(9)

        assert "┊rate=0.25" in player.curve


async def test_what_is_asked_and_changes_nothing_is_not_marked(folder: Path) -> None:
    async with paused(folder) as player:
        await value_of(player, "rate")

        assert changes_in_run(player.playback) == ()


async def test_gone_back_before_a_change_it_is_no_more_of_the_run(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it from iteration 6 on")
        await player.press("full_stop")
        await player.is_at(6)

        await player.press("comma", "comma", "comma")
        await player.is_at(3)

        assert changes_in_run(player.playback) == ()
        assert await value_of(player, "rate") == "0.5"
        await player.press("left_curly_bracket")
        await is_told(player, "0.5 → 0.5")


async def test_gone_to_again_a_change_is_of_the_run_again(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it from iteration 6 on")
        await player.press(*["full_stop"] * 4)
        await player.is_at(9)
        player.playback.session.go_to(Place(0, True, 3))
        await player.is_at(3)
        assert "┊" not in player.curve

        player.playback.session.go_to(Place(0, True, 8))
        await player.is_at(8)

        assert await value_of(player, "rate") == "1.0"
        assert "┊rate 0.5→1.0" in player.curve


async def test_a_run_that_is_gone_into_brings_its_code_to_the_dials(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING), (120, 40)) as player:
        await player.run_step()
        first = player.playback.session.run
        await player.press("number_sign", "left_curly_bracket")
        await player.run_step()

        player.playback.session.go_to(Place(0, True, 3), first)
        await player.is_at(3)
        await player.reads("rate = 0.5")
        await player.press("number_sign", "right_curly_bracket")

        await is_told(player, "0.5 → 1.0: the run has it from iteration 4 on")
        assert player.playback.source.startswith("rate = 1.0\ncost = 64.0\n")


async def test_a_turn_leaves_the_run_as_it_was_up_to_there(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press(*["full_stop"] * 4)
        await player.is_at(5)
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it from iteration 6 on")

        await player.press("comma")
        await player.is_at(4)

        assert await value_of(player, "cost") == "4.0"


async def test_a_step_after_goes_on_from_what_the_turned_run_left(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it")
        await player.press("space")
        await player.has_ended()
        await player.press("n")
        await player.shows_step(1)
        await player.run_step()

        assert "after 32.0" in player.record.output.lines


async def test_the_next_run_of_the_step_is_of_the_turned_code(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it")
        await player.press("space")
        await player.has_ended()

        await player.run_step()

        assert "left 64.0" in player.record.output.lines
        assert changes_in_run(player.playback) == ()


async def test_the_line_that_runs_next_stays_marked(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "the run has it")

        await player.reads("▶")


async def test_quick_turns_end_at_the_last(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("space")
        await player.is_running()

        await player.press("number_sign", *["right_curly_bracket"] * 5)

        await player.reads("cost 5.000000")
        assert "rate = 5.0" in player.playback.source
        assert changes_in_run(player.playback)[-1].after == "5.0"


async def test_a_name_that_several_optimizers_were_given_changes_in_all(folder: Path) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await player.press("number_sign", "right_curly_bracket")
        await is_told(player, "0.1 → 0.2: the run has it")

        entries = '[one.param_groups[0]["lr"] for one in (sgd, adam, fixed)], lr'
        assert await value_of(player, entries) == "([0.2, 0.2, 0.003], 0.2)"


async def test_one_of_adams_betas_is_turned(folder: Path) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await choose(player, "0.9")
        await player.press("right_curly_bracket")
        await is_told(player, "0.9 → 0.95: the run has it")

        assert await value_of(player, 'adam.param_groups[0]["betas"]') == "(0.95, 0.999)"


async def test_what_has_another_value_by_now_stays_and_that_is_said(folder: Path) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await choose(player, "0.3")
        await player.press("right_curly_bracket")

        await is_told(player, "The run has [0.003] here by now")
        assert await value_of(player, 'fixed.param_groups[0]["lr"]') == "0.003"
        assert "lr=0.5" in player.playback.source
        assert changes_in_run(player.playback) == ()


@pytest.mark.parametrize("text", ["0.25", "200"])
async def test_what_no_value_has_counts_from_the_next_run_on(folder: Path, text: str) -> None:
    async with paused(folder, OPTIMIZERS) as player:
        await choose(player, text)
        await player.press("right_curly_bracket")

        await is_told(player, "The run reads it no more: it counts from the step's next run on.")
        assert changes_in_run(player.playback) == ()
        assert player.playback.work.edit is not None


# In the lessons


async def test_the_rate_of_lesson_0_is_turned_while_it_trains(state_home: Path) -> None:
    async with opened(LESSON_0, (120, 40)) as player:
        for _ in range(TENSOR_TRAINING):
            await player.press("n")
        await player.shows_step(TENSOR_TRAINING)
        await player.press("full_stop")
        await player.skip_questions()
        await player.is_at(1)

        await player.press("number_sign", "left_curly_bracket")

        await is_told(player, "1e-5 → 5e-6: the run has it from iteration 2 on")
        assert await value_of(player, 'optimizer.param_groups[0]["lr"]') == "5e-06"


async def test_the_rate_of_lesson_5_is_turned_while_it_trains(state_home: Path) -> None:
    async with opened(LESSONS / "05_optimizers.py", (120, 40)) as player:
        await player.press("n")
        await player.shows_step(1)
        await player.press("full_stop")
        await player.skip_questions()
        await player.is_at(1)

        await player.press("number_sign", "0", "full_stop", "1", "1", "enter")

        await is_told(player, "0.09 → 0.11: the run has it from iteration 2 on")
        assert await value_of(player, 'optimizer.param_groups[0]["lr"]') == "0.11"


# Everywhere


async def test_a_click_on_a_number_takes_it_and_one_elsewhere_lets_go(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING), (120, 40)) as player:
        await player.click("cost = 64.0")
        assert dial_of(player.playback) is None

        place = next(
            (line.index("200"), row)
            for row, line in enumerate(text_of(player.pilot).split("\n"))
            if "range(200)" in line
        )
        assert await player.pilot.click(offset=place)
        await settle(player.pilot)

        dial = dial_of(player.playback)
        assert dial is not None
        assert dial.text == "200"
        await player.click("higher")
        assert "range(500)" in player.playback.source
        assert await player.pilot.click(offset=(place[0] + 20, place[1]))
        await settle(player.pilot)
        assert dial_of(player.playback) is None


async def test_a_click_on_a_name_takes_the_number_that_it_was_assigned(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING), (120, 40)) as player:
        row = next(
            (line.index("* rate") + 3, number)
            for number, line in enumerate(text_of(player.pilot).split("\n"))
            if "* rate" in line
        )
        assert await player.pilot.click(offset=row)
        await settle(player.pilot)

        dial = dial_of(player.playback)
        assert dial is not None
        assert dial.text == "0.5"


async def test_help_and_palette_know_the_keys(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("question_mark")
        assert isinstance(player.pilot.app.screen, HelpScreen)
        await player.press("slash", *"turn the number", "enter")
        await player.reads("Turn the number up")
        await player.press("escape", "escape")

        await player.press("ctrl+p", *"choose the next number")
        await player.reads("Choose the next number in the code")
        await player.press("enter")
        await player.until(lambda: dial_of(player.playback) is not None, "a number in hand")


async def test_the_bar_names_what_keys_do_with_a_number_in_hand(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign")
        await player.reads("space run  { lower  } higher  enter set  esc let go")

        await player.press("enter")

        await player.reads("enter set  esc as it is")
        assert player.screen.query_one(Controls).hand is Hand.DIAL


async def test_it_speaks_korean(folder: Path) -> None:
    async with paused(folder) as player:
        await player.press("ctrl+o", "number_sign", "right_curly_bracket")

        await player.reads("0.5 → 1.0: 2번째 반복부터 적용", "esc 놓기")
