"""Programs written by hypothesis play as they run plainly, whatever is asked of the player."""

from __future__ import annotations

import io
import linecache
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from generating import NAMES, PROFILE, programs
from hypothesis import given
from hypothesis import strategies as st
from plainly import PLAIN_TYPES
from playing import PATIENCE, Player, Written, lesson_from, wait_until

from engine.errors.tracebacks import format_error
from engine.kernel.session import Session
from engine.lesson.model import Lesson
from engine.protocol.frame import FrameRequest
from engine.protocol.noticed import Noticed
from engine.protocol.status import Grain, Status

# Python 3.14 warns of a break in a finally; that is as it should be here.
pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")

Request = Callable[[Session], None]
REQUESTS: dict[str, Request] = {
    "pause": Session.pause,
    "resume": Session.resume,
    "step one iteration": lambda session: session.step(Grain.INNER),
    "step the outer loop": lambda session: session.step(Grain.OUTER),
    "step one statement": lambda session: session.step(Grain.STATEMENT),
    "a frame": lambda session: session.request_frame(FrameRequest(20, 5)),
    "slowly": lambda session: session.set_speed(1000),
    "at full speed": lambda session: session.set_speed(None),
}
MOMENTS = st.tuples(st.sampled_from(sorted(REQUESTS)), st.integers(0, 3))


@dataclass(frozen=True)
class Left:
    """What a program leaves behind."""

    values: dict[str, object]
    printed: str
    error: tuple[str, ...]


@PROFILE
@given(programs())
def test_a_generated_program_plays_as_it_runs_plainly(program: str) -> None:
    assert_plays_as_plainly(program, lambda player: player.session.run_step(0))


@PROFILE
@given(programs(), st.sampled_from([None, *Grain]), st.lists(MOMENTS, min_size=4, max_size=24))
def test_a_generated_program_is_not_changed_by_what_is_asked_at_any_moment(
    program: str, grain: Grain | None, requests: list[tuple[str, int]]
) -> None:
    def disturb(player: Player) -> None:
        player.session.set_speed(1000)
        player.session.run_step(0, grain)
        for request, milliseconds in requests:
            time.sleep(milliseconds / 1000)
            REQUESTS[request](player.session)

    assert_plays_as_plainly(program, disturb)


def assert_plays_as_plainly(program: str, play: Callable[[Player], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lesson = lesson_from(f'# %% Run watch="total x"\n{program}', Path(folder))
        wanted = run_plainly(lesson)
        written = Written()
        player = Player(Session(lesson), written)
        with redirect_stdout(written), redirect_stderr(written):
            player.session.start()
            try:
                player.wait_for(Status.READY)

                play(player)

                assert what_was_left(player) == wanted
                assert [one for one in player.told if isinstance(one, Noticed)] == []
            finally:
                player.session.close(patience=PATIENCE)


def run_plainly(lesson: Lesson) -> Left:
    cell = lesson.steps[0].cell
    assert cell is not None
    path = str(lesson.path)
    linecache.checkcache(path)
    code = compile("\n" * (cell.line - 1) + cell.source, path, "exec")
    namespace: dict[str, object] = {"__name__": "__main__"}
    printed = io.StringIO()
    error: tuple[str, ...] = ()
    with redirect_stdout(printed), redirect_stderr(printed):
        try:
            exec(code, namespace)
        except Exception as raised:
            told = raised.with_traceback(raised.__traceback__ and raised.__traceback__.tb_next)
            error = format_error(told, path).lines
    return Left(plain_values(namespace), printed.getvalue(), error)


def what_was_left(player: Player) -> Left:
    """Let the program go on until it ends, by itself."""

    def has_ended() -> bool:
        player.session.resume()
        return player.session.status is Status.READY

    player.session.set_speed(None)
    wait_until(has_ended, "the program to end")
    error = player.ended().traceback
    return Left(
        plain_values(player.namespace), player.output(), error.lines if error is not None else ()
    )


def plain_values(namespace: dict[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in namespace.items()
        if NAMES.fullmatch(name) and isinstance(value, PLAIN_TYPES)
    }
