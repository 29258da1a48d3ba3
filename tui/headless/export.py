"""Playing a lesson so that a document is made of it; no app may enter."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from rich.style import Style

from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.lesson.model import ChoiceQuestion, CurveQuestion, Lesson, Step
from engine.lesson.sentences import Sentence, sentence
from engine.protocol.curves import Shape
from engine.protocol.events import (
    EngineFailed,
    OutputWritten,
    PictureShown,
    PredictionJudged,
    SessionDied,
    StepEnded,
    StopCaught,
)
from engine.protocol.frame import FrameRequest
from engine.protocol.noticed import Noticed
from tui.exit_status import ExitStatus, NotDone
from tui.exporting.played import PlayedLesson, PlayedStep
from tui.headless.interrupts import Interrupts, counted_interrupts
from tui.headless.open_line import OpenLine
from tui.headless.page import Page
from tui.headless.playing import Playing, step_name, step_title
from tui.headless.version import installed_version
from tui.language.catalogue import Translate, translator
from tui.rendering.palette import DARK
from tui.scrollback.scrollback import Scrollback
from tui.scrollback.shown_pictures import picture_words
from tui.words.predictions import PredictionVerdict

# Drawings are made for a pane of this size, in cells.
_REQUEST = FrameRequest(80, 22)
# What is written is kept to its end, unless it is longer than anyone reads.
_MOST_LINES = 100_000

_TITLE = Style(bold=True)
_BAD = Style(color=DARK.bad)


class CannotPlay(NotDone):
    """Nothing can run here, or nothing has; ``status`` is the one to leave with."""

    def __init__(self, why: Sentence, status: ExitStatus) -> None:
        self.status = status
        super().__init__(why)


def play_through(
    lesson: Lesson, *, device: str | None, language: str, arguments: Sequence[str], page: Page
) -> tuple[PlayedLesson, int]:
    """Run every step in order, and keep what comes of it; call on the main thread.

    Ends as `tutorch run` does, with the same status, where a step fails or is stopped: what comes
    after it has not run. What is run now is told on the page. Raises CannotPlay where torch or the
    device is missing, or where the run was stopped before its first step.
    """
    engine = Engine(has_own_streams=True, is_terminal=False, asks_per_second=200)
    request = replace(_REQUEST, language=language)
    session = engine.open(lesson, device=device, request=request)
    session.set_arguments(arguments)
    translate = translator(language)
    playing = Playing(
        engine, session, request, page, in_ascii=not page.is_unicode, translate=translate
    )
    with page.taking_turns(), counted_interrupts() as interrupts:
        session.start()
        try:
            return _Performance(session, playing, page, language).play(interrupts)
        finally:
            engine.close()


class _Performance:
    """One session, and what is told of it on a page."""

    def __init__(self, session: RemoteSession, playing: Playing, page: Page, language: str) -> None:
        self._session = session
        self._playing = playing
        self._page = page
        self._language = language
        self._translate: Translate = translator(language)
        self._open_line = OpenLine(page)

    def play(self, interrupts: Interrupts) -> tuple[PlayedLesson, int]:
        for event in self._playing.events_until_ready(
            self._translate("importing torch"), None, interrupts
        ):
            if isinstance(event, EngineFailed):
                raise CannotPlay(sentence("{why}", why=event.message), ExitStatus.UNABLE)
        if interrupts.count:
            raise CannotPlay(sentence("stopped before the first step"), interrupts.status)
        lesson = self._session.lesson
        status, played = None, []
        for step in lesson.steps:
            if step.cell is None or status is not None:
                played.append(PlayedStep(step))
                continue
            name = step_name(step, lesson, self._translate)
            self._page.say(f"{name} {self._title_of(step)}", _TITLE)
            one = self._play_step(step, interrupts)
            played.append(one)
            status = interrupts.status if interrupts.count else _status_of(one)
            if status:
                self._page.say(f"{name}: {self._how_it_ended(one)}", _BAD)
        made_by = f"tutorch {installed_version() or ''}".strip()
        steps = tuple(played)
        whole = PlayedLesson(lesson, steps, self._language, self._session.origin, made_by)
        return whole, status or ExitStatus.DONE

    def _play_step(self, step: Step, interrupts: Interrupts) -> PlayedStep:
        self._predict(step)
        self._session.run_step(step.index)
        output = Scrollback(_MOST_LINES)
        end: StepEnded | SessionDied | None = None
        came: dict[int, PredictionVerdict] = {}
        noticed: list[Noticed] = []
        has_caught = False
        title = self._title_of(step)
        self._open_line.forget()
        for event in self._playing.events_until_ready(
            title, step, interrupts, when_quiet=self._show_prompt
        ):
            match event:
                case OutputWritten(text=text):
                    output.write(text)
                    self._open_line.take(text)
                case PictureShown(number=number, picture=picture, is_update=is_update):
                    words = picture_words(number, picture, self._translate)
                    output.show_picture(number, picture, words, is_update=is_update)
                case StepEnded() | SessionDied():
                    end = event
                case PredictionJudged(question=place, verdict=verdict):
                    came[place] = verdict
                case Noticed():
                    noticed.append(event)
                case StopCaught():
                    has_caught = True
        played = PlayedStep(step, end, output, came, tuple(noticed))
        if has_caught and not _status_of(played):
            interrupts.forgive()
        return played

    def _how_it_ended(self, played: PlayedStep) -> str:
        translate = self._translate
        match played.end:
            case StepEnded(exit=left) if left is not None:
                words = translate("it ended the program with status {status}")
                return words.format(status=left.status)
            case SessionDied():
                return translate("it ended its process")
            case StepEnded(traceback=traceback) if traceback is not None:
                return translate("it failed: {error}").format(error=traceback.lines[-1])
        return translate("it was stopped")

    def _show_prompt(self) -> None:
        """Show a line that is not ended where a person may be asked to write behind it."""
        if sys.stdin.isatty():
            self._open_line.show_if_it_stands()

    def _title_of(self, step: Step) -> str:
        return step_title(step, self._language, in_ascii=not self._page.is_unicode)

    def _predict(self, step: Step) -> None:
        """Have the run answer the step's questions, whatever is predicted."""
        for place, question in enumerate(step.questions_in(self._language)):
            if isinstance(question, ChoiceQuestion):
                continue
            is_curve = isinstance(question, CurveQuestion)
            self._session.predict(step.index, place, Shape.CONVERGES if is_curve else 0.0)


def _status_of(played: PlayedStep) -> int | None:
    """The status to leave with, None where the next step follows."""
    if isinstance(played.end, StepEnded) and played.end.exit is not None:
        return played.end.exit.status
    return None if played.is_done else ExitStatus.FAILED
