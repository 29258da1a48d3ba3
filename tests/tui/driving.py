"""The real app driven as a person would: keys, the mouse, and what can be read on the screen."""

from __future__ import annotations

import asyncio
import textwrap
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from tui.app import TutorchApp
from tui.editor.editor_pane import EditorPane
from tui.foot.loop_bars import LoopBars
from tui.lessons.lesson_list import LessonList
from tui.lessons.screen import LessonsScreen
from tui.panes.player_panes import PlayerPanes
from tui.player.playback import Playback
from tui.player.step_record import StepRecord
from tui.prose.questions import Questions
from tui.rendering.widths import cell_width
from tui.screens.player import PlayerScreen
from tui.widgets.status_bar import StatusBar
from tui.widgets.strip_pane import StripPane

# A loaded machine may take long; nothing is asserted about how long anything took.
PATIENCE = 60.0

# Of the terminal: the smallest that is enough, and one that shows panes side by side.
SIZES = [(80, 24), (120, 40)]

LESSONS = Path(__file__).parents[2] / "lessons"
LESSON_0 = LESSONS / "00_gradient_descent.py"
TENSOR_TRAINING = 5

HALVING = """
    # %% [markdown]
    # ## Halving
    # The cost falls.
    # %% Halving watch="cost"
    cost = 64.0
    for epoch in range(200):
        cost = cost / 2
"""

# It leaves the processor to the other tests: nothing is asserted about how far it comes.
ENDLESS = """
    # %% Endless watch="cost"
    import time
    epoch = 0
    while True:
        epoch += 1
        cost = 1 / epoch
        time.sleep(0.001)
"""


