"""Playing a lesson without a screen, from its first step to its last; no app may enter."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine.host.client import RemoteSession
from engine.host.engine import Engine
from engine.lesson.model import Lesson, Step
from engine.protocol.events import (
    EngineFailed,
    Event,
    Outcome,
    OutputWritten,
    PictureShown,
    SessionDied,
    StepEnded,
    StopCaught,
)
from engine.protocol.frame import EVERY_VALUE, CurveRequest, Frame, FrameRequest
from engine.protocol.noticed import Noticed
from engine.protocol.reduction import reduce_series
from engine.protocol.status import Status
from tui.exit_status import ExitStatus
from tui.headless.figures import Figures
from tui.headless.page import Page
from tui.language.catalogue import translator
from tui.player.pace import Pace
from tui.plots.curve import draw_curve
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.in_ascii import cells_in_ascii
from tui.rendering.loop_bars import draw_loop_bars, format_duration
from tui.rendering.palette import DARK
from tui.rendering.widths import cut
from tui.terminal.signals import LEAVING, answered_by, end_soon
from tui.words.deaths import death_words
from tui.words.noticed import noticed_words
from tui.words.unfound import unfound_words

_VIEW_ROWS = 20
_CURVE_ROWS = 14
_FEWEST_POINTS = 2
_LOOKS_PER_SECOND = 20
_BARS_PER_SECOND = 10

# The terminal's own colour for text: whether its ground is dark or light is not known here.
_PALETTE = replace(DARK, text="default")
_TITLE = Style(bold=True)
_REMARK = Style(dim=True)
_PLAIN = str.maketrans({"·": "-", "×": "x", "→": "->", "…": "..."})
_BAD = Style(color=DARK.bad)
_WARNING = Style(color=DARK.warning)


def play(
    lesson: Lesson,
    *,
    device: str | None,
    language: str,
    in_ascii: bool,
    parameters: Mapping[str, object] | None = None,
    figures: Path | None = None,
    arguments: Sequence[str] = (),
) -> int:
    """Run every step of `lesson` in order, with `parameters` set; call on the main thread.

    It finds `arguments` in `sys.argv`. The status is an ExitStatus, or that with which the lesson
    ends its program itself.

    What the lesson prints and draws goes to stdout, as when Python runs its file; titles,
    progress, curves and tracebacks go to stderr. Ends at the first step that fails, or that Ctrl+C
    or a signal to leave stops; the second of them ends the process. The folder `figures` gets what
    the lesson shows as pictures. Raises BrokenPipeError where nobody reads any more,
    ParameterError where the lesson cannot take a parameter, FiguresFolderError where that folder
    cannot be written to.
    """
    kept = Figures(figures, translator(language))
    if not any(step.cell for step in lesson.steps):
        return ExitStatus.DONE
    page = Page(sys.stdout, sys.stderr)
    unfound = unfound_words(lesson.asked, [lesson.source], translator(language))
    if unfound:
        page.say(unfound, _WARNING)
    engine = Engine(
        has_own_streams=True,
        # On one terminal their order is what counts.
        has_errors_apart=not (sys.stdout.isatty() and sys.stderr.isatty()),
        is_terminal=sys.stdout.isatty(),
        asks_per_second=200,
    )
    request = FrameRequest(page.width, _VIEW_ROWS)
    session = engine.open(lesson, device=device, request=request, parameters=parameters)
    session.set_arguments(arguments)
    in_ascii = in_ascii or not page.is_unicode
    show = _Show(engine, session, request, page, kept, language, in_ascii=in_ascii)
    with page.taking_turns(), _counted_interrupts() as interrupts:
        session.start()
        try:
            return show.play(interrupts)
        finally:
            engine.close()


class _Interrupts:
    """How often the run was asked to end; the second time ends the process there and then."""

    def __init__(self) -> None:
        self.count = 0
        self.status = ExitStatus.INTERRUPTED

    def note(self, number: int, _frame: FrameType | None) -> None:
        self.count += 1
        self.status = LEAVING.get(signal.Signals(number), ExitStatus.INTERRUPTED)
        if self.count > 1:
            os._exit(self.status)
        if self.status is not ExitStatus.INTERRUPTED:
            end_soon(self.status)

    def forgive(self) -> None:
        """Count from none again: what was to end has caught Ctrl+C, and has done its work."""
        if self.status is ExitStatus.INTERRUPTED:
            self.count = 0


@contextmanager
def _counted_interrupts() -> Iterator[_Interrupts]:
    interrupts = _Interrupts()
    with answered_by(dict.fromkeys((signal.SIGINT, *LEAVING), interrupts.note)):
        yield interrupts


class _Show:
    """One session, told on one page."""

    def __init__(
        self,
        engine: Engine,
        session: RemoteSession,
        request: FrameRequest,
        page: Page,
        figures: Figures,
        language: str,
        *,
        in_ascii: bool,
    ) -> None:
        self._engine = engine
        self._figures = figures
        self._session = session
        self._request = request
        self._page = page
        self._language = language
        self._in_ascii = in_ascii

    def play(self, interrupts: _Interrupts) -> int:
        """Run the steps that have code, until one does not end well, or ends the program."""
        for event in self._events_until_ready("importing torch", None, interrupts):
            if isinstance(event, EngineFailed):
                self._page.say(event.message)
                return ExitStatus.UNABLE
        if interrupts.count:
            self._page.say("stopped before the first step")
            return interrupts.status
        steps = [step for step in self._session.lesson.steps if step.cell is not None]
        for number, step in enumerate(steps, 1):
            status = self._play_step(step, f"step {number}/{len(steps)}", interrupts)
            if status is not None:
                return status
        return ExitStatus.DONE

    def _play_step(self, step: Step, name: str, interrupts: _Interrupts) -> int | None:
        """Run a step; the status to leave with, None where the next one follows."""
        title = step.title_in(self._language)
        self._page.say(f"{name} {title}", _TITLE)
        self._session.run_step(step.index)
        status: int | None = ExitStatus.FAILED
        has_caught = False
        for event in self._events_until_ready(title, step, interrupts):
            match event:
                case OutputWritten(text=text, is_error=is_error):
                    self._page.pass_on(text, is_error=is_error)
                case PictureShown():
                    self._tell_picture(event)
                case StopCaught():
                    has_caught = True
                    self._tell_caught(event)
                case Noticed():
                    self._tell_noticed(event)
                case StepEnded():
                    status = self._tell_end(event, name)
                case SessionDied():
                    status = self._tell_death(event, name)
        if has_caught and not status:
            interrupts.forgive()
        return interrupts.status if interrupts.count else status

    def _events_until_ready(
        self, title: str, step: Step | None, interrupts: _Interrupts
    ) -> Iterator[Event]:
        """What happens until the session is ready; Ctrl+C stops the step, or the wait for torch."""
        bar = _Bar(self._session, self._request, title, step, in_ascii=self._in_ascii)
        is_stopping = False
        while True:
            # Asked first: what has happened until then comes with the events.
            is_over = self._session.status in (Status.READY, Status.UNABLE)
            events = self._session.events()
            yield from events
            if is_over and not events:
                return
            if interrupts.count and not is_stopping:
                if step is None:
                    return
                is_stopping = True
                self._session.stop()
                self._page.say("stopping the training; Ctrl+C again leaves at once")
            now = time.monotonic()
            if self._page.has_bar and not is_stopping and bar.is_due(now):
                self._page.draw_bar(bar.draw(now, self._page.width - 1))
            self._engine.wait(1 / _LOOKS_PER_SECOND)

    def _tell_end(self, end: StepEnded, name: str) -> int | None:
        if end.frame is not None:
            if end.outcome is Outcome.DONE:
                for view in end.frame.views:
                    drawn = cells_in_ascii(view.text) if self._in_ascii else view.text
                    self._page.write_drawing(drawn)
            if end.frame.canvas is not None and end.frame.canvas.problem is not None:
                self._page.say(end.frame.canvas.problem, _BAD)
            self._draw_curve(end.frame)
        if end.traceback is not None:
            self._page.write_plain(end.traceback.lines)
        seconds = _spoken(end.seconds)
        if end.exit is not None:
            style = _BAD if end.exit.status else _REMARK
            status = end.exit.status
            self._page.say(f"{name} ended the program after {seconds}, with status {status}", style)
            return status
        match end.outcome:
            case Outcome.DONE:
                self._page.say(f"{name} done in {seconds}", _REMARK)
            case Outcome.STOPPED:
                self._page.say(f"{name} stopped after {seconds}", _REMARK)
            case Outcome.FAILED:
                self._page.say(f"{name} failed after {seconds}", _BAD)
                return ExitStatus.FAILED
        return None

    def _tell_caught(self, caught: StopCaught) -> None:
        if caught.goes_on:
            self._page.say("the code has caught the stop and goes on; Ctrl+C again leaves at once")

    def _tell_picture(self, shown: PictureShown) -> None:
        words = self._figures.take(shown)
        if words is not None:
            self._page.say(words.translate(_PLAIN) if self._in_ascii else words, _REMARK)

    def _tell_noticed(self, noticed: Noticed) -> None:
        glyphs = ASCII if self._in_ascii else UNICODE
        words = noticed_words(noticed, translator(self._language))
        self._page.say(f"{glyphs.warning} {words}", _WARNING)

    def _tell_death(self, died: SessionDied, name: str) -> int | None:
        if died.frame is not None:
            self._draw_curve(died.frame)
        seconds = _spoken(died.seconds)
        if died.death is None:
            self._page.say(f"{name} stopped after {seconds}", _REMARK)
            return None
        how = death_words(died.death)
        self._page.say(f"{name} ended its process after {seconds}: {how}", _BAD)
        return ExitStatus.FAILED

    def _draw_curve(self, frame: Frame) -> None:
        series = [one for one in frame.series if one.count >= _FEWEST_POINTS]
        if series:
            curves = reduce_series(series, CurveRequest(EVERY_VALUE))
            drawing = draw_curve(
                curves,
                self._page.width,
                _CURVE_ROWS,
                _PALETTE,
                translator(self._language),
                in_ascii=self._in_ascii,
            )
            self._page.write_lines(strip for strip in drawing.strips if strip.text.strip())


def _spoken(seconds: float) -> str:
    if seconds < 0.1:
        return f"{1000 * seconds:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 60 else format_duration(seconds)


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
            _PALETTE,
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
