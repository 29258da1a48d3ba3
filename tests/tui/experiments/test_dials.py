"""Numbers in the code that the learner turns and types while nothing runs, by keys and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from dialled import EDITED, OPTIMIZERS, TRAINING, choose, line, paused, value_of
from driving import (
    opened,
    settle,
    text_of,
    write_lesson,
)

from tui.dialogs.help import HelpScreen
from tui.experiments.turning import dial_of
from tui.foot.controls import Controls
from tui.keys.situation import Hand

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
        assert "curve" in player.panes.in_sight
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
        for key in (*["number_sign"] * 4, "at", "at", "escape", "at", "number_sign"):
            await player.press(key)
            dial = dial_of(player.playback)
            seen.append(dial.text if dial is not None else "")
        await player.press("at")
        await player.reads("Line 9: 200")

    assert seen == ["0.5", "64.0", "200", "0.5", "200", "64.0", "", "200", "0.5"]


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

        await player.until(lambda: "turn it" not in text_of(player.pilot), "no number in hand")
        assert dial_of(player.playback) is None


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


NO_NUMBERS = {
    "fast": "fast is no number: write one as 0.5 or 1e-3.",
    "": "Type a number.",
    "1e999": "1e999 is too large",
    "0.1 rate": "rate is no number",
}


async def test_what_is_no_number_is_said_in_place_and_changes_nothing(folder: Path) -> None:
    async with opened(write_lesson(folder, TRAINING)) as player:
        await player.press("number_sign", "enter")
        for typed, said in NO_NUMBERS.items():
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
        await player.reads("enter sets it")
        await player.press("enter")
        assert line(player).display
        await player.press("escape", "2")

        assert player.panes.active == "code"
        assert not line(player).display


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
