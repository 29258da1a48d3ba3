"""`Y`: pictures of panes and values of curves, in files where the app was started."""

from __future__ import annotations

import xml.dom.minidom
from pathlib import Path

import pytest
from driving import HALVING, Player, opened, write_lesson


@pytest.fixture(autouse=True)
def started_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app is started in."""
    here = tmp_path / "started in"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def words_of(picture: Path) -> str:
    texts = xml.dom.minidom.parse(str(picture)).getElementsByTagName("text")
    return " ".join(text.firstChild.data for text in texts).replace("\xa0", " ")


async def saved(player: Player, folder: Path, *names: str) -> None:
    await player.until(lambda: files(folder) == sorted(names), f"{names} to be saved")


async def test_a_curve_is_saved_as_values_and_as_a_picture(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        await player.run_step()
        await player.press("3", "Y")

        await player.reads("lesson-step-1-curve-1.csv")
        assert files(started_in) == ["lesson-step-1-curve-1.csv", "lesson-step-1-curve-1.svg"]
        lines = (started_in / "lesson-step-1-curve-1.csv").read_text().split("\n")
        assert lines[:3] == ["iteration,cost", "1,32.0", "2,16.0"]
        assert len(lines) == 202
        assert "3 Curve" in words_of(started_in / "lesson-step-1-curve-1.svg")


async def test_a_curve_is_saved_whole_while_it_trains(folder: Path, started_in: Path) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        for position in (1, 2, 3):
            await player.press("full_stop")
            await player.is_at(position)
        assert player.record.frame is not None
        assert player.record.frame.curves

        await player.press("3", "Y")

        name = "lesson-step-1-curve-1"
        await saved(player, started_in, f"{name}.csv", f"{name}.svg")
        assert (started_in / f"{name}.csv").read_text() == "iteration,cost\n1,32.0\n2,16.0\n3,8.0\n"
        await player.press("full_stop")
        await player.is_at(4)


async def test_the_epoch_of_each_iteration_is_saved(folder: Path, started_in: Path) -> None:
    text = """
        # %% Epochs watch="cost"
        for epoch in range(2):
            for batch in range(3):
                cost = 10.0 * epoch + batch
    """
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        for position in (1, 2, 3, 4):
            await player.press("full_stop")
            await player.is_at(position)
        await player.press("3", "Y")

        name = "lesson-step-1-curve-1"
        await saved(player, started_in, f"{name}.csv", f"{name}.svg")
        assert (started_in / f"{name}.csv").read_text().split() == [
            "iteration,epoch,cost",
            "1,1,0.0",
            "2,1,1.0",
            "3,1,2.0",
            "4,2,10.0",
        ]


async def test_values_that_are_summed_up_are_said_to_be(folder: Path, started_in: Path) -> None:
    text = """
        # %% Long watch="cost"
        cost = 0.0
        for epoch in range(20_000):
            cost = float(epoch)
    """
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await player.run_step()
        await player.press("3", "Y")

        await player.reads("no longer known one by one")
        (csv, _) = files(started_in)
        lines = (started_in / csv).read_text().split("\n")
        assert lines[0] == "first_iteration,last_iteration,cost_mean,cost_lowest,cost_highest"
        assert lines[1] == "1,16,7.5,0.0,15.0"
        assert lines[-2] == "20000,20000,19999.0,19999.0,19999.0"


async def test_other_panes_are_saved_as_pictures_without_what_lies_over_them(
    folder: Path, started_in: Path
) -> None:
    text = "# %% [markdown]\n# 비용이 줄어든다.\n# %%\nprint('written')\n"
    async with opened(write_lesson(folder, text)) as player:
        await player.run_step()
        await player.press("1", "Y")
        await player.reads("Saved lesson-step-1-text-1.svg in")
        await player.press("Y")
        await player.press("4", "Y")

        first, second, output = (
            f"lesson-step-1-{name}.svg" for name in ("text-1", "text-2", "output-1")
        )
        await saved(player, started_in, first, second, output)
        assert "비용이 줄어든다." in words_of(started_in / second)
        assert "Saved" not in words_of(started_in / second)
        assert "written" in words_of(started_in / output)


async def test_where_nothing_can_be_written_that_is_said(
    folder: Path, started_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(write_lesson(folder, HALVING), (120, 40)) as player:
        started_in.rmdir()

        await player.press("Y")

        await player.reads("Not saved")


async def test_a_curve_whose_process_has_died_is_saved_as_a_picture(
    folder: Path, started_in: Path
) -> None:
    text = """
        # %% Dying watch="cost"
        import os
        cost = 1.0
        for epoch in range(3):
            cost = cost / 2
            if epoch == 2:
                os._exit(3)
    """
    async with opened(write_lesson(folder, text), (120, 40)) as player:
        await player.press("full_stop")
        await player.is_at(1)
        await player.press("space")
        await player.until(lambda: player.record.death is not None, "the process to die")

        await player.press("3", "Y")

        await saved(player, started_in, "lesson-step-1-curve-1.svg")
        await player.reads("has ended")
