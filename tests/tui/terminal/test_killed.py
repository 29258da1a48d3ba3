"""The app is killed while the learner writes and answers: what it said it kept, it kept."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest
from driving import write_lesson
from emulation import Screen
from real_terminal import RealApp, without_torch

from engine.lesson.keys import step_keys
from engine.progress.data import StepProgress
from engine.progress.keeping import open_progress
from engine.progress.places import state_folder
from engine.reading.reader import read_lesson

# For proof: TUTORCH_THOROUGH=1 pytest THIS_FILE
ROUNDS = 7 if "TUTORCH_THOROUGH" in os.environ else 4
COLUMNS, ROWS = 120, 40
F5 = "\x1b[15~"
TITLE = """
    # ---
    # tutorch:
    #   title: Fruit
    # ---
"""
STEP = """
    # %% [markdown]
    # Which?
    #
    # - [ ] Apples
    #   So it seems.
    # - [x] Pears
    #   So it is.

    # %% Step {number} tags=["exercise"]
    x = {number}

    # %% tags=["solution"]
    x = 0

    # %% tags=["check"]
    assert x == 0, "not yet"
"""


class PlayedApp(RealApp):
    """The app, and what a person sees of it."""

    def __init__(self, lesson: Path, path: str) -> None:
        super().__init__(lesson, columns=COLUMNS, rows=ROWS, PYTHONPATH=path)
        self._screen = Screen(COLUMNS, ROWS)
        self._seen = 0

    @property
    def screen(self) -> str:
        output = self.output
        self._screen.feed(output[self._seen :])
        self._seen = len(output)
        return self._screen.text

    def shows(self, *texts: str) -> None:
        """Wait until all of the texts are on the screen."""
        self.wait_until(lambda: all(text in self.screen for text in texts))

    def shows_step(self, number: int) -> None:
        self.shows(f" {number}/{ROUNDS} ", f"x = {number}")

    def kept_edit(self, number: int) -> str:
        """What is in front of `x` in the source, where the screen calls that kept; else ""."""
        source = re.search(rf" ([a-g]*)x = {number}\b", self.screen)
        return source[1] if source is not None and "─ kept ─╯" in self.screen else ""

    def kills(self) -> None:
        """Kill the app, and see what it had written by then."""
        self.signal(signal.SIGKILL)
        self.status()
        self._drain.join()


def write_some(app: PlayedApp, number: int, chance: random.Random) -> None:
    app.press("e")
    app.shows("esc done")
    app.press("a")
    app.wait_until(lambda: app.kept_edit(number) != "")
    for letter in chance.choices("bcdefg", k=chance.randrange(12)):
        app.press(letter)


def answer_some(app: PlayedApp, chance: random.Random) -> None:
    """Go as far in the question as chance has it; to its end, the answer is in the text."""
    ways = [(F5, "enter answer"), ("2", "You said: Pears")]
    for key, shown in ways[: chance.choice([0, 1, 2, 2, 2])]:
        app.press(key)
        app.shows(shown)


def kept(lesson: Path) -> list[StepProgress]:
    """What is in the file of each step."""
    played = read_lesson(lesson)
    progress = open_progress(state_folder())
    steps = progress.lesson(progress.key_of(played.header)).steps
    progress.close()
    return [steps.get(key, StepProgress()) for key in step_keys(played)]


# It starts the app again and again, which takes a loaded machine its time.
@pytest.mark.timeout(400)
def test_nothing_that_the_screen_called_kept_is_lost_by_sigkill(
    folder: Path, tmp_path: Path
) -> None:
    path = without_torch(tmp_path)
    steps = "".join(STEP.format(number=number) for number in range(1, ROUNDS + 1))
    lesson = write_lesson(folder, TITLE + steps)
    chance = random.Random(4)
    edits: list[str] = []
    answered: list[bool] = []
    for number in range(1, ROUNDS + 1):
        with PlayedApp(lesson, path) as app:
            if edits:
                app.shows_step(number - 1)
                app.wait_until(lambda app=app, number=number: bool(app.kept_edit(number - 1)))
                assert app.kept_edit(number - 1).startswith(edits[-1])
                if answered[-1]:
                    app.wait_until(lambda app=app: "You said: Pears" in app.screen)
                app.press("n")
            app.shows_step(number)
            write_some(app, number, chance)
            answer_some(app, chance)
            # Some moment: which one differs, and must not matter.
            time.sleep(chance.uniform(0.0, 0.1))

            app.kills()

            edits.append(app.kept_edit(number))
            answered.append("You said: Pears" in app.screen)
        found = kept(lesson)
        for shown, was_answered, step in zip(edits, answered, found, strict=False):
            # More may have been kept than there was time to show.
            assert (step.edit or "").startswith(shown), f"round {number}"
            assert 0 in step.answers or not was_answered, f"round {number}"
    assert all(edits)
    assert any(answered)
    assert not all(answered)
