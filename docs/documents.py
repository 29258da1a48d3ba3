"""Makes what README.md and the pages show of the app, from the app itself."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
import references
from references import key_table
from textual.pilot import Pilot
from textual.widgets import Input

from engine.courses.library import find_lesson
from engine.lesson.model import Lesson
from engine.protocol.places import Place
from engine.protocol.status import Status
from tui.app import TutorchApp
from tui.commands.naming import LESSONS
from tui.language.places import LOCALE
from tui.player.playback import Playback
from tui.player.standing import changes_in_run
from tui.screens.player import PlayerScreen

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "assets" / "player.svg"

KEYS_BEGIN = "<!-- keys: `make docs` writes them from tui/actions/ -->"
KEYS_END = "<!-- end of keys -->"

_SIZE = (120, 36)
_CELL_TITLE = "Training with tensors"
_RACE = "lr: 2e-6 5e-6"
_BRANCHES_AT, _STANDS_AT = 20, 60
_SECONDS_TO_WAIT = 120.0

_TOOK = re.compile(r"for&#160;\d[^<]*(?=</text>)")

# Fonts that a reader's machine may have; in the first, braille and blocks fill their cells.
_FONTS = "'Fira Code', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def main() -> None:
    """Remake the tables, click's words, and then the picture."""
    references.main()
    for words in LOCALE.rglob("click.po"):
        words.with_suffix(".mo").write_bytes(compiled_words(words))
    README.write_text(with_key_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    os.environ["LC_ALL"] = "C.UTF-8"
    with TemporaryDirectory() as nothing_done:
        os.environ["XDG_STATE_HOME"] = nothing_done
        svg = asyncio.run(screenshot_of_a_race())
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(the_same_each_time(self_contained(svg)), encoding="utf-8")


def compiled_words(catalogue: Path) -> bytes:
    """A catalogue as gettext reads it."""
    return bytes(polib.pofile(str(catalogue)).to_binary())


async def screenshot_of_a_race() -> str:
    """An SVG of the player after a race in lesson 0's training, paused in a branch of that.

    The branch leaves the lesson's own run in its middle, with a learning rate turned up. Raises
    TimeoutError when the app does not get there.
    """
    app = TutorchApp(LESSONS, find_lesson("0", LESSONS))
    async with app.run_test(size=_SIZE) as pilot:
        playback = await _opened_playback(app, pilot)
        step = _step_with(playback.lesson, _CELL_TITLE)
        await pilot.press(*["n"] * step, "3", "space", "escape")
        await _until(pilot, lambda: playback.record.outcome is not None)
        await pilot.press("S", "V")
        await _write(pilot, _RACE)
        await _until(pilot, lambda: len(playback.runs.left(step)) == _RACE.count("e-"))
        playback.session.go_to(Place(step, True, _BRANCHES_AT))
        await _until(pilot, partial(_stands_at, playback, _BRANCHES_AT))
        await pilot.press("2", "number_sign", "right_curly_bracket")
        await _until(pilot, lambda: changes_in_run(playback))
        await pilot.press("escape")
        for epoch in range(_BRANCHES_AT + 1, _STANDS_AT + 1):
            await pilot.press("full_stop")
            await _until(pilot, partial(_stands_at, playback, epoch))
        # How far the code has scrolled hangs on which of its lines were seen to run.
        await pilot.press("g")
        return app.export_screenshot(title="tutorch")


def self_contained(svg: str) -> str:
    """The SVG without anything that a viewer would fetch from elsewhere."""
    svg = re.sub(r"\s*@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    fonts = f"font-family: {_FONTS}; font-variant-ligatures: none"
    return re.sub(r"font-family:[^;}]*", fonts, svg)


def the_same_each_time(svg: str) -> str:
    """The SVG without what is another each time: the number in its names, how long the run took."""
    svg = re.sub(r"\bterminal-\d+", "terminal", svg)
    return _TOOK.sub(lambda took: "&#160;" * len(took[0].replace("&#160;", " ")), svg)


def with_key_table(text: str) -> str:
    """README's text with the table of keys of today between its two marks."""
    before, _, rest = text.partition(KEYS_BEGIN)
    _, end, after = rest.partition(KEYS_END)
    if not end:
        raise ValueError(f"README.md lacks the line {KEYS_BEGIN!r}, or below it {KEYS_END!r}")
    return f"{before}{KEYS_BEGIN}\n\n{key_table()}\n\n{KEYS_END}{after}"


async def _opened_playback(app: TutorchApp, pilot: Pilot[None]) -> Playback:
    """What the player shows, once it can run cells."""
    await _until(pilot, lambda: isinstance(app.screen, PlayerScreen))
    assert isinstance(app.screen, PlayerScreen)
    playback = app.screen.playback
    await _until(pilot, lambda: playback.status is Status.READY)
    return playback


def _step_with(lesson: Lesson, title: str) -> int:
    """The index of the step whose cell has this title."""
    return next(step.index for step in lesson.steps if step.cell and step.cell.title == title)


def _stands_at(playback: Playback, epoch: int) -> bool:
    """Whether training is paused after this epoch, and what is shown is of it."""
    frame = playback.record.frame
    if playback.status is not Status.PAUSED or frame is None or not frame.loops:
        return False
    return frame.loops[0].done == epoch


async def _write(pilot: Pilot[None], text: str) -> None:
    """Write in the field that has the keys, in place of what is there, and press enter."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.value = text
    await pilot.press("enter")


async def _until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    async with asyncio.timeout(_SECONDS_TO_WAIT):
        while not holds():
            await pilot.pause(0.01)
    await pilot.pause()


if __name__ == "__main__":
    main()
