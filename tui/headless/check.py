"""Checking lessons for their authors: what to mend as lines on stdout; no app may enter."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from rich.segment import Segment
from textual.strip import Strip

from engine.authoring.checking import Mend, check_text, to_check
from engine.authoring.rehearsal import Scene, rehearse
from engine.host.engine import Engine
from engine.lesson.printable import printable_line
from engine.protocol.frame import FrameRequest
from tui.exit_status import ExitStatus
from tui.headless.page import Page
from tui.rendering.glyphs import ASCII, UNICODE
from tui.rendering.widths import cut

# Drawings are made for a pane of this size, in cells.
_REQUEST = FrameRequest(60, 16)


def check(paths: Sequence[Path], *, device: str | None, language: str) -> ExitStatus:
    """Read and run each lesson, and those in each folder; call on the main thread.

    Findings and a summary go to stdout, what is run now to stderr where that is a terminal. Raises
    CannotRun where no lesson can run here, BrokenPipeError where nobody reads any more.
    """
    page = Page(sys.stdout, sys.stderr)
    ellipsis = (UNICODE if page.is_unicode else ASCII).ellipsis

    engine = Engine(asks_per_second=200)
    lessons, mends = to_check(paths)
    count = 0
    with page.taking_turns():
        try:
            for told in chain(mends, _told(lessons, engine, device, language)):
                match told:
                    case Mend():
                        count += 1
                        page.pass_on(f"{told}\n")
                    case str() if page.has_bar:
                        page.draw_bar(Strip([Segment(cut(told, page.width - 1, ellipsis))]))
        finally:
            engine.close()
        page.pass_on(f"{_counted(count, 'finding')} in {_counted(len(lessons), 'lesson')}\n")
    return ExitStatus.FAILED if count else ExitStatus.DONE


def _told(
    paths: Sequence[Path], engine: Engine, device: str | None, language: str
) -> Iterator[Mend | str]:
    """The mends, and between them what is done next."""
    for path in paths:
        name = printable_line(path.name)
        yield f"{name}: reading it, and importing torch"
        lesson, mends = check_text(path)
        yield from mends
        if lesson is None:
            continue
        session = engine.open(lesson, device=device, request=_REQUEST)
        for part in rehearse(lesson, session, engine.wait):
            match part:
                case Scene(step, number, count, with_solution):
                    solved = ", solved" if with_solution else ""
                    title = step.title_in(language)
                    yield f"{name}: step {number}/{count} {title}{solved}"
                case Mend():
                    yield part


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
