"""`tutorch record`: the app plays a lesson by its keys, and asciinema can play what it showed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from driving import write_lesson
from emulation import Screen

from tui import cli
from tui.recording.cast import cast_of

LESSON = """
    # ---
    # tutorch:
    #   title: {en: Falling, ko: 내려가기}
    # ---

    # %% [markdown]
    # ## Falling
    #
    # What is half of two?
    #
    # - [ ] Four
    #   That is twice two.
    # - [x] One
    #   Twice one is two.
    # %% Falling watch="cost"
    cost = 64.0
    for epoch in range(6):
        cost = cost / 2

    # %% [markdown]
    # ## The end
    # %% The end
    print("all of it has run")
"""


def screens_of(cast: str) -> tuple[dict[str, object], list[tuple[float, str]]]:
    """The head of a recording, and what stood on the screen after each of its events."""
    head, *events = map(json.loads, cast.splitlines())
    screen = Screen(head["width"], head["height"])
    shown = []
    for when, kind, text in events:
        assert kind == "o"
        screen.feed(text.encode())
        shown.append((when, screen.text))
    return head, shown


@pytest.mark.timeout(300)  # It starts a program that imports torch, and is played for people.
def test_a_lesson_is_played_from_its_first_step_to_its_last(tmp_path: Path) -> None:
    lesson, output = write_lesson(tmp_path, LESSON), tmp_path / "falling.cast"
    arguments = ["record", str(lesson), str(output), "--size", "100x30", "--language", "en"]

    done = CliRunner().invoke(cli.tutorch, arguments)

    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    head, shown = screens_of(output.read_text(encoding="utf-8"))
    assert (head["version"], head["width"], head["height"]) == (2, 100, 30)
    assert head["title"] == "Falling"
    times = [when for when, _ in shown]
    assert times == sorted(times)
    assert times[0] == 0
    screens = [text for _, text in shown]
    assert any("› 2  One" in text for text in screens)
    assert any("Right. Twice one is two." in text for text in screens)
    last = screens[-1]
    assert "2/2 The end" in last
    assert "all of it has run" in last
    assert "done" in last.splitlines()[0]


def test_a_recording_in_the_way_is_kept(tmp_path: Path) -> None:
    lesson, output = write_lesson(tmp_path, LESSON), tmp_path / "falling.cast"
    output.write_text("mine", encoding="utf-8")

    done = CliRunner().invoke(cli.tutorch, ["record", str(lesson), str(output)])

    assert (done.exit_code, output.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in done.stderr


def test_a_size_that_no_terminal_has_is_refused() -> None:
    done = CliRunner().invoke(cli.tutorch, ["record", "0", "out.cast", "--size", "40x10"])

    assert done.exit_code == 2
    assert "80x24" in done.stderr


def test_pieces_that_come_together_are_one_event() -> None:
    half = "비".encode()[:1]
    pieces = [(-1.0, b"a"), (0.0, b"b"), (1.0, half), (1.01, "비".encode()[1:]), (3.0, b"c")]

    head, *events = map(json.loads, cast_of(pieces, 80, 24, "Title").splitlines())

    assert events == [[0.0, "o", "ab"], [1.01, "o", "비"], [3.0, "o", "c"]]
    assert head["idle_time_limit"] == 4.0
