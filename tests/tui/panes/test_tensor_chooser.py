"""Which tensors are shown: chosen from a list that typing filters, while a lesson is open."""

from __future__ import annotations

from pathlib import Path

from driving import Player, opened, write_lesson

from engine.protocol.outcomes import Outcome

LESSON = """
# %% show="weight"
import torch
weight = torch.ones(2)
bias = torch.zeros(1)
window = torch.zeros(3)
# %%
other = torch.ones(4)
"""


def heads(player: Player) -> list[str]:
    """The names of the tensors that the pane shows."""
    lines = player.pane("tensors").text.splitlines()
    return [line.split()[0] for line in lines if "float32" in line]


async def shows(player: Player, *names: str) -> None:
    await player.until(lambda: heads(player) == list(names), f"{names}, not {heads(player)}")


async def test_a_name_that_the_author_did_not_list_can_be_shown_and_hidden(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await player.press("5")
        await player.run_step()
        await shows(player, "weight")

        await player.press("T")
        await player.reads("[x] weight  [2]  float32", "[ ] bias  [1]  float32")
        await player.press("down", "enter")
        await player.reads("[x] bias")
        await player.press("up", "enter")
        await player.reads("[ ] weight")
        await player.press("escape")

        await shows(player, "bias")


async def test_space_shows_and_hides_as_enter_does(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await player.press("5")
        await player.run_step()
        await player.press("T")
        await player.reads("[x] weight", "[ ] bias")

        await player.press("space", "down", "space")

        await player.reads("[ ] weight", "[x] bias")


async def test_after_a_run_without_tensors_there_is_none_to_choose(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% One\na = 1\n")) as player:
        await player.run_step()

        await player.press("T")

        await player.reads("There is no tensor to choose.")


async def test_typing_filters_the_names(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await player.press("5")
        await player.run_step()

        await player.press("T")
        await player.reads("[ ] window")
        await player.press("w", "i", "n", "enter", "escape")

        await shows(player, "weight", "window")


async def test_what_was_chosen_is_shown_in_the_steps_that_follow(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await player.press("5")
        await player.run_step()
        await player.press("T")
        await player.reads("[ ] bias")
        await player.press("down", "enter", "escape")
        await shows(player, "weight", "bias")

        await player.press("n")
        await player.run_step()
        await player.press("5")

        await shows(player, "other", "bias")


async def test_before_a_run_there_is_nothing_to_choose(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await player.press("T")

        await player.reads("No tensors yet")


async def test_after_an_error_what_there_is_can_be_chosen(folder: Path) -> None:
    broken = '# %% show="first"\nimport torch\nfirst = torch.ones(2)\nlast = torch.ones(3)\n1 / 0\n'
    async with opened(write_lesson(folder, broken)) as player:
        await player.press("5", "space")
        await player.has_ended(Outcome.FAILED)

        await player.press("T")
        await player.reads("[ ] last")
        await player.press("down", "enter", "escape", "5")

        await shows(player, "first", "last")
