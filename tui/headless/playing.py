"""A session that is played without a screen: what happens in it, and the bar of each wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from rich.segment import Segment
from textual.strip import Strip

from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson, Step
from engine.protocol.events import Event, SessionDied, StepEnded
from engine.protocol.frame import Frame, FrameRequest
from engine.protocol.status import Status
from tui.formulas.formulas import formulas_in_line
from tui.headless.interrupts import Interrupts
from tui.headless.page import Page
from tui.language.catalogue import Translate
from tui.polling.pace import Pace
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.loop_bars import draw_loop_bars, format_duration
from tui.rendering.palette import DARK
from tui.rendering.widths import cut

PALETTE = replace(DARK, text="default")
"""The terminal's own colour for text: whether its ground is dark or light is not known here."""

_LOOKS_PER_SECOND = 20
_BARS_PER_SECOND = 10


class Playing:
    """One session, and the page on which its bar is drawn; frames are asked for as in `request`."""

    def __init__(
        self,
        engine: Engine,
        session: RemoteSession,
        request: FrameRequest,
        page: Page,
        *,
        in_ascii: bool,
        translate: Translate,
    ) -> None:
        self._translate = translate
        self._engine = engine
        self._session = session
        self._request = request
        self._page = page
        self._in_ascii = in_ascii

    def events_until_ready(
        self,
        title: str,
        step: Step | None,
        interrupts: Interrupts,
        when_quiet: Callable[[], None] = lambda: None,
    ) -> Iterator[Event]:
        """What happens until the session is ready; Ctrl+C stops the step, or the wait for torch.

        ``when_quiet`` is called now and then while nothing happens.
        """
        bar = _Bar(self._session, self._request, title, step, in_ascii=self._in_ascii)
        is_stopping = has_ended = False
        while True:
            # Asked first: what has happened until then comes with the events.
            is_over = self._session.status in (Status.READY, Status.UNABLE)
            events = self._session.events()
            yield from events
            has_ended |= any(isinstance(event, StepEnded | SessionDied) for event in events)
            if is_over and not events:
                return
            if not events:
                when_quiet()
            if interrupts.count and not is_stopping:
                if step is None:
                    return
                is_stopping = True
                self._session.stop()
                self._page.say(
                    self._translate("stopping the training; Ctrl+C again leaves at once")
                )
            now = time.monotonic()
            if self._page.has_bar and not (is_stopping or has_ended) and bar.is_due(now):
                self._page.draw_bar(bar.draw(now, self._page.width - 1))
            self._engine.wait(1 / _LOOKS_PER_SECOND)


def step_title(step: Step, language: str, *, in_ascii: bool) -> str:
    """A step's title, with formulas in it as characters."""
    return formulas_in_line(step.title_in(language), in_ascii=in_ascii)


def step_name(step: Step, lesson: Lesson, translate: Translate) -> str:
    """How a step is named in what is told of a run: by its place among all, as in the player."""
    words = translate("step {number}/{count}")
    return words.format(number=step.index + 1, count=len(lesson.steps))


class _Bar:
    """What the bar says during one wait: how far the outermost loop is, else that we are alive."""

    def __init__(
        self,
        session: RemoteSession,
        request: FrameRequest,
        title: str,
        step: Step | None,
        *,
        in_ascii: bool,
    ) -> None:
        self._session = session
        self._request = request
        self._title = title
        self._step = step
        self._glyphs = ASCII if in_ascii else UNICODE
        self._pace = Pace()
        self._began = time.monotonic()
        self._due = self._began + 1 / _BARS_PER_SECOND
        self._frame: Frame | None = None
        self._frame_came = self._began
        self._heartbeat = 0

    def is_due(self, now: float) -> bool:
        """Whether a tenth of a second has passed since the last drawing."""
        return now >= self._due

    def draw(self, now: float, width: int) -> Strip:
        """The bar in at most `width` cells; asks for the frame that a later one will show."""
        self._due = now + 1 / _BARS_PER_SECOND
        self._heartbeat += 1
        if self._step is not None:
            self._look(self._step, now)
        if self._frame is None or not self._frame.loops:
            spinner = self._glyphs.spinner[self._heartbeat % len(self._glyphs.spinner)]
            alive = f"{spinner} {self._title} {format_duration(now - self._began)}"
            return Strip([Segment(cut(alive, width, self._glyphs.ellipsis))])
        return draw_loop_bars(
            self._frame.loops[:1],
            width,
            PALETTE,
            self._glyphs,
            heartbeat=self._heartbeat,
            seconds_since_frame=now - self._frame_came,
        )[0]

    def _look(self, step: Step, now: float) -> None:
        frame = self._session.frame
        if frame is not None and frame is not self._frame and frame.step == step.index:
            self._frame = frame
            self._frame_came = now
            self._pace.spent(frame.seconds_spent)
        if self._pace.is_due(now):
            self._session.request_frame(self._request)
