"""Signals to the app: it leaves in good order, or stops the training, and nothing is lost."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from driving import ENDLESS, write_lesson
from real_terminal import RealApp, without_torch

from engine.progress.keeping import open_progress
from engine.progress.places import state_folder

LEAVING = {
    143: lambda app: app.signal(signal.SIGTERM),
    129: lambda app: app.signal(signal.SIGHUP),
    131: lambda app: app.press(CTRL_BACKSLASH),
}
CTRL_BACKSLASH = "\x1c"
LEAVING_ALTERNATE_SCREEN = b"\x1b[?1049l"
NO_MOUSE = [b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l"]
TWO_STEPS = f"{ENDLESS}\n    # %% Second\n    print('second')\n"


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, TWO_STEPS)


def trains(app: RealApp) -> None:
    app.reads("1/2 Endless")
    app.reads("ready")
    app.press(" ")
    app.reads("running")


def last_step() -> str | None:
    progress = open_progress(state_folder())
    place = progress.last_place()
    progress.close()
    return None if place is None else place.step


@pytest.mark.parametrize("status", LEAVING)
def test_a_signal_to_leave_ends_the_app_while_it_trains_and_restores_the_terminal(
    lesson: Path, status: int
) -> None:
    with RealApp(lesson) as app:
        before = app.modes
        trains(app)

        LEAVING[status](app)

        assert app.status() == status
        assert app.terminal_modes() == before
        left = app.output.rpartition(b"\x1b[?1049h")[2]
        assert LEAVING_ALTERNATE_SCREEN in left
        assert [mode for mode in NO_MOUSE if mode not in left] == []
        assert b"Traceback" not in left


def test_a_signal_to_leave_keeps_where_the_learner_is(lesson: Path, tmp_path: Path) -> None:
    with RealApp(lesson, PYTHONPATH=without_torch(tmp_path)) as app:
        app.reads("1/2 Endless")
        app.press("n")
        app.reads("2/2 Second")

        app.signal(signal.SIGTERM)
        app.status()

    assert "Second" in str(last_step())


def test_a_terminal_that_goes_away_ends_the_app(lesson: Path) -> None:
    with RealApp(lesson) as app:
        trains(app)

        app.hang_up()

        assert app.status() == 129


def test_a_terminal_that_goes_away_without_a_signal_ends_the_app(lesson: Path) -> None:
    with RealApp(lesson, owns_terminal=False) as app:
        trains(app)

        app.hang_up()

        assert app.status() == 129


@pytest.mark.parametrize("length", [0, 100, 5000])
def test_a_signal_while_the_app_starts_ends_it_too(lesson: Path, length: int) -> None:
    with RealApp(lesson) as app:
        app.wait_until(lambda: app.length > length)

        app.signal(signal.SIGTERM)

        assert app.status() == 143
        assert b"Traceback" not in app.output


def test_an_interrupt_from_outside_stops_a_training_and_never_the_app(lesson: Path) -> None:
    with RealApp(lesson) as app:
        app.reads("ready")
        app.signal(signal.SIGINT)
        trains(app)

        app.signal(signal.SIGINT)

        app.reads("stopped")
        since = app.length
        app.press("n")
        app.reads("2/2 Second", since)
        assert b"Traceback" not in app.output


def test_an_app_draws_itself_again_after_a_pause_and_at_another_size(lesson: Path) -> None:
    with RealApp(lesson) as app:
        trains(app)
        app.signal(signal.SIGTSTP)
        _, state = os.waitpid(app._program.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(state)
        app.wait_for(re.compile(re.escape(LEAVING_ALTERNATE_SCREEN)))

        since = app.length
        app.signal(signal.SIGCONT)

        app.reads("1/2 Endless", since)
        assert b"\x1b[12;" in app.output

        since = app.length
        app.resize(60, 20)

        app.reads("1/2 Endless", since)
