"""What is seen, and what keys do, while a step waits for torch to be imported."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from driving import Player, text_of, wait_for_player, write_lesson

from engine.client.engine import Engine
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.app import TutorchApp

TWO = """
    # %% One
    a = 1
    # %% Two
    b = 2
"""


@pytest.fixture
def import_ends(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the host go on, which is held up as soon as a lesson is opened in it."""
    held: list[int] = []
    open_in = Engine.open

    def open_and_hold(engine: Engine, *arguments: object, **options: object) -> object:
        session = open_in(engine, *arguments, **options)  # type: ignore[arg-type]
        assert engine._host is not None
        held.append(engine._host.pid)
        os.kill(held[-1], signal.SIGSTOP)
        return session

    def go_on() -> None:
        while held:
            os.kill(held.pop(), signal.SIGCONT)

    monkeypatch.setattr(Engine, "open", open_and_hold)
    return go_on


@pytest.fixture(autouse=True)
def _always(import_ends: Callable[[], None]) -> object:
    yield
    import_ends()


@asynccontextmanager
async def still_importing(folder: Path) -> AsyncIterator[Player]:
    lesson = write_lesson(folder, TWO)
    async with TutorchApp(folder, lesson).run_test(size=(100, 30), notifications=True) as pilot:
        player = await wait_for_player(pilot)
        assert player.playback.status is Status.LOADING
        yield player


async def test_a_step_that_waits_is_told_and_can_be_called_off_but_not_run(
    folder: Path, import_ends: Callable[[], None]
) -> None:
    async with still_importing(folder) as player:
        await player.press("space")

        await player.reads("importing torch, then step 1 runs", "s stop")
        assert "space" not in text_of(player.pilot).split("\n")[-1]
        await player.press("s")
        await player.until(lambda: player.playback.status is Status.LOADING, "nothing to wait")
        import_ends()
        await player.is_ready()
        # The session hears of both at once, and the stop may find the step just begun.
        assert player.record.outcome in (None, Outcome.STOPPED)


async def test_the_screen_stays_where_the_learner_has_gone_meanwhile(
    folder: Path, import_ends: Callable[[], None]
) -> None:
    async with still_importing(folder) as player:
        await player.press("space")
        await player.press("n")
        await player.press("space")

        await player.reads("A step runs once torch is imported")
        import_ends()
        await player.until(
            lambda: player.playback.record_of(0).outcome is Outcome.DONE, "step 1 to end"
        )

        await player.shows_step(1)
        assert player.record.outcome is None
        assert [*player.pilot.app._notifications] == []


async def test_it_follows_the_step_that_waits_where_the_learner_stays(
    folder: Path, import_ends: Callable[[], None]
) -> None:
    async with still_importing(folder) as player:
        await player.press("n", "space")
        await player.reads("importing torch, then step 2 runs")

        import_ends()

        await player.has_ended()
        await player.shows_step(1)
