"""Checking lessons for their authors: what to mend as lines on stdout; no app may enter."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path

from rich.segment import Segment
from textual.strip import Strip

from engine.authoring.checking import check_text, to_check
from engine.authoring.mends import Mend
from engine.authoring.rehearsal import RehearsedStep, rehearse
from engine.client.engine import Engine
from engine.lesson.printable import printable_line
from engine.protocol.frame import FrameRequest
from tui.exit_status import ExitStatus
from tui.headless.page import Page
from tui.headless.playing import step_name, step_title
from tui.language.catalogue import Translate, translator
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.widths import cut

# Drawings are made for a pane of this size, in cells.
_REQUEST = FrameRequest(60, 16)


class ReportForm(StrEnum):
    """How findings are written: for people, for a program, or for the pages of GitHub."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    paths: Sequence[Path], *, device: str | None, language: str, form: ReportForm = ReportForm.TEXT
) -> ExitStatus:
    """Read and run each lesson, and those in each folder; call on the main thread.

    Findings go to stdout in this form, and a summary where that is text; what is run now goes to
    stderr where that is a terminal. Raises
    CannotRun where no lesson can run here, BrokenPipeError where nobody reads any more.
    """
    page = Page(sys.stdout, sys.stderr)
    translate = translator(language)
    ellipsis = (UNICODE if page.is_unicode else ASCII).ellipsis

    engine = Engine(asks_per_second=200)
    lessons, mends = to_check(paths)
    found: list[Mend] = []
    with page.taking_turns():
        try:
            for told in chain(mends, _told(lessons, engine, device, language, not page.is_unicode)):
                match told:
                    case Mend():
                        found.append(told)
                        page.pass_on(_written_at_once(told, form, translate))
                    case str() if page.has_bar:
                        page.draw_bar(Strip([Segment(cut(told, page.width - 1, ellipsis))]))
        finally:
            engine.close()
        if form is ReportForm.JSON:
            page.pass_on(json.dumps([_as_data(one) for one in found], indent=2) + "\n")
        else:
            page.pass_on(f"{_counted(len(found), len(lessons), translate)}\n")
    return ExitStatus.FAILED if found else ExitStatus.DONE


def _written_at_once(mend: Mend, form: ReportForm, translate: Translate) -> str:
    match form:
        case ReportForm.TEXT:
            return f"{mend.said(translate)}\n"
        case ReportForm.GITHUB:
            file = _escaped(str(mend.path), also=":,")
            place = f"file={file}" if mend.line is None else f"file={file},line={mend.line}"
            told = _escaped(mend.message)
            return f"::error {place},title={mend.finding.kind}::{told}\n"
        case ReportForm.JSON:
            return ""


def _escaped(text: str, also: str = "") -> str:
    """A text as a workflow command of GitHub takes it, in which some characters mean something."""
    return "".join(f"%{ord(one):02X}" if one in f"%\r\n{also}" else one for one in text)


def _as_data(mend: Mend) -> dict[str, object]:
    finding = mend.finding
    return {
        "file": str(mend.path),
        "line": mend.line,
        "kind": finding.kind,
        "message": " ".join(str(finding.problem).split()),
        "mend": " ".join(str(finding.mend).split()),
    }


def _told(
    paths: Sequence[Path], engine: Engine, device: str | None, language: str, in_ascii: bool
) -> Iterator[Mend | str]:
    """The mends, and between them what is done next."""
    translate = translator(language)
    for path in paths:
        name = printable_line(path.name)
        yield translate("{file}: reading it, and importing torch").format(file=name)
        lesson, mends = check_text(path)
        yield from mends
        if lesson is None:
            continue
        session = engine.open(lesson, device=device, request=_REQUEST)
        for part in rehearse(lesson, session, engine.wait):
            match part:
                case RehearsedStep(step, with_solution):
                    title = step_title(step, language, in_ascii=in_ascii)
                    solved = translate("{step}, solved") if with_solution else "{step}"
                    told = f"{step_name(step, lesson, translate)} {title}"
                    yield f"{name}: {solved.format(step=told)}"
                case Mend():
                    yield part


def _counted(findings: int, lessons: int, translate: Translate) -> str:
    if findings == 1:
        found = translate("1 finding")
    else:
        found = translate("{count} findings").format(count=findings)
    if lessons == 1:
        return translate("{findings} in 1 lesson").format(findings=found)
    return translate("{findings} in {count} lessons").format(findings=found, count=lessons)
