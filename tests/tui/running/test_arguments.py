"""The arguments of a program: given on the line for them, shown, and remembered by its file."""

from __future__ import annotations

from pathlib import Path

from driving import opened, write_lesson

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status

PROGRAM = """
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", required=True)
    print("rate", parser.parse_args().rate)
"""


async def test_a_program_is_given_arguments_and_begins_again_with_them(folder: Path) -> None:
    async with opened(write_lesson(folder, PROGRAM)) as player:
        await player.press("space")
        await player.has_ended(Outcome.FAILED)
        await player.reads("the following arguments are required: --rate")
        await player.reads("The program ended itself here, with status 2.")
        await player.reads("P gives the program other arguments.")

        await player.press("P", *"--rate", "space", *"'a b'", "enter")
        await player.until(lambda: player.record.outcome is None, "the lesson to begin again")
        await player.is_ready()
        await player.run_step()

        await player.press("4")
        await player.reads("rate a b")
        assert "--rate 'a b'" in player.status_line


async def test_arguments_are_those_of_the_last_time(folder: Path) -> None:
    lesson = write_lesson(folder, PROGRAM)
    async with opened(lesson, arguments=("--rate", "3")) as player:
        await player.is_ready()

    async with opened(lesson) as player:
        await player.run_step()

        await player.press("4")
        await player.reads("rate 3")


async def test_no_arguments_can_be_given_too(folder: Path) -> None:
    lesson = write_lesson(folder, PROGRAM)
    async with opened(lesson, arguments=("--rate", "3")) as player:
        await player.press("P", "ctrl+u", "enter")

    async with opened(lesson) as player:
        assert player.playback.arguments == ()


async def test_escape_leaves_the_arguments_as_they_were(folder: Path) -> None:
    async with opened(write_lesson(folder, PROGRAM), arguments=("--rate", "3")) as player:
        await player.press("P", *"00")
        await player.reads("enter begin again", "esc close")

        await player.press("escape")

        assert player.playback.arguments == ("--rate", "3")
        await player.run_step()
        await player.press("4")
        await player.reads("rate 3")


async def test_a_quotation_that_is_not_closed_is_said(folder: Path) -> None:
    async with opened(write_lesson(folder, PROGRAM)) as player:
        await player.press("P", *"--rate", "space", *"'a", "enter")

        await player.reads("a quotation is not closed")
        assert player.playback.arguments == ()


async def test_much_work_goes_only_when_enter_is_pressed_twice(folder: Path) -> None:
    async with opened(write_lesson(folder, PROGRAM), arguments=("--rate", "3")) as player:
        await player.run_step()
        player.record.seconds = 12.0

        await player.press("P", "0", "enter")
        await player.reads("12 s of work in all steps would go: ⏎ once more.")
        assert player.playback.arguments == ("--rate", "3")
        await player.press("enter")

        await player.until(lambda: player.record.outcome is None, "the lesson to begin again")
        assert player.playback.arguments == ("--rate", "30")


async def test_a_program_that_ends_well_says_that_it_ends_there(folder: Path) -> None:
    text = "# %%\nimport sys\nsys.exit(0)\n# %%\nprint('after')\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("a")
        await player.has_ended()

        await player.press("4")
        await player.reads("The program ends here")
        assert player.playback.shown == 0
        await player.press("n")
        await player.run_step()
        await player.press("4")
        await player.reads("after")


async def test_a_step_runs_past_one_that_cannot_be_read(folder: Path) -> None:
    text = "# %%\nmodel = # TODO\n# %%\nprint('after')\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.press("n")
        await player.run_step()

        assert player.playback.shown == 1
        await player.press("4")
        await player.reads("after")
        await player.press("p")
        await player.reads("SyntaxError: invalid syntax")
        await player.press("4")
        await player.reads("Python cannot read line 2: mend it, or the line above it.")


async def test_an_empty_file_opens(folder: Path) -> None:
    async with opened(write_lesson(folder, "")) as player:
        await player.reads("This step has no text.")

        assert player.playback.status is Status.READY
