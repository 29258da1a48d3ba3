"""Which panes are in sight, and how they are chosen, enlarged and dragged."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import (
    ENDLESS,
    HALVING,
    Player,
    opened,
    text_of,
    wait_for_list,
    wait_for_player,
    write_lesson,
)
from textual.content import Content

from engine.protocol.status import Status
from tui.panes.pane_tabs import PaneTabs

EVERYTHING = """
    # %% [markdown]
    # ## Everything
    # The first line of the text.
    #
    # A second one.
    #
    # A third one.
    #
    # The last line of the text.
    # %% Everything watch="cost" show="weight"
    import torch
    weight = torch.zeros(2, 2)
    for epoch in range(1, 6):
        cost = 1.0 / epoch
    print("all is said")
    # %% Drawn view="every epoch"
    print(f"drawn after {epoch}")
"""


@pytest.fixture
def everything(folder: Path) -> Path:
    return write_lesson(folder, EVERYTHING)


@pytest.fixture
def halving(folder: Path) -> Path:
    return write_lesson(folder, HALVING)


# The tab of each pane, which begins with its key, and what it shows.
PANES = {
    "1 Text": "The first line of the text.",
    "2 Code": "cost = 1.0 / epoch",
    "3 Curve": "newest, at 5",
    "4 Output": "all is said",
    "5 Tensors": "weight  [2, 2]",
    "6 Drawing": "drawn after",
}


async def test_each_pane_is_one_key_and_one_click_away(everything: Path) -> None:
    async with opened(everything) as player:
        await player.run_step()
        for tab, shown in PANES.items():
            key = tab[0]

            await player.press(key)
            await player.reads(shown)
            await player.press("2" if key == "1" else "1")
            await player.until(
                lambda shown=shown: shown not in text_of(player.pilot), f"another pane than {tab}"
            )
            await player.click(tab)

            await player.reads(shown)


async def test_two_columns_show_four_panes_and_bring_the_others_in_place_of_the_last(
    everything: Path,
) -> None:
    async with opened(everything, (120, 40)) as player:
        await player.run_step()
        assert player.panes.in_sight == ("prose", "code", "curve", "view")

        await player.press("5")

        assert player.panes.in_sight == ("prose", "code", "curve", "tensors")
        await player.reads("5 Tensors ──", "weight  [2, 2]")

        player.panes.show_pane("code")

        # Already: a tab that came with a later message would be painted a whole update later.
        assert active_tab(player) == "2 Code"


async def test_panes_come_with_the_run_that_fills_them_and_a_click_makes_one_active(
    everything: Path,
) -> None:
    async with opened(everything, (200, 60)) as player:
        assert player.panes.in_sight == ("prose", "code")
        await player.press("4")
        await player.reads("Nothing written yet.")
        assert set(player.panes.in_sight) == {"prose", "code", "output"}

        await player.run_step()

        assert set(player.panes.in_sight) == {
            *("prose", "code", "curve", "output", "tensors", "view")
        }
        assert all(pane.region.area for pane in player.panes.children if pane.display)
        await player.click("drawn after 5")
        assert player.panes.active == "view"


async def test_a_step_has_only_the_panes_that_it_has_something_for(halving: Path) -> None:
    async with opened(halving, (200, 60)) as player:
        assert player.panes.names == ["prose", "code", "curve"]
        assert "4 Output" not in text_of(player.pilot)

        await player.press("6")

        await player.reads("This step draws nothing.")
        assert player.panes.active == "prose"
        # What it writes is known once it has ended.
        await player.press("4")
        await player.reads("Nothing written yet.")
        await player.run_step()
        await player.press("4")
        await player.reads("This step writes nothing.")


async def test_a_step_that_writes_after_all_gets_an_output(folder: Path) -> None:
    text = "# %%\nimport sys\nfor epoch in range(3):\n    sys.stdout.write('here')\n"
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        assert "output" not in player.panes.names

        await player.run_step()

        await player.reads("hereherehere")


async def test_a_run_brings_its_curve_and_drawing_under_the_end_of_its_text_and_so_when_it_goes_on(
    everything: Path,
) -> None:
    async with opened(everything) as player:
        await player.press("full_stop")

        for seen in ("drawn after 1", "drawn after 2"):
            await player.reads("The last line of the text.", "3 Curve ─", seen)
            await player.until(
                lambda: "The first line of the text." not in text_of(player.pilot),
                "the end of the text alone",
            )
            await player.press("1")
            await player.reads("The first line of the text.")
            await player.press("full_stop")


async def test_a_run_leaves_a_pane_that_was_chosen_where_it_is(everything: Path) -> None:
    async with opened(everything) as player:
        await player.press("2")

        await player.run_step()

        assert player.panes.in_sight == ("code",)


async def test_a_tab_has_a_dot_until_what_is_new_was_looked_at(everything: Path) -> None:
    async with opened(everything) as player:
        await player.run_step()
        await player.reads("4 Output•", "5 Tensors•")

        await player.press("4")
        await player.until(lambda: "4 Output•" not in text_of(player.pilot), "the dot to go")
        await player.press("1")

        await player.reads("The first line of the text.", "5 Tensors•")
        assert "4 Output•" not in text_of(player.pilot)


async def test_an_output_out_of_sight_leaves_its_last_line_in_sight(everything: Path) -> None:
    async with opened(everything, (120, 40)) as player:
        await player.run_step()

        assert "output" not in player.panes.in_sight
        await player.reads("› all is said")


async def test_a_key_gives_the_active_pane_all_the_room_and_takes_it_back(everything: Path) -> None:
    async with opened(everything, (200, 60)) as player:
        await player.run_step()
        before = player.panes.in_sight
        await player.press("3", "w")
        assert player.panes.in_sight == ("curve",)
        await player.until(lambda: player.panes.curve.size.width > 190, "the curve to fill it")

        await player.press("w")

        assert player.panes.in_sight == before


async def test_a_border_is_dragged_and_0_brings_it_back(halving: Path) -> None:
    async with opened(halving, (120, 40)) as player:
        await player.run_step()
        curve = player.panes.curve
        edge, row = curve.region.x, curve.region.y + 9

        await player.pilot.mouse_down(offset=(edge, row))
        await player.pilot.hover(offset=(edge + 20, row))
        await player.pilot.mouse_up(offset=(edge + 20, row))
        await player.until(lambda: curve.region.x in range(edge + 19, edge + 22), "the border")
        await player.press("0")

        await player.until(lambda: curve.region.x == edge, "the border back")


async def test_nothing_jumps_when_a_run_with_loops_begins(folder: Path) -> None:
    text = "# %%\nfor epoch in range(9):\n    for batch in range(9):\n        cost = 1.0\n"
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        before = player.panes.region

        await player.press("full_stop")
        await player.is_at(1)

        assert player.bars
        assert player.panes.region == before


async def test_resizing_while_it_trains_keeps_everything_alive(folder: Path) -> None:
    async with opened(write_lesson(folder, ENDLESS), (200, 60)) as player:
        await player.press("space")
        await player.is_running()

        for width, height in ((40, 12), (120, 40), (20, 5), (80, 24), (200, 60)):
            await player.pilot.resize_terminal(width, height)
            await player.until(
                lambda width=width: player.screen.size.width == width, f"{width} columns"
            )

        frame = player.record.frame
        await player.until(lambda: player.record.frame is not frame, "another frame")
        assert player.playback.status is Status.RUNNING
        assert player.panes.in_sight == ("code", "curve")


async def test_zero_brings_back_what_a_run_shows(everything: Path) -> None:
    async with opened(everything) as player:
        await player.run_step()
        before = player.panes.in_sight
        await player.press("2", "w")

        await player.press("0")

        await player.until(lambda: player.panes.in_sight == before, "what the run shows")
        assert len(before) > 1
        await player.press("0")
        await player.reads("The panes stand as they do by themselves.")


async def test_what_was_looked_at_has_no_dot_when_the_lesson_is_opened_again(
    everything: Path,
) -> None:
    async with opened(everything) as player:
        await player.run_step()
        await player.press("4")
        await player.until(lambda: "4 Output•" not in text_of(player.pilot), "the dot to go")

        await player.press("1", "escape")
        await wait_for_list(player.pilot)
        await player.press("enter")
        await wait_for_player(player.pilot)

        await player.reads("5 Tensors•")
        assert "4 Output•" not in text_of(player.pilot)


def active_tab(player: Player) -> str:
    content = player.screen.query_one(PaneTabs).content
    assert isinstance(content, Content)
    active = [span for span in content.spans if "reverse" in str(span.style)]
    return "".join(content.plain[span.start : span.end] for span in active).strip()


async def test_a_pane_that_is_chosen_while_the_screen_is_taken_down_ends_in_no_error(
    halving: Path,
) -> None:
    async with opened(halving) as player:
        # As where the player is left: what stands around a pane may have gone before it.
        await player.screen.query_one(PaneTabs).remove()

        await player.press("2")

        assert player.panes.in_sight == ("code",)
