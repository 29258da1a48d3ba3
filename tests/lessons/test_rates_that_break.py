"""A learning rate that is far too high makes a lesson's numbers nan or infinite, and no error.

Every step is run from its beginning, looked at after its first iteration, and played to its end.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from golden import LESSONS, expected_of

from engine.kernel.session import Session
from engine.kernel.setup import Setup
from engine.lesson.model import Step
from engine.protocol.events import StepEnded
from engine.protocol.frame import Frame
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Grain, Status
from engine.reading.reader import read_lesson

# As long as a lesson's longest step takes on a loaded machine: a drawing may hang.
_PATIENCE = 600.0

_CASES = [(path, times) for path in LESSONS for times in (10, 1e30)]

_RATE = re.compile(r"\b((?:lr|learning_rate)\s*=\s*)([\d.]+(?:e-?\d+)?)")
_ERROR = re.compile(r"\w+(?:Error|Exception)\b")


@pytest.mark.parametrize(("path", "times"), _CASES, ids=lambda value: getattr(value, "stem", value))
def test_no_step_fails_of_a_rate_that_is_far_too_high(path: Path, times: float) -> None:
    failed = list(_failed(path, times))

    assert not failed, "\n\n".join(failed)


def _failed(path: Path, times: float) -> Iterator[str]:
    """The steps that fail, or of which a drawing does, each with how."""
    lesson = read_lesson(path)
    shortened = expected_of(path).shortened
    if "train_count" in shortened:
        shortened = {**shortened, "train_count": 300}
    session = Session(lesson, Setup(parameters=shortened))
    session.start()
    try:
        for step in lesson.steps:
            if step.cell is not None:
                source = _with_rate(step, times)
                # What is edited is not shortened any more.
                if source != step.cell.source:
                    session.set_source(step.index, source)
                yield from _played(session, step)
    finally:
        session.stop()
        session.close()


def _with_rate(step: Step, times: float) -> str:
    assert step.cell is not None
    source = step.cell.source if step.exercise is None else step.exercise.solution.source
    return _RATE.sub(lambda found: f"{found[1]}{float(found[2]) * times:g}", source)


def _played(session: Session, step: Step) -> Iterator[str]:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        session.run_step(step.index, Grain.INNER)
        _wait(session, step, Status.PAUSED, Status.READY)
        early = _errors_drawn(session.frame)
        session.resume()
        _wait(session, step, Status.READY)
    told = [f"step {step.index + 1}, early: {line}" for line in early]
    for event in session.events():
        if isinstance(event, StepEnded) and event.outcome is not Outcome.DONE:
            lines = event.traceback.lines if event.traceback else ()
            told.append("\n".join([f"step {step.index + 1}: {event.outcome.name}", *lines]))
    yield from told


def _wait(session: Session, step: Step, *wanted: Status) -> None:
    end = time.monotonic() + _PATIENCE
    while session.status not in wanted:
        assert time.monotonic() < end, f"step {step.index + 1} comes to no end"
        time.sleep(0.002)


def _errors_drawn(frame: Frame | None) -> list[str]:
    views = () if frame is None else frame.views
    return [view.text for view in views if _ERROR.search(view.text)]
