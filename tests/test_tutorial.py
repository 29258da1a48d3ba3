"""The tutorial for authors: what it has them write is a lesson that plays, at each section."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from references import PAGES

from engine.authoring.checking import check_text
from engine.authoring.mends import Mend
from engine.authoring.rehearsal import rehearse
from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.lesson.model import Lesson
from engine.protocol.curves import Shape
from engine.protocol.events import Event, ExerciseJudged, OutputWritten, PredictionJudged, StepEnded
from engine.protocol.outcomes import Outcome
from engine.protocol.status import Status
from engine.protocol.verdicts import CurveVerdict
from engine.reading.reader import read_lesson, read_with_mistakes
from engine.running.setup import DEFAULT_REQUEST

PAGE = (PAGES / "authors" / "first_lesson.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
KOREAN_HINT = re.compile(r'# %% \[markdown\] lang="ko" tags=\["hint"\]\n(?:#.*\n)+\n')
PATIENCE = 120.0

HEADER, TEXT, TRAINING, DRAWING, WORDS, QUESTION, EXERCISE = range(7)


def written_until(block: int, folder: Path) -> Path:
    """The lesson as it stands after this block, in a file."""
    path = folder / "walks.py"
    path.write_text("\n".join(BLOCKS[: block + 1]), encoding="utf-8")
    return path


def told_until_ready(session: RemoteSession) -> list[Event]:
    told: list[Event] = []
    end = time.monotonic() + PATIENCE
    while True:
        is_over = session.status in (Status.READY, Status.UNABLE)
        came = session.events()
        told += came
        if is_over and not came:
            return told
        assert time.monotonic() < end, f"it is still {session.status}; until now: {told}"
        time.sleep(0.01)


def played(lesson: Lesson, engine: Engine) -> list[Event]:
    """What is told while each step runs as the learner finds it, the question answered."""
    session = engine.open(lesson, request=DEFAULT_REQUEST)
    session.start()
    told = told_until_ready(session)
    session.predict(1, 0, Shape.DIVERGES)
    for step in lesson.steps:
        session.run_step(step.index)
        told += told_until_ready(session)
    session.close()
    return told


def test_the_page_has_the_blocks_that_these_tests_speak_of() -> None:
    assert len(BLOCKS) == EXERCISE + 1


@pytest.mark.parametrize("block", [TRAINING, DRAWING, WORDS, QUESTION, EXERCISE])
def test_the_lesson_has_no_mistake_after_each_section(tmp_path: Path, block: int) -> None:
    lesson, mistakes = read_with_mistakes(written_until(block, tmp_path))

    assert mistakes == ()
    assert lesson is not None
    assert lesson.header.title.in_language("ko") == "우리는 얼마나 빨리 걸을까"


def test_it_plays_as_the_page_says(tmp_path: Path, kept_engine: Callable[..., Engine]) -> None:
    told = played(read_lesson(written_until(EXERCISE, tmp_path)), kept_engine())

    ends = [event for event in told if isinstance(event, StepEnded)]
    frames = [end.frame for end in ends if end.frame is not None]
    assert [end.outcome for end in ends] == [Outcome.DONE] * 3
    assert [[one.name for one in frame.series] for frame in frames] == [["cost"]] * 3
    first, second, _ = (frame.series[0].values for frame in frames)
    assert first[-1] < 0.01 * first[0]
    assert second[-1] > 100 * second[0]
    assert [len(frame.views) for frame in frames] == [1, 0, 0]
    (answer,) = [event.verdict for event in told if isinstance(event, PredictionJudged)]
    assert isinstance(answer, CurveVerdict)
    assert answer.right
    written = "".join(event.text for event in told if isinstance(event, OutputWritten))
    assert f"$ python walks.py\n{written}```" in PAGE
    (exercise,) = [event.verdict for event in told if isinstance(event, ExerciseJudged)]
    assert exercise.messages_in("en") == ("w must come to 4; yours ends at 0.00",)


def test_check_finds_nothing_in_it(tmp_path: Path, kept_engine: Callable[..., Engine]) -> None:
    lesson, mends = check_text(written_until(EXERCISE, tmp_path))
    assert lesson is not None
    session = kept_engine().open(lesson, request=DEFAULT_REQUEST)

    scenes = list(rehearse(lesson, session, time.sleep))

    assert mends == ()
    assert [scene for scene in scenes if isinstance(scene, Mend)] == []
    assert len(scenes) == 6


def test_check_finds_what_the_page_says_without_the_korean_hint(tmp_path: Path) -> None:
    path = written_until(EXERCISE, tmp_path)
    path.write_text(KOREAN_HINT.sub("", path.read_text("utf-8")), encoding="utf-8")

    _, (mend,) = check_text(path)

    assert f"walks.py:{mend.line}: {mend.message}\n1 finding in 1 lesson\n" in PAGE
