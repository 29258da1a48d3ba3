"""A file that is saved again while it is played: what has run and is the same stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playing import lesson_from
from remote import RemotePlayer

from engine.client.engine import Engine
from engine.lesson.model import Lesson
from engine.lesson.reloading import Moves, step_again, steps_kept
from engine.protocol.events import StepEnded
from engine.protocol.outcomes import LessonTraceback
from engine.protocol.places import Place
from engine.protocol.status import Status

LESSON = """
# %% [markdown]
# Words.
# %% One
def halve(x):
    assert x > 1, "too small"
    return x / 2
print("one has run")
# %% Two
for step in range(5):
    cost = halve(64) / (step + 1)
print("two has run")
# %% Three
print("three has run", cost)
"""
PROSE = LESSON.replace("# Words.", "# Many more words,\n#\n# on more lines.")
ANOTHER_TWO = LESSON.replace("halve(64)", "halve(32)")


@pytest.fixture
def play_apart(keeping_engine: Engine, tmp_path: Path) -> Iterator[Callable[[str], RemotePlayer]]:
    """Starts a session on a lesson's text whose moments are kept."""
    with ExitStack() as players:

        def start(text: str) -> RemotePlayer:
            lesson = lesson_from(text, tmp_path)
            return players.enter_context(RemotePlayer.on(keeping_engine, lesson))

        yield start


def saved(player: RemotePlayer, folder: Path, text: str) -> Lesson:
    """Save the lesson's file with this text, and have it played."""
    lesson = lesson_from(text, folder)
    player.session.take_lesson(lesson, steps_kept(player.session.lesson, lesson))
    return lesson


def traceback_of(player: RemotePlayer, step: int) -> LessonTraceback:
    ended = player.run(step)
    assert isinstance(ended, StepEnded)
    assert ended.traceback is not None
    return ended.traceback


def test_steps_before_the_first_that_runs_something_else_are_kept(tmp_path: Path) -> None:
    before = lesson_from(LESSON, tmp_path)

    kept = {
        text: steps_kept(before, lesson_from(text, tmp_path))
        for text in (PROSE, ANOTHER_TWO, LESSON.replace("# %% Two", "# %% New\nnew = 1\n# %% Two"))
    }

    assert list(kept.values()) == [3, 1, 1]


def test_a_step_is_found_again_by_its_title_where_another_stands_before_it_now(
    tmp_path: Path,
) -> None:
    before = lesson_from(LESSON, tmp_path)
    after = lesson_from(ANOTHER_TWO.replace("# %% One", "# %%\nnew = 1\n# %% One"), tmp_path)

    assert [step_again(step, after) for step in before.steps] == [1, 2, 3]


def test_a_step_that_is_gone_is_found_where_it_stood(tmp_path: Path) -> None:
    before = lesson_from(LESSON, tmp_path)
    after = lesson_from("# %% One\na = 1\n# %% Other\nb = 1\n", tmp_path)

    assert [step_again(step, after) for step in before.steps] == [0, 1, 1]


def test_lines_of_kept_steps_go_with_their_code(tmp_path: Path) -> None:
    before = lesson_from(LESSON, tmp_path)
    after = lesson_from(PROSE.replace("# %% Two", "# %% [markdown]\n# More.\n# %% Two"), tmp_path)
    moved = Moves(before, after, 3)

    places = [(step.cell.line, moved(step.cell.line)) for step in before.steps if step.cell]

    assert [after.source.split("\n")[line - 1] for _, line in places] == [
        before.source.split("\n")[line - 1] for line, _ in places
    ]
    assert not Moves(before, before, 3)


def test_steps_that_are_the_same_stay_done_and_a_changed_one_runs_from_before_it(
    play_apart: Callable[..., RemotePlayer], tmp_path: Path
) -> None:
    player = play_apart(LESSON)
    player.run(2)

    saved(player, tmp_path, ANOTHER_TWO)
    player.wait_until(lambda: player.session.done == 1, "only step 1 to be done")
    player.run(2)

    assert player.output().count("one has run") == 1
    assert player.output().count("two has run") == 2
    assert player.output(2).endswith("three has run 3.2\n")


def test_new_prose_above_leaves_all_done_and_tracebacks_on_the_lines_of_now(
    play_apart: Callable[..., RemotePlayer], tmp_path: Path
) -> None:
    player = play_apart(LESSON)
    player.run(2)

    lesson = saved(player, tmp_path, PROSE.replace('run", cost)', 'run", halve(1))'))
    told = "\n".join(traceback_of(player, 2).lines)

    lines = lesson.source.split("\n")
    failing = lines.index('    assert x > 1, "too small"') + 1
    calling = lines.index('print("three has run", halve(1))') + 1
    assert f"line {failing}, in halve" in told
    assert f"line {calling}, in <module>" in told
    assert player.output().count("two has run") == 1


def test_a_run_is_gone_back_into_after_prose_was_added_above_it(
    play_apart: Callable[..., RemotePlayer], tmp_path: Path
) -> None:
    player = play_apart(LESSON)
    player.run(1)

    lesson = saved(player, tmp_path, PROSE)
    player.session.go_to(Place(1, has_recorded=True, position=2))
    player.wait_for(Status.PAUSED)

    frame = player.session.frame
    assert frame is not None
    assert lesson.source.split("\n")[frame.loops[0].line - 1].startswith("for step")
    assert player.output().count("one has run") == 1


def test_a_step_that_failed_is_run_again_from_before_it_once_it_is_mended(
    play_apart: Callable[..., RemotePlayer], tmp_path: Path
) -> None:
    player = play_apart(LESSON.replace("halve(64)", "halve(0)"))
    player.run(1)

    saved(player, tmp_path, LESSON)
    player.run(1)

    assert player.output().count("one has run") == 1
    assert player.output(1).endswith("two has run\n")
