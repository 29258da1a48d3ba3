"""README.md: its generated parts are those of the app, and its example plays."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import recording
from documents import (
    KEYS_BEGIN,
    KEYS_END,
    PICTURE,
    README,
    ROOT,
    screenshot_of_a_race,
    self_contained,
    the_same_each_time,
    with_key_table,
)
from recording import RECORDING, made_of_in, sources, with_made_of
from references import key_table
from warmed import WARM_PYTHON, warm_starts

from engine.client.engine import Engine
from engine.client.remote_session import RemoteSession
from engine.protocol.events import EngineFailed, Event, OutputWritten, StepEnded
from engine.protocol.outcomes import Outcome
from engine.reading.reader import read_lesson
from engine.running.setup import DEFAULT_REQUEST
from tui.actions.app_actions import APP_ACTIONS, LIST_ACTIONS
from tui.actions.dialog_actions import TENSOR_ACTIONS
from tui.actions.pane_actions import PANE_ACTIONS
from tui.actions.player_actions import PLAYER_ACTIONS

README_TEXT = README.read_text(encoding="utf-8")
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
PATIENCE = 120.0

SVG_THAT_FETCHES = f"""\
<svg class="terminal" xmlns="{SVG_NAMESPACE}">
    <!-- Made by a program: https://program.example -->
    <style>
    @font-face {{
        font-family: "Some Code";
        src: local("SomeCode"), url("https://fonts.example/some.woff2") format("woff2");
    }}
    .matrix {{ font-family: Some Code, monospace; font-size: 20px; }}
    .title {{ font-family: arial }}
    </style>
    <text>경사하강법</text>
</svg>
"""


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The lesson that README.md shows, in a file."""
    blocks = re.findall(r"^```python\n(.*?)^```$", README_TEXT, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, "README.md should hold one block of Python: the example lesson"
    path = tmp_path / "square_root.py"
    path.write_text(blocks[0], encoding="utf-8")
    return path


@pytest.fixture
def session(example: Path, kept_engine: Callable[..., Engine]) -> RemoteSession:
    return kept_engine().open(read_lesson(example), request=DEFAULT_REQUEST)


def play(session: RemoteSession) -> list[Event]:
    """What a session tells of its first step, from the start to the end of it."""
    session.start()
    session.run_step(0)
    told: list[Event] = []
    end = time.monotonic() + PATIENCE
    while not any(isinstance(event, StepEnded | EngineFailed) for event in told):
        assert time.monotonic() < end, f"the step has not ended; until now: {told}"
        told += session.events()
        time.sleep(0.01)
    return told


def ended(told: list[Event]) -> StepEnded:
    assert isinstance(told[-1], StepEnded), told
    return told[-1]


def written(told: list[Event]) -> str:
    return "".join(event.text for event in told if isinstance(event, OutputWritten))


def urls(text: str) -> set[str]:
    return set(re.findall(r"\w+://[^\s\"')]+", text))


def test_the_table_of_keys_in_the_readme_is_that_of_the_app() -> None:
    assert with_key_table(README_TEXT) == README_TEXT, "README.md is behind: run make docs"


def test_the_table_of_keys_has_each_action_with_its_key() -> None:
    table = key_table().splitlines()
    actions = (*PLAYER_ACTIONS, *PANE_ACTIONS, *TENSOR_ACTIONS, *LIST_ACTIONS, *APP_ACTIONS)

    rows = {one.help: [row for row in table if f"| {one.help} |" in row] for one in actions}

    assert [told for told, its_rows in rows.items() if len(its_rows) != 1] == []
    assert [one for one in actions if f"`{one.shown_key}`" not in rows[one.help][0]] == []


def test_an_old_table_of_keys_is_replaced_and_the_rest_is_kept() -> None:
    text = f"키\n{KEYS_BEGIN}\nold\n{KEYS_END}\n끝\n"

    renewed = with_key_table(text)

    assert renewed == f"키\n{KEYS_BEGIN}\n\n{key_table()}\n\n{KEYS_END}\n끝\n"


@pytest.mark.parametrize("text", ["", KEYS_BEGIN, f"{KEYS_END}\n{KEYS_BEGIN}"])
def test_a_readme_without_both_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"README\.md lacks the line"):
        with_key_table(text)