def write_lesson(folder: Path, text: str, name: str = "lesson.py") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def text_of(pilot: Pilot[None]) -> str:
    """All that is on the screen, without colours."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def wait_until(pilot: Pilot[None], is_true: Callable[[], object], what: str) -> None:
    if is_true():
        return
    end = time.monotonic() + PATIENCE
    while not is_true():
        if pilot.app._exception is not None:
            raise pilot.app._exception
        assert time.monotonic() < end, f"waited in vain for: {what}\n{text_of(pilot)}"
        # Not the pilot's pause, which has every widget do something each time.
        await asyncio.sleep(0.02)
    await pilot.pause(0)


async def wait_for_text(pilot: Pilot[None], *texts: str) -> None:
    """Wait until each of the texts can be read somewhere on the screen."""
    for text in texts:
        await wait_until(pilot, lambda text=text: text in text_of(pilot), f"{text!r} on screen")


async def wait_for_list(pilot: Pilot[None]) -> LessonsScreen:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, LessonsScreen), "the list")
    screen = pilot.app.screen
    assert isinstance(screen, LessonsScreen)
    await wait_until(pilot, lambda: screen.is_complete, "the folder to be read")
    await settle(pilot)
    return screen


def listed(pilot: Pilot[None]) -> list[str]:
    """What stands in the list of lessons, one text for each."""
    lessons = pilot.app.screen.query_one(LessonList)
    return [str(option.prompt) for option in lessons.options]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and let their messages go from the app to the screen and to its widgets."""
    await pilot.press(*keys)
    await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Let the messages that wait be handled, and those that they lead to."""
    for _ in range(3):
        await pilot.pause(0)


async def click_on(pilot: Pilot[None], text: str) -> None:
    """Click in the middle of a text that can be read on the screen once."""
    places = [
        (cell_width(line[: line.index(text)]) + cell_width(text) // 2, row)
        for row, line in enumerate(text_of(pilot).split("\n"))
        if text in line
    ]
    assert len(places) == 1, f"{text!r} is on {len(places)} lines\n{text_of(pilot)}"
    assert await pilot.click(offset=places[0])
    await settle(pilot)


class Player:
    """A player on screen; `press`, `click` and the waits return when the screen has followed."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def screen(self) -> PlayerScreen:
        return next(s for s in self.pilot.app.screen_stack if isinstance(s, PlayerScreen))

    @property
    def panes(self) -> PlayerPanes:
        return self.screen.query_one(PlayerPanes)

    @property
    def editor(self) -> EditorPane:
        return self.panes.exercise.editor

    @property
    def playback(self) -> Playback:
        return self.screen.playback

    @property
    def record(self) -> StepRecord:
        return self.playback.record

    @property
    def output(self) -> str:
        return self.panes.output.text

    @property
    def curve(self) -> str:
        return self.panes.curve.text

    @property
    def bars(self) -> str:
        return self.screen.query_one(LoopBars).text

    @property
    def status_line(self) -> str:
        return self.screen.query_one(StatusBar).text

    @property
    def position(self) -> int:
        """The iteration at which the newest frame of the step on screen was taken."""
        assert self.record.frame is not None
        return self.record.frame.position

    def pane(self, name: str) -> StripPane:
        pane = self.panes.get_child_by_id(name)
        assert isinstance(pane, StripPane)
        return pane

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def click(self, text: str) -> None:
        await click_on(self.pilot, text)

    async def until(self, is_true: Callable[[], object], what: str) -> None:
        await wait_until(self.pilot, is_true, what)

    async def reads(self, *texts: str) -> None:
        await wait_for_text(self.pilot, *texts)

    async def is_ready(self) -> None:
        await self.until(lambda: self.playback.status is Status.READY, "the session to be ready")

    async def is_paused(self) -> None:
        await self.until(lambda: self.playback.status is Status.PAUSED, "the training to pause")
        await self.until(lambda: "paused" in self.status_line, "the screen to say so")

    async def is_running(self) -> None:
        await self.until(lambda: self.playback.status is Status.RUNNING, "the step to run")
        await self.until(lambda: self.record.frame is not None, "a first frame")

    async def is_running_code(self) -> None:
        """Wait until the step runs, which need not come to a boundary."""
        await self.until(lambda: self.playback.status is Status.RUNNING, "the step to run")
        await self.until(lambda: "running" in self.status_line, "the screen to say so")

    async def is_at(self, position: int) -> None:
        """Wait until the newest frame of the step on screen was taken at this iteration."""

        await self.until(
            lambda: self.record.frame is not None and self.position == position,
            f"a frame of iteration {position}",
        )
        # Not before: it may still be paused where it was, and a frame comes before the pause.
        await self.is_paused()
        await settle(self.pilot)

    async def fills_its_panes(self) -> None:
        """Wait until curve and drawing fill their panes, and show the code from its top."""
        for pane in (self.panes.curve, self.panes.view):
            await self.until(
                lambda pane=pane: not pane.display or pane.virtual_size.height == pane.size.height,
                f"{pane.id} to fill its pane",
            )
        # It has followed the lines that the polls happened to meet.
        self.panes.code.scroll_home(animate=False)
        await settle(self.pilot)

    async def has_ended(self, outcome: Outcome = Outcome.DONE) -> None:
        """Wait until the step on screen has ended, and see that it ended in this way."""
        await self.until(
            lambda: self.playback.status is Status.READY and self.record.outcome is not None,
            "the step to end",
        )
        await settle(self.pilot)
        assert self.record.outcome is outcome, self.output

    async def run_step(self, key: str = "space") -> None:
        """Run the step on screen to its end, by a key; its questions are skipped."""
        before = self.record
        await self.press(key)
        await self.skip_questions()
        await self.until(lambda: self.record is not before, "the step to begin")
        await self.has_ended()

    @property
    def is_asked(self) -> bool:
        """Whether keys answer a question."""
        return self.screen.query_one(Questions).has_keys

    async def answer(self, *keys: str) -> None:
        """Press keys before the next question, once it stands there."""
        await self.until(lambda: self.is_asked, "a question")
        await self.press(*keys)

    async def skip_questions(self) -> None:
        while self.is_asked:
            await self.press("escape")

    async def shows_step(self, index: int) -> None:
        await self.until(lambda: self.playback.shown == index, f"step {index + 1}")
        await self.until(lambda: f" {index + 1}/" in self.status_line, "its number in the status")


@asynccontextmanager
async def opened_list(
    folder: Path, size: tuple[int, int] = (80, 24), **options: bool | int
) -> AsyncIterator[Pilot[None]]:
    """The app with the lessons of a folder, once it lists them."""
    app = TutorchApp(folder, **options)
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_for_list(pilot)
        yield pilot


async def wait_for_player(pilot: Pilot[None]) -> Player:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, PlayerScreen), "the player")
    await settle(pilot)
    return Player(pilot)


@asynccontextmanager
async def opened(
    lesson: Path, size: tuple[int, int] = (80, 24), **options: bool | int
) -> AsyncIterator[Player]:
    """The app with a lesson that is ready to run."""
    app = TutorchApp(lesson.parent, lesson, **options)
    async with app.run_test(size=size, notifications=True) as pilot:
        player = await wait_for_player(pilot)
        await player.is_ready()
        yield player
