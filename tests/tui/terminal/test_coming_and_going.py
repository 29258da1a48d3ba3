"""Start and end: nothing waits for torch, and whatever runs ends with the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import (
    ENDLESS,
    HALVING,
    listed,
    opened,
    opened_list,
    press,
    wait_for_list,
    wait_for_player,
    wait_for_text,
    wait_until,
    write_lesson,
)

from engine.client.engine import Engine
from engine.protocol.outcomes import Outcome
from tui.app import TutorchApp


@pytest.fixture
def endless(folder: Path) -> Path:
    return write_lesson(folder, ENDLESS)


# Stands in for torch in the host's process, until a file is there.
SLOW_TORCH = """
import importlib, os, sys, time
folder = os.path.dirname(__file__)
while not os.path.exists(os.path.join(folder, "go")):
    time.sleep(0.02)
sys.path.remove(folder)
del sys.modules["torch"]
importlib.import_module("torch")
"""
MISSING_TORCH = "raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')\n"


def put_in_place_of_torch(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have apps start an engine of their own, which finds this in place of torch."""
    (folder / "torch.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setattr("engine.client.engine.Engine", Engine)


@pytest.fixture
def import_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An import of torch that takes until this file is there."""
    put_in_place_of_torch(SLOW_TORCH, tmp_path, monkeypatch)
    yield tmp_path / "go"
    (tmp_path / "go").touch()


async def test_the_player_can_be_used_while_torch_is_still_imported(
    folder: Path, import_gate: Path
) -> None:
    write_lesson(folder, f"{HALVING}    # %% Second\n    print(1)\n")
    async with opened_list(folder) as pilot:
        await press(pilot, "enter")
        player = await wait_for_player(pilot)
        await player.reads("importing torch", "The cost falls.")

        await player.press("2")
        await player.reads("cost = cost / 2")
        await player.press("n")
        await player.shows_step(1)
        await player.press("escape")

        await wait_for_list(pilot)


async def test_a_step_that_is_run_before_torch_is_there_runs_once_it_is(
    folder: Path, import_gate: Path
) -> None:
    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        player = await wait_for_player(pilot)
        await player.reads("importing torch")
        await player.press("space")

        import_gate.touch()

        await player.has_ended(Outcome.DONE)


async def test_quitting_works_while_torch_is_still_imported(
    folder: Path, import_gate: Path
) -> None:
    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        player = await wait_for_player(pilot)
        await player.reads("importing torch")

        await pilot.press("q")
        await wait_until(pilot, lambda: pilot.app._exit, "the app to end")

    assert pilot.app.return_code == 0
    assert not import_gate.exists()


async def test_a_missing_torch_says_how_to_get_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place_of_torch(MISSING_TORCH, tmp_path, monkeypatch)

    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        await wait_for_player(pilot)

        await wait_for_text(pilot, "cannot run", "torch is not installed")


async def test_a_device_that_is_not_there_says_which_are(folder: Path) -> None:
    app = TutorchApp(folder, write_lesson(folder, HALVING), "cuda:99")
    async with app.run_test(notifications=True) as pilot:
        await wait_for_player(pilot)

        await wait_until(pilot, lambda: app._notifications, "a notice")
        (notice,) = app._notifications
        assert "torch finds no device 'cuda:99' here; it finds: cpu" in notice.message


async def test_the_device_is_shown(endless: Path) -> None:
    async with opened(endless) as player:
        await player.until(lambda: player.status_line.endswith("ready  cpu"), "the device")


async def test_a_lesson_that_was_left_trains_on_and_is_found_where_it_is(
    endless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(endless.parent)
    # Named as on the command line; the list, whose first line goes on with it, has the whole path.
    app = TutorchApp(tmp_path / "none", Path(endless.name), trusts=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        player = await wait_for_player(pilot)
        await player.is_ready()
        await player.press("space")
        await player.is_running()
        left = player.playback
        position = player.position

        await player.press("escape")
        await wait_for_list(player.pilot)
        await player.reads("lesson goes on: open it again to see it.", "Continue: lesson, step 1")
        await press(player.pilot, "g", "enter")
        again = await wait_for_player(player.pilot)

        assert again.playback is left
        await again.is_running()
        await again.until(lambda: again.position > position, "later iterations")

        await again.press("space")
        await again.is_paused()
        await again.press("escape")
        await again.reads("lesson stays paused: open it again to go on.")


async def test_a_lesson_whose_file_has_changed_is_opened_as_it_is_now(folder: Path) -> None:
    path = write_lesson(folder, HALVING)
    async with opened(path) as player:
        session = player.playback.session
        await player.press("escape")
        await wait_for_list(player.pilot)
        path.write_text(path.read_text() + "# %% More\nmore = 1\n")

        await press(player.pilot, "enter")

        again = await wait_for_player(player.pilot)
        assert len(again.playback.lesson.steps) == 2
        assert again.playback.session is session


@pytest.mark.parametrize("moment", ["running", "paused", "done"])
async def test_quitting_at_any_moment_ends_the_app_and_its_worker(
    endless: Path, moment: str
) -> None:
    async with opened(endless) as player:
        await player.press("space")
        await player.is_running()
        if moment == "paused":
            await player.press("space")
            await player.is_paused()
        if moment == "done":
            await player.press("s")
            await player.has_ended(Outcome.STOPPED)

        await player.pilot.press("q")
        await wait_until(player.pilot, lambda: player.pilot.app._exit, "the app to end")

    assert player.pilot.app.return_code == 0


async def test_a_lesson_that_was_left_paused_is_found_paused_with_its_panes(endless: Path) -> None:
    async with opened(endless) as player:
        await player.press("full_stop")
        await player.is_at(1)
        await player.press("3", "escape")
        await wait_for_list(player.pilot)
        assert listed(player.pilot)[0] == "Continue: lesson, step 1"

        await press(player.pilot, "enter")
        again = await wait_for_player(player.pilot)

        await again.is_at(1)
        assert (again.panes.active, again.panes.in_sight) == ("curve", ("curve",))
        await again.press("full_stop")
        await again.is_at(2)


async def test_pressing_enter_twice_opens_one_player(endless: Path) -> None:
    async with opened_list(endless.parent) as pilot:
        await pilot.press("enter", "enter")
        player = await wait_for_player(pilot)
        await player.is_ready()

        await player.press("escape")

        await wait_for_list(pilot)


async def test_a_lesson_given_at_the_start_that_cannot_be_read_says_why(folder: Path) -> None:
    bad = write_lesson(folder, "# ---\n# tutorch:\n#   minutes: soon\n# ---\n# %%\n1\n")

    async with TutorchApp(folder, bad).run_test() as pilot:
        await wait_for_text(pilot, "This lesson cannot be read", "minutes")
