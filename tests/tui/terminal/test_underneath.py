"""A screen that another one is over: it is painted where something changes, and else it rests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driving import ENDLESS, HALVING, Player, opened, write_lesson
from textual.screen import Screen


def paintings(player: Player, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is written to the terminal from here on."""
    app, written = player.pilot.app, []
    display = app._display

    def noted(screen: Screen[object], painting: object) -> None:
        if painting is not None:
            written.append(painting)
        display(screen, painting)  # type: ignore[arg-type]

    monkeypatch.setattr(app, "_display", noted)
    return written


async def comes_to_rest(player: Player, written: list[object]) -> None:
    """Wait until nothing more is written to the terminal."""
    counts = [-1]

    def is_still() -> bool:
        counts.append(len(written))
        return len(counts) > 12 and len({*counts[-12:]}) == 1

    await player.until(is_still, "the screen to be painted no more")


@pytest.mark.parametrize("key", ["question_mark", "t", "B", "W"])
async def test_two_screens_one_over_the_other_are_painted_only_when_one_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()
        written = paintings(player, monkeypatch)

        await player.press(key)

        await player.until(lambda: player.pilot.app.screen is not player.screen, "a dialog")
        await comes_to_rest(player, written)


async def test_a_training_goes_on_to_be_seen_under_another_screen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(write_lesson(folder, ENDLESS), (120, 40)) as player:
        await player.press("space")
        await player.is_running()
        await player.press("t")
        await player.until(lambda: player.pilot.app.screen is not player.screen, "a dialog")

        written = paintings(player, monkeypatch)

        await player.until(lambda: len(written) > 3, "the training behind it to be painted")


@pytest.mark.parametrize("key", [":", "V", "#", "/"])
async def test_a_line_that_waits_for_words_is_painted_no_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    laid_out: list[object] = []
    async with opened(write_lesson(folder, HALVING)) as player:
        await player.run_step()
        await player.press(key)
        refresh_layout = Screen._refresh_layout

        def noted(screen: Screen[object], *of: Any, **how: Any) -> None:
            laid_out.append(screen)
            refresh_layout(screen, *of, **how)

        monkeypatch.setattr(Screen, "_refresh_layout", noted)

        await comes_to_rest(player, laid_out)
