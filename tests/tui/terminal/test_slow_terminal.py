"""A slow terminal slows only itself: what is drawn is dropped and never queued.

How long a terminal takes is counted in the bytes that it has taken meanwhile, not by a clock.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import ENDLESS, write_lesson
from emulation import Screen
from slow_terminal import SlowApp

# A slow line takes its time, and a loaded machine more.
pytestmark = pytest.mark.timeout(400)

COLUMNS, ROWS = 120, 40
SPEED = 9600
# What a queue would hold by then is many times as much.
UNTIL_THE_LINE_IS_FULL = 2 * SPEED
QUIET = 1.0
# After seconds of training the first only has it asked whether they may go.
LEAVE = "qq"

# A training that goes on until it is told to end, and what is known of how it looks then.
HELD = """
    # %% Held watch="cost"
    import os
    epoch, cost = 0, 0.0
    while cost != 0.375:
        epoch += 1
        cost = 0.375 if os.path.exists({go!r}) else 1 / epoch
    print("the last " + "line")
"""
IN_THE_END = ("cost 0.375", "the last line", " done ")


@pytest.fixture
def lesson(folder: Path) -> Path:
    return write_lesson(folder, ENDLESS)


def trains(app: SlowApp) -> None:
    app.reads("ready")
    app.press(" ")
    app.reads("running")


def fills_the_line(app: SlowApp) -> None:
    full = app.length + UNTIL_THE_LINE_IS_FULL
    app.wait_until(lambda: app.length > full)


def falls_quiet(app: SlowApp) -> None:
    length = -1
    while length != app.length:
        length = app.length
        time.sleep(QUIET)


def shows(app: SlowApp, *texts: str, since: int = 0) -> None:
    """Wait until all of the texts are on the screen, of what was written from `since` on."""
    screen, read = Screen(COLUMNS, ROWS), since

    def is_shown() -> bool:
        nonlocal read
        new = app.output[read:]
        screen.feed(new)
        read += len(new)
        return all(text in screen.text for text in texts)

    app.wait_until(is_shown)


def shown(written: bytes) -> str:
    screen = Screen(COLUMNS, ROWS)
    screen.feed(written)
    return screen.text


def shows_help(app: SlowApp, seconds: int) -> None:
    since = app.length

    app.press("?")

    app.reads("Keys", since)
    assert app.output.index(b"Keys", since) - since < seconds * SPEED


def test_help_is_seen_within_two_seconds_of_the_line(lesson: Path) -> None:
    with SlowApp(lesson, speed=SPEED, answers=True, columns=COLUMNS, rows=ROWS) as app:
        trains(app)
        fills_the_line(app)

        shows_help(app, 2)


def test_on_a_silent_terminal_help_comes_soon_and_the_app_leaves_soon(lesson: Path) -> None:
    with SlowApp(lesson, speed=SPEED, columns=COLUMNS, rows=ROWS) as app:
        trains(app)
        fills_the_line(app)
        # Of a silent terminal the kernel hides 20 kB until it is known to be slow.
        shows_help(app, 5)
        app.press("\x1b")
        fills_the_line(app)
        since = app.length

        app.press(LEAVE)

        assert app.ends() == 0
        assert app.length - since < 3 * SPEED


def test_what_was_held_back_is_drawn_in_the_end(folder: Path) -> None:
    go = folder / "go"
    lesson = write_lesson(folder, HELD.format(go=str(go)))
    with SlowApp(lesson, speed=SPEED, answers=True, columns=COLUMNS, rows=ROWS) as app:
        trains(app)
        fills_the_line(app)
        go.touch()
        shows(app, *IN_THE_END)
        falls_quiet(app)
        gathered = shown(app.output)

        since = app.length
        app.signal(signal.SIGTSTP)
        os.waitpid(app._program.pid, os.WUNTRACED)
        app.signal(signal.SIGCONT)
        shows(app, *IN_THE_END, since=since)
        falls_quiet(app)

        assert gathered == shown(app.output[since:])


@pytest.mark.parametrize(
    ("leave", "status"),
    [
        (lambda app: app.press(LEAVE), 0),
        (lambda app: app.signal(signal.SIGTERM), 143),
    ],
    ids=["q", "SIGTERM"],
)
def test_the_app_leaves_a_terminal_that_takes_nothing(
    lesson: Path, leave: Callable[[SlowApp], object], status: int
) -> None:
    with SlowApp(lesson, speed=1_000_000, columns=COLUMNS, rows=ROWS) as app:
        before = app.modes
        trains(app)
        app.take_nothing()
        time.sleep(QUIET)

        leave(app)

        assert app.ends() == status
        assert app.terminal_modes() == before
        app.take_again()
