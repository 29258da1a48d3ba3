"""Playing a lesson without a screen, from its first step to its last; no app may enter."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.style import Style

from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson, Step
from engine.protocol.events import (
    EngineFailed,
    OutputWritten,
    PictureShown,
    SessionDied,
    StepEnded,
    StopCaught,
)
from engine.protocol.frame import EVERY_VALUE, CurveRequest, Frame, FrameRequest
from engine.protocol.noticed import Noticed
from engine.protocol.outcomes import Death, Outcome
from engine.protocol.reduction import reduce_series
from tui.exit_status import ExitStatus
from tui.filters.in_ascii import cells_in_ascii
from tui.headless.figures import RunPictures
from tui.headless.interrupts import Interrupts, counted_interrupts
from tui.headless.page import Page
from tui.headless.playing import PALETTE, Playing, step_name, step_title
from tui.language.catalogue import Translate, translator
from tui.plots.curve import draw_curve
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.loop_bars import format_duration
from tui.rendering.palette import DARK
from tui.words.deaths import death_words
from tui.words.endings import unreadable_remarks
from tui.words.noticed import noticed_words
from tui.words.tracebacks import traceback_lines
from tui.words.unfound import unfound_words

_VIEW_ROWS = 20
_CURVE_ROWS = 14
_FEWEST_POINTS = 2

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
    translate = translator(language)
    kept = RunPictures(figures, translate)
    if not any(step.cell for step in lesson.steps):
        return ExitStatus.DONE
    page = Page(sys.stdout, sys.stderr)
    unfound = unfound_words(lesson.asked, [lesson.source], translate)
    if unfound:
        page.say(unfound, _WARNING)
    engine = Engine(
        has_own_streams=True,
        # On one terminal their order is what counts.
        has_errors_apart=not (sys.stdout.isatty() and sys.stderr.isatty()),
        is_terminal=sys.stdout.isatty(),
        asks_per_second=200,
    )
    request = FrameRequest(page.width, _VIEW_ROWS, language=language)
    session = engine.open(lesson, device=device, request=request, parameters=parameters)
    session.set_arguments(arguments)
    in_ascii = in_ascii or not page.is_unicode
    playing = Playing(engine, session, request, page, in_ascii=in_ascii, translate=translate)
    show = _Show(session, playing, page, kept, language, in_ascii=in_ascii)
    with page.taking_turns(), counted_interrupts() as interrupts:
        session.start()
        try:
            return show.play(interrupts)
        finally:
            engine.close()


class _Show:
    """One session, told on one page."""

    def __init__(
        self,
        session: RemoteSession,
        playing: Playing,
        page: Page,
        figures: RunPictures,
        language: str,
        *,
        in_ascii: bool,
    ) -> None:
        self._playing = playing
        self._figures = figures
        self._session = session
        self._page = page
        self._language = language
        self._translate = translator(language)
        self._in_ascii = in_ascii
        self._has_process = True

    def play(self, interrupts: Interrupts) -> int:
        """Run the steps that have code, until one does not end well, or ends the program."""
        title = self._translate("importing torch")
        for event in self._playing.events_until_ready(title, None, interrupts):
            if isinstance(event, EngineFailed):
                self._page.say(event.message)
                return ExitStatus.UNABLE
        if interrupts.count:
            self._page.say(self._translate("stopped before the first step"))
            return interrupts.status
        steps = [step for step in self._session.lesson.steps if step.cell is not None]
        status = None
        for step in steps:
            name = step_name(step, self._session.lesson, self._translate)
            status = self._play_step(step, name, interrupts)
            if status is not None:
                break
        if self._has_process:
            status = self._end_program(step, status, interrupts)
        if interrupts.count:
            return interrupts.status
        return ExitStatus.DONE if status is None else status

    def _end_program(self, last: Step, status: int | None, interrupts: Interrupts) -> int | None:
        """Have threads and `atexit` of the lesson come to their end, as Python does.

        They leave the status as it is, unless they end the process.
        """
        # What one Ctrl+C has ended still cleans up; the next one ends that.
        more = Interrupts() if interrupts.count else interrupts
        self._session.end_program()
        title = step_title(last, self._language, in_ascii=self._in_ascii)
        for event in self._playing.events_until_ready(title, last, more):
            match event:
                case OutputWritten(text=text, is_error=is_error):
                    self._page.pass_on(text, is_error=is_error)
                case PictureShown():
                    self._tell_picture(event)
                case SessionDied(death=death) if death is not None:
                    words = self._translate("the program ended its process as it was left: {how}")
                    self._page.say(words.format(how=death_words(death, self._translate)), _BAD)
                    status = _status_of(death)
                case EngineFailed(message):
                    self._page.say(message)
                    return ExitStatus.UNABLE
        return status

    def _play_step(self, step: Step, name: str, interrupts: Interrupts) -> int | None:
        """Run a step; the status to leave with, None where the next one follows."""
        title = step_title(step, self._language, in_ascii=self._in_ascii)
        self._page.say(f"{name} {title}", _TITLE)
        self._session.run_step(step.index)
        status: int | None = ExitStatus.FAILED
        has_caught = False
        for event in self._playing.events_until_ready(title, step, interrupts):
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
                case EngineFailed(message):
                    self._has_process = False
                    self._page.say(message)
                    status = ExitStatus.UNABLE
        if has_caught and not status:
            interrupts.forgive()
        return interrupts.status if interrupts.count else status

    def _tell_end(self, end: StepEnded, name: str) -> int | None:
        if end.frame is not None:
            if end.outcome is Outcome.DONE:
                for view in end.frame.views:
                    drawn = cells_in_ascii(view.text) if self._in_ascii else view.text
                    self._page.write_drawing(drawn)
            if end.frame.canvas is not None and end.frame.canvas.problem is not None:
                self._page.say(end.frame.canvas.problem, _BAD)
            self._draw_curve(end.frame)
        translate = self._translate
        if end.traceback is not None:
            self._page.write_plain(traceback_lines(end.traceback, translate))
        if end.traceback is not None and end.traceback.is_unreadable:
            for remark in unreadable_remarks(end.traceback.line, translate):
                self._page.say(remark.text, _BAD)
        told = {"step": name, "seconds": _spoken(end.seconds, translate)}
        if end.exit is not None:
            style = _BAD if end.exit.status else _REMARK
            status = end.exit.status
            words = translate("{step} ended the program after {seconds}, with status {status}")
            self._page.say(words.format(**told, status=status), style)
            return status
        match end.outcome:
            case Outcome.DONE:
                self._page.say(translate("{step} done in {seconds}").format(**told), _REMARK)
            case Outcome.STOPPED:
                words = translate("{step} stopped after {seconds}")
                self._page.say(words.format(**told), _REMARK)
            case Outcome.FAILED:
                self._page.say(translate("{step} failed after {seconds}").format(**told), _BAD)
                is_interrupt = end.traceback is not None and end.traceback.is_interrupt
                return ExitStatus.INTERRUPTED if is_interrupt else ExitStatus.FAILED
        return None

    def _tell_caught(self, caught: StopCaught) -> None:
        if caught.goes_on:
            words = self._translate(
                "the code has caught the stop and goes on; Ctrl+C again leaves at once"
            )
            self._page.say(words)

    def _tell_picture(self, shown: PictureShown) -> None:
        words = self._figures.take(shown)
        if words is not None:
            self._page.say(words.translate(_PLAIN) if self._in_ascii else words, _REMARK)

    def _tell_noticed(self, noticed: Noticed) -> None:
        glyphs = ASCII if self._in_ascii else UNICODE
        words = noticed_words(noticed, self._translate)
        self._page.say(f"{glyphs.warning} {words}", _WARNING)

    def _tell_death(self, died: SessionDied, name: str) -> int | None:
        self._has_process = False
        if died.frame is not None:
            self._draw_curve(died.frame)
        translate = self._translate
        told = {"step": name, "seconds": _spoken(died.seconds, translate)}
        if died.death is None:
            self._page.say(translate("{step} stopped after {seconds}").format(**told), _REMARK)
            return None
        words = translate("{step} ended its process after {seconds}: {how}")
        how = death_words(died.death, translate)
        self._page.say(words.format(**told, how=how), _BAD)
        return _status_of(died.death)

    def _draw_curve(self, frame: Frame) -> None:
        series = [one for one in frame.series if one.count >= _FEWEST_POINTS]
        if series:
            curves = reduce_series(series, CurveRequest(EVERY_VALUE))
            drawing = draw_curve(
                curves,
                self._page.width,
                _CURVE_ROWS,
                PALETTE,
                self._translate,
                in_ascii=self._in_ascii,
            )
            self._page.write_lines(strip for strip in drawing.strips if strip.text.strip())


def _status_of(death: Death) -> int:
    return ExitStatus.FAILED if death.is_ours else death.status


def _spoken(seconds: float, translate: Translate) -> str:
    if seconds < 0.1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 60:
        return translate("{seconds} s").format(seconds=f"{seconds:.1f}")
    return format_duration(seconds, translate)
