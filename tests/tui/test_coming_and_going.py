"""Start and end: nothing waits for torch, and whatever runs ends with the app."""

from __future__ import annotations

import threading
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

from engine.kernel.torch_import import DeviceMissing, import_torch
from engine.protocol.events import Outcome
from tui.app import TutorchApp


@pytest.fixture
def endless(folder: Path) -> Path:
    return write_lesson(folder, ENDLESS)


@pytest.fixture
def import_gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """An import of torch that takes until the event is set."""
    gate = threading.Event()

    def import_slowly(device: str | None) -> tuple[str, str]:
        gate.wait()
        return import_torch(device)

    monkeypatch.setattr("engine.kernel.worker_thread.import_torch", import_slowly)
    yield gate
    gate.set()


def fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(device: str | None) -> tuple[str, str]:
        raise error

    monkeypatch.setattr("engine.kernel.worker_thread.import_torch", fail)


async def test_the_player_can_be_used_while_torch_is_still_imported(
    folder: Path, import_gate: threading.Event
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
    folder: Path, import_gate: threading.Event
) -> None:
    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        player = await wait_for_player(pilot)
        await player.reads("importing torch")
        await player.press("space")

        import_gate.set()

        await player.has_ended(Outcome.DONE)


async def test_quitting_works_while_torch_is_still_imported(
    folder: Path, import_gate: threading.Event
) -> None:
    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        player = await wait_for_player(pilot)
        await player.reads("importing torch")

        await pilot.press("q")
        await wait_until(pilot, lambda: pilot.app._exit, "the app to end")

    assert pilot.app.return_code == 0
    assert not import_gate.is_set()


async def test_a_missing_torch_says_how_to_get_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(ModuleNotFoundError("No module named 'torch'", name="torch"), monkeypatch)

    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        await wait_for_player(pilot)

        await wait_for_text(pilot, "cannot run", "torch is not installed")


async def test_a_device_that_is_not_there_says_which_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(DeviceMissing("torch finds no device 'cuda' here; it finds: cpu"), monkeypatch)

    async with opened_list(write_lesson(folder, HALVING).parent) as pilot:
        await press(pilot, "enter")
        await wait_for_player(pilot)

        await wait_for_text(pilot, "torch finds no device 'cuda' here", "it finds: cpu")


async def test_the_device_is_shown(endless: Path) -> None:
    async with opened(endless) as player:
        await player.until(lambda: player.status_line.endswith("ready  cpu"), "the device")


async def test_leaving_a_lesson_that_trains_ends_its_worker(endless: Path) -> None:
    async with opened(endless) as player:
        session = player.playback.session
        await player.press("space")
        await player.is_running()

        await player.press("escape")

        await wait_for_list(player.pilot)
        await wait_until(player.pilot, lambda: session.is_closed, "the worker to end")


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


async def test_a_lesson_is_opened_a_second_time_as_if_it_were_the_first(endless: Path) -> None:
    async with opened(endless) as player:
        await player.press("full_stop")
        await player.is_at(1)
        await player.press("escape")
        await wait_for_list(player.pilot)
        assert len(listed(player.pilot)) == 1

        await press(player.pilot, "enter")
        again = await wait_for_player(player.pilot)

        await again.is_ready()
        assert again.playback.outcomes == [None]
        await again.press("full_stop")
        await again.is_at(1)


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
