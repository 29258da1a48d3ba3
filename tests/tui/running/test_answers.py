"""Code that asks for a line: the player lets it be written, and stays the player."""

from __future__ import annotations

from pathlib import Path

from driving import Player, opened, write_lesson

from engine.protocol.outcomes import Outcome
from tui.foot.answer_line import AnswerLine

ASKING = """
    # %% Asking
    name = input("Your name? ")
    print("Hello,", name + "!")
"""
SECRET = """
    # %% Secret
    from getpass import getpass
    key = getpass("Key? ")
    print(len(key), "characters")
"""


async def is_asked(player: Player) -> AnswerLine:
    line = player.screen.query_one(AnswerLine)
    await player.until(lambda: line.is_asked and line.has_focus, "the code to ask")
    return line


async def test_a_line_is_written_under_the_output(folder: Path) -> None:
    async with opened(write_lesson(folder, ASKING)) as player:
        await player.press("space")
        await is_asked(player)
        await player.reads("Your name?", "The code asks for a line")

        await player.press(*"quinn", "enter")

        await player.has_ended()
        assert player.output == "Your name? quinn\nHello, quinn!"
        assert not player.screen.query_one(AnswerLine).display


async def test_escape_stops_the_step_that_asks(folder: Path) -> None:
    async with opened(write_lesson(folder, ASKING)) as player:
        await player.press("space")
        await is_asked(player)

        await player.press("escape")

        await player.has_ended(Outcome.STOPPED)
        assert not player.screen.query_one(AnswerLine).display


async def test_a_secret_is_nowhere_on_the_screen(folder: Path) -> None:
    async with opened(write_lesson(folder, SECRET)) as player:
        await player.press("space")
        line = await is_asked(player)

        await player.press(*"abc")
        assert line.value == "abc"
        assert line.password
        await player.press("enter")

        await player.has_ended()
        assert player.output == "Key?\n3 characters"
