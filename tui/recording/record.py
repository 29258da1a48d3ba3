"""Recording a lesson: the app plays it on a terminal of its own, and what is written is kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.lesson.model import ChoiceQuestion, Lesson
from engine.lesson.printable import printable_line
from engine.lesson.sentences import Sentence, sentence
from engine.protocol.verdicts import CurveVerdict, NumberVerdict
from tui.exit_status import ExitStatus, NotDone
from tui.headless.export import play_through
from tui.headless.page import Page
from tui.headless.playing import step_name
from tui.language.catalogue import Translate, translator
from tui.recording.cast import cast_of
from tui.recording.program import Program

ROOT = Path(__file__).resolve().parents[2]

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from tui.recording.stage import main; main()"
)
_LOCALES = {"en": "en_US.UTF-8", "ko": "ko_KR.UTF-8"}


class CannotRecord(NotDone):
    """There is no recording."""


def record(
    lesson: Lesson,
    output: Path,
    *,
    columns: int,
    rows: int,
    overwrites: bool,
    language: str,
    device: str | None,
    folder: Path,
) -> int:
    """Have the app play the lesson on a terminal of this size, and keep what it writes.

    The status is that of the run. `folder` is where tutorch's own lessons are. Where it asks for
    numbers or curves, it is played once before that, so that its answers are known. Raises
    CannotRecord, and CannotPlay where nothing can run.
    """
    if output.exists() and not overwrites:
        raise CannotRecord(sentence("{path} is there already: --force replaces it", path=output))
    if not output.absolute().parent.is_dir():
        raise CannotRecord(sentence("there is no folder {folder}", folder=output.parent))
    page = Page(sys.stdout, sys.stderr)
    translate = translator(language)
    told = {
        "lesson": str(lesson.path.resolve()),
        "folder": str(folder),
        "device": device,
        "answers": _answers(lesson, language, device, page),
    }
    title = printable_line(lesson.header.title.in_language(language))
    with TemporaryDirectory(prefix="tutorch-") as home:
        status, pieces = _performed(
            lesson, told, _environment(home, language), columns, rows, page, translate
        )
    try:
        output.write_text(cast_of(pieces, columns, rows, title), encoding="utf-8")
    except OSError as error:
        why = error.strerror or error
        raise CannotRecord(
            sentence("{path} cannot be written: {why}", path=output, why=why)
        ) from error
    page.say(translate("wrote {path}").format(path=output))
    return status


def _answers(
    lesson: Lesson, language: str, device: str | None, page: Page
) -> list[tuple[int, int, str]]:
    """What a run says to each prediction: step, question, and a number or a shape's name."""
    questions = (one for step in lesson.steps for one in step.questions_in(language))
    if all(isinstance(one, ChoiceQuestion) for one in questions):
        return []
    translate = translator(language)
    page.say(translate("playing it once, to know the answers of its questions"))
    played, _ = play_through(lesson, device=device, language=language, arguments=(), page=page)
    found = []
    for step in played.steps:
        for place, verdict in step.came.items():
            match verdict:
                case NumberVerdict(actual=actual):
                    found.append((step.step.index, place, f"{actual:.4g}"))
                case CurveVerdict(facts=facts):
                    found.append((step.step.index, place, facts.shape.name))
    return found


def _performed(
    lesson: Lesson,
    told: Mapping[str, object],
    environment: dict[str, str],
    columns: int,
    rows: int,
    page: Page,
    translate: Translate,
) -> tuple[int, list[tuple[float, bytes]]]:
    """The status of the run, and what was written with its seconds from where the lesson begins."""
    heard, pipe = os.pipe()
    command = [sys.executable, "-P", "-c", _PROGRAM, str(ROOT), json.dumps({**told, "pipe": pipe})]
    begins = ends = None
    status = ExitStatus.DONE
    with (
        os.fdopen(heard, encoding="utf-8") as news,
        Program(
            command, environment, Path.cwd(), columns=columns, rows=rows, passed=[pipe]
        ) as program,
    ):
        os.close(pipe)
        for said in _said(news):
            match said:
                case {"what": "begins", "when": float(when)}:
                    begins = when
                case {"what": "step", "index": int(index)}:
                    step = step_name(lesson.steps[index], lesson, translate)
                    page.say(translate("recording {step}").format(step=step))
                case {"what": "failed", "error": error}:
                    words = translate("it failed: {error}" if error else "it did not end well")
                    page.say(words.format(error=error))
                    status = ExitStatus.FAILED
                case {"what": "ends", "when": float(when)}:
                    ends = when
                    break
        pieces = program.pieces
    if begins is None or ends is None:
        raise CannotRecord(
            sentence("the player has ended before the lesson has: {last}", last=_last_words(pieces))
        )
    return status, [(when - begins, data) for when, data in pieces if when <= ends]


def _said(news: Iterator[str]) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in news)


def _environment(home: str, language: str) -> dict[str, str]:
    """That of a terminal of many colours, in which nothing has been done yet."""
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}
    return {**kept, **terminal, "LC_ALL": _LOCALES[language], "XDG_STATE_HOME": home}


def _last_words(pieces: list[tuple[float, bytes]]) -> str | Sentence:
    text = b"".join(data for _, data in pieces).decode(errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    return printable_line(lines[-1].strip()) if lines else sentence("it wrote nothing")
