"""A tensor over the whole screen: moving through its values, its slices, its graph, the modules."""

from __future__ import annotations

from pathlib import Path

from driving import opened, text_of, write_lesson
from opening_tensors import LESSON, open_first


async def test_keys_scroll_an_opened_tensor_and_choose_its_slices(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await open_first(player)

        await player.press("down", "down", "right")
        await player.reads("[0, 2:", ", 1:", "121.")

        await player.press(*["pagedown"] * 9)
        await player.reads("[0, 24:40")
        await player.press("down")
        await player.reads("[0, 24:40")
        await player.press("home", "G")
        await player.reads("[0, 24:40")
        await player.press("home", "left")
        await player.reads("[0, 0:16")

        await player.press("plus", "plus")
        await player.reads("[2, 0:", "4800.")
        await player.press("minus", "minus", "d", "plus")
        await player.reads("[0:3, 0:", ", 1]", "61.  2461.  4861.")


async def test_keys_open_other_tensors_modules_and_graph_and_escape_closes(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await open_first(player)

        await player.press("n")
        await player.reads("model.weight  [2, 4]", "8 values")
        await player.press("p")
        await player.reads("7,200 values")

        await player.press("m")
        await player.reads("model  Linear(in_features=4, out_features=2, bias=True)  10 parameters")
        await player.reads("esc close  v values  g graph  n next  p back")
        assert "7,200 values" not in text_of(player.pilot)
        await player.press("plus")
        await player.reads("There is nothing to slice here: v shows the values.")
        await player.press("g")
        await player.reads("No graph: nothing is remembered")

        await player.press("escape")
        await player.reads("5 Tensors", "space again")


async def test_before_a_run_there_is_nothing_to_open(folder: Path) -> None:
    async with opened(write_lesson(folder, LESSON)) as player:
        await player.press("5", "enter")

        await player.reads("No tensors yet")


async def test_after_a_run_without_tensors_it_says_so(folder: Path) -> None:
    async with opened(write_lesson(folder, "# %% One\na = 1\n"), (120, 40)) as player:
        await player.run_step()

        await player.press("5")

        await player.reads("This step shows no tensor: T has others.")


async def test_the_bar_offers_no_slices_of_what_is_all_laid_out(folder: Path) -> None:
    lesson = write_lesson(folder, '# %% show="column"\nimport torch\ncolumn = torch.ones(3, 1)\n')
    async with opened(lesson, (120, 40)) as player:
        await player.press("5")
        await player.run_step()
        await player.press("5", "enter")
        await player.reads("3 values", "d lay out  g graph")

        await player.press("plus")

        await player.reads("There is nothing to slice: all of it is laid out.")


async def test_a_dimension_of_one_has_no_slices(folder: Path) -> None:
    lesson = write_lesson(folder, '# %% show="one"\nimport torch\none = torch.ones(1, 3, 4)\n')
    async with opened(lesson, (120, 40)) as player:
        await player.press("5")
        await player.run_step()
        await player.press("5", "enter")

        await player.reads("12 values", " d lay out  g graph")


TWO_STEPS = """
# %% show="digit"
import torch
digit = torch.ones(3, 3)
# %%
digit = 7
"""


async def test_a_tensor_of_a_step_that_others_have_followed_is_not_opened(folder: Path) -> None:
    async with opened(write_lesson(folder, TWO_STEPS), (120, 40)) as player:
        await player.run_step()
        await player.press("n")
        await player.run_step()
        await player.press("p", "5")
        await player.until(lambda: "digit" in player.pane("tensors").text, "the tensor")

        await player.press("enter")

        await player.reads("The names are no longer as this step left them")


async def test_a_name_that_is_no_tensor_any_more_is_said_to_be_none(folder: Path) -> None:
    lesson = f"""
# %% show="digit" watch="turn"
import pathlib
import torch
digit = torch.ones(3, 3)
for turn in range(10**9):
    if pathlib.Path({str(folder / "go")!r}).exists():
        digit = 7
"""
    async with opened(write_lesson(folder, lesson), (120, 40)) as player:
        await player.press("5", "space")
        await player.until(lambda: "digit" in player.pane("tensors").text, "the tensor")
        await player.press("enter")
        await player.reads("9 values")

        (folder / "go").touch()

        await player.reads("digit is no tensor any more")
