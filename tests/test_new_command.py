"""`tutorch new`: writes a lesson that has each form, plays, and needs no mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.client.engine import Engine
from engine.reading.reader import read_lesson
from tui import cli


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def tutorch(*arguments: str) -> Result:
    return CliRunner().invoke(cli.tutorch, list(arguments), prog_name="tutorch")


def test_what_it_writes_has_each_form_and_a_title_from_its_name() -> None:
    tutorch("new", "01_my_first lesson")

    lesson = read_lesson(Path("01_my_first lesson.py"))

    assert lesson.header.title.texts == {"en": "my first lesson", "ko": "my first lesson"}
    first, turn, closing = lesson.steps
    assert {part.language for part in first.prose} == {"en", "ko"}
    assert first.questions_in("ko")
    assert first.cell is not None
    assert first.cell.watch == ("cost",)
    assert turn.exercise is not None
    assert turn.exercise.hints_in("en")
    assert closing.cell is None


def test_what_it_writes_needs_no_mend(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.headless.check.Engine", kept_engine)
    tutorch("new", "lesson")

    result = tutorch("check", "lesson.py")

    assert result.stdout == "0 findings in 1 lesson\n"


def test_it_says_what_to_do_next() -> None:
    result = tutorch("new", "a b.py")

    assert result.exit_code == 0
    assert result.stdout.startswith("wrote 'a b.py'\n")
    assert "  tutorch 'a b.py' " in result.stdout
    assert "  tutorch check 'a b.py' " in result.stdout


def test_a_file_that_is_there_is_never_overwritten() -> None:
    Path("lesson.py").write_text("mine", encoding="utf-8")

    result = tutorch("new", "lesson")

    assert result.exit_code == 2
    assert result.stderr == "lesson.py is there already, and stays as it is; give another name\n"
    assert Path("lesson.py").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "why"),
    [("none/lesson", "there is no folder none"), ("lesson.ipynb", "a new lesson is a .py file")],
)
def test_where_none_can_be_written_one_line_says_why(name: str, why: str) -> None:
    result = tutorch("new", name)

    assert result.exit_code == 2
    assert result.stderr.startswith(why)
    assert len(result.stderr.splitlines()) == 1
