from pathlib import Path

import pytest
from playing import Player

from engine.kernel.session import Session
from engine.lesson.model import Lesson
from engine.protocol.curves import Shape
from engine.protocol.events import PredictionJudged
from engine.protocol.verdicts import CurveVerdict
from engine.reading.reader import read_lesson

ROOT = Path(__file__).parents[2]
FILE = ROOT / "lessons" / "04_data_loader.py"
READING = "1797 digits"


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson(FILE)


def cell(lesson: Lesson, title: str) -> str:
    return next(step.cell.source for step in lesson.steps if step.cell and step.title == title)


def test_training_in_batches_is_seen_to_converge(lesson: Lesson) -> None:
    session = Session(lesson)
    session.start()
    player = Player(session)
    training = next(step for step in lesson.steps if step.title == "Training in batches")

    session.predict(training.index, 0, Shape.CONVERGES)
    for step in lesson.steps[: training.index + 1]:
        player.run(step.index)
    session.close()

    [verdict] = [event.verdict for event in player.events() if isinstance(event, PredictionJudged)]
    assert isinstance(verdict, CurveVerdict)
    assert verdict.facts.shape is Shape.CONVERGES


@pytest.mark.parametrize("folder", [ROOT, ROOT / "lessons", ROOT / "assets" / "digits"])
def test_a_notebook_which_has_no_file_finds_the_digits(
    lesson: Lesson,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)

    exec(cell(lesson, READING), {"__name__": "__main__"})

    assert "torch.Size([1797, 64])" in capsys.readouterr().out


def test_the_file_that_is_missing_is_named(
    lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(OSError, match=r"digits\.csv\.gz"):
        exec(cell(lesson, READING), {"__name__": "__main__"})


def test_the_digits_come_with_their_source_and_licence() -> None:
    told = (ROOT / "assets" / "digits" / "README.md").read_text(encoding="utf-8")

    assert "10.24432/C50P49" in told
    assert "CC BY 4.0" in told