def test_the_picture_keeps_its_text_and_fetches_nothing() -> None:
    svg = self_contained(SVG_THAT_FETCHES)

    assert urls(svg) == {SVG_NAMESPACE}
    assert "<text>경사하강법</text>" in svg
    assert "font-size: 20px; }" in svg
    assert "Some Code" not in svg
    assert "arial" not in svg


def test_two_pictures_of_one_training_are_the_same() -> None:
    bar = (
        '<text class="terminal-{}-r5" clip-path="url(#terminal-{}-line)">60/100{}for&#160;{}</text>'
    )
    quick = bar.format(12, 12, "&#160;" * 3, "5s")
    slow = bar.format(345, 345, "&#160;" * 2, "11s")

    assert the_same_each_time(quick) == the_same_each_time(slow)
    assert "60/100" in the_same_each_time(quick)


def test_the_picture_in_the_repository_fetches_nothing() -> None:
    assert urls(PICTURE.read_text(encoding="utf-8")) == {SVG_NAMESPACE}


async def test_the_picture_shows_a_race_and_a_branch_from_the_middle(
    kept_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.client.engine.Engine", kept_engine)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    svg = (await screenshot_of_a_race()).replace("&#160;", " ")

    for words in ("paused", "60/100", "lr 5e-6", "lr 1e-5→2e-5", "cost 1.56"):
        assert words in svg, f"the picture does not say {words!r}"
    assert "> 321 <" in svg, "the code is not shown from its beginning"


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README_TEXT)

    assert "assets/player.svg" in links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_example_lesson_has_twenty_lines(example: Path) -> None:
    assert len(example.read_text(encoding="utf-8").splitlines()) == 20


def test_the_example_lesson_plays_to_its_end_with_a_curve_that_falls(
    session: RemoteSession,
) -> None:
    told = play(session)

    end = ended(told)
    assert end.outcome is Outcome.DONE, end.traceback
    assert end.frame is not None
    (cost,) = end.frame.series
    assert (cost.name, cost.count) == ("cost", 50)
    assert cost.values[0] == 1.0
    assert cost.values[-1] < 1e-4
    assert [tensor.name for tensor in end.frame.tensors] == ["w", "w.grad"]


def test_the_example_lesson_prints_the_same_when_python_runs_it(
    example: Path, session: RemoteSession
) -> None:
    with warm_starts():
        bare = subprocess.run([*WARM_PYTHON, example], capture_output=True, text=True, check=True)

    assert written(play(session)) == bare.stdout == "w = 1.4142\n"


def test_no_part_of_the_app_imports_what_makes_its_documents() -> None:
    modules = [*(ROOT / "engine").rglob("*.py"), *(ROOT / "tui").rglob("*.py")]
    importing = re.compile(r"^\s*(from|import) (docs|documents)\b", re.MULTILINE)

    assert modules
    assert [path for path in modules if importing.search(path.read_text(encoding="utf-8"))] == []


def test_the_recording_is_in_the_format_that_asciinema_plays() -> None:
    head, *events = [json.loads(line) for line in RECORDING.read_text("utf-8").splitlines()]

    assert (head["version"], head["width"], head["height"]) == (2, 100, 32)
    assert [when for when, _, _ in events] == sorted(when for when, _, _ in events)
    assert {kind for _, kind, _ in events} == {"o"}
    assert any("lr 1e-5→2e-5" in text for _, _, text in events)
    assert "assets/going_back.cast" in README_TEXT


def test_a_recording_of_the_same_sources_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(recording, "RECORDING", tmp_path / "recording.cast")
    monkeypatch.setattr(recording, "_recorded", lambda home: made.append(home) or [(0.5, b"x")])

    recording.main()
    once = (tmp_path / "recording.cast").read_text(encoding="utf-8")
    recording.main()

    assert len(made) == 1
    assert (tmp_path / "recording.cast").read_text(encoding="utf-8") == once
    assert made_of_in(once) == sources()
    assert made_of_in(with_made_of(once, "others")) == "others"
